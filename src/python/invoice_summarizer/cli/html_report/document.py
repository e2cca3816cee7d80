"""One document as the page shows it: its summary in pieces, its fields, its checks, its pages."""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from invoice_summarizer.cli.html_report.places import Link, Place, Places
from invoice_summarizer.cli.presentation.enum_words import enum_words
from invoice_summarizer.cli.presentation.invoice import completeness_line, percentage, text_at
from invoice_summarizer.cli.presentation.review_reasons import passing_words, reason_words
from invoices.v1 import assurance_pb2, invoice_pb2, summary_pb2, validate_service_pb2

_Status = assurance_pb2.FieldAnnotation.Status
_Finding = assurance_pb2.Finding
_MOST_LINES = 2_000  # of an XML that is shown whole
_AROUND = 2  # lines before and after one that is led to, of a longer XML


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the summary; a figure has an anchor and its places."""

    text: str
    anchor: str = ""
    places: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    anchor: str
    path: str
    value: str
    status: str  # empty where the value is read
    confidence: str
    places: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Check:
    rule: str
    outcome: str
    wrong: bool
    message: str  # of a failed one
    sides: tuple[str, ...]  # left, right, residual; empty where nothing was summed


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    picture: str  # a data URL
    boxes: Sequence[Place]


@dataclass(frozen=True, slots=True)
class SourceLine:
    number: int
    text: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class ReportedDocument:
    file: str
    failure: str = ""  # why it was not read; then there is nothing else
    form: str = ""
    reasons: tuple[str, ...] = ()  # why a person has to look
    passing: str = ""  # that nobody has to, where there are none
    summary: tuple[Piece, ...] = ()
    fields: tuple[Field, ...] = ()
    checks: tuple[Check, ...] = ()
    completeness: str = ""
    pages: tuple[Page, ...] = ()
    pages_left_out: int = 0
    source: tuple[SourceLine, ...] = ()


def reported_document(
    number: int,
    file: str,
    data: bytes,
    answer: validate_service_pb2.ValidateInvoiceResponse,
    pictures: Mapping[int, bytes],
) -> ReportedDocument:
    """Returns what the page shows of the document that was read; `pictures` are PNGs of its pages, by number."""
    is_xml = answer.form == invoice_pb2.Document.XML
    prefix = f"document-{number}"
    places = Places(prefix, xml_is_shown=is_xml)
    # First, so that a box leads back to the sentence where there is one.
    summary = tuple(_pieces(answer.summary, places))
    fields = tuple(_fields(answer, places))
    return ReportedDocument(
        file=file,
        form=enum_words(invoice_pb2.Document.Form.Name(answer.form)),
        reasons=tuple(map(reason_words, answer.review_reasons)),
        passing=passing_words(answer.findings),
        summary=summary,
        fields=fields,
        checks=tuple(_checks(answer.findings)),
        completeness=completeness_line(answer.completeness).plain,
        pages=tuple(
            Page(page, _data_url(picture), places.boxes.get(page, ()))
            for page, picture in sorted(pictures.items())
        ),
        pages_left_out=answer.completeness.pages - len(pictures),
        source=tuple(_source(data, places.lines)) if is_xml else (),
    )


def pages_with_evidence(answer: validate_service_pb2.ValidateInvoiceResponse) -> list[int]:
    """Returns the pages on which values were read, in order."""
    return sorted(
        {
            evidence.page_region.page
            for annotation in answer.annotations
            for evidence in annotation.evidence
            if evidence.HasField("page_region")
        }
    )


def _pieces(summary: summary_pb2.Summary, places: Places) -> Iterator[Piece]:
    end = 0
    for number, claim in enumerate(summary.claims, start=1):
        yield Piece(summary.text[end : claim.begin])
        anchor = f"{places.prefix}-figure-{number}"
        said = summary.text[claim.begin : claim.end]
        yield Piece(said, anchor, places.links(claim.evidence, anchor, said))
        end = claim.end
    yield Piece(summary.text[end:])


def _fields(
    answer: validate_service_pb2.ValidateInvoiceResponse, places: Places
) -> Iterator[Field]:
    for number, annotation in enumerate(answer.annotations, start=1):
        anchor = f"{places.prefix}-field-{number}"
        value = text_at(answer.content, annotation.field_path)
        present = annotation.status == _Status.PRESENT and value is not None
        yield Field(
            anchor=anchor,
            path=annotation.field_path,
            value=(
                value
                if present and value is not None
                else " or ".join(each.value for each in annotation.candidates)
            ),
            status="" if present else enum_words(_Status.Name(annotation.status)),
            confidence=(
                percentage(annotation.confidence) if annotation.HasField("confidence") else ""
            ),
            places=places.links(annotation.evidence, anchor, annotation.field_path),
        )


def _checks(findings: Sequence[assurance_pb2.Finding]) -> Iterator[Check]:
    for finding in findings:
        failed = finding.outcome == _Finding.FAILED
        information = finding.severity == _Finding.INFORMATION
        yield Check(
            rule=finding.rule_id,
            outcome=enum_words(_Finding.Outcome.Name(finding.outcome)),
            wrong=failed and not information,
            message=finding.message if failed else "",
            sides=(
                (finding.left, finding.right, finding.residual)
                if finding.HasField("residual")
                else ()
            ),
        )


def _source(data: bytes, places: Mapping[int, Place]) -> Iterator[SourceLine]:
    """Yields the lines of the XML; of a long one those that something leads to, and their neighbours."""
    lines = data.decode("utf-8", "replace").splitlines()
    near = {number + step for number in places for step in range(-_AROUND, _AROUND + 1)}
    for number, text in enumerate(lines, start=1):
        if len(lines) <= _MOST_LINES or number in near:
            yield SourceLine(number, text, places.get(number))


def _data_url(picture: bytes) -> str:
    return f"data:image/png;base64,{b64encode(picture).decode()}"
