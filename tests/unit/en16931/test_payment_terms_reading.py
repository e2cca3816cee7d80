"""When what is due: the day of all of it, of a discount, of an instalment."""

from datetime import date
from decimal import Decimal

import pytest
from unit.en16931.small_xml import cii_settlement, read, reported, ubl

from en16931.model import CashDiscount
from en16931.xml_reading import XmlReading

_NET = ("2025-11-13", "")
_DISCOUNT = (
    "<ram:ApplicableTradePaymentDiscountTerms>{}<ram:CalculationPercent>3.0</ram:CalculationPercent>"
    "</ram:ApplicableTradePaymentDiscountTerms>"
)
_DISCOUNTED = ("2025-10-24", _DISCOUNT.format(""))
_WITH_DAYS = (
    "2025-11-13",
    _DISCOUNT.format('<ram:BasisPeriodMeasure unitCode="DAY">10</ram:BasisPeriodMeasure>'),
)
_PART = ("2025-10-01", "<ram:PartialPaymentAmount>5.00</ram:PartialPaymentAmount>")
_OTHER_PART = ("2025-12-01", "<ram:PartialPaymentAmount>6.00</ram:PartialPaymentAmount>")
_OTHER_NET = ("2025-12-31", "")


def _terms(*terms: tuple[str, str]) -> XmlReading:
    date_of = '<ram:DueDateDateTime><udt:DateTimeString format="102">{}</udt:DateTimeString></ram:DueDateDateTime>'
    return read(
        cii_settlement(
            "".join(
                f"<ram:SpecifiedTradePaymentTerms>{date_of.format(day.replace('-', ''))}{more}"
                "</ram:SpecifiedTradePaymentTerms>"
                for day, more in terms
            )
        )
    )


@pytest.mark.parametrize(
    ("terms", "due"),
    [
        ((_NET,), date(2025, 11, 13)),
        ((_DISCOUNTED, _NET), date(2025, 11, 13)),
        ((_NET, _DISCOUNTED), date(2025, 11, 13)),
        ((_WITH_DAYS,), date(2025, 11, 13)),
        ((_PART,), date(2025, 10, 1)),
        ((_PART, _OTHER_PART), None),
    ],
)
def test_the_due_date_is_that_of_the_whole(
    terms: tuple[tuple[str, str], ...], due: date | None
) -> None:
    reading = _terms(*terms)
    assert reading.content.payment_due_date == due
    assert not reading.unreadable


def test_a_date_that_may_be_of_the_discount_alone_is_not_taken() -> None:
    reading = _terms(_DISCOUNTED)
    assert reading.content.payment_due_date is None
    assert reported(reading) == [("payment_due_date", "DATE_OF_DISCOUNT", date(2025, 10, 24))]


def test_two_due_dates_of_the_whole_are_a_contradiction() -> None:
    reading = _terms(_NET, _OTHER_NET)
    assert reading.content.payment_due_date is None
    assert [reason for _, reason, _ in reported(reading)] == ["DECLARED_TWICE"] * 2


_SKONTO = (
    "#SKONTO#TAGE=10#PROZENT=3.00#BASISBETRAG=1190.00#\n#SKONTO#TAGE=20#PROZENT=2.00#\n"
    "#VERZUG#TAGE=30#PROZENT=9.00#\n"
)
_DISCOUNTS = (
    CashDiscount(days=10, percentage=Decimal("3.00"), base_amount=Decimal("1190.00")),
    CashDiscount(days=20, percentage=Decimal("2.00")),
)


@pytest.mark.parametrize(
    "document",
    [
        ubl(f"<cac:PaymentTerms><cbc:Note>{_SKONTO}</cbc:Note></cac:PaymentTerms>"),
        cii_settlement(
            f"<ram:SpecifiedTradePaymentTerms><ram:Description>{_SKONTO}</ram:Description>"
            "</ram:SpecifiedTradePaymentTerms>"
        ),
    ],
)
def test_discounts_of_the_text_are_read_alike_in_all_syntaxes(document: str) -> None:
    reading = read(document)
    assert reading.content.extras is not None
    assert reading.content.extras.cash_discounts == _DISCOUNTS
    assert (
        reading.places["extras.cash_discounts[1].days"].xpath
        == reading.places["payment_terms"].xpath
    )
    assert "extras.cash_discounts[1].base_amount" not in reading.places


@pytest.mark.parametrize(
    "text", ["less #SKONTO#TAGE=10#PROZENT=3.00#", "#SKONTO#TAGE=10#PROZENT=0.00#", "#SKONTO#"]
)
def test_what_is_not_of_that_form_is_no_discount(text: str) -> None:
    reading = read(ubl(f"<cac:PaymentTerms><cbc:Note>{text}</cbc:Note></cac:PaymentTerms>"))
    assert reading.content.extras is None or not reading.content.extras.cash_discounts


def test_a_discount_of_elements_is_not_told_twice() -> None:
    discount = _DISCOUNT.format(
        '<ram:BasisPeriodMeasure unitCode="DAY">10</ram:BasisPeriodMeasure>'
    )
    reading = read(
        cii_settlement(
            f"<ram:SpecifiedTradePaymentTerms><ram:Description>{_SKONTO}</ram:Description>{discount}"
            "</ram:SpecifiedTradePaymentTerms>"
        )
    )
    assert reading.content.extras is not None
    assert reading.content.extras.cash_discounts == (
        CashDiscount(days=10, percentage=Decimal("3.0")),
    )


def test_the_day_of_a_discount_is_its_own() -> None:
    reading = _terms(_DISCOUNTED, _NET)
    assert reading.content.extras is not None
    [discount] = reading.content.extras.cash_discounts
    assert discount == CashDiscount(percentage=Decimal("3.0"), due_date=date(2025, 10, 24))


def test_the_day_beside_a_discount_with_days_is_not_its_own() -> None:
    reading = _terms(_WITH_DAYS)
    assert reading.content.extras is not None
    [discount] = reading.content.extras.cash_discounts
    assert discount == CashDiscount(days=10, percentage=Decimal("3.0"))


def test_a_discount_in_an_amount_is_read() -> None:
    terms = (
        "<cbc:SettlementDiscountAmount>2.50</cbc:SettlementDiscountAmount>"
        "<cac:SettlementPeriod><cbc:EndDate>2026-01-10</cbc:EndDate></cac:SettlementPeriod>"
    )
    reading = read(ubl(f"<cac:PaymentTerms>{terms}</cac:PaymentTerms>"))
    assert reading.content.extras is not None
    assert reading.content.extras.cash_discounts == (
        CashDiscount(due_date=date(2026, 1, 10), amount=Decimal("2.50")),
    )
