"""When VAT is due (BT-8): UNTDID 2005 in UBL and in the semantic model, UNTDID 2475 in CII."""

VAT_POINTS = frozenset({"3", "35", "432"})
VAT_POINTS_OF_CII = frozenset({"5", "29", "72"})
