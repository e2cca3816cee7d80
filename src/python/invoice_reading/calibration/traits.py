"""What is known of a value, or of its absence, when a document is read: numbers that a model weighs."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from en16931.field_path import Leaf, value_at
from en16931.finding import Finding, Outcome
from en16931.model import InvoiceContent
from en16931.rules.derived_totals import AMOUNT_WITH_VAT
from invoice_reading.annotation import FieldAnnotation, FieldStatus, PageRegion
from invoice_reading.calibration.fields import (
    AMOUNTS,
    CALIBRATED_FIELDS,
    DATES,
    IBAN,
    NAMES,
    OPTIONAL_FIELDS,
)
from invoice_reading.check.line_sum import LineSum
from invoice_reading.completeness import Completeness, Verdict
from invoice_reading.extract.column_text import has_legal_form
from invoice_reading.extraction import Signs
from invoice_reading.page import Layer, Page

Traits = Mapping[str, float]  # by their names; one that is not there is zero

_LEAST, _MOST = 0.02, 0.98  # of the scores of extraction, whose odds would be endless
_LONGEST_TERM_DAYS = 120
_KIND = (
    dict.fromkeys(NAMES, "name") | dict.fromkeys(DATES, "date") | dict.fromkeys(AMOUNTS, "amount")
)
_KINDS = ("name", "date", "amount")
_COMMON = (
    "score",
    "rivals",
    "near_rival",
    "picture",
    "unsure_letters",
    "not_complete",
    "sum_closes",
    "lines_add_up",
)
_OF_NAMES = ("legal_form", "digits", "one_word", "many_words", "both_parties")
_OF_DATES = ("due_before_issue", "long_term", "due_on_issue")
_OF_ABSENCE = ("label", "dates_left", "account_starts", "picture", "not_complete")
VALUE_TRAITS = (
    *CALIBRATED_FIELDS,
    *_COMMON,
    *(f"{kind}.{name}" for kind in _KINDS for name in ("score", "picture")),
    *_OF_NAMES,
    *_OF_DATES,
    "amount.rate_printed",
)
ABSENCE_TRAITS = tuple(
    name for path in OPTIONAL_FIELDS for name in (path, *(f"{path}.{each}" for each in _OF_ABSENCE))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All of a reading that speaks for or against its values."""

    content: InvoiceContent
    annotations: Mapping[str, FieldAnnotation]
    findings: Sequence[Finding]
    completeness: Completeness
    pages: Mapping[int, Page]
    signs: Signs

    def has_passed(self, rule_id: str) -> bool:
        return any(
            finding.rule_id == rule_id and finding.outcome is Outcome.PASSED
            for finding in self.findings
        )


def value_traits(path: str, known: Known) -> Traits:
    """Returns the traits of the value of a calibrated field: names of `VALUE_TRAITS`."""
    annotation, value = known.annotations[path], value_at(known.content, path)
    score = annotation.confidence if annotation.confidence is not None else _MOST
    odds = _log_odds(score)
    letters = _lowest_score(annotation, known.pages)
    picture = float(letters is not None)
    rivals = [other.confidence for other in annotation.candidates[1:]]
    kind = _KIND.get(path)
    return {
        path: 1.0,
        "score": odds,
        "rivals": float(min(len(rivals), 3)),
        "near_rival": float(any(other >= score for other in rivals)),
        "picture": picture,
        "unsure_letters": 0.0 if letters is None else min((1.0 - letters) * 10, 5.0),
        "not_complete": float(known.completeness.verdict is not Verdict.COMPLETE),
        "sum_closes": float(known.has_passed(AMOUNT_WITH_VAT.rule_id)),
        "lines_add_up": float(known.has_passed(LineSum.rule_id)),
        **({f"{kind}.score": odds, f"{kind}.picture": picture} if kind else {}),
        **(_of_name(str(value), known.content) if kind == "name" else {}),
        **(_of_due_date(known.content) if path == "payment_due_date" else {}),
        **({"amount.rate_printed": _rate_printed(known.content)} if kind == "amount" else {}),
    }


def absence_traits(path: str, known: Known) -> Traits:
    """Returns the traits of a field of `OPTIONAL_FIELDS` that has no value: names of `ABSENCE_TRAITS`."""
    signs = known.signs
    dates = {value_at(known.content, each) for each in DATES} - {None}
    of_path = {
        "label": float(OPTIONAL_FIELDS[path] in signs.labels),
        "dates_left": float(min(max(signs.dates - len(dates), 0), 3)) if path in DATES else 0.0,
        "account_starts": float(signs.account_starts > 0) if path == IBAN else 0.0,
        "picture": float(any(_is_picture(page) for page in known.pages.values())),
        "not_complete": float(known.completeness.verdict is not Verdict.COMPLETE),
    }
    return {path: 1.0, **{f"{path}.{name}": value for name, value in of_path.items()}}


def is_read(path: str, known: Known) -> bool:
    """Returns whether the field has a value that the pages state, with a score of extraction."""
    annotation = known.annotations.get(path)
    return (
        annotation is not None
        and annotation.status is FieldStatus.PRESENT
        and annotation.confidence is not None
        and isinstance(value_at(known.content, path), Leaf)
    )


def is_not_found(path: str, known: Known) -> bool:
    """Returns whether nothing was found for the field, and nothing says why."""
    annotation = known.annotations.get(path)
    return annotation is None or annotation.status is FieldStatus.ABSENT


def _log_odds(score: float) -> float:
    held = min(max(score, _LEAST), _MOST)
    return math.log(held / (1.0 - held))


def _lowest_score(annotation: FieldAnnotation, pages: Mapping[int, Page]) -> float | None:
    """Returns the lowest score of the words that OCR read; None where the text of the page says all of it."""
    return min(
        (
            word.confidence
            for region in annotation.evidence
            if isinstance(region, PageRegion) and region.layer is Layer.OCR and region.page in pages
            for span in region.words
            for word in (pages[region.page].words[span.word],)
            if word.confidence is not None
        ),
        default=None,
    )


def _of_name(name: str, content: InvoiceContent) -> Traits:
    words = name.split()
    names = [value_at(content, path) for path in NAMES]
    return {
        "legal_form": float(has_legal_form(name)),
        "digits": float(any(letter.isdigit() for letter in name)),
        "one_word": float(len(words) == 1),
        "many_words": float(len(words) > 6),
        "both_parties": float(names[0] == names[1]),
    }


def _of_due_date(content: InvoiceContent) -> Traits:
    issued, due = content.issue_date, content.payment_due_date
    if not isinstance(issued, date) or not isinstance(due, date):
        return {}
    days = (due - issued).days
    return {
        "due_before_issue": float(days < 0),
        "long_term": float(days > _LONGEST_TERM_DAYS),
        "due_on_issue": float(days == 0),
    }


def _rate_printed(content: InvoiceContent) -> float:
    return float(any(row.rate is not None for row in content.vat_breakdown))


def _is_picture(page: Page) -> bool:
    return any(word.layer is Layer.OCR for word in page.words)
