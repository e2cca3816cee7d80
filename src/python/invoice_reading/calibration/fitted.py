"""The fitted model as it lies beside this module: small, and known by its hash."""

import hashlib
from functools import cache
from importlib import resources

import msgspec

from invoice_reading.calibration.logistic import FittedModel, has_weights_of
from invoice_reading.calibration.traits import ABSENCE_TRAITS, VALUE_TRAITS

FILE = "fitted.json"
VERSION = 1  # of what the traits mean: a model of another version is not loaded


class ModelNotFitted(Exception):
    """The file of the model was changed by hand, or is of other traits than those of the code."""


class _File(msgspec.Struct, frozen=True):
    sha256: str
    model: msgspec.Raw


@cache
def fitted_model() -> FittedModel:
    """Returns the model. Raises ModelNotFitted."""
    return decoded(resources.files("invoice_reading.calibration").joinpath(FILE).read_bytes())


def decoded(data: bytes) -> FittedModel:
    """Returns the model of a file's bytes. Raises ModelNotFitted."""
    try:
        file = msgspec.json.decode(data, type=_File)
        model = msgspec.json.decode(file.model, type=FittedModel)
    except msgspec.DecodeError as error:
        raise ModelNotFitted(f"{FILE} is no model: {error}") from None
    if hashlib.sha256(encoded_model(model)).hexdigest() != file.sha256:
        raise ModelNotFitted(f"{FILE} is not what was fitted: its hash is another")
    if (
        model.version != VERSION
        or not has_weights_of(model.values, VALUE_TRAITS)
        or not has_weights_of(model.absences, ABSENCE_TRAITS)
    ):
        raise ModelNotFitted(f"{FILE} has other traits than the code: fit it anew")
    return model


def encoded(model: FittedModel) -> bytes:
    """Returns the bytes of the model's file."""
    body = encoded_model(model)
    file = _File(hashlib.sha256(body).hexdigest(), msgspec.Raw(body))
    return msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n"


def encoded_model(model: FittedModel) -> bytes:
    return msgspec.json.encode(model, order="sorted")
