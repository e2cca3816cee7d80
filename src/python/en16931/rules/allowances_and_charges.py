"""Allowances and charges, of the document and of a line: BR-31 to BR-44, BR-CO-05 to BR-CO-08, BR-CO-21 to BR-CO-24.

That a reason and a reason code say the same (BR-CO-05 to BR-CO-08) cannot be told by a program: these always hold. The
standard asks for a reason twice: BR-33 and BR-CO-21 are one demand, and so for the other three.
"""

from collections.abc import Callable

from en16931.rules.cen_rule import cen_rule, has, of_indicated
from en16931.rules.term_rule import TermRule, Verdict
from en16931.terms.stated_group import StatedGroup

DOCUMENT_ALLOWANCE = "BG-20"
DOCUMENT_CHARGE = "BG-21"
LINE_ALLOWANCE = "BG-25/BG-27"
LINE_CHARGE = "BG-25/BG-28"


def _allowance_has(*terms: str) -> Callable[[StatedGroup], Verdict]:
    return of_indicated("false", has(*terms))


def _charge_has(*terms: str) -> Callable[[StatedGroup], Verdict]:
    return of_indicated("true", has(*terms))


def _cannot_be_told(_: StatedGroup) -> bool:
    return True


ALLOWANCE_AND_CHARGE_RULES: tuple[TermRule, ...] = (
    cen_rule(
        "BR-31",
        DOCUMENT_ALLOWANCE,
        "BT-92",
        "An allowance of the document has an amount (BT-92).",
        _allowance_has("BT-92"),
    ),
    cen_rule(
        "BR-32",
        DOCUMENT_ALLOWANCE,
        "BT-95",
        "An allowance of the document has a VAT category (BT-95).",
        _allowance_has("BT-95"),
    ),
    cen_rule(
        "BR-33",
        DOCUMENT_ALLOWANCE,
        "BT-97 BT-98",
        "An allowance of the document has a reason (BT-97) or a reason code (BT-98).",
        _allowance_has("BT-97", "BT-98"),
    ),
    cen_rule(
        "BR-CO-21",
        DOCUMENT_ALLOWANCE,
        "BT-97 BT-98",
        "An allowance of the document has a reason (BT-97) or a reason code (BT-98).",
        _allowance_has("BT-97", "BT-98"),
    ),
    cen_rule(
        "BR-CO-05",
        DOCUMENT_ALLOWANCE,
        "BT-97 BT-98",
        "The reason (BT-97) and the reason code (BT-98) say the same; no program can tell.",
        _cannot_be_told,
    ),
    cen_rule(
        "BR-36",
        DOCUMENT_CHARGE,
        "BT-99",
        "A charge of the document has an amount (BT-99).",
        _charge_has("BT-99"),
    ),
    cen_rule(
        "BR-37",
        DOCUMENT_CHARGE,
        "BT-102",
        "A charge of the document has a VAT category (BT-102).",
        _charge_has("BT-102"),
    ),
    cen_rule(
        "BR-38",
        DOCUMENT_CHARGE,
        "BT-104 BT-105",
        "A charge of the document has a reason (BT-104) or a reason code (BT-105).",
        _charge_has("BT-104", "BT-105"),
    ),
    cen_rule(
        "BR-CO-22",
        DOCUMENT_CHARGE,
        "BT-104 BT-105",
        "A charge of the document has a reason (BT-104) or a reason code (BT-105).",
        _charge_has("BT-104", "BT-105"),
    ),
    cen_rule(
        "BR-CO-06",
        DOCUMENT_CHARGE,
        "BT-104 BT-105",
        "The reason (BT-104) and the reason code (BT-105) say the same; no program can tell.",
        _cannot_be_told,
    ),
    cen_rule(
        "BR-41",
        LINE_ALLOWANCE,
        "BT-136",
        "An allowance of a line has an amount (BT-136).",
        _allowance_has("BT-136"),
    ),
    cen_rule(
        "BR-42",
        LINE_ALLOWANCE,
        "BT-139 BT-140",
        "An allowance of a line has a reason (BT-139) or a reason code (BT-140).",
        _allowance_has("BT-139", "BT-140"),
    ),
    cen_rule(
        "BR-CO-23",
        LINE_ALLOWANCE,
        "BT-139 BT-140",
        "An allowance of a line has a reason (BT-139) or a reason code (BT-140).",
        _allowance_has("BT-139", "BT-140"),
    ),
    cen_rule(
        "BR-CO-07",
        LINE_ALLOWANCE,
        "BT-139 BT-140",
        "The reason (BT-139) and the reason code (BT-140) say the same; no program can tell.",
        _cannot_be_told,
    ),
    cen_rule(
        "BR-43",
        LINE_CHARGE,
        "BT-141",
        "A charge of a line has an amount (BT-141).",
        _charge_has("BT-141"),
    ),
    cen_rule(
        "BR-44",
        LINE_CHARGE,
        "BT-144 BT-145",
        "A charge of a line has a reason (BT-144) or a reason code (BT-145).",
        _charge_has("BT-144", "BT-145"),
    ),
    cen_rule(
        "BR-CO-24",
        LINE_CHARGE,
        "BT-144 BT-145",
        "A charge of a line has a reason (BT-144) or a reason code (BT-145).",
        _charge_has("BT-144", "BT-145"),
    ),
    cen_rule(
        "BR-CO-08",
        LINE_CHARGE,
        "BT-144 BT-145",
        "The reason (BT-144) and the reason code (BT-145) say the same; no program can tell.",
        _cannot_be_told,
    ),
)
