"""Paints a page of a stored document, with frames around what somebody wants to see."""

from collections.abc import Awaitable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from en16931.field_path import FieldPathError, leaf_type
from invoice_reading.annotation import Evidence, PageRegion
from invoice_reading.errors import DocumentUnreadable
from invoice_reading.media_type import MediaType
from invoice_reading.page import Box
from invoice_summarizer.domain.errors import DocumentRejected, InvalidInput, WrongState
from invoice_summarizer.domain.invoice import status_in_words
from invoice_summarizer.domain.meant_field import meant_field
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.ports.cache import Cache, Cached
from invoice_summarizer.ports.document_reader import DocumentReader
from invoice_summarizer.ports.invoice_reader import InvoiceReader
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.ports.object_store import ObjectStore
from invoice_summarizer.ports.stored_reading import StoredReading
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.use_cases.explain_claim import claim_of

DOTS_PER_INCH = 110
FEWEST_DOTS, MOST_DOTS = 18, 300
FIELDS_LIMIT = 100
PICTURE_LIMIT_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Framed:
    """What frames stand around: fields or whole groups of them, and what a summary says, or one claim of it."""

    field_paths: Sequence[str] = ()
    summary_id: str | None = None
    claim: int | None = None


class RenderPage:
    """Returns the page, counted from 1, as a PNG of at most PICTURE_LIMIT_BYTES, with frames.

    Raises NotFound, ClaimNotFound, InvalidInput (reason UNKNOWN_FIELD for a path that is none, DOCUMENT_WITHOUT_PAGES
    for XML, PICTURE_TOO_LARGE), DocumentRejected as `DocumentReader.render_page` does, WrongState where fields are to
    be framed of an invoice that has not been read, ObjectNotFound, ObjectCorrupt, Unavailable.
    """

    def __init__(
        self,
        transactions: Transactions,
        reader: InvoiceReader,
        objects: ObjectStore,
        document_reader: DocumentReader,
        work: LongWork,
        cache: Cache,
    ) -> None:
        self._transactions = transactions
        self._reader = reader
        self._objects = objects
        self._document_reader = document_reader
        self._work = work
        self._cache = cache

    async def __call__(
        self,
        principal: Principal,
        invoice_id: str,
        page: int,
        *,
        dots_per_inch: int = DOTS_PER_INCH,
        framed: Framed,
    ) -> bytes:
        _require_bounds(dots_per_inch, framed)
        tenant = principal.tenant
        document = await self._reader.document(tenant, invoice_id)
        if document.media_type in (MediaType.XML, MediaType.SIGNED_XML):
            raise InvalidInput(
                "the document is an e-invoice, and has no pages",
                field="page",
                reason="DOCUMENT_WITHOUT_PAGES",
            )
        boxes = await self._boxes(tenant, invoice_id, page, framed)

        def paint() -> Awaitable[bytes]:
            return self._document_reader.render_page(
                lambda: self._objects.get(tenant, document.sha256),
                page,
                dots_per_inch,
                boxes,
                whose=tenant,
            )

        # What decides how it looks, but the program that paints: entries are kept for minutes.
        name = (tenant, document.sha256, repr((page, dots_per_inch, boxes)))
        try:
            picture = await self._cache.read(Cached.PICTURE, name, paint)
        except DocumentUnreadable as error:
            raise DocumentRejected.because(error) from error
        if len(picture) > PICTURE_LIMIT_BYTES:
            raise InvalidInput(
                "the picture is larger than 16 MiB: ask for fewer dots per inch",
                field="dots_per_inch",
                reason="PICTURE_TOO_LARGE",
                metadata={"limit_bytes": str(PICTURE_LIMIT_BYTES)},
            )
        return picture

    async def _boxes(
        self, tenant: str, invoice_id: str, page: int, framed: Framed
    ) -> Sequence[Box]:
        boxes = list[Box]()
        async with self._transactions.begin(tenant) as transaction:
            if framed.summary_id is not None:
                summary = await transaction.summaries.get(invoice_id, framed.summary_id)
                claims = (
                    summary.claims if framed.claim is None else (claim_of(summary, framed.claim),)
                )
                boxes += _on_page((each for claim in claims for each in claim.evidence), page)
            if not framed.field_paths:
                return [*dict.fromkeys(boxes)]
            invoice = await transaction.invoices.get(invoice_id)
        if invoice.reading is None:
            raise WrongState(
                f"the invoice {status_in_words(invoice.header.status)}, and has no fields",
                metadata={"status": invoice.header.status},
            )
        boxes += await self._work(tenant, invoice.reading, field_boxes, framed.field_paths, page)
        return [*dict.fromkeys(boxes)]


def field_boxes(reading: StoredReading, field_paths: Sequence[str], page: int) -> list[Box]:
    """Returns where the fields stand on the page, and those within groups that are named."""
    annotations = reading.unpacked().annotations
    wanted = (*field_paths,)
    within = tuple(path + sign for path in wanted for sign in ".[")
    evidence = (
        each
        for path, annotation in annotations.items()
        if path in wanted or path.startswith(within)
        for each in annotation.evidence
    )
    return [*_on_page(evidence, page)]


def _on_page(evidence: Iterable[Evidence], page: int) -> Iterator[Box]:
    return (each.box for each in evidence if isinstance(each, PageRegion) and each.page == page)


def _require_bounds(dots_per_inch: int, framed: Framed) -> None:
    """Raises InvalidInput."""
    if not FEWEST_DOTS <= dots_per_inch <= MOST_DOTS:
        raise InvalidInput(
            f"must be from {FEWEST_DOTS} to {MOST_DOTS}",
            field="dots_per_inch",
            reason="INVALID_RESOLUTION",
        )
    if len(framed.field_paths) > FIELDS_LIMIT:
        raise InvalidInput(
            f"at most {FIELDS_LIMIT} fields are framed",
            field="field_paths",
            reason="TOO_MANY_FIELDS",
        )
    if framed.claim is not None and framed.summary_id is None:
        raise InvalidInput(
            "a claim is one of a summary, which has to be named",
            field="summary",
            reason="SUMMARY_MISSING",
        )
    for number, path in enumerate(framed.field_paths):
        try:
            leaf_type(path)
        except FieldPathError:
            raise _unknown(number, path) from None


def _unknown(number: int, path: str) -> InvalidInput:
    meant = meant_field(path)
    message = "names no field of the content"
    return InvalidInput(
        f"{message}; did you mean {meant}?" if meant else message,
        field=f"field_paths[{number}]",
        reason="UNKNOWN_FIELD",
        metadata={"suggestion": meant} if meant else None,
    )
