"""Labelled documents, and whether a value is the one that is expected, as the scorer of the data set has it."""

import difflib
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path

import msgspec
from invoice_generator.layouts.catalogue import held_out_layouts

_MONEY = frozenset({"net_amount", "tax_amount", "total_amount"})
_ALIKE = 0.9  # of names on scans


class Outcome(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    MISSING = "missing"


class Labelled(msgspec.Struct, frozen=True):
    """A line of a manifest. `layout` names the layout, or the issuer, of which all documents look alike."""

    file: str
    kind: str
    expected: dict[str, str | int]
    also_accept: dict[str, list[str | int]] = {}
    layout: str = ""
    source: str = ""

    @property
    def family(self) -> str:
        """What looks alike: one layout; receipts are labelled as one, and are those of their shops."""
        return (
            f"{self.layout} {self.expected.get('seller_name', '')}"
            if self.layout == "receipt"
            else self.layout
        )

    @property
    def is_of_pages(self) -> bool:
        return not self.kind.startswith("xml") and self.kind != "pdf-facturx"

    @property
    def is_generated(self) -> bool:
        return self.source.startswith("generated")

    @property
    def is_held_out(self) -> bool:
        return self.is_generated and self.layout in held_out_layouts()

    def outcome(self, field: str, value: str | int | None) -> Outcome:
        """Returns what became of an expected field."""
        if value in (None, ""):
            return Outcome.MISSING
        accepted = (self.expected[field], *self.also_accept.get(field, ()))
        scan = "scan" in self.kind
        right = any(_is_same(field, str(value), str(truth), scan) for truth in accepted)
        return Outcome.RIGHT if right else Outcome.WRONG


def labelled(manifest: Path) -> list[Labelled]:
    """Raises OSError and msgspec.DecodeError."""
    return msgspec.json.Decoder(Labelled).decode_lines(manifest.read_bytes())


def _is_same(field: str, value: str, truth: str, scan: bool) -> bool:
    if field in _MONEY:
        try:
            return Decimal(value) == Decimal(truth)
        except InvalidOperation:
            return False
    if field == "line_count":
        return value == truth
    if field.endswith("_date"):
        return value[:10] == truth
    if field == "currency":
        return value.upper() == truth.upper()
    if field == "invoice_number":
        return "".join(value.split()).casefold() == "".join(truth.split()).casefold()
    read, expected = squashed(value), squashed(truth)
    if read == expected:
        return True
    alike = difflib.SequenceMatcher(None, read, expected).ratio() >= _ALIKE
    return scan and field.endswith("_name") and alike


def squashed(text: str) -> str:
    """Returns letters and digits alone, without their case."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()
