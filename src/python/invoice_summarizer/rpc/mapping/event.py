"""Events of an invoice as messages."""

from invoice_summarizer.domain.event import EventKind, RecordedEvent
from invoice_summarizer.rpc.mapping.names import EVENT, OPERATION
from invoice_summarizer.rpc.mapping.times import time_to_proto
from invoices.v1 import event_pb2


def event_to_proto(recorded: RecordedEvent, tenant: str, invoice_id: str) -> event_pb2.Event:
    event = recorded.event
    operation = event.operation_id
    return event_pb2.Event(
        name=EVENT.format(tenant=tenant, invoice=invoice_id, event=recorded.id),
        kind=_kind(event.kind),
        actor=event.actor,
        time=time_to_proto(event.time),
        operation=OPERATION.format(tenant=tenant, operation=operation) if operation else "",
        changed=event.changed,
        reason=event.reason or "",
        comment=event.comment or "",
    )


def _kind(kind: EventKind) -> event_pb2.Event.Kind.ValueType:
    if kind is EventKind.OTHER:
        return event_pb2.Event.Kind.KIND_UNSPECIFIED
    return event_pb2.Event.Kind.Value(kind.name)
