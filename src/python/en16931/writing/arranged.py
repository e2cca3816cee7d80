"""The content in the arrangement in which a document of a syntax states it."""

from collections.abc import Collection
from typing import Any, TypeVar

import msgspec

from en16931.discount_terms import discounts_in_terms
from en16931.model import CashDiscount, Extras, Group, InvoiceContent

_G = TypeVar("_G", bound=Group)


def without_empty_items(group: _G) -> _G:
    """Returns the group without items that declare nothing, at any depth: those of which nothing could be read."""
    changed: dict[str, Any] = {}
    for name in group.__struct_fields__:
        value = getattr(group, name)
        if isinstance(value, tuple):
            kept = (without_empty_items(each) for each in value)
            changed[name] = tuple(each for each in kept if _declares(each))
        elif isinstance(value, Group):
            changed[name] = without_empty_items(value)
    return msgspec.structs.replace(group, **changed) if changed else group


def _declares(value: object) -> bool:
    if isinstance(value, Group):
        return any(_declares(getattr(value, name)) for name in value.__struct_fields__)
    if isinstance(value, tuple):
        return bool(value)
    return value is not None and not (isinstance(value, str) and not value.strip())


def with_given_documents(content: InvoiceContent, given: Collection[str]) -> InvoiceContent:
    """Returns the content without the attached documents that have bytes which are not among those given, by SHA-256."""
    documents = tuple(
        (
            msgspec.structs.replace(each, attached_document=None)
            if each.attached_document is not None
            and each.attached_document.sha256 is not None
            and each.attached_document.sha256 not in given
            else each
        )
        for each in content.supporting_documents
    )
    return msgspec.structs.replace(content, supporting_documents=documents)


def without_discounts_of_terms(content: InvoiceContent) -> InvoiceContent:
    """Returns the content without the discounts that its payment terms state, as they are read from there."""
    extras, terms = content.extras, content.payment_terms
    if extras is None or terms is None or extras.cash_discounts != discounts_in_terms(terms):
        return content
    return msgspec.structs.replace(
        content, extras=msgspec.structs.replace(extras, cash_discounts=())
    )


def sayable_discounts(extras: Extras) -> tuple[CashDiscount, ...]:
    """Returns the discounts that say how much is taken off; others would be terms of no kind."""
    return tuple(
        each
        for each in extras.cash_discounts
        if each.percentage is not None or each.amount is not None
    )
