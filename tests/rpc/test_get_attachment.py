"""GetAttachment: a file that a stored e-invoice carries, by the digest that the content has of it."""

import grpc
import pytest
from google.api import httpbody_pb2

from files_attached import digest, ubl_with_files
from invoice_summarizer.rpc.page_servicer import CHUNK_BYTES
from invoices.v1 import content_pb2, page_service_pb2
from refusal import Refusal, refusal_of
from rpc_fixture import OWNER, STRANGER, Api, Metadata, bearer, invoice_name
from small_invoice import ubl_invoice

Code = grpc.StatusCode
Request = page_service_pb2.GetAttachmentRequest
FILE = b"date;hours\n2026-11-02;8\n"


async def chunks_of(
    api: Api, name: str, sha256: str, metadata: Metadata = OWNER
) -> list[httpbody_pb2.HttpBody]:
    call = api.pages.GetAttachment(Request(name=name, sha256=sha256), metadata=metadata)
    return [chunk async for chunk in call]


async def refused(api: Api, name: str, sha256: str, metadata: Metadata = OWNER) -> Refusal:
    return await refusal_of(chunks_of(api, name, sha256, metadata))


def said_of(chunk: httpbody_pb2.HttpBody) -> content_pb2.AttachedDocument:
    said = content_pb2.AttachedDocument()
    [extension] = chunk.extensions
    assert extension.Unpack(said)
    return said


async def test_file_is_found_by_what_the_content_says(api: Api) -> None:
    large = b"0123456789" * (CHUNK_BYTES // 10 + 1)
    invoice = await api.read(ubl_with_files(FILE, large))
    attached = [each.attached_document for each in invoice.content.supporting_documents]
    assert [each.size_bytes for each in attached] == [len(FILE), len(large)]
    for document, file in zip(attached, (FILE, large), strict=True):
        first, *rest = await chunks_of(api, invoice.name, document.sha256, bearer("viewer"))
        assert b"".join(chunk.data for chunk in (first, *rest)) == file
        assert (first.content_type, said_of(first)) == ("text/csv", document)
        assert len(first.data) <= CHUNK_BYTES
        assert not any(chunk.content_type or chunk.extensions for chunk in rest)


async def test_small_file_comes_in_one_message(api: Api) -> None:
    sha256 = digest(b"\0")
    invoice = await api.read(ubl_with_files(b"\0"))
    [only] = await chunks_of(api, invoice.name, sha256)
    assert only.data == b"\0"


async def test_type_that_the_norm_does_not_allow_is_plain_bytes(api: Api) -> None:
    invoice = await api.read(ubl_with_files(FILE, mime_type="text/html", name="../a.html"))
    [only] = await chunks_of(api, invoice.name, digest(FILE))
    assert only.content_type == "application/octet-stream"
    assert (said_of(only).mime_type, said_of(only).file_name) == ("text/html", "../a.html")


async def test_name_that_is_too_long_to_be_one_is_left_out(api: Api) -> None:
    invoice = await api.read(ubl_with_files(FILE, name="a" * 1_000_000))
    [only] = await chunks_of(api, invoice.name, digest(FILE))
    assert (only.data, said_of(only).file_name) == (FILE, "")


async def test_file_of_what_is_not_read_yet_is_there(idle_api: Api) -> None:
    name = invoice_name(await idle_api.ingested(ubl_with_files(FILE)))
    [only] = await chunks_of(idle_api, name, digest(FILE))
    assert only.data == FILE


async def test_document_itself_and_files_of_others_are_none_of_its_files(api: Api) -> None:
    data = ubl_with_files(FILE)
    invoice, other = await api.read(data), await api.read(ubl_invoice())
    for name, sha256 in ((invoice.name, digest(data)), (other.name, digest(FILE))):
        refusal = await refused(api, name, sha256)
        assert (refusal.code, refusal.reason) == (Code.NOT_FOUND, "ATTACHMENT_NOT_FOUND")
    assert (await refused(api, invoice.name, digest(FILE), STRANGER)).reason == "RESOURCE_NOT_FOUND"


@pytest.mark.parametrize("sha256", ["", "../secret", digest(FILE).upper(), digest(FILE) + "\n"])
async def test_what_is_no_digest_is_refused(api: Api, sha256: str) -> None:
    invoice = await api.read(ubl_with_files(FILE))
    refusal = await refused(api, invoice.name, sha256)
    assert (refusal.code, refusal.reason, refusal.fields) == (
        Code.INVALID_ARGUMENT,
        "INVALID_SHA256",
        ("sha256",),
    )
