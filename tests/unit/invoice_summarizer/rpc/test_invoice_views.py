"""The version of the bytes that are stored to be sent."""

import pytest
from google.protobuf.descriptor import FileDescriptor

from invoice_summarizer.rpc import invoice_views
from invoice_summarizer.rpc.invoice_views import ProtobufViewRenderer
from invoices.v1 import invoice_pb2


def test_version_is_the_same_in_every_process() -> None:
    assert ProtobufViewRenderer().version == ProtobufViewRenderer().version


def test_later_revision_is_the_greater_version(monkeypatch: pytest.MonkeyPatch) -> None:
    versions = []
    for revision in (1, 2, 10):
        monkeypatch.setattr(invoice_views, "MAPPING_REVISION", revision)
        versions.append(ProtobufViewRenderer().version)
    assert versions == sorted(set(versions))


def test_schema_is_that_of_every_message_within_an_invoice() -> None:
    found, waiting = set(), {invoice_pb2.Invoice.DESCRIPTOR}
    while waiting:
        message = waiting.pop()
        found.add(message)
        waiting |= {field.message_type for field in message.fields if field.message_type} - found
    files: set[FileDescriptor] = {message.file for message in found}
    ours = {file.name for file in files if file.name.startswith("invoices/")}
    assert ours <= invoice_views._schema_of(invoice_pb2.DESCRIPTOR).keys()
    assert len(ours) > 3
