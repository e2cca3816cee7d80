"""Where the extension of XRechnung lets codes beyond the lists of EN 16931 stand: the elements are those of BR-CL."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from en16931.cii.codes import CII_CODES
from en16931.cii.terms import CII_CONDITIONS
from en16931.namespaces import NAMESPACES
from en16931.rules.coded import Coded, Condition, code_rule
from en16931.rules.element_rule import TreeRules
from en16931.terms.stated_group import StatedGroup
from en16931.terms.xml_group import XmlGroup
from en16931.ubl.codes import UBL_CODES
from en16931.ubl.terms import UBL_CONDITIONS
from en16931.xml_reading import Syntax

# A blank scheme is one as well: the artefact looks for it in a text that has two blanks where two lists meet.
_SCHEMES = frozenset({"XR01", "XR02", "XR03", ""})


class _Wider(NamedTuple):
    """The rule of the pack of CEN that one stands for, and the codes that it allows in addition."""

    replaced: str
    also: frozenset[str]


_STANDS_FOR = {
    "BR-DEX-01": _Wider(replaced="BR-CL-24", also=frozenset({"application/xml"})),
    "BR-DEX-04": _Wider(replaced="BR-CL-10", also=_SCHEMES),
    "BR-DEX-05": _Wider(replaced="BR-CL-11", also=_SCHEMES),
    "BR-DEX-06": _Wider(replaced="BR-CL-21", also=_SCHEMES),
    "BR-DEX-07": _Wider(replaced="BR-CL-25", also=_SCHEMES),
    "BR-DEX-08": _Wider(replaced="BR-CL-26", also=_SCHEMES),
}


def codes_are_known(rule_id: str) -> Callable[[StatedGroup], bool]:
    """Returns whether an e-invoice has no code at the places of the rule beyond its list."""
    wider = _STANDS_FOR[rule_id]
    cii = _tree(CII_CODES, wider, NAMESPACES[Syntax.CII], CII_CONDITIONS)
    ubl = _tree(UBL_CODES, wider, NAMESPACES[Syntax.UBL_INVOICE], UBL_CONDITIONS)

    def holds(invoice: StatedGroup) -> bool:
        if not isinstance(invoice, XmlGroup):
            return True
        tree = cii if invoice.syntax is Syntax.CII else ubl
        return next(iter(tree.broken(invoice.index)), None) is None

    return holds


def _tree(
    table: tuple[Coded, ...],
    wider: _Wider,
    namespaces: Mapping[str, str],
    conditions: Mapping[str, Condition],
) -> TreeRules:
    def widened() -> Iterator[Coded]:
        for coded in table:
            if coded.rule_id == wider.replaced:
                yield coded._replace(codes=coded.codes | wider.also)

    return TreeRules(
        rule for coded in widened() for rule in code_rule(coded, namespaces, conditions)
    )
