"""Corrections as people type them: `totals.amount_due=1190.00`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from invoice_summarizer.cli.failures import CallFailed, wrong_usage
from invoices.v1 import correction_pb2

_INDEXED = re.compile(r"corrections\[(\d+)\]")


def correction(typed: str) -> correction_pb2.Correction:
    """Returns the correction; with nothing behind the sign, it clears what stands there.

    Raises CommandFailed where there is no sign, no field before it, or nothing but blanks behind it. Whether field and
    value are right, the server knows.
    """
    path, sign, value = typed.partition("=")
    path, text = path.strip().removeprefix("content."), value.strip()
    if not (sign and path):
        raise wrong_usage(f"{typed!r} is not of the form field=value")
    if not value:
        return correction_pb2.Correction(field_path=path, clear=True)
    if not text:
        raise wrong_usage(f"the value of {path} is blank: to clear the field, type {path}=")
    return correction_pb2.Correction(field_path=path, value=text)


def in_typed_words(
    failure: CallFailed, corrections: Sequence[correction_pb2.Correction]
) -> CallFailed:
    """Returns the failure with the fields that were typed where the server has named a correction by its number.

    The names of the fields of the request, which programs read, stay.
    """

    def typed(number: re.Match[str]) -> str:
        index = int(number[1])
        return corrections[index].field_path if index < len(corrections) else number[0]

    return CallFailed(
        failure.code,
        failure.reason,
        _INDEXED.sub(typed, failure.message),
        failure.request_id,
        [
            replace(each, description=_INDEXED.sub(typed, each.description))
            for each in failure.field_violations
        ],
        metadata=failure.metadata,
    )
