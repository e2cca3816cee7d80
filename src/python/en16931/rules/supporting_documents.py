"""Additional supporting documents: BR-52."""

from en16931.rules.cen_rule import cen_rule, says
from en16931.rules.term_rule import CII, EVERY_SYNTAX

SUPPORTING_DOCUMENT_RULES = tuple(
    cen_rule(
        "BR-52",
        at,
        "BT-122",
        "An additional document has a reference (BT-122).",
        says("BT-122"),
        syntaxes=syntaxes,
    )
    for at, syntaxes in (("BG-24", EVERY_SYNTAX), ("document-elsewhere", CII))
)
