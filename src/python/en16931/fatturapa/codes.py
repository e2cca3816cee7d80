"""What the codes of FatturaPA are in the code lists of EN 16931. A code that is not here stays as it is."""

from collections.abc import Mapping
from decimal import Decimal

from en16931.binding import values
from en16931.document_types import document_kind_of
from en16931.model import DocumentKind, LineKind

# TipoDocumento in UNTDID 1001. TD16 to TD23, TD27 and TD28 the buyer writes, in the name of the seller or of itself.
DOCUMENT_TYPES: Mapping[str, str] = {
    "TD01": "380",
    "TD02": "386",  # in advance, on an invoice
    "TD03": "386",  # in advance, on a fee
    "TD04": "381",
    "TD05": "383",
    "TD06": "380",  # a fee
    "TD16": "389",
    "TD17": "389",
    "TD18": "389",
    "TD19": "389",
    "TD20": "389",
    "TD21": "389",
    "TD22": "389",
    "TD23": "389",
    "TD24": "380",  # deferred
    "TD25": "380",  # deferred, of goods that went on
    "TD26": "380",  # assets, and passages within a company
    "TD27": "389",  # own use
    "TD28": "389",
    "TD29": "751",  # tells the tax office of an invoice that did not come
}

# Natura in UNTDID 5305, by its beginning: the longest that fits counts.
_CATEGORIES: Mapping[str, str] = {
    "N1": "O",  # left out of the taxable amount by article 15
    "N2": "O",
    "N3": "E",  # not taxable: declarations of intent and others that have no category of their own
    "N3.1": "G",
    "N3.2": "K",
    "N3.3": "G",  # San Marino
    "N4": "E",
    "N5": "E",  # margin schemes
    "N6": "AE",
    "N7": "O",  # the VAT is due in another member state
}
_SPLIT_PAYMENT = "S"
SPLIT_PAYMENT_CATEGORY = "B"

# ModalitaPagamento in UNTDID 4461.
_MEANS: Mapping[str, str] = {
    "MP01": "10",
    "MP02": "20",
    "MP03": "23",
    "MP04": "10",
    "MP05": "30",
    "MP06": "60",
    "MP08": "48",
    "MP09": "49",
    "MP10": "49",
    "MP11": "49",
    "MP12": "70",
    "MP16": "49",
    "MP17": "49",
    "MP18": "50",
    "MP19": "59",
    "MP20": "59",
    "MP21": "59",
    "MP22": "97",
    "MP23": "68",
}

_LINE_KINDS: Mapping[str, LineKind] = {
    "SC": LineKind.DISCOUNT,
    "PR": LineKind.DISCOUNT,
    "AB": LineKind.DISCOUNT,
    "AC": LineKind.SURCHARGE,
}
_MEDIA_TYPES: Mapping[str, str] = {
    "PDF": "application/pdf",
    "XML": "application/xml",
    "PNG": "image/png",
    "JPG": "image/jpeg",
    "JPEG": "image/jpeg",
    "CSV": "text/csv",
    "TXT": "text/plain",
    "ZIP": "application/zip",
}
_LENGTH_OF_IPA_CODES = 6  # EAS 0201: an office of the public administration


def type_code(raw: str, _: Mapping[str, str]) -> str:
    return DOCUMENT_TYPES.get(raw, raw)


def document_kind(raw: str, _: Mapping[str, str]) -> DocumentKind:
    return document_kind_of(DOCUMENT_TYPES.get(raw, raw))


def vat_category(raw: str, attributes: Mapping[str, str]) -> str | None:
    """BT-118 from a Natura, from the rate of what has none, or from the split payment of a VAT row.

    A rate of zero without a Natura says nothing. Raises NotAValue for what is none of these.
    """
    if raw == _SPLIT_PAYMENT:
        return SPLIT_PAYMENT_CATEGORY
    if raw.startswith("N"):
        return _CATEGORIES.get(raw) or _CATEGORIES.get(raw.partition(".")[0], raw)
    return "S" if values.decimal(raw, attributes) > Decimal(0) else None


def means_type_code(raw: str, _: Mapping[str, str]) -> str:
    return _MEANS.get(raw, raw)


def line_kind(raw: str, _: Mapping[str, str]) -> LineKind | None:
    return _LINE_KINDS.get(raw)


def vat_point_code(raw: str, _: Mapping[str, str]) -> str | None:
    """BT-8 in UNTDID 2005: VAT that is due when it is paid. When it is due at once, EsigibilitaIVA does not say."""
    return "432" if raw == "D" else None


def media_type(raw: str, _: Mapping[str, str]) -> str:
    return _MEDIA_TYPES.get(raw.upper(), raw)


def recipient_scheme(raw: str, _: Mapping[str, str]) -> str | None:
    return "0201" if len(raw) == _LENGTH_OF_IPA_CODES else None


def certified_mail_scheme(_: str, __: Mapping[str, str]) -> str:
    return "EM"


def tax_code_scheme(_: str, __: Mapping[str, str]) -> str:
    """ISO 6523: the tax code of persons and companies of Italy."""
    return "0210"
