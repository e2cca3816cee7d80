"""What the gate looks up for a sentence without a claim."""

from collections.abc import Iterator, Mapping

import msgspec
from unit.invoice_summarizer.domain.summarizing.bound_invoices import annotated, held, ordinary

from en16931.field_path import replaced
from en16931.model import InvoiceLine, Item
from invoice_reading.annotation import FieldAnnotation
from invoice_reading.reading import Reading
from invoice_summarizer.domain.summarizing.gate import verify_summary
from invoice_summarizer.domain.summarizing.refusal import RefusalCode
from invoice_summarizer.domain.summary import BoundText

SELLER_LEFT_OUT = "The seller is stated, but in a form that cannot be shown here."
ANOTHER_LEFT_OUT = "A further field is stated, but in a form that cannot be shown here."


class _SeenAnnotations(Mapping[str, FieldAnnotation]):
    """Annotations that keep which of them were looked up."""

    def __init__(self, annotations: Mapping[str, FieldAnnotation]) -> None:
        self._annotations = annotations
        self.seen: list[str] = []

    def __getitem__(self, path: str) -> FieldAnnotation:
        self.seen.append(path)
        return self._annotations[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._annotations)

    def __len__(self) -> int:
        return len(self._annotations)


def looked_up(sentences: list[str], reading: Reading) -> tuple[set[str], list[str]]:
    """Returns the refusals of the sentences, and the paths of the fields that the gate looked at."""
    annotations = _SeenAnnotations(reading.annotations)
    watched = held(reading.content, annotations)
    refusals = verify_summary(
        BoundText(text=" ".join(sentences), claims=()), watched, "en"
    ).refusals
    return {refusal.code for refusal in refusals}, annotations.seen


def with_lines(seller: str, last_item: str = "Schraube") -> Reading:
    """Returns an invoice over many lines."""
    lines = tuple(InvoiceLine(item=Item(name=name)) for name in (*["Schraube"] * 50, last_item))
    content = msgspec.structs.replace(ordinary().content, lines=lines)
    content = replaced(content, "seller.name", seller)
    return held(content, annotated(content))


def test_field_with_a_subject_of_its_own_is_looked_up_without_the_lines() -> None:
    for seller, expected in (("A” to “B", set()), ("Acme", {RefusalCode.STATEMENT_UNTRUE})):
        refusals, seen = looked_up([SELLER_LEFT_OUT], with_lines(seller))
        assert refusals == expected
        assert not [path for path in seen if path.startswith("lines[")]


def test_fields_are_looked_up_once_however_often_something_is_said_of_them() -> None:
    for last_item, expected in (("A1” B", set()), ("A B", {RefusalCode.STATEMENT_UNTRUE})):
        reading = with_lines("A” to “B", last_item)
        refusals, once = looked_up([SELLER_LEFT_OUT, ANOTHER_LEFT_OUT], reading)
        assert refusals == expected
        _, often = looked_up([SELLER_LEFT_OUT, ANOTHER_LEFT_OUT] * 9, reading)
        assert often == once
