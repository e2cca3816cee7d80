"""EMBEDDED-XML-02: e-invoices inside one PDF say the same."""

import pytest

from en16931.finding import Outcome
from en16931.model import InvoiceContent
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.embedded_invoices import EmbeddedInvoices
from invoice_reading.check.embedded_xml_agreement import EmbeddedXmlAgreement


@pytest.mark.parametrize(
    ("embedded", "outcomes"),
    [
        (EmbeddedInvoices(), []),
        (EmbeddedInvoices(readable=1), []),
        (EmbeddedInvoices(readable=2), [Outcome.PASSED]),
        (EmbeddedInvoices(readable=2, differ=True), [Outcome.FAILED]),
    ],
)
def test_several_that_differ_fail(embedded: EmbeddedInvoices, outcomes: list[Outcome]) -> None:
    document = CheckedDocument(content=InvoiceContent(), embedded=embedded)
    assert [found.outcome for found in EmbeddedXmlAgreement().check(document)] == outcomes
