"""A worker whose model points at words."""

import json

import pytest
from openai_endpoint import MODEL, Reply, Status, Stream, openai_endpoint
from unsure_document import unsure_pdf

from invoice_reading.annotation import AnnotationReason
from invoice_summarizer.services import worker
from worker_fixture import Backlog

NUMBER = "invoice_number"
FIRST, SECOND = 5, 7  # the places of the two numbers among the words of the document


@pytest.mark.parametrize(
    ("reply", "number", "reasons"),
    [
        (
            Stream((json.dumps({NUMBER: [SECOND]}),)),
            "4712",
            (AnnotationReason.POINTED_AT_BY_MODEL,),
        ),
        (Stream(("The number is 4712.",)), None, (AnnotationReason.SEVERAL_NUMBERS,)),
        (Status(400), None, (AnnotationReason.SEVERAL_NUMBERS,)),
    ],
    ids=["points", "talks", "refuses"],
)
async def test_a_document_that_is_not_read_surely_is_shown_to_the_model(
    backlog: Backlog,
    reply: Reply,
    number: str | None,
    reasons: tuple[AnnotationReason, ...],
) -> None:
    async with openai_endpoint(lambda request: reply) as endpoint:
        backlog.environment.update(
            INVOICES_MODEL__URL=endpoint.base_url,
            INVOICES_MODEL__NAME=MODEL,
            INVOICES_MODEL__ASSISTS_READING="true",
        )
        [operation] = await backlog.add([unsure_pdf()])
        assert operation.invoice_id is not None
        await backlog.start(worker.__name__)
        await backlog.until("SELECT FROM operations WHERE state = 'succeeded'")
        async with backlog.transactions.begin("acme") as transaction:
            stored = await transaction.invoices.get(operation.invoice_id)
        [request] = endpoint.requests
    assert stored.reading is not None
    reading = stored.reading.unpacked()
    assert reading.content.invoice_number == number
    assert reading.annotations[NUMBER].reasons == reasons
    assert f"{FIRST}:4711" in request["messages"][-1]["content"]
