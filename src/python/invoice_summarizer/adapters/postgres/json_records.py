"""The JSON in which parts of invoices and summaries are stored.

The content is the canonical JSON of the model: snake_case names, decimals and dates as text, nothing for what was not
declared. Annotations, claims and what else is stored are the JSON of their types; evidence names its kind in `type`.
"""

from typing import TypeVar

import msgspec

from en16931.model import InvoiceContent, InvoiceLine
from en16931.rules.outcomes import RuleOutcomes
from invoice_reading.annotation import FieldAnnotation
from invoice_reading.completeness import Completeness
from invoice_reading.review_reason import ReviewReason
from invoice_summarizer.adapters.postgres.storable_text import storable_json
from invoice_summarizer.domain.summary import Claim, Provenance

T = TypeVar("T")

_encoder = msgspec.json.Encoder()


def encode(value: object) -> bytes:
    """Returns the value's JSON, with every text in it storable."""
    try:
        encoded = _encoder.encode(value)
    except UnicodeEncodeError:  # half a surrogate pair
        pass
    else:
        if b"\\u0000" not in encoded:
            return encoded
    return _encoder.encode(storable_json(msgspec.to_builtins(value)))


def decoded(kind: type[T], encoded: bytes) -> T:
    """Returns the value of that type that the JSON is of."""
    return msgspec.json.decode(encoded, type=kind)


_content = msgspec.json.Decoder(InvoiceContent)
_lines = msgspec.json.Decoder(tuple[InvoiceLine, ...])
_annotations = msgspec.json.Decoder(dict[str, FieldAnnotation])
_outcomes = msgspec.json.Decoder(RuleOutcomes)
_claims = msgspec.json.Decoder(tuple[Claim, ...])
_objects = msgspec.json.Decoder(dict[str, object])
_names = msgspec.json.Decoder(dict[str, str])
_texts = msgspec.json.Decoder(tuple[str, ...])
_reasons = msgspec.json.Decoder(tuple[ReviewReason, ...])


def content_of(encoded: bytes) -> InvoiceContent:
    return _content.decode(encoded)


def lines_of(encoded: bytes) -> tuple[InvoiceLine, ...]:
    return _lines.decode(encoded)


def outcomes_of(encoded: bytes) -> RuleOutcomes:
    return _outcomes.decode(encoded)


def texts_of(encoded: bytes) -> tuple[str, ...]:
    return _texts.decode(encoded)


def text_by_name_of(encoded: bytes) -> dict[str, str]:
    return _names.decode(encoded)


def review_reasons_of(encoded: bytes) -> tuple[ReviewReason, ...]:
    return _reasons.decode(encoded)


def completeness_of(encoded: bytes) -> Completeness:
    return decoded(Completeness, encoded)


def object_of(encoded: bytes) -> dict[str, object]:
    """Returns a JSON object of plain values."""
    return _objects.decode(encoded)


def provenance_of(encoded: bytes) -> Provenance:
    return decoded(Provenance, encoded)


def annotations_of(encoded: bytes) -> dict[str, FieldAnnotation]:
    return _annotations.decode(encoded)


def claims_of(encoded: bytes) -> tuple[Claim, ...]:
    return _claims.decode(encoded)
