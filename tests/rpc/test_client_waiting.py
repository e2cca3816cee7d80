"""The command line waits for each document that it sent; what befalls one is not the end of the others."""

from collections.abc import Sequence

import grpc

from invoice_summarizer.cli.channels import Endpoint
from invoice_summarizer.cli.client import connected
from invoice_summarizer.cli.commands.ingest import Ingested, all_read
from invoice_summarizer.cli.failures import CommandFailed
from invoices.v1 import ingest_service_pb2
from rpc_fixture import OWNER, Api, invoice_name
from small_invoice import ubl_invoice


async def sent(api: Api) -> list[Ingested]:
    """Returns two documents that were sent, of which it is not known that they were read."""
    return [
        Ingested(f"{number}.xml", await api.ingested(ubl_invoice(number))) for number in ("A", "B")
    ]


async def waited_for(
    api: Api, documents: Sequence[Ingested], *, token: str = "owner", seconds: float = 20
) -> tuple[list[Ingested], CommandFailed | None]:
    address = f"127.0.0.1:{api.port}"
    endpoint = Endpoint(
        ingest_address=address,
        summarize_address=address,
        query_address=address,
        token=token,
        tenant="acme",
    )
    async with connected(endpoint) as client:
        return await all_read(client, documents, seconds, lambda: None)


def reasons(answers: Sequence[Ingested]) -> list[str]:
    """Returns why there is no operation for a file; for one that was read, nothing."""
    return [
        each.answer.reason if isinstance(each.answer, CommandFailed) else "" for each in answers
    ]


async def test_invoice_that_somebody_deletes_is_the_failure_of_its_own_document(api: Api) -> None:
    documents = await sent(api)
    first = documents[0].answer
    assert not isinstance(first, CommandFailed)
    await api.done(first.name)
    await api.ingest.DeleteInvoice(
        ingest_service_pb2.DeleteInvoiceRequest(name=invoice_name(first)), metadata=OWNER
    )
    answers, lost = await waited_for(api, documents)
    assert reasons(answers) == ["RESOURCE_NOT_FOUND", ""]
    assert lost is None
    second = answers[1].answer
    assert not isinstance(second, CommandFailed) and second.done


async def test_document_that_is_not_read_in_time_does_not_end_the_waiting(idle_api: Api) -> None:
    answers, lost = await waited_for(idle_api, await sent(idle_api), seconds=0)
    assert reasons(answers) == ["WAIT_TOO_LONG", "WAIT_TOO_LONG"]
    assert lost is None


async def test_what_meets_all_ends_the_waiting(api: Api) -> None:
    documents = await sent(api)
    answers, lost = await waited_for(api, documents, token="nobody")
    assert answers == documents
    assert lost is not None and lost.code is grpc.StatusCode.UNAUTHENTICATED
