"""A rule on business terms says where it is broken, by how much, and what it cannot tell."""

from decimal import Decimal

import msgspec
import pytest

from en16931.finding import Finding, Outcome
from en16931.hardened_xml import parse_xml
from en16931.judgement import stated_invoice
from en16931.model import (
    DocumentTotals,
    InvoiceContent,
    InvoiceLine,
    LineVat,
    PriceDetails,
    VatBreakdown,
)
from en16931.rules.business_rules import BUSINESS_RULES
from en16931.rules.cen_pack import CEN_PACK
from en16931.rules.term_rule import Equation, TermRule
from en16931.terms.content_group import stated_content
from small_invoice import ubl_invoice


def _rule(rule_id: str) -> TermRule:
    return next(rule for rule in BUSINESS_RULES if rule.rule_id == rule_id)


def _broken(document: bytes, rule_id: str) -> list[Finding]:
    invoice = stated_invoice(parse_xml(document))
    assert invoice is not None
    return [finding for finding in CEN_PACK.broken(invoice) if finding.rule_id == rule_id]


def test_broken_sum_has_both_sides_and_their_difference() -> None:
    [finding] = _broken(ubl_invoice(net="100.00", declared_total="120.00"), "BR-CO-15")
    assert (finding.left, finding.right) == (Decimal("120.00"), Decimal("119.00"))
    assert (finding.residual, finding.tolerance) == (Decimal("1.00"), Decimal(0))
    assert "totals.amount_with_vat" in finding.field_paths


def test_breach_in_a_line_names_the_field_of_that_line() -> None:
    document = ubl_invoice(lines=3)
    head, line, rest = document.partition(b"<cac:InvoiceLine><cbc:ID>3")
    without_amount = rest.replace(
        b'<cbc:LineExtensionAmount currencyID="EUR">100.00</cbc:LineExtensionAmount>', b"", 1
    )
    [finding] = _broken(head + line + without_amount, "BR-24")
    assert finding.field_paths == ("lines[2].net_amount",)


def test_decimals_are_counted_as_they_are_written() -> None:
    document = ubl_invoice()
    assert not _broken(document, "BR-DEC-23")
    longer = document.replace(
        b">100.00</cbc:LineExtensionAmount>", b">100.000</cbc:LineExtensionAmount>"
    )
    assert _broken(longer, "BR-DEC-23")


_PRICED = InvoiceContent(lines=(InvoiceLine(price=PriceDetails(net_price=Decimal("-1"))),))
_UNPRICED = InvoiceContent(lines=(InvoiceLine(net_amount=Decimal(1)),))


@pytest.mark.parametrize(
    ("content", "is_complete", "outcome"),
    [
        (_PRICED, True, Outcome.FAILED),
        (_PRICED, False, Outcome.FAILED),
        (_UNPRICED, True, Outcome.FAILED),
        (_UNPRICED, False, Outcome.NOT_DECIDABLE),
    ],
)
def test_missing_value_of_a_page_is_not_read_and_of_an_e_invoice_not_stated(
    content: InvoiceContent, is_complete: bool, outcome: Outcome
) -> None:
    [finding] = _rule("BR-27").check(stated_content(content, is_complete=is_complete))
    assert finding.outcome is outcome


def test_value_that_could_not_be_read_is_no_breach() -> None:
    invoice = stated_content(_UNPRICED, is_complete=True, unread=("lines[0].price.net_price",))
    [finding] = _rule("BR-27").check(invoice)
    assert finding.outcome is Outcome.NOT_DECIDABLE


def _taxed(base: str, rate: str = "19") -> InvoiceContent:
    vat = LineVat(category_code="S", rate=Decimal("19"))
    row = VatBreakdown(
        taxable_amount=Decimal(base), category_code="S", rate=Decimal(rate), tax_amount=Decimal(19)
    )
    return InvoiceContent(
        lines=(InvoiceLine(net_amount=Decimal(100), vat=vat),),
        vat_breakdown=(row,),
        totals=DocumentTotals(line_net_amount=Decimal(100)),
    )


@pytest.mark.parametrize(
    ("content", "holds"),
    [
        (_taxed("100"), True),
        (_taxed("100.99"), True),  # less than one unit of money away
        (_taxed("101"), False),
        (_taxed("100", rate="7"), False),  # nothing has this rate
    ],
)
def test_taxable_amount_is_that_of_its_rate(content: InvoiceContent, holds: bool) -> None:
    invoice = stated_content(content, is_complete=True)
    assert (not list(_rule("BR-S-08").broken(invoice))) is holds


_OTHER_LINE = InvoiceLine(net_amount=Decimal(50), vat=LineVat(category_code="S", rate=Decimal(19)))
_UNRATED_LINE = InvoiceLine(net_amount=Decimal(50), vat=LineVat(category_code="S"))


@pytest.mark.parametrize(
    ("lines", "totals", "outcomes"),
    [
        ((), {"line_net_amount": 100}, [Outcome.FAILED]),
        ((), {"amount_without_vat": 100}, [Outcome.FAILED]),
        ((), {}, [Outcome.NOT_DECIDABLE]),  # nothing proves that all lines were read
        ((), {"line_net_amount": 150}, [Outcome.NOT_DECIDABLE]),  # a line was missed
        ((_OTHER_LINE,), {"line_net_amount": 150}, [Outcome.FAILED]),
        ((_UNRATED_LINE,), {"line_net_amount": 150}, [Outcome.NOT_DECIDABLE]),
        ((), {"line_net_amount": 100, "charge_amount": 20}, [Outcome.NOT_DECIDABLE]),
    ],
)
def test_taxable_amount_of_a_page_is_decided_where_all_was_read_that_it_sums(
    lines: tuple[InvoiceLine, ...], totals: dict[str, int], outcomes: list[Outcome]
) -> None:
    content = _taxed("130")
    content = msgspec.structs.replace(
        content,
        lines=(*content.lines, *lines),
        totals=DocumentTotals(**{name: Decimal(value) for name, value in totals.items()}),
    )
    found = _rule("BR-S-08").check(stated_content(content, is_complete=False))
    assert [finding.outcome for finding in found] == outcomes


def test_tax_on_a_base_that_was_not_read_is_not_decided() -> None:
    row = VatBreakdown(category_code="S", rate=Decimal(19), tax_amount=Decimal(19))
    content = InvoiceContent(vat_breakdown=(row,))
    [finding] = _rule("BR-S-09").check(stated_content(content, is_complete=False))
    assert finding.outcome is Outcome.NOT_DECIDABLE
    [finding] = _rule("BR-S-09").check(stated_content(content, is_complete=True))
    assert finding.outcome is Outcome.FAILED


def test_equation_is_met_up_to_its_tolerance() -> None:
    assert Equation(Decimal("1.01"), Decimal(1), Decimal("0.01"))
    assert not Equation(Decimal("1.02"), Decimal(1), Decimal("0.01"))


def test_every_rule_speaks_of_terms_that_it_names() -> None:
    for rule in BUSINESS_RULES:
        assert rule.text.endswith("."), rule.rule_id
        assert rule.terms or rule.rule_id.startswith("BR-DEX"), rule.rule_id


_VAT = b"<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory>"


@pytest.mark.parametrize(
    ("rule_id", "written", "changed", "left", "right"),
    [
        ("BR-CO-17", b">19.00<", b">20.00<", "20.00", "19.00"),
        ("BR-S-09", b">19.00<", b">20.00<", "20.00", "19.00"),
        (
            "BR-S-08",
            b'TaxableAmount currencyID="EUR">100.00<',
            b'TaxableAmount currencyID="EUR">101.00<',
            "101.00",
            "100.00",
        ),
    ],
)
def test_amount_that_is_one_unit_off_has_both_sides_and_what_may_differ(
    rule_id: str, written: bytes, changed: bytes, left: str, right: str
) -> None:
    with_line_rate = (
        b"<cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent>"
        + _VAT.replace(b"TaxCategory", b"ClassifiedTaxCategory")
        + b"</cac:Item>"
    )
    document = ubl_invoice().replace(b"</cac:TaxCategory>", _VAT)
    document = document.replace(b"</cac:Item>", with_line_rate)
    assert not _broken(document, rule_id)
    [finding] = _broken(document.replace(written, changed), rule_id)
    assert (finding.left, finding.right) == (Decimal(left), Decimal(right))
    assert (finding.residual, finding.tolerance) == (Decimal("1.00"), Decimal("0.99"))
