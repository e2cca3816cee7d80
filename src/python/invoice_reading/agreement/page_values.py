"""What the pages alone would be read into, as a second opinion on a field."""

from en16931.field_path import Leaf, value_at
from invoice_reading.agreement.comparison import Printed
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.annotation import FieldStatus, PageRegion


def page_value(printed: PrintedDocument, path: str, confidence: float) -> Printed | None:
    """Returns what the pages are read into at the path; None where that is less sure than the confidence asked for."""
    annotation = printed.reading.annotations.get(path)
    if annotation is None or annotation.status is not FieldStatus.PRESENT:
        return None
    region = next((each for each in annotation.evidence if isinstance(each, PageRegion)), None)
    value = value_at(printed.reading.content, path)
    if region is None or not isinstance(value, Leaf) or (annotation.confidence or 0) < confidence:
        return None
    return Printed(region, value)


def candidate_texts(printed: PrintedDocument, path: str) -> frozenset[str]:
    """Returns all that the pages might be read into at the path, as canonical texts."""
    annotation = printed.reading.annotations.get(path)
    candidates = annotation.candidates if annotation is not None else ()
    return frozenset(candidate.value for candidate in candidates)
