"""Values computed once more from what they cite: the words of a page, the text of a node, the operands of an expression."""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal, DecimalException
from itertools import zip_longest
from typing import Any

from lxml import etree

from en16931.derivation import with_values
from en16931.envelope import ENVELOPE_NAMESPACE, ENVELOPE_PREFIX
from en16931.field_path import Leaf, leaf_type, leaves
from en16931.namespaces import NAMESPACES
from invoice_reading.annotation import (
    FieldAnnotation,
    FieldStatus,
    PageRegion,
    XmlNode,
)
from invoice_reading.errors import DocumentUnreadable
from invoice_reading.extract.extract import extract
from invoice_reading.extract.page_region import region_of
from invoice_reading.extract.reading_context import ReadingContext
from invoice_reading.extract.word_values import value_of_words
from invoice_reading.limits import PdfLimits
from invoice_reading.page import Page, PdfPages
from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read_every
from invoice_reading.reading import PAGE_FORMS, DocumentForm, Reading
from invoice_reading.recognition.wanted import wanted_pages
from invoice_reading.separation.separate import separate
from invoice_reading.stages import Extracted, Recogniser, Stages
from invoice_summarizer.domain.summarizing.derived_figures import (
    DerivedFigures,
    DerivedSlot,
    Figure,
)

_INDEX = re.compile(r"\[\d+\]")
_DISCOUNT = re.compile(r"extras\.cash_discounts\[(\d+)\]\.(days|percentage|base_amount)")
_DISCOUNT_KEYS = {"days": "TAGE", "percentage": "PROZENT", "base_amount": "BASISBETRAG"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAYS = re.compile(r"\+ (.+?) days")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ARITHMETIC = re.compile(r"(?:sum|nonzero|abs|round|[\d.,+*/() -])+")
_NOTE = re.compile(r"#([A-Za-z0-9]{3})#(.*)", re.DOTALL)
# Terms that an e-invoice writes in a code of its own, or says by a number or an element that is there: another text
# may mean the same, but the same text never means two things.
_CODED = frozenset(
    {
        "extras.document_kind",
        "extras.sign_convention",
        "type_code",
        "vat_point_date_code",
        "payment_instructions.means_type_code",
        "buyer.identifier.scheme_id",
        "buyer.electronic_address.scheme_id",
        "lines[].vat.category_code",
        "vat_breakdown[].category_code",
        "charges[].vat_category_code",
        "allowances[].vat_category_code",
        "lines[].extras.counts_in_sums",
    }
)


@dataclass(slots=True)
class Recomputed:
    """How many PRESENT values were computed once more, by kind of evidence; `wrong` says which gave another value."""

    documents: int = 0
    unreadable: int = 0
    of_words: int = 0
    of_nodes: int = 0
    of_expressions: int = 0
    wrong: list[str] = field(default_factory=list)
    _meanings: dict[tuple[str, str, tuple[str, ...]], Leaf] = field(default_factory=dict)

    def add(self, name: str, data: bytes, recognise: Recogniser | None = None) -> None:
        """Reads the document and recomputes every value of its invoices; one that cannot be read is counted."""
        seen_of: list[Extracted] = []

        def seen(extracted: Extracted) -> Extracted:
            seen_of.append(extracted)
            return extracted

        stages = Stages(pdf_engine=MuPdfEngine(), recognise=recognise, assist=seen)
        try:
            readings = list(read_every(data, "", stages))
        except DocumentUnreadable:
            self.unreadable += 1
            return
        self.documents += 1
        if len(readings) > 1 and readings[0].form in PAGE_FORMS:
            seen_of = [*_extracted_parts(data, recognise)]
        for reading, extracted in zip_longest(readings, seen_of):
            self.add_reading(name, data, reading, extracted)

    def add_reading(
        self, name: str, data: bytes, reading: Reading, extracted: Extracted | None
    ) -> None:
        values, nodes = dict(leaves(reading.content)), _Nodes(data)
        for path, value in values.items():
            annotation = reading.annotations.get(path)
            if annotation is None or annotation.status is not FieldStatus.PRESENT:
                continue
            problem = self._problem(path, value, annotation, nodes, extracted)
            if problem:
                self.wrong.append(f"{name}: {path}: {problem}")
        figures = DerivedFigures(reading.content, reading.annotations)
        for slot in _slots(figures):
            found = figures.of(slot)
            if found is None:
                continue
            self.of_expressions += 1
            derivation = found.derivation
            again = value_of_operands(with_values(derivation.expression, reading.content))
            declared = all(
                any(path == one or path.startswith(f"{one}[") for path in values)
                for one in found.field_paths
            )
            if again != derivation.value or not declared:
                self.wrong.append(f"{name}: {slot.figure}: the operands give {again!r}")
        for path, annotation in reading.annotations.items():
            if annotation.status is FieldStatus.PRESENT and path not in values:
                self.wrong.append(f"{name}: {path}: PRESENT without a value")

    def _problem(
        self,
        path: str,
        value: Leaf,
        annotation: FieldAnnotation,
        nodes: "_Nodes",
        extracted: Extracted | None,
    ) -> str | None:
        cited = [one for one in annotation.evidence if isinstance(one, XmlNode)]
        if cited:
            self.of_nodes += 1
            texts = tuple(nodes.text(one) for one in cited)
            if annotation.raw_text and annotation.raw_text != " ".join(texts):
                return "the nodes hold another text"
            return self._problem_of_texts(path, value, texts, nodes, cited)
        regions = [one for one in annotation.evidence if isinstance(one, PageRegion)]
        if not regions or extracted is None or not isinstance(extracted.document, PdfPages):
            return "cites neither a node nor words"
        self.of_words += 1
        pages = {page.number: page for page in extracted.document.pages}
        return problem_of_words(path, value, annotation, pages, extracted.extraction.context)

    def _problem_of_texts(
        self,
        path: str,
        value: Leaf,
        texts: tuple[str, ...],
        nodes: "_Nodes",
        cited: Sequence[XmlNode],
    ) -> str | None:
        term = _INDEX.sub("[]", path)
        if term == "lines[].extras.position":
            again: Leaf | None = nodes.place(cited[0])
        elif term in _CODED:
            schemes = nodes.root(cited[0])
            again = self._meanings.setdefault((term, schemes, texts), value)
        else:
            again = value_of_texts(path, texts)
        return None if again == value else f"the text gives {again!r} and not {value!r}"


def _extracted_parts(data: bytes, recognise: Recogniser | None) -> Iterator[Extracted]:
    """Yields what each invoice of a file of several gives, of which no stage is told."""
    document = MuPdfEngine()(data, PdfLimits())
    if recognise is not None and (wanted := wanted_pages(document)):
        document = recognise(data, document, wanted)
    for part in separate(document):
        yield Extracted(
            form=DocumentForm.PDF_TEXT,
            document=part.document,
            extraction=extract(part.pages, part.first_page),
        )


def problem_of_words(
    path: str,
    value: Leaf,
    annotation: FieldAnnotation,
    pages: Mapping[int, Page],
    context: ReadingContext,
) -> str | None:
    """Returns what is wrong with the words that a value cites: they are shown, and alone give the value."""
    regions = [one for one in annotation.evidence if isinstance(one, PageRegion)]
    for region in regions:
        page = pages[region.page]
        if region != region_of(page, region.words):
            return "a region is not that of its words"
        if any(page.words[span.word].hidden for span in region.words):
            return "cites words that nobody sees"
    if annotation.raw_text != " ".join(region.text for region in regions):
        return "the words are others than the raw text"
    again = value_of_words(path, regions, context)
    return None if again == value else f"the words give {again!r} and not {value!r}"


def value_of_texts(path: str, texts: Sequence[str]) -> Leaf | None:
    """Returns what the texts of nodes say of a field by its type: a sum of amounts, words one after the other.

    This is not the reader's own way from text to value. None where they are no such value.
    """
    special = _SPECIAL.get(_INDEX.sub("[]", path))
    kind, parts = leaf_type(path), [_of_discount(path, text.strip()) for text in texts]
    try:
        if special is not None:
            return special(parts)
        if kind is bool:
            return {"true": True, "1": True, "false": False, "0": False}.get(parts[0])
        if issubclass(kind, int):
            return int(Decimal(parts[0]))
        if issubclass(kind, Decimal):
            return sum((Decimal(part) for part in parts), Decimal(0))
        if issubclass(kind, date):
            digits = re.sub(r"\D", "", parts[0])[:8]
            return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except (ValueError, DecimalException, binascii.Error):
        return None
    return " ".join(parts)


def value_of_operands(expression: str) -> Decimal | date | None:
    """Returns what an expression gives that has values in the place of fields, by the arithmetic of Python."""
    day = _DAY.match(expression)
    if day is not None:
        days = [_arithmetic(part) for part in _DAYS.findall(expression[day.end() :])]
        return date.fromisoformat(day[0]) + timedelta(days=int(sum(days)))
    return _arithmetic(expression)


def _arithmetic(expression: str) -> Decimal:
    """Raises AssertionError where the text is more than numbers, signs and the four functions."""
    assert _ARITHMETIC.fullmatch(expression), expression
    functions: dict[str, Callable[..., Decimal]] = {
        "D": Decimal,
        "sum": lambda *parts: sum(parts, Decimal(0)),
        "nonzero": lambda *parts: Decimal(sum(1 for part in parts if part)),
        "abs": abs,
        "round": _rounded,
    }
    code = _NUMBER.sub(r"D('\g<0>')", expression)
    return Decimal(eval(code, {"__builtins__": {}}, functions))


def _rounded(value: Decimal, decimals: Decimal) -> Decimal:
    scale = Decimal(10) ** int(decimals)
    return ((value * scale + Decimal("0.5")).to_integral_value(ROUND_FLOOR)) / scale


def _slots(figures: DerivedFigures) -> Iterator[DerivedSlot]:
    members = {"DISCOUNT": figures.discount_count, "INSTALMENT": figures.instalment_count}
    for figure in Figure:
        for index in range(members.get(figure.name.split("_")[0].removesuffix("ED"), 1)):
            yield DerivedSlot(figure, said_lines=(0,), index=index)


def _identifier(parts: Sequence[str]) -> Leaf:
    return "".join(parts)


def _file(parts: Sequence[str]) -> bytes:
    return base64.b64decode("".join(parts[0].split()).rstrip("=") + "==")


def _note(group: int) -> Callable[[Sequence[str]], Leaf | None]:
    def read(parts: Sequence[str]) -> Leaf | None:
        match = _NOTE.fullmatch(parts[0])
        if match is not None:
            return match[group].strip()
        return parts[0]

    return read


def _of_discount(path: str, text: str) -> str:
    """Of discounts that are written into the terms of payment, `#SKONTO#TAGE=14#PROZENT=2.00#`, the number of one."""
    found = _DISCOUNT.fullmatch(path)
    if found is None or "#SKONTO#" not in text:
        return text
    discount = [line for line in text.splitlines() if line.startswith("#SKONTO#")][int(found[1])]
    [number] = re.findall(rf"#{_DISCOUNT_KEYS[found[2]]}=([0-9.]+)#", discount)
    return str(number)


_SPECIAL: Mapping[str, Callable[[Sequence[str]], Leaf | None]] = {
    "seller.vat_identifier": _identifier,
    "buyer.vat_identifier": _identifier,
    "seller.legal_registration_identifier.value": lambda parts: "-".join(parts),
    "payment_terms": lambda parts: "\n".join(parts),
    "notes[].subject_code": _note(1),
    "notes[].note": _note(2),
    "supporting_documents[].attached_document.sha256": (
        lambda parts: hashlib.sha256(_file(parts)).hexdigest()
    ),
    "supporting_documents[].attached_document.size_bytes": lambda parts: len(_file(parts)),
}


class _Nodes:
    """The nodes of an XML document, or of the XML files inside a PDF, as another parser finds them."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._trees: dict[str | None, Any] = {}

    def text(self, cited: XmlNode) -> str:
        node = self._node(cited)
        return str(node) if isinstance(node, str) else "".join(node.xpath("text()"))

    def root(self, cited: XmlNode) -> str:
        return str(self._tree(cited).tag)

    def place(self, cited: XmlNode) -> int:
        """Returns which of the lines of the document, with those inside other lines, the element is, from 1."""
        node = self._node(cited)
        name = etree.QName(node).localname.removeprefix("Sub")
        same = f"local-name() = '{name}' or local-name() = 'Sub{name}'"
        around = node.xpath(f"count(ancestor::*[{same}]) + count(preceding::*[{same}])")
        return 1 + int(around)

    def _node(self, cited: XmlNode) -> Any:
        tree = self._tree(cited)
        for known in NAMESPACES.values():
            namespaces = {**known, ENVELOPE_PREFIX: ENVELOPE_NAMESPACE}
            try:
                found = tree.xpath(cited.xpath, namespaces=namespaces)
            except etree.XPathEvalError:
                continue  # a prefix of another syntax
            if len(found) == 1:
                return found[0]
        raise AssertionError(f"{cited.xpath} does not select one node")

    def _tree(self, cited: XmlNode) -> Any:
        sha256 = cited.attachment_sha256
        if sha256 not in self._trees:
            data = self._data
            if sha256 is not None:
                files = MuPdfEngine()(data, PdfLimits()).attachments
                [data] = {f.data for f in files if hashlib.sha256(f.data).hexdigest() == sha256}
            self._trees[sha256] = etree.fromstring(
                data, etree.XMLParser(resolve_entities=False, no_network=True)
            )
        return self._trees[sha256]
