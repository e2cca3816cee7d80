"""All labelled documents go in by REST; what REST and gRPC say of each is the same, byte for byte as canonical JSON."""

from pathlib import Path
from typing import Any

import pytest
from gateway_process import Answer
from google.longrunning import operations_pb2
from google.protobuf.message import Message
from rest_stack import Rest, canonical

from invoices.v1 import invoice_pb2, query_service_pb2, validate_service_pb2
from shared_data import shared_data

pytestmark = pytest.mark.asyncio(loop_scope="module")
_SUFFIXES = {".xml": "application/xml", ".pdf": "application/pdf"}
_WAIT = b'{"timeout": "30s"}'


def documents() -> list[Path]:
    found = (shared_data() / "invoices").rglob("*")
    return sorted(path for path in found if path.suffix in _SUFFIXES)


async def test_every_document_is_the_same_by_both(rest: Rest) -> None:
    paths = documents()
    assert len(paths) > 100
    operations: dict[Path, str] = {}
    for path in paths:
        sent = await rest.upload(path.read_bytes(), _SUFFIXES[path.suffix], file_name=path.name)
        assert sent.status == 200, (path.name, sent.body)
        operations[path] = sent.json["name"]
    read = 0
    for path, operation in operations.items():
        while not (done := await rest.post(f"/v1/{operation}:wait", _WAIT)).json.get("done"):
            pass
        await _same(
            path,
            await rest.get(f"/v1/{operation}"),
            rest.direct.operations.GetOperation,
            operations_pb2.GetOperationRequest(name=operation),
            rest,
        )
        if "response" in done.json:
            read += 1
            await _is_the_same(rest, path, done.json["response"]["name"])
    assert read > 80


async def _is_the_same(rest: Rest, path: Path, name: str) -> None:
    query: Any = rest.direct.query
    calls: list[tuple[str, Any, Message]] = [
        (f"/v1/{name}", query.GetInvoice, query_service_pb2.GetInvoiceRequest(name=name)),
        (
            f"/v1/{name}?view=INVOICE_VIEW_BASIC",
            query.GetInvoice,
            query_service_pb2.GetInvoiceRequest(name=name, view=invoice_pb2.INVOICE_VIEW_BASIC),
        ),
        (
            f"/v1/{name}/lines?page_size=1000",
            query.ListLines,
            query_service_pb2.ListLinesRequest(parent=name, page_size=1000),
        ),
        (f"/v1/{name}/events", query.ListEvents, query_service_pb2.ListEventsRequest(parent=name)),
    ]
    for style in ("SHORT", "APPROVER"):
        written = await rest.post(f"/v1/{name}:summarize", {"language_code": "de", "style": style})
        assert written.status == 200, (path.name, written.body)
        summary = written.json["name"]
        one = query_service_pb2.GetSummaryRequest(name=summary)
        calls.append((f"/v1/{summary}", query.GetSummary, one))
    every = query_service_pb2.ListSummariesRequest(parent=name)
    calls.append((f"/v1/{name}/summaries", query.ListSummaries, every))
    for rest_path, method, request in calls:
        await _same(path, await rest.get(rest_path), method, request, rest)
    assert (await rest.get(f"/v1/{name}:document")).body == path.read_bytes()


async def test_validation_of_every_e_invoice_is_the_same_by_both(rest: Rest) -> None:
    for path in documents():
        if path.suffix == ".xml":
            data = path.read_bytes()
            by_rest = await rest.upload(data, "application/xml", to="/v1/invoices:validate")
            request = validate_service_pb2.ValidateInvoiceRequest()
            request.document.data = data
            request.document.media_type = "application/xml"
            if by_rest.status == 200:
                await _same(path, by_rest, rest.direct.validate.ValidateInvoice, request, rest)
            else:
                assert by_rest.status == 400 and by_rest.reason, by_rest.body


async def _same(path: Path, by_rest: Answer, method: Any, request: Message, rest: Rest) -> None:
    by_grpc = await method(request, metadata=rest.direct.credentials)
    assert by_rest.status == 200, (path.name, by_rest.body)
    assert canonical(by_rest.body) == canonical(by_grpc), path.name
