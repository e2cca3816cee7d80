"""The fitted curves as they lie beside this module: small, and known by their hash."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import resources

import msgspec

from invoice_reading.calibration.curve import Curve

FILE = "fitted.json"
IBAN = "payment_instructions.credit_transfers[0].account_identifier"
# Those of which labelled documents say what is right.
CALIBRATED_FIELDS = frozenset(
    {
        "invoice_number",
        "issue_date",
        "payment_due_date",
        "currency_code",
        "seller.name",
        "buyer.name",
        "totals.amount_without_vat",
        "totals.vat_amount",
        "totals.amount_with_vat",
        IBAN,
    }
)

Curves = Mapping[str, Curve]  # by field path


class NotAsFitted(Exception):
    """The file of the curves was changed by hand, or has other fields than the code."""


class _File(msgspec.Struct, frozen=True):
    sha256: str
    curves: msgspec.Raw


@cache
def fitted_curves() -> Curves:
    """Returns the curve of each calibrated field. Raises NotAsFitted."""
    return decoded(resources.files("invoice_reading.calibration").joinpath(FILE).read_bytes())


def decoded(data: bytes) -> Curves:
    """Returns the curves of a file's bytes. Raises NotAsFitted."""
    try:
        file = msgspec.json.decode(data, type=_File)
        curves = msgspec.json.decode(file.curves, type=dict[str, Curve])
    except msgspec.DecodeError as error:
        raise NotAsFitted(f"{FILE} has no curves: {error}") from None
    if _sha256(curves) != file.sha256:
        raise NotAsFitted(f"{FILE} is not what was fitted: its hash is another")
    if curves.keys() != CALIBRATED_FIELDS or not all(curve.rises for curve in curves.values()):
        raise NotAsFitted(f"{FILE} has no rising curve for each calibrated field: fit it anew")
    return curves


def encoded(curves: Curves) -> bytes:
    """Returns the bytes of the file, the same for the same curves."""
    body = msgspec.json.encode(curves, order="sorted")
    file = _File(_sha256(curves), msgspec.Raw(body))
    return msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n"


def _sha256(curves: Curves) -> str:
    return hashlib.sha256(msgspec.json.encode(curves, order="sorted")).hexdigest()
