"""What extraction gives, before anything is checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from en16931.finding import Finding
from en16931.model import InvoiceContent
from en16931.xml_reading import XmlRemark
from invoice_reading.annotation import FieldAnnotation
from invoice_reading.carried_sum import CarriedSum
from invoice_reading.extract.reading_context import NO_CONTEXT, ReadingContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Content read from words or XML. Every leaf value of `content` has a PRESENT annotation with evidence.

    By the `context` a later stage reads more words of the document to values, as `word_values` does.
    """

    content: InvoiceContent
    annotations: Mapping[str, FieldAnnotation]
    rows_seen: int  # rows of the document that look like invoice lines
    context: ReadingContext = NO_CONTEXT
    carried: tuple[CarriedSum, ...] = ()
    broken: tuple[
        Finding, ...
    ] = ()  # what the official rules say of an e-invoice as it was written
    remarks: Mapping[XmlRemark, Sequence[int]] = field(default_factory=dict)
