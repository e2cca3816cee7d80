"""UNTDID 5189: reasons for an allowance (BT-98, BT-140)."""

ALLOWANCE_REASONS = frozenset("""
    41 42 60 62 63 64 65 66 67 68 70 71 88 95 100 102 103 104 105
    """.split())
