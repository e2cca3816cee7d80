"""Periods of the invoice and of a line: BR-29, BR-30, BR-CO-19 and BR-CO-20."""

from collections.abc import Callable

from en16931.rules.cen_rule import cen_rule, has
from en16931.terms.stated_group import StatedGroup, date_of
from en16931.xml_reading import Syntax

INVOICE_PERIOD, LINE_PERIOD = "BG-14", "BG-25/BG-26"


def _ends_after_start(start: str, end: str) -> Callable[[StatedGroup], bool]:
    def holds(period: StatedGroup) -> bool:
        if not (period.has(start) and period.has(end)):
            return True
        if period.syntax is Syntax.CII:
            # Of format 102 only, where the order of the texts is that of the days.
            return any(
                first <= last
                for first in period.texts(f"{start}-day")
                for last in period.texts(f"{end}-day")
            )
        first, last = date_of(period.text(start)), date_of(period.text(end))
        return first is not None and last is not None and first <= last

    return holds


PERIOD_RULES = (
    cen_rule(
        "BR-29",
        INVOICE_PERIOD,
        "BT-73 BT-74",
        "The invoicing period does not end (BT-74) before it starts (BT-73).",
        _ends_after_start("BT-73", "BT-74"),
    ),
    cen_rule(
        "BR-30",
        LINE_PERIOD,
        "BT-134 BT-135",
        "The period of a line does not end (BT-135) before it starts (BT-134).",
        _ends_after_start("BT-134", "BT-135"),
    ),
    cen_rule(
        "BR-CO-19",
        INVOICE_PERIOD,
        "BT-73 BT-74",
        "An invoicing period has a start (BT-73), an end (BT-74), or both.",
        # In UBL the period also carries the code of the VAT point (BT-8), and needs no date then.
        lambda period: period.has("BT-73", "BT-74")
        or (period.syntax is not Syntax.CII and period.has("BT-8")),
    ),
    cen_rule(
        "BR-CO-20",
        LINE_PERIOD,
        "BT-134 BT-135",
        "The period of a line has a start (BT-134), an end (BT-135), or both.",
        has("BT-134", "BT-135"),
    ),
)
