"""What is not subject to VAT (O): BR-O-01 to BR-O-14."""

from collections.abc import Callable

from en16931.rules.term_rule import TermRule
from en16931.rules.vat_categories.amounts import tax_is_zero, taxable_amount
from en16931.rules.vat_categories.breakdown import has_one_row, has_reason
from en16931.rules.vat_categories.category import VatCategory
from en16931.rules.vat_categories.parties import nobody_has_vat_identifier
from en16931.rules.vat_categories.rates import Rate
from en16931.rules.vat_categories.use import ALLOWANCE, CHARGE, LINE
from en16931.rules.vat_categories.uses_read import uses_are_read
from en16931.rules.vat_categories.vat_use import vat_use
from en16931.terms.stated_group import StatedGroup
from en16931.xml_reading import Syntax

_OUTSIDE_VAT = VatCategory("O")


def _all_are_outside_vat(term: str) -> Callable[[StatedGroup], bool]:
    """Every row, line, allowance or charge is so; for CII, a row or a line alike, and an allowance or a charge alike."""

    def holds(where: StatedGroup) -> bool:
        use = vat_use(where.invoice)
        if where.syntax is Syntax.CII:
            stated = (use.rows, use.lines) if term in ("BT-118", "BT-151") else (use.changes,)
            return all(code == _OUTSIDE_VAT.code for part in stated for code in part.any)
        if not use.rows.vat[_OUTSIDE_VAT.code]:
            return True
        part = {
            "BT-118": use.rows,
            "BT-151": use.lines,
            "BT-95": use.allowances,
            "BT-102": use.charges,
        }[term]
        return all(code == _OUTSIDE_VAT.code for code in part.vat)

    return holds


OUTSIDE_VAT_RULES: tuple[TermRule, ...] = (
    _OUTSIDE_VAT.in_breakdown(
        "BR-O-01",
        "What is not subject to VAT (O) has exactly one row in the VAT breakdown (BG-23).",
        has_one_row,
    ),
    _OUTSIDE_VAT.with_use(
        "BR-O-02",
        LINE,
        "With a line that is not subject to VAT (O), the invoice has no VAT identifier of the seller (BT-31), of its "
        "tax representative (BT-63) or of the buyer (BT-48).",
        nobody_has_vat_identifier,
    ),
    _OUTSIDE_VAT.with_use(
        "BR-O-03",
        ALLOWANCE,
        "With an allowance that is not subject to VAT (O), the invoice has no VAT identifier of the seller (BT-31), "
        "of its tax representative (BT-63) or of the buyer (BT-48).",
        nobody_has_vat_identifier,
    ),
    _OUTSIDE_VAT.with_use(
        "BR-O-04",
        CHARGE,
        "With a charge that is not subject to VAT (O), the invoice has no VAT identifier of the seller (BT-31), of "
        "its tax representative (BT-63) or of the buyer (BT-48).",
        nobody_has_vat_identifier,
    ),
    *_OUTSIDE_VAT.rate_of_use(
        "BR-O-05",
        LINE,
        "The VAT rate (BT-152) of a line that is not subject to VAT (O) is not stated.",
        Rate.NONE,
    ),
    *_OUTSIDE_VAT.rate_of_use(
        "BR-O-06",
        ALLOWANCE,
        "The VAT rate (BT-96) of an allowance that is not subject to VAT (O) is not stated.",
        Rate.NONE,
    ),
    *_OUTSIDE_VAT.rate_of_use(
        "BR-O-07",
        CHARGE,
        "The VAT rate (BT-103) of a charge that is not subject to VAT (O) is not stated.",
        Rate.NONE,
    ),
    *_OUTSIDE_VAT.in_row(
        "BR-O-08",
        "BT-116 BT-131 BT-92 BT-99 BT-151 BT-95 BT-102",
        "The taxable amount (BT-116) of what is not subject to VAT (O) is the sum of its lines (BT-131), less its "
        "allowances (BT-92), plus its charges (BT-99).",
        taxable_amount(_OUTSIDE_VAT.code),
        is_read=uses_are_read(by_rate=False),
    ),
    *_OUTSIDE_VAT.in_row(
        "BR-O-09",
        "BT-117",
        "The tax (BT-117) on what is not subject to VAT (O) is zero.",
        tax_is_zero,
    ),
    *_OUTSIDE_VAT.in_row(
        "BR-O-10",
        "BT-120 BT-121",
        "What is not subject to VAT (O) has a reason for which no tax is due (BT-120, BT-121).",
        has_reason,
    ),
    *_OUTSIDE_VAT.where_in_breakdown(
        "BR-O-11",
        "BT-118",
        "Where something is not subject to VAT (O), so is every row of the VAT breakdown (BT-118).",
        _all_are_outside_vat("BT-118"),
    ),
    *_OUTSIDE_VAT.where_in_breakdown(
        "BR-O-12",
        "BT-151",
        "Where something is not subject to VAT (O), so is every line (BT-151).",
        _all_are_outside_vat("BT-151"),
    ),
    *_OUTSIDE_VAT.where_in_breakdown(
        "BR-O-13",
        "BT-95",
        "Where something is not subject to VAT (O), so is every allowance (BT-95).",
        _all_are_outside_vat("BT-95"),
    ),
    *_OUTSIDE_VAT.where_in_breakdown(
        "BR-O-14",
        "BT-102",
        "Where something is not subject to VAT (O), so is every charge (BT-102).",
        _all_are_outside_vat("BT-102"),
    ),
)
