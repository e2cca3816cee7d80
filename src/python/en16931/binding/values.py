"""From the text of a node to a value: each converter returns a value of the model, or raises NotAValue.

Converters get the text trimmed and never blank, and the attributes of the element that it stands in.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from en16931.document_types import document_kind_of
from en16931.field_path import Leaf
from en16931.model import DocumentKind, LineKind, SignConvention
from en16931.xml_reading import UnreadableReason

Converter = Callable[[str, Mapping[str, str]], Leaf | None]

# xs:decimal, and more digits than any amount has: no text of an invoice may make arithmetic slow.
_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})")
_ISO_DATE = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T[0-9:.]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)
_BASIC_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_NOTE_WITH_SUBJECT = re.compile(r"#([A-Za-z0-9]{3})#(.*)", re.DOTALL)

# UNTDID 2379: formats that begin with year, month and day, and formats that name no day.
_DAY_FORMATS = frozenset({"", "102", "203", "204"})
_FORMATS_WITHOUT_DAY = frozenset({"602", "609", "610", "615", "616"})

# CEN/TS 16931-3-3: CII states BT-8 in UNTDID 2475, the semantic model in UNTDID 2005.
VAT_POINT_CODES = {"5": "3", "29": "35", "72": "432"}


_LINE_KINDS = {"GROUP": LineKind.GROUP, "INFORMATION": LineKind.INFORMATION}


class NotAValue(ValueError):
    """The text is no value of the field's type."""

    def __init__(self, reason: UnreadableReason) -> None:
        super().__init__(reason)
        self.reason = reason


def text(raw: str, _: Mapping[str, str]) -> str:
    return raw


def decimal(raw: str, _: Mapping[str, str]) -> Decimal:
    """An xs:decimal with the digits that the document gives it."""
    if _DECIMAL.fullmatch(raw) is None:
        raise NotAValue(UnreadableReason.NOT_A_DECIMAL)
    return Decimal(raw)


def amount_without_sign(_: str, __: Mapping[str, str]) -> None:
    """The amount of what is neither an allowance nor a charge, as far as can be told. Raises NotAValue."""
    raise NotAValue(UnreadableReason.NO_INDICATOR)


def integer(raw: str, attributes: Mapping[str, str]) -> int:
    value = decimal(raw, attributes)
    if value != value.to_integral_value() or abs(value) >= 10**9:
        raise NotAValue(UnreadableReason.NOT_A_WHOLE_NUMBER)
    return int(value)


def boolean(raw: str, _: Mapping[str, str]) -> bool:
    if raw not in ("true", "false", "1", "0"):
        raise NotAValue(UnreadableReason.NOT_A_BOOLEAN)
    return raw in ("true", "1")


def calendar_date(raw: str, attributes: Mapping[str, str]) -> date:
    """An ISO 8601 date (a time or a zone after it is left aside), or a date of UNTDID 2379 formats 102, 203, 204."""
    layout = attributes.get("format", "").strip()
    match = _ISO_DATE.fullmatch(raw)
    if match is None and layout in _FORMATS_WITHOUT_DAY:
        raise NotAValue(UnreadableReason.DATE_WITHOUT_DAY)
    if match is None and layout in _DAY_FORMATS and raw.isascii() and raw.isdigit():
        match = _BASIC_DATE.match(raw) if len(raw) in (8, 12, 14) else None
    if match is None:
        raise NotAValue(UnreadableReason.NOT_A_DATE)
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise NotAValue(UnreadableReason.NOT_A_DATE) from None


def note_subject_code(raw: str, _: Mapping[str, str]) -> str | None:
    """BT-21 of a UBL note, which stands before the text as in `#AAI#text` (CEN/TS 16931-3-2)."""
    match = _NOTE_WITH_SUBJECT.fullmatch(raw)
    return match[1] if match else None


def note_text(raw: str, _: Mapping[str, str]) -> str | None:
    """BT-22 of a UBL note, without the subject code."""
    match = _NOTE_WITH_SUBJECT.fullmatch(raw)
    return (match[2].strip() or None) if match else raw


def vat_point_date_code(raw: str, _: Mapping[str, str]) -> str:
    """BT-8 in UNTDID 2005, from the UNTDID 2475 code of CII; another code stays as it is."""
    return VAT_POINT_CODES.get(raw, raw)


def document_kind(raw: str, _: Mapping[str, str]) -> DocumentKind:
    """What the UNTDID 1001 code says that the document is, in the terms of accounts payable."""
    return document_kind_of(raw)


def line_kind(raw: str, _: Mapping[str, str]) -> LineKind | None:
    """What a LineStatusReasonCode of CII says that the line is, where it is no line like others."""
    return _LINE_KINDS.get(raw.upper())


def counts_in_sums(raw: str, _: Mapping[str, str]) -> bool | None:
    """False for a line of CII that is a group or an information; of others there is nothing to say."""
    return False if raw.upper() in _LINE_KINDS else None


def sign_convention(raw: str, attributes: Mapping[str, str]) -> SignConvention | None:
    """How a credit note signs its amounts, from its total; a total of zero does not say."""
    total = decimal(raw, attributes)
    if not total:
        return None
    return SignConvention.CREDIT_IS_POSITIVE if total > 0 else SignConvention.CREDIT_IS_NEGATIVE


def embedded_sha256(raw: str, _: Mapping[str, str]) -> str:
    return hashlib.sha256(embedded_bytes(raw)).hexdigest()


def embedded_size_bytes(raw: str, _: Mapping[str, str]) -> int:
    return len(embedded_bytes(raw))


def embedded_bytes(raw: str) -> bytes:
    """Returns the document that the text holds in base64. Raises NotAValue."""
    try:
        return base64.b64decode("".join(raw.split()), validate=True)
    except (binascii.Error, ValueError):
        raise NotAValue(UnreadableReason.NOT_BASE64) from None
