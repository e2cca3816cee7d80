"""Maps the content model to its message of the same names, field by field.

Amounts and dates are strings in the message: the decimal's digits as they are, ISO 8601.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from google.protobuf.message import Message

from en16931.exact import decimal_text
from en16931.field_path import member_types
from en16931.model import Group, InvoiceContent
from invoices.v1 import content_pb2


def content_to_proto(content: InvoiceContent) -> content_pb2.InvoiceContent:
    message = content_pb2.InvoiceContent()
    fill_group(message, content)
    return message


def fill_group(message: Message, group: Group) -> None:
    """Gives the message, which has the names of the group, the values of the group."""
    for name, (kind, element) in member_types(type(group)).items():
        value = getattr(group, name)
        if value is None or value == ():
            continue
        if kind is tuple:
            assert element is not None and issubclass(element, Group)
            for item in value:
                fill_group(getattr(message, name).add(), item)
        elif isinstance(value, Group):
            part = getattr(message, name)
            part.SetInParent()
            fill_group(part, value)
        else:
            setattr(message, name, _to_scalar(value))


def _to_scalar(value: object) -> object:
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, date):
        return value.isoformat()
    # protobuf takes the names of enum values for their numbers.
    return str(value) if isinstance(value, StrEnum) else value
