"""What the stable reasons of documents that were refused, or could not be read, say to a person: the one table."""

from collections.abc import Mapping

from invoice_summarizer.cli.presentation.enum_words import enum_words

_MEBIBYTE = 1024 * 1024
_ONLY = "only XML, PDF, PNG, JPEG, TIFF and WebP files are read"

# A reason, and the sentence for it; `{}` is what the metadata of the reason tell.
_SENTENCES = {
    "DOCUMENT_EMPTY": "the file is empty",
    "DOCUMENT_TYPE_UNSUPPORTED": f"the file is {{}}; {_ONLY}",
    "DOCUMENT_SIGNED": "the file is a signed envelope (.p7m) of which no XML can be taken out: it is broken or cut off, "
    "holds no content (a detached signature), or something else; send the XML itself",
    "MEDIA_TYPE_MISMATCH": "the file is {}, which is not the type that was named with it",
    "DOCUMENT_TOO_LARGE": "the file is larger than {}",
    "DOCUMENT_UNREADABLE": "the file cannot be read as an invoice",
    "XML_NOT_WELL_FORMED": "the XML is broken or cut off{}: ask the sender for the file again",
    "XML_FORBIDDEN_CONSTRUCT": "the XML declares a document type or entities{}, which are never followed: "
    "ask the sender for a file without",
    "XML_LIMIT_EXCEEDED": "the XML holds more than is read of one invoice",
    "XML_SYNTAX_UNKNOWN": "the XML is no e-invoice of a kind that is read, which are CII, UBL and FatturaPA",
    "XML_SYNTAX_NOT_READ": "the XML is an e-invoice of a kind that is not read: a simplified FatturaPA, or one before 1.2",
    "XML_SEVERAL_INVOICES": "the envelope holds several documents: send each in a file of its own",
    "XML_UNREADABLE": "the XML cannot be read as an invoice",
    "PDF_DAMAGED": "the PDF is damaged or cut off: ask the sender for the file again",
    "PDF_ENCRYPTED": "the PDF needs a password: save it without one and send it again",
    "PDF_NO_PAGES": "the PDF has no pages",
    "PDF_TOO_MANY_PAGES": "the PDF has more pages than are read",
    "PDF_LIMIT_EXCEEDED": "the PDF holds more than is read of one invoice",
    "PDF_PAGE_NOT_FOUND": "the PDF has no page of this number{}",
    "PICTURE_DAMAGED": "the picture is damaged or cut off: ask the sender for the file again",
    "PICTURE_ANIMATED": "the picture is animated: save the frame that is the invoice as a picture of its own",
    "PICTURE_LIMIT_EXCEEDED": "the picture is larger, or has more pages, than is read of one invoice",
    "READING_LIMIT_EXCEEDED": "reading the file takes more time or memory than one document may",
    "READER_CRASHED": "the process that read the file ended in the midst of it",
    "READER_UNAVAILABLE": "nothing can be read now: try again later",
    "WORK_LOST": "the process that worked on the invoice has ended: try again",
    "ATTEMPTS_EXHAUSTED": "a part of the system failed again and again: try `invoicectl reprocess`",
    "PART_NOT_FOUND": "the document holds fewer invoices than that",
    "INVOICE_CHANGED": "somebody changed the invoice while its document was read again; the change stays",
    "BATCH_JOB_GOT_NO_FURTHER": "the jobs of the batch ended without doing anything: see `invoicectl batch logs`",
    "BATCH_TOO_MANY_JOBS": "the jobs of the batch ended again and again: see `invoicectl batch logs`",
    "OPERATION_CANCELLED": "somebody cancelled it",
    "OBJECT_NOT_FOUND": "the stored document is not there",
    "OBJECT_CORRUPT": "the stored document is not as it was received",
}
_TYPES = {
    "application/pdf": "a PDF",
    "application/xml": "XML",
    "application/pkcs7-mime": "a signed envelope (.p7m)",
    "image/png": "a PNG picture",
    "image/jpeg": "a JPEG picture",
    "image/tiff": "a TIFF picture",
    "image/webp": "a WebP picture",
    "image/heic": "a HEIC picture, to be saved as PNG or JPEG first",
    "image/gif": "a GIF picture",
    "image/bmp": "a BMP picture",
    "application/zip": "a ZIP archive, as office documents are too",
    "application/gzip": "a gzip archive",
}
_AT_A_PLACE = frozenset({"XML_NOT_WELL_FORMED", "XML_FORBIDDEN_CONSTRUCT"})
REASONS = frozenset(_SENTENCES)


def sentence_of(reason: str, metadata: Mapping[str, str] | None = None) -> str:
    """Returns the sentence for the reason; nothing where the reason is none of a document."""
    said = metadata or {}
    filling = ""
    if reason == "DOCUMENT_TOO_LARGE":
        limit = said.get("limit_bytes", "")
        filling = f"{int(limit) // _MEBIBYTE} MiB" if limit.isdecimal() else "is taken"
    elif reason == "PDF_PAGE_NOT_FOUND":
        filling = f"; it has {said['pages']}" if "pages" in said else ""
    elif reason in _AT_A_PLACE:
        filling = _place(said)
    elif "{}" in _SENTENCES.get(reason, ""):
        filling = _TYPES.get(said.get("detected", ""), "of a type that is not known here")
    return _SENTENCES.get(reason, "").format(filling)


def _place(said: Mapping[str, str]) -> str:
    """Returns where in the XML it is and what, ` at line 3, column 7 (mismatched tag)`; nothing where nobody said."""
    line, column = said.get("line", ""), said.get("column", "")
    if not (line.isdecimal() and column.isdecimal()):
        return ""
    cause = said.get("cause", "").strip(" ,")
    return f" at line {line}, column {column}" + (f" ({cause})" if cause else "")


def in_words(reason: str) -> str:
    """Returns the sentence; where there is none, the words of the reason."""
    return sentence_of(reason) or enum_words(reason)


def explained(reason: str) -> str:
    """Returns the reason in words, and behind them itself, by which programs know it."""
    return f"{in_words(reason)} [{reason}]"
