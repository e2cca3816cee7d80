"""Readings in the format of the scorer."""

from en16931.model import Buyer, InvoiceContent, Seller
from invoice_reading.completeness import Completeness, Verdict
from invoice_reading.reading import DocumentForm, Reading
from invoice_summarizer.cli.predictions import prediction


def _reading(content: InvoiceContent) -> Reading:
    completeness = Completeness(
        verdict=Verdict.UNKNOWN,
        rows_seen=0,
        rows_returned=0,
        pages=0,
        pages_read=0,
        sums_close=False,
        gaps=(),
    )
    return Reading(
        form=DocumentForm.XML,
        content=content,
        annotations={},
        findings=(),
        other_rules={},
        completeness=completeness,
        review_reasons=(),
    )


def test_a_party_that_has_only_a_trading_name_goes_by_that() -> None:
    content = InvoiceContent(
        seller=Seller(name="Nordwind GmbH", trading_name="Nordwind"),
        buyer=Buyer(trading_name="Mitchell Admin"),
    )
    fields = prediction("a.xml", _reading(content), 0.0).fields
    assert (fields["seller_name"], fields["buyer_name"]) == ("Nordwind GmbH", "Mitchell Admin")
