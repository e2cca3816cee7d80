"""Events as messages: every kind has its number."""

import pytest

from invoice_summarizer.domain.event import Event, EventKind, RecordedEvent
from invoice_summarizer.rpc.mapping.event import event_to_proto
from invoices.v1 import event_pb2
from storage_samples import LONG_AGO

KINDS = frozenset(EventKind) - {EventKind.OTHER}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_event_has_a_number(kind: EventKind) -> None:
    event = Event(
        kind=kind, actor="olga", time=LONG_AGO, operation_id="o-1", reason="R", comment="C"
    )
    message = event_to_proto(RecordedEvent("7", event), "acme", "i-1")
    assert event_pb2.Event.Kind.Name(message.kind) == kind.name
    assert message.name == "tenants/acme/invoices/i-1/events/7"
    assert (message.operation, message.reason) == ("tenants/acme/operations/o-1", "R")
    assert message.comment == "C"
    assert message.time.ToDatetime() == LONG_AGO.replace(tzinfo=None)


def test_every_number_has_a_kind_of_event() -> None:
    numbered = {name for name, number in event_pb2.Event.Kind.items() if number}
    assert numbered == {kind.name for kind in KINDS}


def test_event_of_a_later_version_has_no_kind() -> None:
    event = Event(kind=EventKind("invoice.sold"), actor="olga", time=LONG_AGO, invoice_id="i-1")
    message = event_to_proto(RecordedEvent("7", event), "acme", "i-1")
    assert message.kind == event_pb2.Event.Kind.KIND_UNSPECIFIED
    assert message.actor == "olga"


def test_event_about_no_operation_names_none() -> None:
    event = Event(
        kind=EventKind.INVOICE_CORRECTED, actor="olga", time=LONG_AGO, changed=("seller.name",)
    )
    message = event_to_proto(RecordedEvent("7", event), "acme", "i-1")
    assert (message.operation, message.reason) == ("", "")
    assert [*message.changed] == ["seller.name"]
