"""Lines that are parts of others: they are returned, and sums count what the profile counts."""

from decimal import Decimal

from unit.en16931.small_xml import cii, read, ubl

from en16931.derivation import derive
from en16931.finding import Outcome
from en16931.model import InvoiceContent, LineKind
from en16931.rules.declared import Declared
from en16931.rules.derived_totals import LINE_SUM

_PART = (
    "<cac:SubInvoiceLine><cbc:ID>{}</cbc:ID><cbc:LineExtensionAmount>{}</cbc:LineExtensionAmount>{}"
    "</cac:SubInvoiceLine>"
)
_LINE = (
    "<cac:InvoiceLine><cbc:ID>{}</cbc:ID><cbc:LineExtensionAmount>{}</cbc:LineExtensionAmount>{}"
    "</cac:InvoiceLine>"
)
_TOTAL = (
    "<cac:LegalMonetaryTotal><cbc:LineExtensionAmount>200.00</cbc:LineExtensionAmount>"
    "</cac:LegalMonetaryTotal>"
)
_NET = "sum(lines[*].net_amount)"


def _line_of_cii(identifier: str, amount: str, more: str) -> str:
    return (
        "<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument>"
        f"<ram:LineID>{identifier}</ram:LineID>{more}</ram:AssociatedDocumentLineDocument>"
        "<ram:SpecifiedLineTradeSettlement><ram:SpecifiedTradeSettlementLineMonetarySummation>"
        f"<ram:LineTotalAmount>{amount}</ram:LineTotalAmount>"
        "</ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>"
        "</ram:IncludedSupplyChainTradeLineItem>"
    )


def _told(content: InvoiceContent) -> list[tuple[str | None, str | None, bool | None]]:
    return [
        (line.identifier, line.extras.parent_identifier, line.extras.counts_in_sums)
        for line in content.lines
        if line.extras is not None
    ]


def test_parts_of_ubl_follow_their_line_and_do_not_count() -> None:
    parts = _PART.format("1.1", "120.00", _PART.format("1.1.1", "120.00", "")) + _PART.format(
        "1.2", "64.34", ""
    )
    reading = read(
        ubl(_TOTAL + _LINE.format("1", "184.34", parts) + _LINE.format("2", "15.66", ""))
    )
    assert _told(reading.content) == [
        ("1", None, None),
        ("1.1", "1", False),
        ("1.1.1", "1.1", False),
        ("1.2", "1", False),
        ("2", None, None),
    ]
    place = reading.places["lines[2].extras.parent_identifier"]
    assert place.xpath == "/ubl:Invoice/cac:InvoiceLine[1]/cac:SubInvoiceLine[1]/cbc:ID"
    assert [line.extras.position for line in reading.content.lines if line.extras] == [
        1,
        2,
        3,
        4,
        5,
    ]
    [finding] = LINE_SUM.check(Declared(reading.content))
    assert finding.outcome is Outcome.PASSED
    assert derive(_NET, reading.content).value == Decimal("200.00")


def test_groups_and_informations_of_cii_do_not_count_and_their_lines_do() -> None:
    reading = read(
        cii(
            _line_of_cii("1", "30.00", "<ram:LineStatusReasonCode>GROUP</ram:LineStatusReasonCode>")
            + _line_of_cii(
                "2",
                "30.00",
                "<ram:ParentLineID>1</ram:ParentLineID>"
                "<ram:LineStatusReasonCode>DETAIL</ram:LineStatusReasonCode>",
            )
            + _line_of_cii(
                "3", "9.00", "<ram:LineStatusReasonCode>INFORMATION</ram:LineStatusReasonCode>"
            )
        )
    )
    assert _told(reading.content) == [("1", None, False), ("2", "1", None), ("3", None, False)]
    kinds = [line.extras.kind for line in reading.content.lines if line.extras]
    assert kinds == [LineKind.GROUP, None, LineKind.INFORMATION]
    assert derive(_NET, reading.content).value == Decimal("30.00")
    stated = Declared(reading.content).stated.groups("BG-25")
    assert [list(group.texts("BT-126")) for group in stated] == [["2"]]
