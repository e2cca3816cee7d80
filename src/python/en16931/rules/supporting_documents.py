"""Additional supporting documents: BR-52."""

from en16931.rules.cen_rule import cen_rule, says

SUPPORTING_DOCUMENT_RULES = (
    cen_rule(
        "BR-52",
        "BG-24",
        "BT-122",
        "An additional document has a reference (BT-122).",
        says("BT-122"),
    ),
)
