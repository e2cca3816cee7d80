"""PageService."""

from collections.abc import AsyncIterator
from typing import Any

import grpc.aio
from google.api import httpbody_pb2

from invoice_summarizer.domain.errors import NotFound
from invoice_summarizer.rpc.call_context import caller
from invoice_summarizer.rpc.mapping.names import INVOICE, SUMMARY, own_name
from invoice_summarizer.use_cases.render_page import DOTS_PER_INCH, Framed, RenderPage
from invoices.v1 import page_service_pb2, page_service_pb2_grpc

CHUNK_BYTES = 512 * 1024

Context = grpc.aio.ServicerContext[Any, Any]


class PageServicer(page_service_pb2_grpc.PageServiceServicer):
    def __init__(self, *, render: RenderPage) -> None:
        self._render = render

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
        content_type = "image/png"
        for begin in range(0, len(picture), CHUNK_BYTES):
            chunk = picture[begin : begin + CHUNK_BYTES]
            yield httpbody_pb2.HttpBody(content_type=content_type, data=chunk)
            content_type = ""


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
