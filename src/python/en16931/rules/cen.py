"""The name of the pack of the official validation artefacts of CEN/TC 434, in the version that is followed."""

from en16931.rules.rule import PackName

CEN = PackName("cen", "1.3.16")
