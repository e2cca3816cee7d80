"""Invoice lines: BR-21 to BR-28, BR-54, BR-64, BR-65 and BR-CO-04."""

from en16931.rules.cen_rule import cen_rule, has, says, stated_or_said
from en16931.rules.xpath_numbers import is_minus_zero
from en16931.terms.stated_group import StatedGroup
from en16931.xml_reading import Syntax

LINE = "BG-25"


def _net_price_is_not_negative(line: StatedGroup) -> bool:
    """A price that is missing is none that is zero or more."""
    return _has_not_negative(line, "BT-146")


def _gross_price_is_not_negative(line: StatedGroup) -> bool:
    return not line.has("BT-148") or _has_not_negative(line, "BT-148")


def _has_not_negative(line: StatedGroup, term: str) -> bool:
    return any(price >= 0 and not is_minus_zero(price) for price in line.numbers(term))


def _standard_identifier_has_scheme(line: StatedGroup) -> bool:
    schemes = line.texts("BT-157-1")
    if line.syntax is Syntax.CII:
        return not line.has("BT-157") or any(scheme.strip() for scheme in schemes)
    return len(schemes) >= len(line.texts("BT-157"))


def _classification_has_scheme(classification: StatedGroup) -> bool:
    if classification.syntax is Syntax.CII and not classification.has("BT-158"):
        return True
    return stated_or_said("BT-158-1")(classification)


LINE_RULES = (
    cen_rule("BR-21", LINE, "BT-126", "Each line has an identifier (BT-126).", says("BT-126")),
    cen_rule("BR-22", LINE, "BT-129", "Each line has a quantity (BT-129).", has("BT-129")),
    cen_rule(
        "BR-23", LINE, "BT-130", "The quantity of each line has a unit (BT-130).", has("BT-130")
    ),
    cen_rule("BR-24", LINE, "BT-131", "Each line has a net amount (BT-131).", has("BT-131")),
    cen_rule("BR-25", LINE, "BT-153", "Each line names its item (BT-153).", says("BT-153")),
    cen_rule("BR-26", LINE, "BT-146", "Each line has a net price (BT-146).", has("BT-146")),
    cen_rule(
        "BR-27", LINE, "BT-146", "A net price (BT-146) is not negative.", _net_price_is_not_negative
    ),
    cen_rule(
        "BR-28",
        LINE,
        "BT-148",
        "A gross price (BT-148) is not negative.",
        _gross_price_is_not_negative,
    ),
    cen_rule(
        "BR-54",
        "BG-25/BG-32",
        "BT-160 BT-161",
        "An attribute of an item has a name (BT-160) and a value (BT-161).",
        lambda attribute: attribute.has("BT-160") and attribute.has("BT-161"),
    ),
    cen_rule(
        "BR-64",
        LINE,
        "BT-157",
        "The standard identifier of an item (BT-157) has a scheme.",
        _standard_identifier_has_scheme,
    ),
    cen_rule(
        "BR-65",
        "BG-25/BT-158",
        "BT-158",
        "The classification of an item (BT-158) has a scheme.",
        _classification_has_scheme,
    ),
    cen_rule("BR-CO-04", LINE, "BT-151", "Each line has a VAT category (BT-151).", has("BT-151")),
)
