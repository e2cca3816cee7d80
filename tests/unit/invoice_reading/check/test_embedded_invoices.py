"""Which of the files inside a PDF counts, and what is known of the others."""

import hashlib

import pytest

from invoice_reading.check.embedded_invoices import EmbeddedInvoices, embedded_invoices
from invoice_reading.page import Attachment
from small_invoice import ubl_invoice


def attachment(name: str, data: bytes) -> Attachment:
    return Attachment(name, "text/xml", data)


def test_file_of_standard_name_counts_before_others() -> None:
    standard = ubl_invoice("R-2")
    found = embedded_invoices(
        [attachment("other.xml", ubl_invoice("R-1")), attachment("Factur-X.xml", standard)]
    )
    assert found.chosen is not None
    assert found.chosen.reading.content.invoice_number == "R-2"
    assert found.chosen.attachment_sha256 == hashlib.sha256(standard).hexdigest()
    assert (found.readable, found.broken, found.differ) == (2, (), True)


def test_same_invoice_twice_differs_in_nothing() -> None:
    files = [attachment(name, ubl_invoice()) for name in ("a.xml", "b.xml")]
    assert not embedded_invoices(files).differ


@pytest.mark.parametrize(
    ("name", "data", "broken"),
    [
        ("factur-x.xml", b"<Invoice", True),
        ("notes.xml", ubl_invoice()[:-9], True),
        ("notes.xml", ubl_invoice().decode().encode("utf-16")[:-40], True),
        ("notes.xml", b"<notes>", False),
        ("zugferd-invoice.xml", b"<notes/>", True),
        ("notes.xml", b"<notes/>", False),
    ],
)
def test_broken_file_is_known_by_its_name_or_its_head(name: str, data: bytes, broken: bool) -> None:
    found = embedded_invoices([attachment(name, data)])
    assert found == EmbeddedInvoices(broken=found.broken)
    assert bool(found.broken) is broken


@pytest.mark.parametrize(
    ("name", "media_type", "broken"),
    [
        ("factur-x.xml", None, ("the file cannot be unpacked",)),
        ("RE-1.XML", None, ("the file cannot be unpacked",)),
        ("invoice", "application/xml", ("the file cannot be unpacked",)),
        ("photo.png", "image/png", ()),
    ],
)
def test_damaged_file_may_have_been_an_e_invoice(
    name: str, media_type: str | None, broken: tuple[str, ...]
) -> None:
    damaged = Attachment(name, media_type, b"", damaged=True)
    assert embedded_invoices([damaged]).broken == broken
    beside = embedded_invoices([damaged, attachment("a.xml", ubl_invoice())])
    assert (beside.readable, beside.broken) == (1, broken)


def test_what_is_broken_is_said_with_its_line_and_without_any_text_of_the_file() -> None:
    [cause] = embedded_invoices([attachment("factur-x.xml", b"<a>\n<secret></b>")]).broken
    assert cause == "mismatched tag at line 2, column 11"
