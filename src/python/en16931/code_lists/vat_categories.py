"""UNTDID 5305: categories of VAT (BT-95, BT-102, BT-118, BT-151)."""

VAT_CATEGORIES = frozenset("""
    AE L M E S Z G O K B
    """.split())
