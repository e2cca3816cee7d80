"""What the rules on a document look at: the content that counts, the pages, and the e-invoices among the files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from en16931.model import InvoiceContent
from en16931.xml_reading import XmlRemark
from invoice_reading.agreement.comparison import Comparison
from invoice_reading.annotation import FieldAnnotation
from invoice_reading.carried_sum import CarriedSum
from invoice_reading.check.embedded_invoices import NO_FILES, EmbeddedInvoices
from invoice_reading.page import NO_CONTAINER, Page, PdfContainer


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedDocument:
    """A document as it was read; an XML document has neither pages nor files."""

    content: InvoiceContent
    pages: Sequence[Page] = ()
    all_pages_read: bool = True
    embedded: EmbeddedInvoices = NO_FILES
    container: PdfContainer = NO_CONTAINER
    annotations: Mapping[str, FieldAnnotation] = field(default_factory=dict)
    impossible_dates: Sequence[str] = ()  # fields of XML that hold a date which is none
    comparisons: Sequence[Comparison] = ()  # of the XML inside with the pages
    remarks: Mapping[XmlRemark, Sequence[int]] = field(
        default_factory=dict
    )  # on the XML that counts
    beside_others: bool = False  # another invoice stands in the file of pages, or may
    carried: Sequence[CarriedSum] = ()  # over pages whose lines were read by their words
    signed: bool = False  # it lay in a signed envelope
