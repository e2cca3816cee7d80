"""The content model and its messages: one set of names, types and business terms, and nothing lost between them."""

import json
import typing
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import msgspec
import pytest
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.json_format import MessageToDict
from hypothesis import given, settings
from hypothesis import strategies as st

from en16931.field_path import member_types
from en16931.model import DocumentTotals, Group, InvoiceContent, Seller, Term
from invoice_summarizer.rpc.mapping.content import content_to_proto
from invoices.v1 import business_term_pb2, content_pb2

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SCALARS: dict[type, st.SearchStrategy[Any]] = {
    str: TEXT,
    bool: st.booleans(),
    int: st.integers(min_value=-(2**31), max_value=2**31 - 1),
    date: st.dates(),
    Decimal: st.decimals(
        allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=4
    )
    | st.sampled_from([Decimal("0.00"), Decimal("100"), Decimal("1.10"), Decimal("-0.5")]),
}


def groups(
    kind: type[Group], message: Descriptor | None, depth: int = 0
) -> st.SearchStrategy[Group]:
    """Returns instances of the group in which every field is absent or has some value."""
    assert message is not None
    fields = {}
    for name, (member, element) in member_types(kind).items():
        fields[name] = _values(member, element, message.fields_by_name[name], depth)
    return st.builds(kind, **fields)


def _values(
    member: type, element: type | None, field: FieldDescriptor, depth: int
) -> st.SearchStrategy[Any]:
    if member is tuple:
        assert element is not None
        return st.lists(groups(element, field.message_type, depth + 1), max_size=2).map(tuple)
    if issubclass(member, Group):
        return st.none() | groups(member, field.message_type, depth + 1)
    if issubclass(member, StrEnum):
        return st.none() | st.sampled_from([*member])
    if field.has_presence:
        return st.none() | SCALARS[member]
    # Without presence the default cannot be told from nothing.
    return st.none() | SCALARS[member].filter(bool)


CONTENTS = groups(InvoiceContent, content_pb2.InvoiceContent.DESCRIPTOR)


@settings(max_examples=60, deadline=None)
@given(CONTENTS)
def test_message_says_what_the_content_says_with_the_digits_of_the_document(
    content: InvoiceContent,
) -> None:
    wire = content_to_proto(content).SerializeToString()
    message = content_pb2.InvoiceContent.FromString(wire)
    said = MessageToDict(message, preserving_proto_field_name=True)
    assert _texts(said) == _texts(json.loads(msgspec.json.encode(content)))


def _texts(value: Any) -> Any:
    """Returns the canonical JSON with 64-bit numbers as text, as proto JSON has them."""
    match value:
        case dict():
            return {name: _texts(member) for name, member in value.items()}
        case list():
            return [_texts(element) for element in value]
        case bool():
            return value
        case _:
            return str(value)


def test_amount_keeps_the_digits_of_the_document() -> None:
    for text in ("0.00", "100", "1190.10", "-0.50", "0.0000001", "9" * 40 + "." + "1" * 40):
        content = InvoiceContent(totals=DocumentTotals(amount_due=Decimal(text)))
        assert content_to_proto(content).totals.amount_due == text


def test_empty_group_stays_a_group() -> None:
    message = content_to_proto(InvoiceContent(seller=Seller()))
    assert message.HasField("seller") and not message.HasField("buyer")


def places(
    group: type[Group], message: Descriptor | None, path: str = ""
) -> Iterator[tuple[str, Any, FieldDescriptor, type, type | None]]:
    """Yields every field of the model with its hint and the field of the message."""
    assert message is not None
    hints = typing.get_type_hints(group, include_extras=True)
    assert [*group.__struct_fields__] == [
        field.name for field in sorted(message.fields, key=lambda field: field.index)
    ], path
    for name, (member, element) in member_types(group).items():
        field = message.fields_by_name[name]
        here = f"{path}.{name}" if path else name
        yield here, hints[name], field, member, element
        below = element if member is tuple else member
        if isinstance(below, type) and issubclass(below, Group):
            yield from places(below, field.message_type, here)


PLACES = [*places(InvoiceContent, content_pb2.InvoiceContent.DESCRIPTOR)]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place[0])
def test_model_and_message_agree_on_type_and_business_term(place: Any) -> None:
    _, hint, field, member, element = place
    assert field.is_repeated is (member is tuple)
    of_message = field.message_type is not None
    inner = element if member is tuple else member
    assert of_message is issubclass(inner, Group)
    if of_message:
        assert field.message_type.name == inner.__name__
    elif issubclass(inner, StrEnum):
        names = [value.name for value in field.enum_type.values]
        assert names[0].endswith("_UNSPECIFIED") and names[1:] == [*inner]
    else:
        assert (
            field.cpp_type
            in {
                str: (FieldDescriptor.CPPTYPE_STRING,),
                Decimal: (FieldDescriptor.CPPTYPE_STRING,),
                date: (FieldDescriptor.CPPTYPE_STRING,),
                bool: (FieldDescriptor.CPPTYPE_BOOL,),
                int: (FieldDescriptor.CPPTYPE_INT32, FieldDescriptor.CPPTYPE_INT64),
            }[inner]
        )
    options = field.GetOptions()
    declared = (
        options.Extensions[business_term_pb2.bt],
        options.Extensions[business_term_pb2.member_bts],
    )
    term = _term(hint)
    assert declared == ((term.identifier, term.members) if term else ("", ""))


def _term(hint: Any) -> Term | None:
    if isinstance(hint, Term):
        return hint
    parts = (*typing.get_args(hint), *getattr(hint, "__metadata__", ()))
    return next((found for part in parts if (found := _term(part))), None)


def test_all_164_terms_are_compared() -> None:
    terms = [
        number
        for _, hint, *_ in PLACES
        if (term := _term(hint))
        for number in (term.identifier, *term.members.split())
        if number.startswith("BT-")
    ]
    assert sorted(terms, key=lambda bt: int(bt[3:])) == [
        f"BT-{number}" for number in range(1, 166) if number != 4
    ]
