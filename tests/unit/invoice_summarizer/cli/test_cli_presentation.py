"""Places in one line, numbered claims, and text that cannot harm."""

from datetime import UTC, datetime

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from invoice_reading.completeness import Gap
from invoice_summarizer.cli.presentation.enum_words import enum_words
from invoice_summarizer.cli.presentation.evidence import place_line
from invoice_summarizer.cli.presentation.invoice import completeness_line, percentage, titled
from invoice_summarizer.cli.presentation.numbered import Row, numbered_lines
from invoice_summarizer.cli.presentation.printable import (
    NO_BREAK,
    elided_left,
    elided_right,
    printable,
)
from invoice_summarizer.cli.presentation.summary import numbered_text
from invoices.v1 import assurance_pb2, content_pb2, invoice_pb2, summary_pb2

_XPATH = "/rsm:CrossIndustryInvoice/rsm:ExchangedDocument/ram:ID"


def _region(text: str = "RE-2026-0117") -> assurance_pb2.Evidence:
    box = assurance_pb2.Box(left=612_345, top=120_000, right=738_001, bottom=130_000)
    region = assurance_pb2.PageRegion(
        page=1, box=box, layer=assurance_pb2.PageRegion.TEXT, text=text
    )
    return assurance_pb2.Evidence(page_region=region)


def _node(attachment: str = "") -> assurance_pb2.Evidence:
    node = assurance_pb2.XmlNode(xpath=_XPATH, line=12, attachment_sha256=attachment)
    return assurance_pb2.Evidence(xml_node=node)


def test_box_is_in_percent_and_never_smaller_than_the_words() -> None:
    assert place_line(_region(), 80) == 'page 1, box 61%,12%–74%,13%  "RE-2026-0117"'


def test_text_on_the_page_that_is_the_value_is_not_said_again() -> None:
    place = "page 1, box 61%,12%–74%,13%"
    assert place_line(_region("DE63 9990 0002"), 80, "DE6399900002") == place
    assert place_line(_region("5 March"), 80, "2026-03-05") == f'{place}  "5 March"'


@pytest.mark.parametrize(
    ("confidence", "said"), [(1.0, "100%"), (0.999, "99%"), (0.57, "57%"), (0.0, "0%")]
)
def test_confidence_is_in_percent_and_whole_only_where_it_is_certain(
    confidence: float, said: str
) -> None:
    assert percentage(confidence) == said


def test_every_other_place_has_its_line() -> None:
    derivation = assurance_pb2.Derivation(expression="count(lines)", value="3")
    time = Timestamp()
    time.FromDatetime(datetime(2026, 11, 24, 8, 5, tzinfo=UTC))
    edit = assurance_pb2.HumanEdit(actor="owner", time=time)
    assert place_line(_node(), 80) == f"XML line 12  {_XPATH}"
    assert place_line(_node("00"), 80) == f"attached XML line 12  {_XPATH}"
    assert place_line(assurance_pb2.Evidence(derivation=derivation), 80) == "number of lines = 3"
    edited = place_line(assurance_pb2.Evidence(human_edit=edit), 80)
    assert edited == "edited by owner at 2026-11-24 08:05 UTC"


def test_narrow_place_keeps_the_end_of_an_xpath_and_the_begin_of_a_text() -> None:
    assert place_line(_node(), 48) == "XML line 12  …/rsm:ExchangedDocument/ram:ID"
    assert place_line(_region("a" * 50), 46).endswith('"' + "a" * 14 + '…"')


@given(st.text(max_size=60), st.integers(min_value=1, max_value=70))
@example("請求書番号", 3)
@example("請求書番号", 4)
def test_shortened_text_fits(text: str, width: int) -> None:
    assert cell_len(elided_right(text, width)) <= width
    assert cell_len(elided_left(text, width, at="/")) <= width


@given(st.text(max_size=60))
def test_printable_text_is_printable_and_as_long(text: str) -> None:
    shown = printable(text)
    assert shown.isprintable()
    assert len(shown) == len(text)


def test_name_that_xml_breaks_is_in_one_line() -> None:
    content = content_pb2.InvoiceContent(
        invoice_number="R-1", seller=content_pb2.Seller(name="Müller\r\n        & Söhne\x1b\n GmbH")
    )
    assert (
        titled(content, invoice_pb2.Document())
        == "R-1, Müller & Söhne\N{REPLACEMENT CHARACTER} GmbH"
    )


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20), st.booleans())
def test_numbers_stand_behind_claims_and_change_nothing_else(
    before: str, claimed: str, after: str, twice: bool
) -> None:
    text = before + claimed + after
    claim = summary_pb2.Claim(begin=len(before), end=len(before + claimed))
    last = summary_pb2.Claim(begin=len(text), end=len(text))
    shown = numbered_text(text, [claim, last] if twice else [claim]).plain
    expected = printable(before, keep="\n") + printable(claimed) + " [1]"
    expected += printable(after, keep="\n") + (" [2]" if twice else "")
    assert shown.replace(NO_BREAK, " ") == expected


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_rows_fit_the_width_and_every_place_has_its_line(width: int) -> None:
    rows = [
        Row("[1]", "invoice_number", "RE-2026-0117", (_region(),)),
        Row("[2]", "totals.amount_with_vat, currency_code", "EUR 1,190.00", (_node(), _region())),
        Row("[3]", "note", "x" * 300, ()),
    ]
    lines = numbered_lines(rows, width).plain.splitlines()
    assert sum("line 12" in line or "page 1" in line for line in lines) == 3
    assert max(map(len, lines)) <= max(width, 58)
    assert [line[:3] for line in lines if line.startswith("[")] == ["[1]", "[2]", "[3]"]


@pytest.mark.parametrize(
    ("sums_close", "gaps", "said"),
    [
        (True, [], "sums close"),
        (False, ["NO_LINES"], "sums not decidable, no lines"),
        (
            False,
            ["LINE_SUM_NOT_DECIDABLE"],
            "sums not decidable, no sum is stated for the lines",
        ),
        (False, ["LINE_SUM_DIFFERS"], "sums do not close, the lines do not add up"),
        (False, ["NO_LINES", "SUMS_DIFFER"], "sums do not close, no lines"),
    ],
)
def test_sums_that_cannot_be_decided_are_not_said_to_differ(
    sums_close: bool, gaps: list[str], said: str
) -> None:
    completeness = assurance_pb2.Completeness(sums_close=sums_close, gaps=gaps)
    assert completeness_line(completeness).plain.endswith(f"(0 of 0 lines, {said})")


def test_no_gap_is_told_by_its_code() -> None:
    for gap in {*Gap} - {Gap.NO_LINES}:  # which are its words
        told = completeness_line(assurance_pb2.Completeness(gaps=[gap])).plain
        assert gap.value not in told and enum_words(gap) not in told
