"""Each row of the VAT breakdown: BR-45 to BR-48 and BR-CO-17; that there is one: BR-CO-18."""

from collections.abc import Callable
from decimal import Decimal

from en16931.exact import EXACT
from en16931.rules.cen_rule import cen_rule, has
from en16931.rules.term_rule import CII, INVOICE, UBL, TermRule, Verdict, less_than_one_apart, near
from en16931.rules.xpath_numbers import round_to_cents, round_to_whole
from en16931.terms.stated_group import StatedGroup
from en16931.xml_reading import Syntax

VAT_ROW = "BG-23"
NOT_SUBJECT_TO_VAT = "O"
_SHADOWED_CATEGORIES = ("O", "L", "M")
_ONE, _HUNDRED = Decimal(1), Decimal(100)


def unless_shadowed(holds: Callable[[StatedGroup], Verdict]) -> Callable[[StatedGroup], Verdict]:
    """Returns what is asked of a row; of some rows of CII nothing is.

    The artefact for CII has rules of the categories O, L and M on the same element before those of every row, and
    Schematron applies to an element only the first rules that fit it.
    """
    return lambda row: (
        row.syntax is Syntax.CII and row.code("BT-118") in _SHADOWED_CATEGORIES
    ) or holds(row)


def _has_rate(row: StatedGroup) -> bool:
    return row.has("BT-119") or row.code("BT-118") == NOT_SUBJECT_TO_VAT


def _tax_is_rate_of_base(row: StatedGroup) -> Verdict:
    """BT-117 = BT-116 x BT-119 / 100, sizes without sign, less than 1 apart (CII: at most 1)."""
    tax = row.number("BT-117")
    rate = row.number("BT-119" if row.syntax is not Syntax.CII else "BT-119-but-for-blanks")
    if tax is None:
        return False
    if rate is None or round_to_whole(rate) == 0:
        return round_to_whole(tax) == 0
    base = row.number("BT-116")
    if base is None:
        return False
    computed = round_to_cents(EXACT.divide(EXACT.multiply(base.copy_abs(), rate), _HUNDRED))
    stated = tax.copy_abs()
    residual = EXACT.subtract(stated, computed).copy_abs()
    if row.syntax is Syntax.CII:
        return near(residual <= _ONE, stated, computed, _ONE)
    return less_than_one_apart(residual < _ONE, stated, computed)


BR_CO_17 = cen_rule(
    "BR-CO-17",
    VAT_ROW,
    "BT-117 BT-116 BT-119",
    "The tax of a category (BT-117) is its taxable amount (BT-116) times its rate (BT-119).",
    unless_shadowed(_tax_is_rate_of_base),
)

VAT_ROW_RULES: tuple[TermRule, ...] = (
    cen_rule(
        "BR-45",
        VAT_ROW,
        "BT-116",
        "Each VAT category has a taxable amount (BT-116).",
        unless_shadowed(has("BT-116")),
    ),
    cen_rule(
        "BR-46",
        VAT_ROW,
        "BT-117",
        "Each VAT category has a tax amount (BT-117).",
        unless_shadowed(has("BT-117")),
    ),
    cen_rule(
        "BR-47",
        VAT_ROW,
        "BT-118",
        "Each row of VAT names its category (BT-118).",
        unless_shadowed(has("BT-118")),
    ),
    cen_rule(
        "BR-48",
        VAT_ROW,
        "BT-119",
        "Each VAT category has a rate (BT-119), unless nothing is subject to VAT.",
        unless_shadowed(_has_rate),
    ),
    BR_CO_17,
    cen_rule(
        "BR-CO-18",
        INVOICE,
        "BG-23",
        "The invoice has a VAT breakdown (BG-23).",
        lambda invoice: invoice.has_group("BG-23"),
        syntaxes=UBL,
    ),
    cen_rule(
        "BR-CO-18",
        "BG-25",
        "BG-23",
        "The invoice has a VAT breakdown (BG-23).",
        lambda line: line.invoice.has_group("BG-23"),
        syntaxes=CII,
    ),
)
