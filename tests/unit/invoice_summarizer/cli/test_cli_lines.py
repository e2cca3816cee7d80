"""Lines on a terminal: where they may break, and that figures stay whole."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from invoice_summarizer.cli.filters import CONTAINING_FIELDS, SHORT_NAMES, SORTED_FIELDS
from invoice_summarizer.cli.presentation.figures import FigureRow, FigureTable
from invoice_summarizer.cli.presentation.lists import invoices_view
from invoice_summarizer.cli.presentation.numbered import Row, numbered_lines
from invoice_summarizer.cli.presentation.printable import NO_BREAK
from invoice_summarizer.cli.presentation.summary import SummaryView, claim_rows
from invoice_summarizer.cli.presentation.terminal import terminal
from invoice_summarizer.domain.invoice_fields import FIELD_ALIASES, INVOICE_FIELDS, SORT_FIELDS
from invoices.v1 import assurance_pb2, content_pb2, invoice_pb2, summary_pb2

_PLACE = assurance_pb2.Evidence(xml_node=assurance_pb2.XmlNode(xpath="/a", line=1))
_TOTAL = "17\N{NARROW NO-BREAK SPACE}808,00\N{NO-BREAK SPACE}EUR"
_IBAN = "FR76 9999 9000 0100 0123 4567 809"


def _printed(renderable: object, width: int) -> str:
    console = terminal()
    console.file = io.StringIO()
    console.width = width
    console.print(renderable)
    return console.file.getvalue()


def _summary(*parts: tuple[str, str]) -> summary_pb2.Summary:
    """Returns a summary of the parts, each with the path of the field that it claims, or none."""
    summary = summary_pb2.Summary()
    for text, path in parts:
        begin = len(summary.text)
        summary.text += text
        if path:
            summary.claims.add(begin=begin, end=len(summary.text), field_paths=[path])
    return summary


@given(st.integers(min_value=45, max_value=120), st.integers(min_value=0, max_value=60))
def test_amounts_and_accounts_are_on_one_line_with_their_number(width: int, before: int) -> None:
    account = "payment_instructions.credit_transfers[0].account_identifier"
    summary = _summary(
        ("mot " * before, ""), (_TOTAL, "totals.amount_due"), (" sur ", ""), (_IBAN, account)
    )
    out = _printed(SummaryView(summary), width)
    assert "17 808,00 EUR [1]" in out
    assert f"{_IBAN} [2]" in out
    assert NO_BREAK not in out
    assert max(map(len, out.splitlines())) <= width


def test_character_that_stands_for_a_space_is_no_space_when_a_document_has_it() -> None:
    out = _printed(SummaryView(_summary((f"a{NO_BREAK}b", "seller.name"))), 80)
    assert "a\N{REPLACEMENT CHARACTER}b [1]" in out


def test_names_break_at_words() -> None:
    out = _printed(SummaryView(_summary(("Harbour Lane Logistics Ltd", "buyer.name"))), 20)
    assert out.startswith("Harbour Lane\nLogistics Ltd [1]\n")


@pytest.mark.parametrize("width", [30, 60, 80, 120])
def test_figures_are_whole_in_every_width(width: int) -> None:
    figures = ("-24874.79", "1234567890123.45", "0.01")
    words = (Text("Fenwick & Rowe Instruments Ltd"), Text("review pending"))
    table = FigureTable(
        ("supplier", "status"), ("due", "with VAT", "VAT"), [FigureRow(words, figures)]
    )
    out = _printed(table, width)
    for figure in figures:
        assert re.search(rf"(^|[ \n]){re.escape(figure)}[,\n ]", out), out
    assert max(map(len, out.splitlines())) <= width
    assert "Instruments" in out


def test_columns_are_as_wide_as_their_characters_on_the_screen() -> None:
    names = ("株式会社東京商店", "Acme")
    table = FigureTable(
        ("supplier", "number"),
        ("due",),
        [FigureRow((Text(name), Text("N1")), ("1.00",)) for name in names],
    )
    lines = _printed(table, 1_000_000).splitlines()
    starts = {cell_len(line[: line.index("N1")]) for line in lines[1:]}
    assert starts == {cell_len(names[0]) + 2}
    rows = [Row("[1]", "seller.name", name, (_PLACE,)) for name in names]
    placed = numbered_lines(rows, 1_000_000).plain.splitlines()
    assert len({cell_len(line[: line.index("XML line")]) for line in placed}) == 1


def test_headings_of_the_list_are_fields_of_filters() -> None:
    heading = _printed(invoices_view([invoice_pb2.Invoice(name="x")], 1, False), 400).splitlines()[
        0
    ]
    names = [name.replace(" ", "_") for name in re.split("  +", heading)]
    assert set(names) <= {*SHORT_NAMES, *SORTED_FIELDS}


def test_rows_stay_in_their_columns_around_a_note() -> None:
    rows = [
        FigureRow((Text("a"), Text("ready")), ("1.00",)),
        FigureRow((Text("b"), Text("failed")), ("",), note="the PDF has no pages"),
        FigureRow((Text("c"), Text("ready")), ("10.00",)),
    ]
    assert _printed(FigureTable(("id", "status"), ("due",), rows), 40).splitlines() == [
        "id  status    due",
        "a   ready    1.00",
        "b   failed",
        "  the PDF has no pages",
        "c   ready   10.00",
    ]
    assert _printed(FigureTable(("id", "status"), ("due",), rows), 12).splitlines() == [
        "a, ready",
        "  due 1.00",
        "b, failed",
        "  the PDF",
        "  has no",
        "  pages",
        "c, ready",
        "  due 10.00",
    ]


def test_long_word_of_a_column_that_may_fold_takes_no_table_apart() -> None:
    rows = [FigureRow((Text("1"), Text("a" * 40)), ("1.00",))]
    whole = FigureTable(("id", "supplier"), ("due",), rows)
    folding = FigureTable(("id", "supplier"), ("due",), rows, foldable=frozenset({"supplier"}))
    assert _printed(whole, 40).startswith("1,\n")
    assert _printed(folding, 40).splitlines()[0].split() == ["id", "supplier", "due"]
    assert _printed(folding, 40).count("a") == 40


def test_list_says_why_a_person_has_to_look_and_which_the_other_invoice_is() -> None:
    reasons = ["DUPLICATE_SUSPECTED:aaaa1111-9", "LOW_CONFIDENCE:seller.name", "OTHER", "OTHER"]
    waiting = invoice_pb2.Invoice(
        name="tenants/t/invoices/2",
        status=invoice_pb2.Invoice.REVIEW_PENDING,
        review_reasons=reasons,
    )
    other = invoice_pb2.Invoice(name="tenants/t/invoices/aaaa1111-9")
    other.content.invoice_number, other.content.issue_date = "R-1", "2026-03-16"
    other.document.file_name = "r1.pdf"
    out = _printed(invoices_view([waiting], 1, False, {"aaaa1111-9": other}), 300)
    assert out.splitlines()[2] == (
        "  may be R-1 of 2026-03-16 in r1.pdf once more: `invoicectl get aaaa1111`; the name of seller is not sure;"
        " there is a reason that this version does not know; and 1 more"
    )


def test_no_line_ends_in_spaces() -> None:
    table = FigureTable(("rule",), ("left",), [FigureRow((Text("BR-CO-10"),), ("",))])
    assert _printed(table, 80) == "rule      left\nBR-CO-10\n"


def test_styled_text_keeps_its_style() -> None:
    console = terminal()
    assert isinstance(console, Console)
    with console.capture() as capture:
        console.print(Text("red", style="red"), Text("plain"))
    assert capture.get() == "red plain\n"


def test_claim_about_a_finding_names_its_rule() -> None:
    summary = _summary(("total", "EUR 12.00"), ("difference", "EUR 2.00"))
    summary.claims[1].finding_rule_ids.append("BR-CO-15")
    _, of_finding = claim_rows(summary.text, summary.claims)
    assert of_finding.fields == "BR-CO-15"


def test_claim_that_follows_from_many_lines_names_them_once() -> None:
    summary = _summary(("EUR 9.00", "lines[0].net_amount"))
    [claim] = summary.claims
    claim.field_paths.extend(f"lines[{index}].net_amount" for index in range(1, 20))
    claim.field_paths.append("currency_code")
    [row] = claim_rows(summary.text, summary.claims)
    assert row.fields == "lines[*].net_amount, currency_code"


def test_fields_that_help_names_are_those_of_filters() -> None:
    assert set(SORTED_FIELDS) == set(SORT_FIELDS)
    assert {*SORTED_FIELDS, *CONTAINING_FIELDS} == set(INVOICE_FIELDS)
    assert SHORT_NAMES == FIELD_ALIASES


def test_list_says_why_an_invoice_failed_and_how_to_see_the_rest() -> None:
    failed = invoice_pb2.Invoice(
        name="tenants/t/invoices/1",
        status=invoice_pb2.Invoice.FAILED,
        failure_reason="XML_SYNTAX_UNKNOWN",
        document=invoice_pb2.Document(file_name="feed.xml"),
    )
    ready = invoice_pb2.Invoice(
        name="tenants/t/invoices/2",
        status=invoice_pb2.Invoice.READY,
        content=content_pb2.InvoiceContent(currency_code="EUR"),
    )
    ready.content.totals.amount_with_vat = "10.00"
    credit = invoice_pb2.Invoice(name="tenants/t/invoices/3", status=invoice_pb2.Invoice.READY)
    credit.content.CopyFrom(
        content_pb2.InvoiceContent(type_code="381", invoice_number="C 1", issue_date="2026-03-16")
    )
    credit.content.totals.amount_due = ready.content.totals.amount_due = "10.00"
    out = _printed(invoices_view([failed, ready, credit], total=7, more=True), 200)
    heading, first, why, second, third, count = out.splitlines()
    assert heading.split()[:3] == ["id", "status", "kind"] and heading.endswith("amount due")
    assert first.split() == ["1", "failed"]
    assert (
        why
        == "  feed.xml: the XML is no e-invoice of a kind that is read, which are CII, UBL and FatturaPA"
    )
    assert second.split() == ["2", "ready", "10.00", "EUR"]
    assert third.split("  ")[-1].strip() == "-10.00" and "credit note" in third
    assert count == "3 of 7 invoices (--all for the rest)"
