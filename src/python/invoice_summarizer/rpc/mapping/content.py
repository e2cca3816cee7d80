"""Maps the content model to its message of the same names and back, field by field.

Amounts and dates are strings in the message: the decimal's digits as they are, ISO 8601.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, cast

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from en16931.field_path import member_types
from en16931.model import Group, InvoiceContent
from invoice_summarizer.domain.errors import InvalidInput
from invoices.v1 import content_pb2

# As the comment at the top of content.proto has them; Python reads more than is meant there.
_DECIMAL = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def content_to_proto(content: InvoiceContent) -> content_pb2.InvoiceContent:
    message = content_pb2.InvoiceContent()
    _fill(content, message)
    return message


def content_from_proto(message: content_pb2.InvoiceContent) -> InvoiceContent:
    """Raises InvalidInput, naming the field, where a text is no value of its field's type."""
    return cast(InvoiceContent, _group(InvoiceContent, message, "content"))


def _fill(group: Group, message: Message) -> None:
    for name, (kind, element) in member_types(type(group)).items():
        value = getattr(group, name)
        if value is None or value == ():
            continue
        if kind is tuple:
            assert element is not None and issubclass(element, Group)
            for item in value:
                _fill(item, getattr(message, name).add())
        elif isinstance(value, Group):
            part = getattr(message, name)
            part.SetInParent()
            _fill(value, part)
        else:
            setattr(message, name, _to_scalar(value))


def _to_scalar(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    # protobuf takes the names of enum values for their numbers.
    return str(value) if isinstance(value, StrEnum) else value


def _group(kind: type, message: Message, path: str) -> Group:
    descriptors: Mapping[str, Any] = message.DESCRIPTOR.fields_by_name
    values: dict[str, Any] = {}
    for name, (member, element) in member_types(kind).items():
        field = descriptors[name]
        if member is tuple:
            assert element is not None
            values[name] = tuple(
                _group(element, item, f"{path}.{name}[{index}]")
                for index, item in enumerate(getattr(message, name))
            )
        elif field.message_type is not None:
            if message.HasField(name):
                values[name] = _group(member, getattr(message, name), f"{path}.{name}")
        elif (value := _present(message, field)) is not None:
            values[name] = _from_scalar(member, value, field, f"{path}.{name}")
    return cast(Group, kind(**values))


def _present(message: Message, field: FieldDescriptor) -> object | None:
    """Returns the value; a field without presence is absent where it has its default."""
    if field.has_presence and not message.HasField(field.name):
        return None
    value: object = getattr(message, field.name)
    return value if field.has_presence or value != field.default_value else None


def _from_scalar(kind: type, value: object, field: FieldDescriptor, path: str) -> object:
    if field.enum_type is not None:
        known = field.enum_type.values_by_number.get(cast(int, value))
        if known is None:
            raise _invalid(path, "a value of its enumeration")
        return kind(known.name)
    parse: Callable[[str, str], object] | None = {Decimal: _decimal, date: _date}.get(kind)
    return value if parse is None else parse(cast(str, value), path)


def _decimal(text: str, path: str) -> Decimal:
    if not _DECIMAL.fullmatch(text):
        raise _invalid(
            path, "a decimal number such as -1190.00, of at most 40 digits on either side"
        )
    return Decimal(text)


def _date(text: str, path: str) -> date:
    try:
        return date.fromisoformat(text if _DATE.fullmatch(text) else "")
    except ValueError:
        raise _invalid(path, "a calendar date such as 2026-11-24") from None


def _invalid(path: str, wanted: str) -> InvalidInput:
    return InvalidInput(f"must be {wanted}", field=path, reason="INVALID_VALUE")
