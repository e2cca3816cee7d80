"""Values of a CII document: numbers, dates and VAT categories."""

from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element

from en16931.exact import decimal_text
from invoice_summarizer.samples.xml_tree import element


def tax(name: str, category: str | None, rate: Decimal | None) -> Element | None:
    if category is None and rate is None:
        return None
    return element(
        name,
        element("ram:TypeCode", "VAT"),
        element("ram:CategoryCode", category),
        number("ram:RateApplicablePercent", rate),
    )


def number(name: str, value: Decimal | None, **attributes: str | None) -> Element | None:
    return element(name, None if value is None else decimal_text(value), **attributes)


def day(name: str, value: date | None, prefix: str = "udt") -> Element | None:
    return element(
        name,
        element(
            f"{prefix}:DateTimeString",
            None if value is None else value.strftime("%Y%m%d"),
            format="102",
        ),
    )
