"""Corrections as people type them: `totals.amount_due=1190.00`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from aip.nearest import nearest
from invoice_summarizer.cli.failures import CallFailed, wrong_usage
from invoice_summarizer.cli.filters import SHORT_NAMES, SORTED_FIELDS
from invoice_summarizer.cli.presentation.printable import elided_right
from invoices.v1 import correction_pb2

_INDEXED = re.compile(r"corrections\[(\d+)\]")
_VALUE = re.compile(r"corrections\[(\d+)\]\.value")
_LONGEST_SHOWN = 60
# Of the content: the others are not what the document says. An account of several is named by its path.
_PATHS = {
    short: field
    for short, field in SHORT_NAMES.items()
    if field in SORTED_FIELDS and field not in ("invoice_id", "create_time", "document.file_name")
} | {"account": "payment_instructions.credit_transfers[0].account_identifier"}


def correction(typed: str) -> correction_pb2.Correction:
    """Returns the correction; with nothing behind the sign, it clears what stands there.

    The field may have the short name that filters know it by. Raises CommandFailed where there is no sign, no field
    before it, or nothing but blanks behind it. Whether field and value are right, the server knows.
    """
    path, sign, value = typed.partition("=")
    path, text = _PATHS.get(path.strip(), path.strip().removeprefix("content.")), value.strip()
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
    """Returns the failure with the field that was typed where the server names a correction by its number, and the value.

    The names of the fields of the request, which programs read, stay.
    """

    def typed(number: re.Match[str]) -> str:
        index = int(number[1])
        return corrections[index].field_path if index < len(corrections) else number[0]

    values = [_typed_value(each.field, corrections) for each in failure.field_violations]
    meant = _meant(failure, corrections)
    return CallFailed(
        failure.code,
        failure.reason,
        _INDEXED.sub(typed, failure.message) + "".join(values) + meant,
        failure.request_id,
        [
            replace(each, description=_INDEXED.sub(typed, each.description) + value)
            for each, value in zip(failure.field_violations, values, strict=True)
        ],
        metadata=failure.metadata,
    )


def _meant(failure: CallFailed, corrections: Sequence[correction_pb2.Correction]) -> str:
    """Returns the short name that is like a field that there is not; nothing where the server knows a better one."""
    if failure.reason != "UNKNOWN_FIELD" or "did you mean" in failure.message:
        return ""
    for violation in failure.field_violations:
        number = _INDEXED.match(violation.field)
        if number and int(number[1]) < len(corrections):
            meant = nearest(corrections[int(number[1])].field_path, _PATHS)
            return f"; did you mean {meant}?" if meant else "; `invoicectl get` shows the fields"
    return ""


def _typed_value(field: str, corrections: Sequence[correction_pb2.Correction]) -> str:
    """Returns what was typed for the value that the server found fault with; nothing where that was something else."""
    named = _VALUE.fullmatch(field)
    if named is None or int(named[1]) >= len(corrections):
        return ""
    return f", not {elided_right(corrections[int(named[1])].value, _LONGEST_SHOWN)!r}"
