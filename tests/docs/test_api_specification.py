"""The API specification says what the API does: methods, roles, filters, statuses, reasons, limits."""

import json
import re
from collections.abc import Iterator

import pytest
from google.api import annotations_pb2
from google.longrunning import operations_pb2
from google.protobuf.descriptor import MethodDescriptor

from aip import filter as aip_filter
from aip import ordering
from aip.filter_field import FieldType, FilterField
from en16931.business_terms import business_terms
from en16931.hardened_xml import DEFAULT_XML_LIMITS
from en16931.writing.written import CannotBeWritten
from invoice_reading.limits import PdfLimits
from invoice_summarizer.adapters.reading_process.limits import ProcessLimits
from invoice_summarizer.domain.batch import MOST_ITEMS, MOST_NAMED_INVOICES
from invoice_summarizer.domain.canonical_value import DIGITS_LIMIT, TEXT_LIMIT
from invoice_summarizer.domain.correction import CORRECTIONS_LIMIT
from invoice_summarizer.domain.invoice_fields import FIELD_ALIASES, FILTER_FIELDS, INVOICE_FIELDS
from invoice_summarizer.domain.principal import Role
from invoice_summarizer.domain.summarizing.refusal import RefusalCode
from invoice_summarizer.processes.serving import limits_of
from invoice_summarizer.rpc import (
    bounded_comment,
    call_metadata,
    ingest_servicer,
    invoice_export,
    operations_servicer,
    pages,
    public_handlers,
    query_servicer,
    received_message,
    server,
)
from invoice_summarizer.rpc.authorization import ROLES
from invoice_summarizer.rpc.mapping.bounded import (
    ANSWER_LIMIT_BYTES,
    LINES_LIMIT,
    REASONS_LIMIT,
)
from invoice_summarizer.rpc.mapping.correction import CHANGED_TEXT_LIMIT
from invoice_summarizer.rpc.mapping.export import LISTED_LIMIT, unread
from invoice_summarizer.rpc.mapping.names import BATCH, EVENT, INVOICE, OPERATION, SUMMARY
from invoice_summarizer.settings import ReadingSettings, ServerSettings
from invoice_summarizer.use_cases import render_page
from invoice_summarizer.use_cases.correct_invoice import CHANGES_TOLD
from invoice_summarizer.use_cases.store_document import DOCUMENT_LIMIT_BYTES, MEBIBYTE
from invoices.v1 import (
    assurance_pb2,
    ingest_service_pb2,
    invoice_pb2,
    operation_pb2,
    page_service_pb2,
    query_service_pb2,
    review_service_pb2,
    summarize_service_pb2,
    summary_pb2,
    validate_service_pb2,
)
from markdown_page import ROOT, code, codes, page

SPECIFICATION = page("docs/api-specs/API_SPECIFICATION.md")
_SERVICES = (
    ingest_service_pb2,
    page_service_pb2,
    query_service_pb2,
    review_service_pb2,
    summarize_service_pb2,
    validate_service_pb2,
)


def test_resources_are_those_of_the_code() -> None:
    documented = {code(row["name"]) for row in SPECIFICATION.rows("Resources and names")}
    assert documented == {
        pattern.pattern for pattern in (INVOICE, SUMMARY, EVENT, OPERATION, BATCH)
    }


def test_roles_are_those_of_the_code() -> None:
    documented = [code(row["role"]) for row in SPECIFICATION.table("Calls", "role")]
    assert documented == [role.value for role in Role]


def test_every_method_is_documented_with_its_roles_and_no_other() -> None:
    documented = {
        f"/{code(row['method'])}": set(row["roles"].split(", "))
        for row in SPECIFICATION.rows("Methods")
        if "REST" in row
    }
    assert documented == {method: {role.value for role in roles} for method, roles in ROLES.items()}


def test_every_method_of_the_protos_is_documented_with_its_rest_path() -> None:
    documented = {
        code(row["method"]): row["REST"] for row in SPECIFICATION.rows("Methods") if "REST" in row
    }
    for method in _methods():
        assert documented.pop(f"{method.containing_service.full_name}/{method.name}") == _rest(
            method
        )
    rules = json.loads((ROOT / "proto/invoices/v1/service_config.json").read_text())["http"][
        "rules"
    ]
    for rule in rules:
        service, _, method_name = rule["selector"].rpartition(".")
        [verb] = rule.keys() & {"get", "post"}
        assert documented[f"{service}/{method_name}"] == f"`{verb.upper()} {rule[verb]}`"
    assert len(rules) == len(documented)
    served = {row.partition("/")[2] for row in documented}
    offered = operations_pb2.DESCRIPTOR.services_by_name["Operations"].methods
    assert {method.name for method in offered} - served == {"DeleteOperation"}


def test_filter_fields_are_those_of_the_code() -> None:
    rows = SPECIFICATION.table("Fields", "field")
    documented = {code(row["field"]): row["type"] for row in rows}
    assert documented == {
        name: field.filter.kind.name.lower() for name, field in INVOICE_FIELDS.items()
    }
    assert {
        short: code(row["field"]) for row in rows for short in codes(row["short name"])
    } == dict(FIELD_ALIASES)
    terms = business_terms()
    for row in rows:
        field = INVOICE_FIELDS[code(row["field"])].filter
        if field.values:
            assert tuple(codes(row["meaning"])) == field.values
        elif code(row["field"]) in terms:
            assert row["meaning"] == terms[code(row["field"])]


def test_operators_of_each_type_are_those_of_the_code() -> None:
    used = {field.filter.kind for field in INVOICE_FIELDS.values()}
    documented = {
        FieldType[row["type"].upper()]: set(codes(row["operators"]))
        for row in SPECIFICATION.table("Comparisons", "type")
    }
    assert documented == {
        kind: set(FilterField(kind, ("x",) if kind is FieldType.ENUM else ()).operators)
        for kind in used
    }


@pytest.mark.parametrize(
    "example",
    [
        *(one for one in codes(SPECIFICATION.section("Filters")) if re.search("[a-z]=", one)),
        *SPECIFICATION.fenced(""),
    ],
)
def test_examples_of_filters_are_understood(example: str) -> None:
    invented = {name: FilterField(FieldType.DECIMAL) for name in "ab"}
    assert aip_filter.parse_filter(example, {**FILTER_FIELDS, **invented}, FIELD_ALIASES)


@pytest.mark.parametrize(
    ("heading", "column", "names"),
    [
        ("Operations", "state", operation_pb2.OperationMetadata.State.keys()),
        ("Reading invoices", "status", invoice_pb2.Invoice.Status.keys()),
        ("Reading invoices", "status of a field", assurance_pb2.FieldAnnotation.Status.keys()),
        ("Exports", "why left out", query_service_pb2.LeftOutField.Reason.keys()),
        ("Evidence", "evidence", [f.name for f in assurance_pb2.Evidence.DESCRIPTOR.fields]),
        ("Summaries", "code", [code.value for code in RefusalCode]),
    ],
)
def test_names_are_those_of_the_api(heading: str, column: str, names: list[str]) -> None:
    documented = [code(row[column]) for row in SPECIFICATION.table(heading, column)]
    assert documented == [name for name in names if not name.endswith("_UNSPECIFIED")]


def test_styles_of_summaries_are_those_of_the_api() -> None:
    for style in list(summary_pb2.Summary.Style.keys()):
        assert style == "STYLE_UNSPECIFIED" or f"`{style}`" in SPECIFICATION.text


def test_outcomes_of_an_instruction_are_those_of_the_api() -> None:
    for outcome in list(summary_pb2.Summary.InstructionOutcome.keys()):
        assert outcome == "INSTRUCTION_OUTCOME_UNSPECIFIED" or f"`{outcome}`" in SPECIFICATION.text


def test_limits_are_those_of_the_code() -> None:
    documented = {row["what"]: row["limit"] for row in SPECIFICATION.table("Limits", "what")}
    reading, pdf, xml = ReadingSettings(), PdfLimits(), DEFAULT_XML_LIMITS
    serving = ServerSettings()
    room = limits_of(serving)
    part = room.part(serving.tenant_percent)
    expected = {
        "document in IngestInvoice or ValidateInvoice": [_mib(ingest_servicer.INLINE_LIMIT_BYTES)],
        "document in UploadInvoice": [_mib(DOCUMENT_LIMIT_BYTES)],
        "request message, a chunk included": [
            _mib(received_message.MESSAGE_LIMIT_BYTES),
            _mib(server.RECEIVED_LIMIT_BYTES),
        ],
        "metadata of a call": [
            f"{call_metadata.METADATA_LIMIT_BYTES // 1024} KiB",
            f"{call_metadata.ENTRY_BYTES} bytes",
            f"{server.RECEIVED_METADATA_BYTES // 1024} KiB",
        ],
        "calls at once": [f"{room.calls}", f"{part.calls} of one tenant"],
        "uploads at once, which are calls too": [
            f"{room.uploads}",
            f"{part.uploads} of one tenant",
        ],
        "bytes of the uploads under way": [
            f"{room.upload_bytes // MEBIBYTE // 1024} GiB",
            f"{_mib(part.upload_bytes)} of one tenant",
        ],
        "pace of an upload": [
            f"{serving.upload_patience_seconds:g} s",
            f"{serving.upload_bytes_per_second:,} bytes a second",
        ],
        "callers who Watch the health of the server": [f"{public_handlers.WATCHERS_LIMIT}"],
        "XML": [_mib(xml.max_bytes), f"{xml.max_depth} levels", f"{xml.max_elements:,} elements"],
        "PDF: pages": [f"{reading.pages:,}"],
        "PDF: words": [f"{pdf.words:,}"],
        "PDF: files inside, unpacked and together": [_mib(pdf.attachment_bytes)],
        "PDF or picture: pixels of a page that is painted": [f"{pdf.pixels:,}"],
        "picture: pixels of a page, or of a picture on a scanned page": [f"{pdf.picture_pixels:,}"],
        "OCR: pages": [f"{reading.ocr.pages}"],
        "OCR: processor time": [
            f"{reading.ocr.cpu_seconds_per_page:g} s for each page",
            f"at most {reading.ocr.most_cpu_seconds:g} s",
        ],
        "OCR: wall time": [f"{reading.ocr.wall_seconds:g} s"],
        "OCR: memory": [f"{reading.ocr.memory_bytes // MEBIBYTE // 1024} GiB"],
        "reading: what leaves the reading process": [_mib(ProcessLimits().output_bytes)],
        "reading: processor time": [
            f"{reading.cpu_seconds:g} s",
            f"{reading.cpu_seconds_per_page:g} s for each page",
            f"{reading.cpu_seconds_per_mebibyte:g} s for each MiB",
            f"at most {reading.most_cpu_seconds:g} s",
        ],
        "reading: wall time": [f"{reading.wall_seconds:g} s"],
        "reading: memory": [f"{reading.memory_bytes // MEBIBYTE // 1024} GiB"],
        "filter": [
            f"{aip_filter.LONGEST_FILTER:,} characters",
            f"{aip_filter.DEEPEST_NESTING} nested",
            f"{aip_filter.MOST_COMPARISONS} comparisons",
        ],
        "`order_by`": [f"{ordering.LONGEST_ORDER:,} characters"],
        "page": [f"{pages.DEFAULT_PAGE_SIZE}", f"{pages.MAXIMUM_PAGE_SIZE:,}"],
        "answer": [f"{ANSWER_LIMIT_BYTES / MEBIBYTE:g} MiB"],
        "lines and review reasons in an invoice": [
            f"{LINES_LIMIT} lines",
            f"{REASONS_LIMIT:,} reasons",
        ],
        "groups of AggregateInvoices": [f"{query_servicer.GROUPS_LIMIT:,}"],
        "picture of RenderPage": [
            f"{render_page.FEWEST_DOTS} to {render_page.MOST_DOTS} dots per inch",
            f"{render_page.FIELDS_LIMIT} fields",
            _mib(render_page.PICTURE_LIMIT_BYTES),
        ],
        "chunk of GetDocument, RenderPage, GetAttachment and ExportInvoices": [
            f"{invoice_export.CHUNK_BYTES // 1024} KiB"
        ],
        "left-out fields and missing elements that an export names": [f"{LISTED_LIMIT}"],
        "file name": [f"{ingest_servicer._FILE_NAME_LIMIT} "],
        "comment": [f"{bounded_comment.COMMENT_LIMIT:,} characters"],
        "corrections in CorrectInvoice, and changes in its answer": [
            f"{CORRECTIONS_LIMIT:,}",
            f"{CHANGES_TOLD:,}",
        ],
        "text in a change": [f"{CHANGED_TEXT_LIMIT:,} characters"],
        "text in a correction": [f"{TEXT_LIMIT:,} characters"],
        "decimal in a correction": [f"{DIGITS_LIMIT} digits"],
        "invoices that a batch names": [f"{MOST_NAMED_INVOICES:,}"],
        "items of a batch": [f"{MOST_ITEMS:,}"],
        "WaitOperation": [f"{operations_servicer.LONGEST_WAIT.seconds} s"],
    }
    assert documented.keys() == expected.keys()
    for what, figures in expected.items():
        assert [figure for figure in figures if figure not in documented[what]] == []


def test_reasons_of_exports_are_those_of_the_code() -> None:
    documented = {
        code(row["reason of an export"])
        for row in SPECIFICATION.table("Exports", "reason of an export")
    }
    kinds: list[type[CannotBeWritten]] = [CannotBeWritten, *CannotBeWritten.__subclasses__()]
    assert documented == {unread("").failure_reason, *(kind.reason for kind in kinds)}


def _mib(size: int) -> str:
    return f"{size // MEBIBYTE} MiB"


def _methods() -> Iterator[MethodDescriptor]:
    for module in _SERVICES:
        for service in module.DESCRIPTOR.services_by_name.values():
            yield from service.methods


def _rest(method: MethodDescriptor) -> str:
    rule = method.GetOptions().Extensions[annotations_pb2.http]
    verb = rule.WhichOneof("pattern")
    return f"`{verb.upper()} {getattr(rule, verb)}`"
