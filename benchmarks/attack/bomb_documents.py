"""Documents that are made to break what reads them, and what each may end with."""

from collections.abc import Callable
from dataclasses import dataclass

import hostile_documents as hostile
from attack.counts import Weight
from en16931.hardened_xml import DEFAULT_XML_LIMITS
from hostile_documents import pdf_of, stream_object
from invoice_reading.limits import PdfLimits
from invoice_summarizer.use_cases.store_document import DOCUMENT_LIMIT_BYTES
from small_invoice import ubl_invoice

READ = "read"
_TOO_COSTLY = "READING_LIMIT_EXCEEDED"
_END = b"</Invoice>"
_PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    b"/Resources<</Font<</F1 5 0 R>>%s>>>>"
)
_CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
_ONE_PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_WORD = b"BT /F1 12 Tf 72 720 Td (Invoice) Tj ET"


@dataclass(frozen=True, slots=True)
class Bomb:
    """`ends` are the reasons that it may end with, be it refused or failed; READ where it is read."""

    name: str
    build: Callable[[], bytes]
    ends: frozenset[str]
    weight: Weight


def _bomb(name: str, build: Callable[[], bytes], *ends: str, weight: Weight = Weight.LIGHT) -> Bomb:
    return Bomb(name, build, frozenset(ends), weight)


def _xml_with(body: bytes) -> bytes:
    return ubl_invoice("B-1").removesuffix(_END) + body + _END


def _nested_xml(levels: int) -> bytes:
    """Returns an invoice that is so many levels deep, its root included."""
    inside = levels - 1
    return _xml_with(b"<n>" * inside + b"</n>" * inside)


def _xml_of_elements(count: int) -> bytes:
    present = ubl_invoice("B-1").count(b"</")
    return _xml_with(b"<n/>" * (count - present))


def _xml_of_bytes(count: int) -> bytes:
    return ubl_invoice("B-2").ljust(count)


def _pdf_of_bytes(count: int) -> bytes:
    """Returns a PDF of one page that has so many bytes, most of them in a stream that nothing uses."""
    least = len(_pdf_with_unused_stream(0))
    document = _pdf_with_unused_stream(count - least)
    return _pdf_with_unused_stream(count - least - (len(document) - count))


def _pdf_with_unused_stream(count: int) -> bytes:
    objects = (_CATALOGUE, _ONE_PAGE, _PAGE % b"", stream_object(b"", _WORD), _FONT)
    return pdf_of((*objects, stream_object(b"", b" " * count)))


def _forms_in_forms(levels: int = 9, uses: int = 10) -> bytes:
    """Returns a PDF of a few kilobytes whose page paints a form ten times, which does the same, and so on."""
    first = 6
    forms = []
    for level in range(levels):
        inner = first + level + 1
        is_last = level == levels - 1
        content = b"0 0 1 1 re f" if is_last else b"/X Do " * uses
        resources = b"" if is_last else b"/Resources<</XObject<</X %d 0 R>>>>" % inner
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]" + resources
        forms.append(stream_object(entries, content))
    page = _PAGE % (b"/XObject<</X %d 0 R>>" % first)
    return pdf_of(
        (_CATALOGUE, _ONE_PAGE, page, stream_object(b"", _WORD + b" /X Do"), _FONT, *forms)
    )


def _form_in_itself() -> bytes:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 6 0 R>>>>"
    page = _PAGE % b"/XObject<</X 6 0 R>>"
    content = stream_object(b"", _WORD + b" /X Do")
    return pdf_of(
        (_CATALOGUE, _ONE_PAGE, page, content, _FONT, stream_object(form, b"/X Do /X Do"))
    )


def _page_tree_in_itself() -> bytes:
    return pdf_of((_CATALOGUE, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"))


def _deep_page_tree(levels: int = 20_000) -> bytes:
    nodes = (b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 3) for n in range(levels))
    return pdf_of((_CATALOGUE, *nodes, b"<</Type/Page/MediaBox[0 0 595 842]>>"))


def _nested_arrays(levels: int = 200_000) -> bytes:
    nested = b"[" * levels + b"]" * levels
    return pdf_of((_CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1/X %s>>" % nested, _PAGE % b""))


def _huge_page() -> bytes:
    page = (_PAGE % b"").replace(b"595 842", b"1000000 1000000")
    return pdf_of((_CATALOGUE, _ONE_PAGE, page, stream_object(b"", _WORD), _FONT))


def _content_of(unit: bytes) -> Callable[[], bytes]:
    return lambda: hostile.flate_bomb_content(unit)


_XML = DEFAULT_XML_LIMITS
_PDF = PdfLimits()

BOMBS: tuple[Bomb, ...] = (
    _bomb("empty", hostile.empty, "DOCUMENT_EMPTY"),
    _bomb("text", hostile.text_file, "DOCUMENT_TYPE_UNSUPPORTED"),
    _bomb("picture of one pixel", hostile.png, READ),
    _bomb("65 MiB", hostile.oversized, "DOCUMENT_TOO_LARGE", weight=Weight.HEAVY),
    _bomb("64 MiB", lambda: _pdf_of_bytes(DOCUMENT_LIMIT_BYTES), READ, weight=Weight.HEAVY),
    _bomb(
        "64 MiB and a byte",
        lambda: _pdf_of_bytes(DOCUMENT_LIMIT_BYTES + 1),
        "DOCUMENT_TOO_LARGE",
        weight=Weight.HEAVY,
    ),
    _bomb("entities", hostile.xml_with_entities, "XML_FORBIDDEN_CONSTRUCT"),
    _bomb("external DTD", hostile.xml_with_external_dtd, "XML_FORBIDDEN_CONSTRUCT"),
    _bomb("external entity", hostile.xml_with_external_entity, "XML_FORBIDDEN_CONSTRUCT"),
    _bomb("XML of 50 MB", hostile.xml_of_50_megabytes, "XML_LIMIT_EXCEEDED", weight=Weight.HEAVY),
    _bomb(
        "XML as large as may be", lambda: _xml_of_bytes(_XML.max_bytes), READ, weight=Weight.MEDIUM
    ),
    _bomb(
        "a byte more",
        lambda: _xml_of_bytes(_XML.max_bytes + 1),
        "XML_LIMIT_EXCEEDED",
        weight=Weight.MEDIUM,
    ),
    _bomb("XML as deep as may be", lambda: _nested_xml(_XML.max_depth), READ),
    _bomb("a level more", lambda: _nested_xml(_XML.max_depth + 1), "XML_LIMIT_EXCEEDED"),
    _bomb("100,000 levels", lambda: _nested_xml(100_000), "XML_LIMIT_EXCEEDED"),
    _bomb(
        "as many elements", lambda: _xml_of_elements(_XML.max_elements), READ, weight=Weight.MEDIUM
    ),
    _bomb(
        "an element more",
        lambda: _xml_of_elements(_XML.max_elements + 1),
        "XML_LIMIT_EXCEEDED",
        weight=Weight.MEDIUM,
    ),
    _bomb(
        "as many lines", lambda: ubl_invoice("B-3", lines=_XML.max_lines), READ, weight=Weight.HEAVY
    ),
    _bomb(
        "a line more",
        lambda: ubl_invoice("B-4", lines=_XML.max_lines + 1),
        "XML_LIMIT_EXCEEDED",
        weight=Weight.HEAVY,
    ),
    _bomb("plain PDF", hostile.plain_pdf, READ),
    _bomb("PDF cut off", hostile.truncated_pdf, "PDF_DAMAGED"),
    _bomb("encrypted PDF", hostile.encrypted_pdf, "PDF_ENCRYPTED"),
    _bomb("PDF without pages", hostile.pdf_without_pages, "PDF_NO_PAGES"),
    _bomb("PDF of 100,000 pages", hostile.pdf_of_pages, "PDF_TOO_MANY_PAGES", weight=Weight.MEDIUM),
    _bomb(
        "as many pages",
        lambda: hostile.pdf_of_equal_pages(_PDF.pages, 1),
        READ,
        weight=Weight.HEAVY,
    ),
    _bomb(
        "a page more",
        lambda: hostile.pdf_of_equal_pages(_PDF.pages + 1, 1),
        "PDF_TOO_MANY_PAGES",
    ),
    _bomb("page tree in itself", _page_tree_in_itself, "PDF_NO_PAGES", "PDF_DAMAGED"),
    _bomb(
        "deep page tree",
        _deep_page_tree,
        "PDF_NO_PAGES",
        "PDF_DAMAGED",
        READ,
        weight=Weight.MEDIUM,
    ),
    _bomb("arrays in arrays", _nested_arrays, "PDF_NO_PAGES", "PDF_DAMAGED", READ),
    # So little of it is a word that nobody sees one.
    _bomb("huge page", _huge_page, READ),
    _bomb("forms in forms", _forms_in_forms, _TOO_COSTLY, weight=Weight.MEDIUM),
    _bomb("form in itself", _form_in_itself, READ, weight=Weight.MEDIUM),
    _bomb("deflated spaces", hostile.flate_bomb_content, _TOO_COSTLY, weight=Weight.MEDIUM),
    _bomb("deflated operators", _content_of(b"q Q "), _TOO_COSTLY, weight=Weight.HEAVY),
    _bomb("deflated text", _content_of(b"BT ET "), _TOO_COSTLY, weight=Weight.HEAVY),
    _bomb(
        "deflated file", hostile.flate_bomb_attachment, "PDF_LIMIT_EXCEEDED", weight=Weight.MEDIUM
    ),
    _bomb(
        "deflated picture",
        hostile.flate_bomb_picture,
        READ,
        _TOO_COSTLY,
        weight=Weight.MEDIUM,
    ),
    _bomb(
        "file as large as may be",
        lambda: hostile.pdf_with_file(b" " * _PDF.attachment_bytes, "data.bin"),
        READ,
        weight=Weight.HEAVY,
    ),
    _bomb(
        "file a byte larger",
        lambda: hostile.pdf_with_file(b" " * (_PDF.attachment_bytes + 1), "data.bin"),
        "PDF_LIMIT_EXCEEDED",
        weight=Weight.HEAVY,
    ),
    _bomb(
        "large e-invoice inside",
        lambda: hostile.pdf_with_file(ubl_invoice("B-5", lines=_XML.max_lines)),
        READ,
        weight=Weight.HEAVY,
    ),
)
