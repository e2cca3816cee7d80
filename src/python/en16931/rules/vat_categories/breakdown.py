"""Whether the VAT breakdown has a category, -01 of each, and the reason for which no tax is due, -10 of each."""

from collections.abc import Callable

from en16931.rules.vat_categories.vat_use import IGIC, OUTSIDE_VAT, STANDARD, VatUse, vat_use
from en16931.terms.stated_group import StatedGroup
from en16931.xml_reading import Syntax

Holds = Callable[[StatedGroup], bool]


def has_rows(code: str) -> Holds:
    """The breakdown has the category where it is used.

    In UBL, it also has it not where it is not used. In CII, two uses of the category pass for a use and a row.
    """

    def in_cii(use: VatUse) -> bool:
        rows, lines, changes = use.rows.any[code], use.lines.any[code], use.changes.any[code]
        return (not lines or lines + rows >= 2) and (not changes or changes + rows >= 2)

    def in_ubl(use: VatUse) -> bool:
        if code == STANDARD:
            return use.is_used(code) == (use.rows.any[code] > 0)
        if use.lines.vat[code] or use.changes.vat[code]:
            # Of IGIC, the artefact for UBL does not look at the tax of the row.
            return (use.rows.written if code == IGIC else use.rows.vat)[code] > 0
        return not use.rows.vat[code]

    return lambda invoice: (in_cii if invoice.syntax is Syntax.CII else in_ubl)(vat_use(invoice))


def has_one_row(code: str) -> Holds:
    """The breakdown has the category once where it is used anywhere; in CII, it has it not where it is not."""

    def holds(invoice: StatedGroup) -> bool:
        use = vat_use(invoice)
        if invoice.syntax is not Syntax.CII:
            is_stated = use.taxes.vat[code] > 0 or use.lines.vat[code] > 0
            return not is_stated or use.rows.vat[code] == 1
        rows = use.rows.any[code]
        return (code == OUTSIDE_VAT and not rows) or rows == use.is_used(code)

    return holds


def has_reason(row: StatedGroup) -> bool:
    return row.has("BT-120", "BT-121")


def has_no_reason(row: StatedGroup) -> bool:
    return not row.has("BT-120", "BT-121")
