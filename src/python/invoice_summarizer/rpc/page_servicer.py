"""PageService."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import grpc.aio
from google.api import httpbody_pb2

from en16931.code_lists.mime_types import MIME_TYPES
from en16931.model.references import AttachedDocument
from invoice_summarizer.domain.errors import NotFound
from invoice_summarizer.rpc.call_context import caller
from invoice_summarizer.rpc.mapping.content import fill_group
from invoice_summarizer.rpc.mapping.names import INVOICE, SUMMARY, own_name
from invoice_summarizer.use_cases.get_attachment import GetAttachment
from invoice_summarizer.use_cases.render_page import DOTS_PER_INCH, Framed, RenderPage
from invoices.v1 import content_pb2, page_service_pb2, page_service_pb2_grpc

CHUNK_BYTES = 512 * 1024
_LONGEST_NAME = 255
_PLAIN_BYTES = "application/octet-stream"

Context = grpc.aio.ServicerContext[Any, Any]


class PageServicer(page_service_pb2_grpc.PageServiceServicer):
    def __init__(self, *, render: RenderPage, attachment: GetAttachment) -> None:
        self._render = render
        self._attachment = attachment

    async def RenderPage(
        self, request: page_service_pb2.RenderPageRequest, context: Context
    ) -> AsyncIterator[httpbody_pb2.HttpBody]:
        ids = own_name(INVOICE, request.name, caller())
        picture = await self._render(
            caller(),
            ids["invoice"],
            request.page,
            dots_per_inch=request.dots_per_inch or DOTS_PER_INCH,
            framed=_framed(request, ids["invoice"]),
        )
        for body in _bodies(picture, httpbody_pb2.HttpBody(content_type="image/png")):
            yield body

    async def GetAttachment(
        self, request: page_service_pb2.GetAttachmentRequest, context: Context
    ) -> AsyncIterator[httpbody_pb2.HttpBody]:
        ids = own_name(INVOICE, request.name, caller())
        file = await self._attachment(caller(), ids["invoice"], request.sha256)
        named = file.document.mime_type or ""
        first = httpbody_pb2.HttpBody(content_type=named if named in MIME_TYPES else _PLAIN_BYTES)
        first.extensions.add().Pack(_said(file.document))
        for body in _bodies(file.data, first):
            yield body


def _said(document: AttachedDocument) -> content_pb2.AttachedDocument:
    """Returns what the invoice says of the file, but for a name or a type that is too long to be one."""
    said = content_pb2.AttachedDocument()
    fill_group(said, document)
    if len(said.file_name) > _LONGEST_NAME:
        said.ClearField("file_name")
    if len(said.mime_type) > _LONGEST_NAME:
        said.ClearField("mime_type")
    return said


def _bodies(data: bytes, first: httpbody_pb2.HttpBody) -> Iterator[httpbody_pb2.HttpBody]:
    """Yields the data in chunks, and one where there is no data: the first with what `first` has."""
    first.data = data[:CHUNK_BYTES]
    yield first
    for begin in range(CHUNK_BYTES, len(data), CHUNK_BYTES):
        yield httpbody_pb2.HttpBody(data=data[begin : begin + CHUNK_BYTES])


def _framed(request: page_service_pb2.RenderPageRequest, invoice_id: str) -> Framed:
    summary_id = None
    if request.summary:
        ids = own_name(SUMMARY, request.summary, caller(), "summary")
        if ids["invoice"] != invoice_id:
            raise NotFound("the invoice has no such summary")
        summary_id = ids["summary"]
    return Framed(
        field_paths=tuple(request.field_paths),
        summary_id=summary_id,
        claim=request.claim if request.HasField("claim") else None,
    )
