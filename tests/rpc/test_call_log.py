"""The log: one JSON event a line with request id and tenant, and nothing of what documents, callers or tokens say."""

import asyncio
import io
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from prometheus_client import generate_latest

from invoice_summarizer.settings import ServerSettings
from invoice_summarizer.telemetry import configure_logging
from invoices.v1 import (
    correction_pb2,
    query_service_pb2,
    review_service_pb2,
    summarize_service_pb2,
    validate_service_pb2,
)
from refusal import Refusal, refusal_of
from rpc_fixture import (
    OWNER,
    TENANT,
    Api,
    bearer,
    held_calls,
    ingest_request,
    running_api,
    upload,
)
from small_invoice import ubl_invoice

MARKER = "Zaunkönigsgasse"
TOKEN_MARKER = "token-that-nobody-may-see"


def correction(name: str, field_path: str, value: str) -> review_service_pb2.CorrectInvoiceRequest:
    return review_service_pb2.CorrectInvoiceRequest(
        name=name, corrections=[correction_pb2.Correction(field_path=field_path, value=value)]
    )


class Log:
    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture(scope="module")
def _written() -> Iterator[Log]:
    log = Log()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", log.stream)
        configure_logging("test")
    yield log


@pytest.fixture
def log(_written: Log) -> Log:
    """What is logged from now on."""
    _written.stream.seek(0)
    _written.stream.truncate()
    return _written


async def test_call_has_one_event_with_request_id_tenant_and_outcome(api: Api, log: Log) -> None:
    metadata = (*OWNER, ("x-request-id", "order-7"))
    await api.query.ListInvoices(
        query_service_pb2.ListInvoicesRequest(parent=TENANT), metadata=metadata
    )
    await refusal_of(
        api.query.GetInvoice(query_service_pb2.GetInvoiceRequest(name="x"), metadata=metadata)
    )
    while len(log.events) < 2:
        await asyncio.sleep(0.001)  # the call may be answered before the server has come to log it
    first, second = log.events
    assert first.pop("milliseconds") >= 0 and first.pop("time").endswith("Z")
    assert first == {
        "event": "call_ended",
        "level": "INFO",
        "service": "test",
        "method": "/invoices.v1.QueryService/ListInvoices",
        "request_id": "order-7",
        "tenant": "acme",
        "code": "OK",
        "reason": "",
    }
    assert (second["code"], second["reason"], second["request_id"]) == (
        "INVALID_ARGUMENT",
        "INVALID_NAME",
        "order-7",
    )


async def test_call_without_credentials_is_logged_without_a_tenant(api: Api, log: Log) -> None:
    await refusal_of(
        api.query.ListInvoices(
            query_service_pb2.ListInvoicesRequest(parent=TENANT), metadata=bearer(TOKEN_MARKER)
        )
    )
    while not log.events:
        await asyncio.sleep(0.001)  # the call may be answered before the server has come to log it
    [event] = log.events
    assert (event["tenant"], event["code"]) == ("", "UNAUTHENTICATED")


async def test_refused_call_is_logged_as_others_are(log: Log) -> None:
    settings = ServerSettings(max_concurrent_calls=2, tenant_percent=50, grace_seconds=0)
    async with running_api(worker=False, server=settings) as api, held_calls(api, OWNER):
        await refusal_of(
            api.query.ListInvoices(
                query_service_pb2.ListInvoicesRequest(parent=TENANT), metadata=OWNER
            )
        )
        while not log.events:
            await asyncio.sleep(0.001)
        [event] = log.events
    assert (event["tenant"], event["code"], event["reason"]) == (
        "acme",
        "RESOURCE_EXHAUSTED",
        "TOO_MANY_CALLS",
    )


async def test_operation_is_logged_with_its_tenant_and_attempt(api: Api, log: Log) -> None:
    operation = await api.ingested(ubl_invoice())
    await api.done(operation.name)
    while not (ended := [e for e in log.events if e["event"] == "operation_ended"]):
        await asyncio.sleep(0.001)  # the call may be answered before the worker has come to log it
    [event] = ended
    assert (event["operation"], event["tenant"], event["attempt"], event["outcome"]) == (
        operation.name.split("/")[-1],
        "acme",
        1,
        "done",
    )


async def test_nothing_of_documents_callers_or_tokens_is_in_logs_errors_or_metrics(
    api: Api, log: Log, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    refusals = await _calls_full_of_markers(api)
    told = "\n".join(
        (
            log.text,
            caplog.text,
            *capfd.readouterr(),
            generate_latest(api.metrics.registry).decode(),
            *(repr(refusal) for refusal in refusals),
            *(repr(entry) for entry in api.store.events),
        )
    )
    assert len(log.events) > 10
    assert MARKER[:5] not in told  # however the rest of it would be escaped
    assert TOKEN_MARKER not in told and "Bearer" not in told


async def _calls_full_of_markers(api: Api) -> list[Refusal]:
    marked = ubl_invoice(MARKER, seller=MARKER)
    named = ingest_request(marked)
    named.document.file_name = f"{MARKER}.xml"
    await api.done((await api.ingest.IngestInvoice(named, metadata=OWNER)).name)
    [invoice] = (
        await api.query.ListInvoices(
            query_service_pb2.ListInvoicesRequest(parent=TENANT, filter=f'seller.name:"{MARKER}"'),
            metadata=OWNER,
        )
    ).invoices
    for broken in (
        f"<{MARKER}/>".encode(),
        f"<a>{MARKER}".encode(),
        f"%PDF-1.7 {MARKER}".encode(),
        f"<!DOCTYPE {MARKER}><a/>".encode(),
        marked.replace(b">119.00<", f">{MARKER}<".encode()),
        marked.replace(b">2026-11-02<", f">{MARKER}<".encode()),
    ):
        await api.done((await api.ingested(broken)).name)
    await api.summarize.SummarizeInvoice(
        summarize_service_pb2.SummarizeInvoiceRequest(name=invoice.name), metadata=OWNER
    )
    await api.review.CorrectInvoice(correction(invoice.name, "buyer.name", MARKER), metadata=OWNER)
    bad_date = correction(invoice.name, "issue_date", MARKER)
    no_field = correction(invoice.name, MARKER, "x")
    refusals = [
        await refusal_of(call)
        for call in (
            api.review.CorrectInvoice(bad_date, metadata=OWNER),
            api.review.CorrectInvoice(no_field, metadata=OWNER),
            api.ingested(f"{MARKER} is no document".encode()),
            api.validate.ValidateInvoice(
                validate_service_pb2.ValidateInvoiceRequest(
                    document=ingest_request(f"<{MARKER}/>".encode()).document
                ),
                metadata=OWNER,
            ),
            api.query.ListInvoices(
                query_service_pb2.ListInvoicesRequest(
                    parent=TENANT, filter=f'issue_date="{MARKER}"'
                ),
                metadata=OWNER,
            ),
            api.query.ListInvoices(
                query_service_pb2.ListInvoicesRequest(parent=TENANT, page_token=TOKEN_MARKER),
                metadata=OWNER,
            ),
            api.query.ListInvoices(
                query_service_pb2.ListInvoicesRequest(parent=TENANT),
                metadata=bearer(TOKEN_MARKER),
            ),
        )
    ]
    refusals.append(await api.refused_upload(upload(marked, media_type="application/pdf")))
    await api.review.RejectInvoice(
        review_service_pb2.RejectInvoiceRequest(name=invoice.name, comment=MARKER), metadata=OWNER
    )
    return refusals
