"""The word for a kind of document, and the signs of units."""

from collections.abc import Mapping

from en16931.document_types import document_type_of
from invoice_summarizer.domain.summarizing.phrase_tables import PHRASES

# UN/ECE Recommendation 20 codes whose unit has a sign that all three languages read.
UNIT_SIGNS: Mapping[str, str] = {
    "CMT": "cm",
    "GRM": "g",
    "HUR": "h",
    "KGM": "kg",
    "KMT": "km",
    "KWH": "kWh",
    "LTR": "l",
    "MIN": "min",
    "MLT": "ml",
    "MMT": "mm",
    "MTK": "m²",
    "MTQ": "m³",
    "MTR": "m",
    "MWH": "MWh",
    "TNE": "t",
}


def kind_word(kind: str, language: str) -> str | None:
    """Returns the word for a UNTDID 1001 code or a DocumentKind; None where there is none to say."""
    return PHRASES[language].document_kinds.get(document_type_of(kind) or kind)
