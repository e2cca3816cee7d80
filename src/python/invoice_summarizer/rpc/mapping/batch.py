"""Batches and their items as messages."""

from aip.filter import parse_filter
from invoice_summarizer.domain.batch import Batch, BatchItem, BatchSource, SourceKind
from invoice_summarizer.domain.errors import InvalidInput
from invoice_summarizer.domain.invoice_fields import FIELD_ALIASES, FILTER_FIELDS
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.domain.summary import DEFAULT_LANGUAGE
from invoice_summarizer.ports.batch_jobs import BatchJob
from invoice_summarizer.ports.import_source import ImportRefused
from invoice_summarizer.rpc.mapping.names import BATCH, INVOICE, SUMMARY, own_name
from invoice_summarizer.rpc.mapping.summary import instruction_from_proto, style_from_proto
from invoice_summarizer.rpc.mapping.times import time_to_proto
from invoice_summarizer.use_cases.create_batch import Submission
from invoice_summarizer.use_cases.write_summary import Wanted
from invoices.v1 import batch_pb2, summary_pb2

_LONGEST_URI = 4096  # characters


def submission_from_proto(batch: batch_pb2.Batch, caller: Principal) -> Submission:
    """Raises InvalidInput, NotFound and FilterError."""
    wanted = Wanted(
        language_code=batch.language_code or DEFAULT_LANGUAGE,
        style=style_from_proto(batch.style),
        instruction=instruction_from_proto(batch.instruction),
    )
    match batch.WhichOneof("source"):
        case "filter":
            text = batch.filter.strip()
            parsed = parse_filter(text, FILTER_FIELDS, FIELD_ALIASES) if text else None
            return Submission(BatchSource(SourceKind.FILTER, text), wanted, filter=parsed)
        case "invoices":
            field = "invoices.names"
            names = batch.invoices.names
            ids = [own_name(INVOICE, name, caller, field)["invoice"] for name in names]
            return Submission(BatchSource(SourceKind.INVOICES), wanted, invoice_ids=ids)
        case "uri_prefix":
            if len(batch.uri_prefix) > _LONGEST_URI:
                raise ImportRefused("has at most 4,096 characters", field="uri_prefix")
            return Submission(BatchSource(SourceKind.URI_PREFIX, batch.uri_prefix), wanted)
        case None:
            raise InvalidInput(
                "must have one of filter, invoices and uri_prefix",
                field="batch",
                reason="BATCH_WITHOUT_SOURCE",
            )


def batch_to_proto(batch: Batch) -> batch_pb2.Batch:
    source = batch.source
    job = BatchJob(batch.tenant, batch.id, batch.jobs_begun)
    counts = batch_pb2.Batch.Counts(
        total=batch.total or 0,
        summarized=batch.counts.summarized,
        failed=batch.counts.failed,
        by_origin=[
            batch_pb2.Batch.OriginCount(
                origin=summary_pb2.Summary.Origin.Value(origin), count=count
            )
            for origin, count in batch.counts.by_origin.items()
        ],
    )
    message = batch_pb2.Batch(
        name=BATCH.format(tenant=batch.tenant, batch=batch.id),
        language_code=batch.language_code,
        style=summary_pb2.Summary.Style.Value(batch.style),
        instruction=batch.instruction,
        state=batch_pb2.Batch.State.Value(batch.state.name),
        counts=counts,
        creator=batch.creator,
        create_time=time_to_proto(batch.create_time),
        update_time=time_to_proto(batch.update_time),
        job=job.submission_id if job.number else "",
        failure_reason=batch.failure_reason or "",
        last_failure=batch.last_failure or "",
    )
    match source.kind:
        case SourceKind.FILTER:
            message.filter = source.text
        case SourceKind.INVOICES:
            message.invoices.SetInParent()
        case SourceKind.URI_PREFIX:
            message.uri_prefix = source.text
    return message


def item_to_proto(item: BatchItem, tenant: str) -> batch_pb2.BatchItem:
    invoice, summary = item.invoice_id, item.summary_id
    return batch_pb2.BatchItem(
        ordinal=item.ordinal,
        document_uri=item.document_uri or "",
        invoice=INVOICE.format(tenant=tenant, invoice=invoice) if invoice else "",
        state=batch_pb2.BatchItem.State.Value(item.state.name),
        summary=(
            SUMMARY.format(tenant=tenant, invoice=invoice, summary=summary)
            if invoice and summary
            else ""
        ),
        failure_reason=item.failure_reason or "",
    )
