"""Invoices for clean vehicles (CVD) in XRechnung: BR-DE-CVD-01 to BR-DE-CVD-06 and BR-TMP-CVD-01."""

from collections.abc import Callable

from en16931.code_lists.item_classifications import ITEM_CLASSIFICATIONS
from en16931.rules.term_rule import INVOICE, TermRule, Verdict
from en16931.rules.xrechnung.specification import is_of_vehicles, xrechnung_rule
from en16931.terms.stated_group import StatedGroup

_SCHEME, _ATTRIBUTE = "CVD", "cva"
_CATEGORIES = frozenset({"M1", "M2", "M3", "N1", "N2", "N3"})
_VALUES = frozenset({"clean", "zero-emission", "other"})


def _of_vehicles(holds: Callable[[StatedGroup], Verdict]) -> Callable[[StatedGroup], Verdict]:
    return lambda group: not is_of_vehicles(group) or holds(group)


def _vehicles(line: StatedGroup) -> int:
    return sum(code.text("BT-158-1") == _SCHEME for code in line.groups("BT-158"))


def _kinds(line: StatedGroup) -> int:
    return sum(attribute.text("BT-160") == _ATTRIBUTE for attribute in line.groups("BG-32"))


VEHICLE_RULES: tuple[TermRule, ...] = tuple(
    xrechnung_rule(rule_id, at, terms, text, _of_vehicles(holds))
    for rule_id, at, terms, text, holds in (
        (
            "BR-DE-CVD-01",
            INVOICE,
            "BT-12",
            "The contract is referred to (BT-12).",
            lambda invoice: invoice.text("BT-12") != "",
        ),
        (
            "BR-DE-CVD-02",
            INVOICE,
            "BT-17",
            "The tender or lot is referred to (BT-17).",
            lambda invoice: invoice.text("BT-17") != "",
        ),
        (
            "BR-DE-CVD-03",
            INVOICE,
            "BT-158 BT-160",
            "Some line has a classification of scheme CVD (BT-158) and an attribute cva (BT-160).",
            lambda invoice: any(
                _vehicles(line) and _kinds(line) for line in invoice.groups("BG-25")
            ),
        ),
        (
            "BR-DE-CVD-04",
            "BG-25/BT-158",
            "BT-158",
            "A classification of scheme CVD (BT-158) is a category of vehicles: M1 to M3, N1 to N3.",
            lambda code: code.text("BT-158-1") != _SCHEME or code.text("BT-158") in _CATEGORIES,
        ),
        (
            "BR-DE-CVD-05",
            "BG-25/BG-32",
            "BT-161",
            "The value of an attribute cva (BT-161) is clean, zero-emission or other.",
            lambda attribute: attribute.text("BT-160") != _ATTRIBUTE
            or attribute.text("BT-161") in _VALUES,
        ),
        (
            "BR-DE-CVD-06-a",
            "BG-25",
            "BT-158 BT-160",
            "A line with a classification of scheme CVD (BT-158) has one attribute cva (BT-160).",
            lambda line: not _vehicles(line) or _kinds(line) == 1,
        ),
        (
            "BR-DE-CVD-06-b",
            "BG-25",
            "BT-158 BT-160",
            "A line with an attribute cva (BT-160) has one classification of scheme CVD (BT-158).",
            lambda line: not _kinds(line) or _vehicles(line) == 1,
        ),
        (
            "BR-TMP-CVD-01",
            "BG-25/BT-158",
            "BT-158",
            "The scheme of a classification (BT-158) is CVD, or of UNTDID 7143.",
            lambda code: code.text("BT-158-1") in ITEM_CLASSIFICATIONS | {_SCHEME},
        ),
    )
)
