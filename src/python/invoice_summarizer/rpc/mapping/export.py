"""A stored invoice as a file of another format, with what the file does not say."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from google.protobuf.json_format import MessageToJson

from en16931.model import InvoiceContent
from en16931.writing.writer import write_cii, write_ubl
from en16931.writing.written import CannotBeWritten, LeftOut, WrittenInvoice
from invoice_reading.reading import Reading
from invoice_summarizer.ports.packed import Packed
from invoice_summarizer.rpc.mapping.content import content_to_proto
from invoices.v1 import query_service_pb2

LISTED_LIMIT = 100
_LONGEST_NAME = 64
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")

Format = query_service_pb2.ExportInvoicesRequest.Format
ExportedInvoice = query_service_pb2.ExportedInvoice
_XML = "application/xml"
_Reason = query_service_pb2.LeftOutField.Reason


class Export(NamedTuple):
    """What an invoice is exported as; without data where it cannot be, for the reason that the header has."""

    header: query_service_pb2.ExportedInvoice
    data: bytes


def exported_reading(
    packed: Packed[Reading], name: str, format: Format.ValueType
) -> tuple[bytes, bytes]:
    """Returns the header, serialized, and the data of the export of a stored reading."""
    header, data = exported(packed.unpacked().content, name, format)
    return header.SerializeToString(), data


def exported(
    content: InvoiceContent,
    name: str,
    format: Format.ValueType,
    attachments: Mapping[str, bytes] | None = None,
) -> Export:
    """Returns the content in the format; `attachments` are attached documents by their SHA-256, as far as they are at hand."""
    if format == Format.JSON:
        data = _json(content)
        return Export(_header(content, name, ".json", "application/json", data), data)
    write: Callable[..., WrittenInvoice] = write_cii if format == Format.CII else write_ubl
    try:
        written = write(content, attachments or {})
    except CannotBeWritten as error:
        return Export(ExportedInvoice(name=name, failure_reason=error.reason), b"")
    header = _header(content, name, ".xml", _XML, written.xml)
    _tell(header, written.left_out, written.missing)
    return Export(header, written.xml)


def unread(name: str) -> query_service_pb2.ExportedInvoice:
    """Returns the header of an invoice that has no content."""
    return ExportedInvoice(name=name, failure_reason="INVOICE_NOT_READ")


def _json(content: InvoiceContent) -> bytes:
    message = content_to_proto(content)
    return MessageToJson(message, preserving_proto_field_name=True, ensure_ascii=False).encode(
        errors="replace"
    )


def _header(
    content: InvoiceContent, name: str, ending: str, content_type: str, data: bytes
) -> query_service_pb2.ExportedInvoice:
    number = _NOT_IN_NAMES.sub("-", content.invoice_number or "").strip("-")[:_LONGEST_NAME]
    identifier = name.rpartition("/")[2]
    return ExportedInvoice(
        name=name,
        file_name="-".join(part for part in (number, identifier) if part) + ending,
        content_type=content_type,
        size_bytes=len(data),
    )


def _tell(
    header: query_service_pb2.ExportedInvoice,
    left_out: Sequence[LeftOut],
    missing: Sequence[str],
) -> None:
    header.left_out_size = len(left_out)
    header.left_out.extend(
        query_service_pb2.LeftOutField(
            field_path=each.field_path, reason=_Reason.Value(each.reason)
        )
        for each in left_out[:LISTED_LIMIT]
    )
    header.missing_elements_size = len(missing)
    header.missing_elements.extend(missing[:LISTED_LIMIT])
