"""Answers that every client can take: one with the defaults of gRPC refuses a message of more than 4 MiB."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from google.protobuf.message import Message

from en16931.field_path import line_index, replaced
from invoice_reading.reading import Reading
from invoices.v1 import invoice_pb2

ANSWER_LIMIT_BYTES = 3_670_016  # 3.5 MiB, so that there is room for what stands around it
LINES_LIMIT = 200
REASONS_LIMIT = 1_000
_FIRST_NAME = re.compile(r"[a-z0-9_]+")

Bounded = TypeVar("Bounded", bound=Message)


def shortened(reading: Reading) -> Reading:
    """Returns the reading with its first LINES_LIMIT lines and REASONS_LIMIT reasons, and the annotations of these."""
    lines = reading.content.lines
    if len(lines) <= LINES_LIMIT and len(reading.review_reasons) <= REASONS_LIMIT:
        return reading
    return replace(
        reading,
        content=replaced(reading.content, "lines", lines[:LINES_LIMIT]),
        annotations={
            path: known
            for path, known in reading.annotations.items()
            if (index := line_index(path)) is None or index < LINES_LIMIT
        },
        review_reasons=reading.review_reasons[:REASONS_LIMIT],
    )


def omit_what_is_too_large(message: invoice_pb2.Invoice, limit: int = ANSWER_LIMIT_BYTES) -> None:
    """Leaves the message with no more bytes than the limit: the largest fields of the content go, and are named.

    What stands beside content and annotations is never near the limit.
    """
    if message.ByteSize() <= limit:
        return
    sizes = _sizes(message)
    left = message.ByteSize()
    omitted = set()
    for name, size in sizes.most_common():
        if left <= limit:
            break
        omitted.add(name)
        left -= size
        message.content.ClearField(name)  # type: ignore[arg-type]  # a name of one of its fields
        message.omitted.append(name)
    kept = [each for each in message.annotations if _first_name(each.field_path) not in omitted]
    del message.annotations[:]
    message.annotations.extend(kept)


def fitting(messages: Iterable[Bounded], limit: int = ANSWER_LIMIT_BYTES) -> Sequence[Bounded]:
    """Returns the first of the messages, as many as have no more bytes than the limit together, but at least one."""
    chosen: list[Bounded] = []
    left = limit
    for message in messages:
        left -= message.ByteSize() + 8  # and the tag and length before it
        if left < 0 and chosen:
            break
        chosen.append(message)
    return chosen


def _sizes(message: invoice_pb2.Invoice) -> Counter[str]:
    """Returns the bytes of each field of the content, those of its annotations included."""
    sizes: Counter[str] = Counter()
    for field, value in message.content.ListFields():
        if field.message_type is not None:
            sizes[field.name] += sum(
                each.ByteSize() for each in (value if field.is_repeated else (value,))
            )
        else:
            sizes[field.name] += len(str(value).encode())
    for annotation in message.annotations:
        sizes[_first_name(annotation.field_path)] += annotation.ByteSize()
    return sizes


def _first_name(path: str) -> str:
    found = _FIRST_NAME.match(path)
    assert found, "a field path begins with a name"
    return found[0]
