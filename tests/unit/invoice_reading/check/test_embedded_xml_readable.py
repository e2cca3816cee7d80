"""EMBEDDED-XML-01: an e-invoice inside a PDF can be read."""

import pytest

from en16931.finding import Outcome
from en16931.model import InvoiceContent
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.embedded_invoices import EmbeddedInvoices
from invoice_reading.check.embedded_xml_readable import EmbeddedXmlReadable


@pytest.mark.parametrize(
    ("embedded", "outcomes"),
    [
        (EmbeddedInvoices(), []),
        (EmbeddedInvoices(readable=1), [Outcome.PASSED]),
        (EmbeddedInvoices(broken=("a", "b", "a")), [Outcome.FAILED, Outcome.FAILED]),
        (EmbeddedInvoices(readable=1, broken=("a",)), [Outcome.FAILED]),
    ],
)
def test_one_broken_e_invoice_fails(embedded: EmbeddedInvoices, outcomes: list[Outcome]) -> None:
    document = CheckedDocument(content=InvoiceContent(), embedded=embedded)
    assert [found.outcome for found in EmbeddedXmlReadable().check(document)] == outcomes


def test_finding_says_what_is_broken() -> None:
    embedded = EmbeddedInvoices(broken=("mismatched tag at line 2",))
    document = CheckedDocument(content=InvoiceContent(), embedded=embedded)
    [found] = EmbeddedXmlReadable().check(document)
    assert found.message == "every e-invoice inside the PDF can be read: mismatched tag at line 2"
