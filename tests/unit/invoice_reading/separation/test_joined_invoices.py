"""Generated invoices in one file: each part says what its invoice says alone, on the pages of the file."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import msgspec
import pytest
from invoice_generator.generate import Generated, Wanted, generate
from invoice_generator.joined import joined
from invoice_generator.languages.catalogue import LANGUAGES
from invoice_generator.layouts.catalogue import training_layouts

from invoice_reading.annotation import Evidence, FieldAnnotation, PageRegion
from invoice_reading.check.one_invoice import OneInvoice
from invoice_reading.completeness import AttachedPage, Gap, PageSetAside, Verdict
from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read_every
from invoice_reading.reading import Reading
from invoice_reading.review_reason import ReviewCode, ReviewReason
from invoice_reading.stages import Stages

_SEED = 811
# Every language, layouts by turns, 1 to 3 pages.
_NUMBERS = (3, 36, 76, 107, 142, 173, 205, 241)
_LINES = (2, 12, 45)
_COMPLETENESS = {
    ReviewReason(ReviewCode.COMPLETENESS_PARTIAL),
    ReviewReason(ReviewCode.COMPLETENESS_UNKNOWN),
}
_OF_SEVERAL = {
    ReviewReason(ReviewCode.RULE_FAILED, OneInvoice.rule_id),
    ReviewReason(ReviewCode.COMPLETENESS_PARTIAL),
}


def read_all(data: bytes) -> list[Reading]:
    return list(read_every(data, "", Stages(pdf_engine=MuPdfEngine())))


@cache
def invoice(number: int, lines: int) -> Generated:
    return generate(_SEED, number, Wanted(kind="invoice", lines=lines))


def invoices(first: int, count: int = 3) -> list[Generated]:
    numbers = [_NUMBERS[(first + at) % len(_NUMBERS)] for at in range(count)]
    return [invoice(number, lines) for number, lines in zip(numbers, _LINES, strict=False)]


def of_one_seller(language: str, layout: str) -> list[Generated]:
    wanted = Wanted(layout=layout, language=language, kind="invoice", lines=5)
    first = generate(_SEED, 1, wanted)
    wanted = replace(wanted, seller=first.document.seller)
    return [first, *(generate(_SEED, number, wanted) for number in (2, 3))]


def on_pages_of(annotation: FieldAnnotation, first_page: int) -> FieldAnnotation:
    """Returns the annotation as it is in a file where the invoice begins at that page."""

    def moved(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
        return tuple(
            (
                msgspec.structs.replace(one, page=one.page + first_page - 1)
                if isinstance(one, PageRegion)
                else one
            )
            for one in evidence
        )

    candidates = tuple(
        msgspec.structs.replace(one, evidence=moved(one.evidence)) for one in annotation.candidates
    )
    return msgspec.structs.replace(
        annotation, evidence=moved(annotation.evidence), candidates=candidates
    )


def assert_differs_by_company_alone(
    part: Reading, alone: Reading, documents: Sequence[Generated]
) -> None:
    """An invoice in the company of others waits for a person for that; else it is decided as it is alone."""
    if len(documents) == 1:
        assert part.review_reasons == alone.review_reasons
        assert part.completeness.gaps == alone.completeness.gaps
        return
    reasons = set(part.review_reasons)
    assert reasons >= _OF_SEVERAL
    assert reasons - _OF_SEVERAL == set(alone.review_reasons) - _COMPLETENESS
    assert part.completeness.gaps == (*alone.completeness.gaps, Gap.SEVERAL_INVOICES)
    assert part.completeness.verdict is Verdict.PARTIAL


def assert_each_is_read_as_alone(documents: Sequence[Generated], *, with_terms: bool) -> None:
    file = joined(documents, with_terms=with_terms)
    parts = read_all(file.data)
    assert tuple(part.completeness.first_page for part in parts) == file.first_pages
    for part, document, first_page in zip(parts, documents, file.first_pages, strict=True):
        [alone] = read_all(document.data)
        assert part.content == alone.content
        assert part.annotations == {
            path: on_pages_of(annotation, first_page)
            for path, annotation in alone.annotations.items()
        }
        assert_differs_by_company_alone(part, alone, documents)
        pages = len(document.truth.pages) + with_terms
        assert part.completeness == replace(
            alone.completeness,
            verdict=part.completeness.verdict,
            gaps=part.completeness.gaps,
            parts=len(documents),
            first_page=first_page,
            pages=pages,
            pages_read=pages,
            set_aside=part.completeness.set_aside,
        )
    aside = tuple(each for part in parts for each in part.completeness.set_aside)
    assert aside == tuple(PageSetAside(page, AttachedPage.TERMS) for page in file.terms_pages)


@pytest.mark.parametrize("with_terms", [False, True])
@pytest.mark.parametrize("first", range(len(_NUMBERS)))
def test_invoices_of_several_sellers_are_read_as_each_is_alone(
    first: int, with_terms: bool
) -> None:
    assert_each_is_read_as_alone(invoices(first), with_terms=with_terms)


@pytest.mark.parametrize("with_terms", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_invoices_of_one_seller_are_read_as_each_is_alone(language: str, with_terms: bool) -> None:
    layouts = sorted(training_layouts())
    layout = layouts[sorted(LANGUAGES).index(language)]
    assert_each_is_read_as_alone(of_one_seller(language, layout), with_terms=with_terms)


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_behind_one_invoice_change_nothing_of_it(language: str) -> None:
    document = generate(_SEED, 7, Wanted(language=language, kind="invoice", lines=3))
    assert_each_is_read_as_alone([document], with_terms=True)


def test_one_invoice_of_several_pages_is_one() -> None:
    layouts = sorted(training_layouts())
    for at, layout in enumerate(layouts):
        language = list(LANGUAGES)[at % len(LANGUAGES)]
        document = generate(_SEED, at, Wanted(layout=layout, language=language, lines=70))
        [reading] = read_all(document.data)
        assert reading.completeness.pages > 1
        assert "SEVERAL-INVOICES-01" not in _failed(reading), layout
        assert reading.completeness.set_aside == (), layout


def _failed(reading: Reading) -> set[str]:
    return {one.rule_id for one in reading.findings if one.outcome == "FAILED"}
