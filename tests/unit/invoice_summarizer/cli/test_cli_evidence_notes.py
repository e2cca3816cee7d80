"""Notes below a summary: the numbers are those of its figures, and each place is told with the field that stands there."""

from collections.abc import Sequence

import pytest
from rich.console import Console

from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read
from invoice_reading.stages import Stages
from invoice_summarizer.cli.presentation.evidence_notes import noted_summary
from invoice_summarizer.cli.presentation.printable import NO_BREAK
from invoice_summarizer.cli.presentation.summary import claim_rows
from invoice_summarizer.domain.summarizing.template import summarize_by_template
from invoice_summarizer.domain.summary import Style
from invoice_summarizer.rpc.mapping.summary import claims_to_proto
from invoice_summarizer.samples.catalogue import sample_invoices
from invoices.v1 import assurance_pb2, summary_pb2


def _of_sample(file_name: str, style: Style) -> summary_pb2.Summary:
    [data] = [each.data for each in sample_invoices() if each.file_name == file_name]
    bound = summarize_by_template(read(data, "", Stages(pdf_engine=MuPdfEngine())), style, "en")
    return summary_pb2.Summary(text=bound.text, claims=claims_to_proto(bound.claims))


def _printed(summary: summary_pb2.Summary) -> list[str]:
    console = Console(width=10_000)
    with console.capture() as capture:
        console.print(noted_summary(summary))
    return capture.get().replace(NO_BREAK, " ").splitlines()


def _notes(summary: summary_pb2.Summary) -> list[str]:
    printed = _printed(summary)
    return printed[printed.index("") + 1 :]


def _node(line: int) -> assurance_pb2.Evidence:
    return assurance_pb2.Evidence(xml_node=assurance_pb2.XmlNode(xpath="/a", line=line))


def _derivation(expression: str) -> assurance_pb2.Evidence:
    return assurance_pb2.Evidence(
        derivation=assurance_pb2.Derivation(expression=expression, value="1")
    )


def _said(
    fields: Sequence[str], evidence: Sequence[assurance_pb2.Evidence], rules: Sequence[str] = ()
) -> str:
    claim = summary_pb2.Claim(
        begin=0, end=4, field_paths=fields, finding_rule_ids=rules, evidence=evidence
    )
    [note] = _notes(summary_pb2.Summary(text="This.", claims=[claim]))
    return note


def test_each_place_is_told_with_the_field_that_stands_there() -> None:
    assert _notes(_of_sample("polderdruk-wrong-total.xml", Style.SHORT)) == [
        "[2–5] XML line 4: invoice number; XML line 5: issue date; XML line 30: name of seller; "
        "XML line 56: name of buyer",
        "[6–7] XML line 89: amount due; XML line 8: currency code; XML line 6: payment due date",
        "[8–10] worked out as abs(amount with VAT - round(amount without VAT + VAT amount, 2)) by rule "
        "BR-CO-15; XML line 88: amount with VAT; XML line 87: amount without VAT; XML line 72: VAT amount; "
        "XML line 8: currency code",
        "[11] XML line 64: account identifier of credit transfer 1 of payment instructions",
        "[12–15] XML line 96: name of item of line 1; XML line 94: net amount of line 1; "
        "XML line 8: currency code; XML line 114: name of item of line 2; XML line 112: net amount of line 2",
    ]


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("sample", ["polderdruk-wrong-total.xml", "nordlicht-cii.xml"])
def test_numbers_are_those_of_the_figures_of_the_sentence(sample: str, style: Style) -> None:
    summary = _of_sample(sample, style)
    numbers = [row.label.strip("[]") for row in claim_rows(summary.text, summary.claims)]
    for note in _notes(summary):
        first, _, last = note[1 : note.index("]")].partition("–")
        of_note = range(int(first), int(last or first) + 1)
        assert [*map(str, of_note)] == numbers[of_note.start - 1 : of_note.stop - 1]
        places = " ".join(str(summary.claims[number - 1].evidence) for number in of_note)
        for line in (place.split(":")[0].split()[-1] for place in note.split("XML line")[1:]):
            assert f"line: {line}" in places


def test_number_of_other_lines_names_no_line_of_them() -> None:
    fields = [f"lines[{index}].net_amount" for index in range(4)]
    assert _said(fields, [_derivation("nonzero(lines[*].net_amount) - 2")]) == (
        "[1] worked out as number of lines with net amount - 2"
    )


def test_total_of_many_lines_has_its_own_place_beside_the_sum() -> None:
    fields = ["totals.line_net_amount", "lines[0].net_amount", "lines[1].net_amount"]
    expression = "abs(totals.line_net_amount - round(sum(lines[*].net_amount), 2))"
    assert _said(fields, [_derivation(expression), _node(7)], ["BR-CO-10"]) == (
        "[1] worked out as abs(line net amount - round(sum of net amount of each line, 2)) by rule BR-CO-10; "
        "XML line 7: line net amount"
    )


def test_places_of_which_the_field_is_not_known_are_told_with_all_that_may_be() -> None:
    fields = ["totals.amount_due", "currency_code"]
    assert _said(fields, [_node(1), _node(2), _node(3)]) == (
        "[1] XML line 1: amount due, currency code; XML line 2: amount due, currency code; "
        "XML line 3: amount due, currency code"
    )


def test_finding_without_a_place_names_its_rule_and_fields() -> None:
    assert _said(["seller.name"], [], ["PAGE-XML-02"]) == "[1] rule PAGE-XML-02: name of seller"


def test_nobody_is_led_to_what_a_document_calls_itself() -> None:
    claim = summary_pb2.Claim(begin=0, end=4, field_paths=["type_code"], evidence=[_node(1)])
    assert _printed(summary_pb2.Summary(text="This.", claims=[claim])) == ["This."]
