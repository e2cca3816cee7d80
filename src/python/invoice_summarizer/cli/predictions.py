"""Readings in the format of the scorer: one JSON object for each document of a manifest."""

from collections.abc import Iterator
from typing import Any

import msgspec

from en16931.field_path import value_at
from invoice_reading.calibration.confidence import calibrated_confidence
from invoice_reading.reading import DocumentForm, Reading

# The scorer's name of a field, and the field of the content: BT-1, 2, 9, 5, 27, 44, 109, 110, 112, 84.
FIELDS = {
    "invoice_number": "invoice_number",
    "issue_date": "issue_date",
    "due_date": "payment_due_date",
    "currency": "currency_code",
    "seller_name": "seller.name",
    "buyer_name": "buyer.name",
    "net_amount": "totals.amount_without_vat",
    "tax_amount": "totals.vat_amount",
    "total_amount": "totals.amount_with_vat",
}
# Where a party has no name of its register, the name that it goes by.
_OR_ELSE = {"seller.name": "seller.trading_name", "buyer.name": "buyer.trading_name"}
_IBAN = "payment_instructions.credit_transfers[0].account_identifier"


class ManifestEntry(msgspec.Struct, frozen=True):
    """A document of the manifest. What it should give is no part of this, so that it cannot be looked at."""

    file: str
    kind: str = ""


class Prediction(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    file: str
    fields: dict[str, str | int]
    auto: bool
    confidence: dict[str, float]
    seconds: float
    parts: int = 1  # how many invoices the document was read as; the fields are those of the first
    error: str | None = None  # why nothing was read


def read_manifest(text: bytes) -> list[ManifestEntry]:
    """Raises msgspec.DecodeError where a line is no entry."""
    return msgspec.json.Decoder(ManifestEntry).decode_lines(text)


def prediction(file: str, reading: Reading, seconds: float, *, parts: int = 1) -> Prediction:
    fields: dict[str, str | int] = {}
    confidence: dict[str, float] = {}
    for name, path, value in _values(reading):
        fields[name] = str(value)  # digits as declared, dates in ISO 8601
        annotation = reading.annotations.get(path)
        sure = None if annotation is None else calibrated_confidence(path, annotation)
        if sure is not None:
            confidence[name] = round(sure, 4)
    if reading.content.lines or reading.form is DocumentForm.XML:
        fields["line_count"] = len(reading.content.lines)
    return Prediction(
        file=file,
        fields=fields,
        auto=not reading.review_reasons,
        confidence=confidence,
        seconds=round(seconds, 4),
        parts=parts,
    )


def nothing_read(file: str, reason: str, seconds: float) -> Prediction:
    return Prediction(
        file=file, fields={}, auto=False, confidence={}, seconds=round(seconds, 4), error=reason
    )


def _values(reading: Reading) -> Iterator[tuple[str, str, Any]]:
    paths = dict(FIELDS)
    payment = reading.content.payment_instructions
    if payment is not None and payment.credit_transfers:
        paths["iban"] = _IBAN
    for name, path in paths.items():
        value = value_at(reading.content, path)
        if value is None and path in _OR_ELSE:
            path = _OR_ELSE[path]
            value = value_at(reading.content, path)
        if value is not None:
            yield name, path, value
