"""Which rule asks what, of which terms: data, from which its sentence is made in any language.

A rule that is not here has the sentence of `Kind.OTHER` over its own terms.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from invoice_summarizer.domain.rule_texts.sentences import Kind


@dataclass(frozen=True, slots=True)
class Asked:
    """What a rule asks: `terms` are business terms, or an equation of them; `family` is that of a VAT category, `codes` a list of codes."""

    kind: Kind
    terms: str = ""
    family: str = ""
    codes: str = ""


# A line for each kind: rules with their terms.
_STATED = """
BR-01 BT-24; BR-02 BT-1; BR-03 BT-2; BR-04 BT-3; BR-05 BT-5; BR-06 BT-27; BR-07 BT-44; BR-08 BG-5; BR-09 BT-40;
BR-10 BG-8; BR-11 BT-55; BR-12 BT-106; BR-13 BT-109; BR-14 BT-112; BR-15 BT-115; BR-16 BG-25; BR-17 BT-59; BR-18 BT-62;
BR-19 BG-12; BR-20 BT-69; BR-21 BT-126; BR-22 BT-129; BR-23 BT-130; BR-24 BT-131; BR-25 BT-153; BR-26 BT-146;
BR-31 BT-92; BR-32 BT-95; BR-36 BT-99; BR-37 BT-102; BR-41 BT-136; BR-43 BT-141; BR-45 BT-116; BR-46 BT-117;
BR-47 BT-118; BR-48 BT-119; BR-49 BT-81; BR-50 BT-84; BR-52 BT-122; BR-53 BT-111; BR-54 BT-160 BT-161; BR-55 BT-25;
BR-56 BT-63; BR-57 BT-80; BR-61 BT-84; BR-CO-04 BT-151; BR-CO-18 BG-23; BR-IC-12 BT-80; BR-DE-1 BG-16; BR-DE-2 BG-6;
BR-DE-3 BT-37; BR-DE-4 BT-38; BR-DE-5 BT-41; BR-DE-6 BT-42; BR-DE-7 BT-43; BR-DE-8 BT-52; BR-DE-9 BT-53; BR-DE-10 BT-77;
BR-DE-11 BT-78; BR-DE-14 BT-119; BR-DE-15 BT-10; BR-DE-23-a BG-17; BR-DE-24-a BG-18; BR-DE-25-a BG-19; BR-DE-26 BG-3;
BR-DE-30 BT-90; BR-DE-31 BT-91; BR-DE-CVD-01 BT-12; BR-DE-CVD-02 BT-17; PEPPOL-EN16931-R001 BT-23;
PEPPOL-EN16931-R010 BT-49; PEPPOL-EN16931-R020 BT-34; PEPPOL-EN16931-R041 BT-93; PEPPOL-EN16931-R042 BT-94;
PEPPOL-EN16931-R061 BT-89
"""
_ONE_OF = """
BR-33 BT-97 BT-98; BR-38 BT-104 BT-105; BR-42 BT-139 BT-140; BR-44 BT-144 BT-145; BR-CO-19 BT-73 BT-74;
BR-CO-20 BT-134 BT-135; BR-CO-21 BT-97 BT-98; BR-CO-22 BT-104 BT-105; BR-CO-23 BT-139 BT-140; BR-CO-24 BT-144 BT-145;
BR-CO-25 BT-9 BT-20; BR-CO-26 BT-29 BT-30 BT-31; BR-IC-11 BT-72 BG-14; BR-DE-16 BT-31 BT-32 BG-11;
BR-DE-TMP-32 BT-72 BG-14 BG-26
"""
_SCHEME = "BR-62 BT-34; BR-63 BT-49; BR-64 BT-157; BR-65 BT-158"
# Behind the terms: the list.
_CODE = """
BR-CL-01 BT-3 | UNTDID 1001; BR-CL-03 BT-5 | ISO 4217; BR-CL-04 BT-5 | ISO 4217; BR-CL-05 BT-6 | ISO 4217;
BR-CL-06 BT-8 | UNTDID 2005, 2475; BR-CL-07 BT-18 | UNTDID 1153; BR-CL-08 BT-22 | UNTDID 4451;
BR-CL-10 BT-29 BT-46 | ISO/IEC 6523 ICD; BR-CL-11 BT-30 BT-47 | ISO/IEC 6523 ICD; BR-CL-13 BT-158 | UNTDID 7143;
BR-CL-14 BT-40 BT-55 | ISO 3166-1; BR-CL-15 BT-159 | ISO 3166-1; BR-CL-16 BT-81 | UNTDID 4461;
BR-CL-17 BT-118 | UNTDID 5305; BR-CL-18 BT-151 | UNTDID 5305; BR-CL-19 BT-98 BT-140 | UNTDID 5189;
BR-CL-20 BT-105 BT-145 | UNTDID 7161; BR-CL-21 BT-157 | ISO/IEC 6523 ICD; BR-CL-22 BT-121 | VATEX;
BR-CL-23 BT-130 | UN/ECE Rec. 20, 21; BR-CL-24 BT-125 | MIME; BR-CL-25 BT-34 BT-49 | EAS; BR-CL-26 BT-71 | ISO/IEC 6523 ICD;
BR-DE-17 BT-3 | 326, 380, 381, 384, 389, 875, 876, 877; BR-DEX-04 BT-29 BT-46 | ISO/IEC 6523 ICD, XR01-XR03;
BR-DEX-05 BT-30 BT-47 | ISO/IEC 6523 ICD, XR01-XR03; BR-DEX-06 BT-157 | ISO/IEC 6523 ICD, XR01-XR03;
BR-DEX-07 BT-34 BT-49 | EAS, XR01-XR03; BR-DEX-08 BT-71 | ISO/IEC 6523 ICD, XR01-XR03
"""
_OTHERS: Mapping[Kind, str] = {
    Kind.NOT_NEGATIVE: "BR-27 BT-146; BR-28 BT-148",
    Kind.POSITIVE: "PEPPOL-EN16931-R121 BT-149",
    Kind.ORDER: "BR-29 BT-73 BT-74; BR-30 BT-134 BT-135; PEPPOL-EN16931-R110 BT-73 BT-134; PEPPOL-EN16931-R111 BT-135 BT-74",
    Kind.NOT_BOTH: "BR-CO-03 BT-7 BT-8",
    Kind.NONE_OF: "BR-DE-23-b BG-18 BG-19; BR-DE-24-b BG-17 BG-19; BR-DE-25-b BG-17 BG-18; PEPPOL-EN16931-R101 BT-128",
    Kind.ONCE: "PEPPOL-EN16931-R053 BT-110",
    Kind.SAME: "BR-CO-05 BT-97 BT-98; BR-CO-06 BT-104 BT-105; BR-CO-07 BT-139 BT-140; BR-CO-08 BT-144 BT-145; "
    "BR-B-01 BT-40 BT-55; BR-TMP-3 BT-149 BT-150; PEPPOL-EN16931-R130 BT-150 BT-130; PEPPOL-EN16931-R054 BT-6 BT-111; "
    "PEPPOL-EN16931-R055 BT-110 BT-111",
    Kind.DIFFERENT: "PEPPOL-EN16931-R005 BT-5 BT-6; BR-DE-22 BT-125",
    Kind.IBAN: "BR-DE-19 BT-84; BR-DE-20 BT-91",
    Kind.COUNTRY_PREFIX: "BR-CO-09 BT-31 BT-63 BT-48",
    Kind.FORM: "BR-51 BT-87; BR-DE-18 BT-20; BR-DE-21 BT-24; BR-DE-27 BT-42; BR-DE-28 BT-43; BR-TMP-2 BT-124; "
    "BR-TMP-CVD-01 BT-158; BR-DE-CVD-04 BT-158; BR-DE-CVD-05 BT-161",
}
_EQUATIONS = """
BR-CO-10 BT-106 = Σ BT-131; BR-CO-11 BT-107 = Σ BT-92; BR-CO-12 BT-108 = Σ BT-99;
BR-CO-13 BT-109 = BT-106 − BT-107 + BT-108; BR-CO-14 BT-110 = Σ BT-117; BR-CO-15 BT-112 = BT-109 + BT-110;
BR-CO-16 BT-115 = BT-112 − BT-113 + BT-114; BR-CO-17 BT-117 = BT-116 × BT-119; BR-DEX-09 BT-115 = BT-112 − BT-113 + BT-114;
PEPPOL-EN16931-R040 BT-92 = BT-93 × BT-94; PEPPOL-EN16931-R046 BT-146 = BT-148 − BT-147;
PEPPOL-EN16931-R120 BT-131 = BT-129 × BT-146 − Σ BT-136 + Σ BT-141
"""
_STRUCTURE = re.compile(r"UBL-(?:SR|DT|CR)-|CII-(?:SR|DT)-|PEPPOL-EN16931-R(?:008|043|044)")
_CATEGORY = re.compile(r"BR-(S|Z|E|AE|IC|G|O|AF|AG)-(\d\d)$")
_USES = {5: "BT-152", 6: "BT-96", 7: "BT-103"}
_BY_RATE = ("S", "AF", "AG")
_PARTIES: Mapping[str, str] = {
    "AE": "BT-31 BT-32 BT-63 BT-48 BT-47",
    "IC": "BT-31 BT-63 BT-48",
    "G": "BT-31 BT-63",
}


def asked(rule_id: str) -> Asked | None:
    """Returns what the rule asks; None where it is not known here."""
    found = _TABLE.get(rule_id)
    if found is not None:
        return found
    category = _CATEGORY.match(rule_id)
    if category is not None:
        return _of_category(category[1], int(category[2]))
    if rule_id.startswith("BR-DEC-"):
        return Asked(Kind.DECIMALS)
    return Asked(Kind.STRUCTURE) if _STRUCTURE.match(rule_id) else None


def _of_category(family: str, number: int) -> Asked | None:
    by_rate = family in _BY_RATE
    kinds: Mapping[int, Kind] = {
        1: Kind.CATEGORY_ROW,
        8: Kind.CATEGORY_BASE,
        9: Kind.CATEGORY_TAX if by_rate else Kind.CATEGORY_TAX_ZERO,
        10: Kind.CATEGORY_NO_REASON if family in ("S", "Z", "AF", "AG") else Kind.CATEGORY_REASON,
    }
    if number in kinds:
        return Asked(kinds[number], family=family)
    if number in (2, 3, 4):
        if family == "O":
            return Asked(Kind.CATEGORY_NO_PARTIES, family=family)
        return Asked(Kind.CATEGORY_PARTIES, _PARTIES.get(family, "BT-31 BT-32 BT-63"), family)
    if number in _USES:
        return Asked(_rate_kind(family), _USES[number], family)
    return Asked(Kind.CATEGORY_ONLY, family=family) if family == "O" else None


def _rate_kind(family: str) -> Kind:
    if family == "S":
        return Kind.CATEGORY_RATE_POSITIVE
    if family == "O":
        return Kind.CATEGORY_RATE_NONE
    return Kind.NOT_NEGATIVE_RATE if family in ("AF", "AG") else Kind.CATEGORY_RATE_ZERO


def _table() -> dict[str, Asked]:
    found: dict[str, Asked] = {}
    by_kind = {
        Kind.STATED: _STATED,
        Kind.ONE_OF: _ONE_OF,
        Kind.SCHEME: _SCHEME,
        Kind.CODE: _CODE,
        Kind.EQUAL: _EQUATIONS,
        **_OTHERS,
    }
    for kind, entries in by_kind.items():
        for entry in entries.split(";"):
            rule_id, _, rest = entry.strip().partition(" ")
            terms, _, codes = rest.partition(" | ")
            found[rule_id] = Asked(kind, terms, codes=codes)
    return found


_TABLE = _table()
