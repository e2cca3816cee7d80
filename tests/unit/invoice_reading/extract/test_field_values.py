"""What is recorded of a field: its value with its words, what else it could be, and why it has none."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from invoice_reading.annotation import AnnotationReason, FieldStatus, PageRegion
from invoice_reading.extract.field_values import FieldValue, FieldValues, canonical_text
from invoice_reading.extract.marked_rows import marked_rows
from page_builder import page, text


def region(printed: str) -> PageRegion:
    [row] = marked_rows([page(text(40, 40, printed))])
    return row.row.region(0, len(row.row.text))


def value(printed: str, confidence: float = 0.9) -> FieldValue:
    return FieldValue(printed, (region(printed),), confidence)


def candidates(into: FieldValues, path: str) -> list[str]:
    return [candidate.value for candidate in into.annotations[path].candidates]


def test_present_value_has_its_words_and_no_candidates() -> None:
    into = FieldValues()
    into.present("note", value("A 1"))
    annotation = into.annotations["note"]
    assert into.values == {"note": "A 1"}
    assert (annotation.status, annotation.raw_text) == (FieldStatus.PRESENT, "A 1")
    assert (annotation.confidence, annotation.evidence) == (0.9, (region("A 1"),))
    assert annotation.candidates == ()


def test_words_of_several_regions_are_one_text() -> None:
    into = FieldValues()
    into.present("note", FieldValue("Blume Korn", (region("Blume"), region("Korn")), 0.9))
    assert into.annotations["note"].raw_text == "Blume Korn"


def test_rivals_that_differ_are_candidates_behind_the_value_and_lower_its_confidence() -> None:
    into = FieldValues()
    into.present("note", value("A"), [value("B"), value("C")])
    assert candidates(into, "note") == ["A", "B", "C"]
    confidence = into.annotations["note"].confidence
    assert confidence is not None
    assert confidence < 0.9


def test_same_value_printed_twice_is_no_rival() -> None:
    into = FieldValues()
    into.present("note", value("A"), [value("A", 0.5)])
    assert candidates(into, "note") == []
    assert into.annotations["note"].confidence == 0.9


def test_candidate_that_comes_twice_keeps_its_best_evidence() -> None:
    into = FieldValues()
    into.undecided(
        "note", FieldStatus.AMBIGUOUS, [value("A", 0.3), value("B", 0.4), value("A", 0.6)], ()
    )
    found = into.annotations["note"].candidates
    assert [(candidate.value, candidate.confidence) for candidate in found] == [
        ("A", 0.6),
        ("B", 0.4),
    ]


def test_undecided_field_has_no_value_and_says_why() -> None:
    into = FieldValues()
    reasons = (AnnotationReason.SEVERAL_DATES,)
    into.undecided("note", FieldStatus.CONFLICT, [value("A"), value("B")], reasons)
    annotation = into.annotations["note"]
    assert into.values == {}
    assert (annotation.status, annotation.reasons) == (FieldStatus.CONFLICT, reasons)
    assert (annotation.raw_text, annotation.evidence) == ("A", (region("A"),))
    assert candidates(into, "note") == ["A", "B"]


def test_undecided_field_may_have_no_candidate() -> None:
    into = FieldValues()
    into.undecided("note", FieldStatus.ILLEGIBLE, [], ())
    assert into.annotations["note"].raw_text is None
    assert candidates(into, "note") == []


def test_no_field_has_more_than_five_candidates() -> None:
    into = FieldValues()
    into.undecided("note", FieldStatus.AMBIGUOUS, [value(letter) for letter in "ABCDEFG"], ())
    into.present("other", value("A"), [value(letter) for letter in "BCDEFG"])
    assert candidates(into, "note") == candidates(into, "other") == [*"ABCDE"]


def test_only_what_nothing_is_known_of_is_absent() -> None:
    into = FieldValues()
    into.present("note", value("A"))
    into.absent(["note", "other"])
    assert into.annotations["note"].status is FieldStatus.PRESENT
    other = into.annotations["other"]
    assert (other.status, other.reasons) == (FieldStatus.ABSENT, (AnnotationReason.NOT_FOUND,))


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
def test_canonical_number_reads_back_with_all_digits_and_without_exponent(number: Decimal) -> None:
    printed = canonical_text(number)
    assert Decimal(printed) == number
    assert "E" not in printed.upper()


@given(st.dates())
def test_canonical_date_reads_back(day: date) -> None:
    assert date.fromisoformat(canonical_text(day)) == day


def test_canonical_text_is_the_text() -> None:
    assert canonical_text("R 17") == "R 17"
