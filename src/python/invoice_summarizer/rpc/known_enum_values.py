"""Enumerations in requests: a number that we do not know is refused, never taken for another.

It comes from a client of a newer version, or from a mistake; whatever it means, we would answer another question.
"""

from collections.abc import Iterator
from functools import cache

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

from invoice_summarizer.domain.errors import InvalidInput


def require_known_enum_values(message: Message) -> None:
    """Raises InvalidInput, naming the field, where an enumeration in the message has a number that it has no name for."""
    for place, field, number in _enum_values(message, ""):
        assert field.enum_type is not None
        if number not in field.enum_type.values_by_number:
            raise unknown_enum_value(place, field)


def unknown_enum_value(place: str, field: FieldDescriptor) -> InvalidInput:
    assert field.enum_type is not None
    names = [value.name for value in field.enum_type.values if value.number]
    return InvalidInput(
        f"must be one of {', '.join(names)}", field=place, reason="UNKNOWN_ENUM_VALUE"
    )


def _enum_values(message: Message, within: str) -> Iterator[tuple[str, FieldDescriptor, int]]:
    if not _has_enums(message.DESCRIPTOR):
        return
    for field, value in message.ListFields():
        if field.enum_type is None and field.message_type is None:
            continue
        for index, element in enumerate(value if field.is_repeated else (value,)):
            place = f"{within}{field.name}[{index}]" if field.is_repeated else within + field.name
            if field.enum_type is not None:
                yield place, field, element
            else:
                yield from _enum_values(element, f"{place}.")


@cache
def _has_enums(kind: Descriptor) -> bool:
    """Returns whether a message of the type can hold an enumeration. No message of ours holds another of its type."""
    return any(
        field.enum_type is not None
        or (field.message_type is not None and _has_enums(field.message_type))
        for field in kind.fields
    )
