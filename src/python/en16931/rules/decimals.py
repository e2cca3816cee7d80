"""At most two decimals, as written: BR-DEC-01 to BR-DEC-28."""

from collections.abc import Callable

from en16931.rules.cen_rule import cen_rule
from en16931.rules.term_rule import INVOICE, TermRule
from en16931.rules.vat_rows import VAT_ROW, unless_shadowed
from en16931.terms.stated_group import StatedGroup
from en16931.xml_reading import Syntax

_MOST = 2

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
    return lambda group: all(decimals(text) <= _MOST for text in group.texts(term))


def _vat_totals_have_two(currency: str, *, must_exist: bool) -> Callable[[StatedGroup], bool]:
    """The totals of VAT in the currency have two decimals; in CII, there is one where `must_exist`.

    The artefact for UBL looks for the currency in a wrong place, so that its rule holds of every invoice.
    """

    def holds(invoice: StatedGroup) -> bool:
        if invoice.syntax is not Syntax.CII or not invoice.has(currency):
            return True
        amounts = [
            text
            for total in invoice.groups("VAT-total")
            if total.text("currency") == invoice.text(currency)
            for text in total.texts("amount")
        ]
        return all(decimals(text) <= _MOST for text in amounts) and bool(amounts or not must_exist)

    return holds


def _rule(rule_id: str, at: str, term: str, holds: Callable[[StatedGroup], bool]) -> TermRule:
    text = f"The amount {term} has at most two decimals."
    return cen_rule(rule_id, at, term, text, unless_shadowed(holds) if at == VAT_ROW else holds)


DECIMAL_RULES = (
    *(
        _rule(rule_id, at, term, _has_two(term))
        for rule_id, at, term in (line.split() for line in _AMOUNTS.strip().splitlines())
    ),
    _rule("BR-DEC-13", INVOICE, "BT-110", _vat_totals_have_two("BT-5", must_exist=False)),
    _rule("BR-DEC-15", INVOICE, "BT-111", _vat_totals_have_two("BT-6", must_exist=True)),
)
