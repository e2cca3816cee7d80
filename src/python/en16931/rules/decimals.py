"""At most two decimals, as written: BR-DEC-01 to BR-DEC-28."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from en16931.rules.cen_rule import cen_rule, of_indicated
from en16931.rules.term_rule import CII, INVOICE, UBL, TermRule
from en16931.rules.vat_rows import VAT_ROW, unless_shadowed
from en16931.rules.xpath_numbers import round_to_cents
from en16931.terms.stated_group import StatedGroup

_MOST = 2
_TEXT = "The amount {} has at most two decimals."

_INDICATORS = {"BG-20": "false", "BG-21": "true", "BG-25/BG-27": "false", "BG-25/BG-28": "true"}

# Rule, group, term.
_AMOUNTS = """
BR-DEC-01 BG-20 BT-92
BR-DEC-02 BG-20 BT-93
BR-DEC-05 BG-21 BT-99
BR-DEC-06 BG-21 BT-100
BR-DEC-09 BG-22 BT-106
BR-DEC-10 BG-22 BT-107
BR-DEC-11 BG-22 BT-108
BR-DEC-12 BG-22 BT-109
BR-DEC-14 BG-22 BT-112
BR-DEC-16 BG-22 BT-113
BR-DEC-17 BG-22 BT-114
BR-DEC-18 BG-22 BT-115
BR-DEC-19 BG-23 BT-116
BR-DEC-20 BG-23 BT-117
BR-DEC-23 BG-25 BT-131
BR-DEC-24 BG-25/BG-27 BT-136
BR-DEC-25 BG-25/BG-27 BT-137
BR-DEC-27 BG-25/BG-28 BT-141
BR-DEC-28 BG-25/BG-28 BT-142
"""


def decimals(text: str) -> int:
    """Returns how many signs stand behind the point: `2.50 ` has three, as it has for XPath."""
    return len(text.partition(".")[2])


def _has_two(term: str) -> Callable[[StatedGroup], bool]:
    """The first amount has; the artefacts do not look at a second one."""
    return lambda group: all(decimals(text) <= _MOST for text in group.texts(term)[:1])


def _vat_total_has_two(totals: StatedGroup) -> bool:
    """Some total of VAT has two decimals, or is of another currency than the invoice."""
    of_vat, named = totals.groups("VAT-total"), totals.invoice.texts("BT-5")
    return not of_vat or any(
        not _is_in(total, named) or _is_of_cents(total.number("amount")) for total in of_vat
    )


def _vat_total_in_accounting_currency_has_two(totals: StatedGroup) -> bool:
    """Where an accounting currency is named, some total of VAT is of it and has two decimals."""
    of_vat, named = totals.groups("VAT-total"), totals.invoice.texts("BT-6")
    return not (of_vat and named) or any(
        _is_in(total, named) and _is_of_cents(total.number("amount")) for total in of_vat
    )


def _not_asked(_: StatedGroup) -> bool:
    """The artefact for UBL looks for the currency in a wrong place, so that its rule holds of every invoice."""
    return True


def _is_in(total: StatedGroup, currencies: Sequence[str]) -> bool:
    return any(currency in currencies for currency in total.texts("currency"))


def _is_of_cents(amount: Decimal | None) -> bool:
    return amount is not None and amount == round_to_cents(amount)


def _rule(rule_id: str, at: str, term: str, holds: Callable[[StatedGroup], bool]) -> TermRule:
    text = _TEXT.format(term)
    if at == VAT_ROW:
        return cen_rule(rule_id, at, term, text, unless_shadowed(holds))
    if at in _INDICATORS:
        return cen_rule(rule_id, at, term, text, of_indicated(_INDICATORS[at], holds))
    return cen_rule(rule_id, at, term, text, holds)


DECIMAL_RULES: tuple[TermRule, ...] = (
    *(
        _rule(rule_id, at, term, _has_two(term))
        for rule_id, at, term in (line.split() for line in _AMOUNTS.strip().splitlines())
    ),
    cen_rule("BR-DEC-13", INVOICE, "BT-110", _TEXT.format("BT-110"), _not_asked, syntaxes=UBL),
    cen_rule(
        "BR-DEC-13", "BG-22", "BT-110", _TEXT.format("BT-110"), _vat_total_has_two, syntaxes=CII
    ),
    cen_rule("BR-DEC-15", INVOICE, "BT-111", _TEXT.format("BT-111"), _not_asked, syntaxes=UBL),
    cen_rule(
        "BR-DEC-15",
        "BG-22",
        "BT-111",
        _TEXT.format("BT-111"),
        _vat_total_in_accounting_currency_has_two,
        syntaxes=CII,
    ),
)
