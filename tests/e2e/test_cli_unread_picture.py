"""A picture in which nothing can be read waits for a person, who sees it and enters the fields."""

from pathlib import Path

from e2e.cli_process import answer_of, on_server
from picture_documents import pdf_of_lines, picture_of

ENTERED = (
    "invoice_number=NP-2026-0417",
    "issue_date=2026-04-17",
    "currency_code=GBP",
    "seller.name=Northwind Paper Ltd",
    "totals.amount_without_vat=200.00",
    "totals.vat_amount=40.00",
    "totals.amount_with_vat=240.00",
)


def test_fields_of_a_blank_picture_are_entered_beside_its_page(
    server: Path, tmp_path: Path
) -> None:
    blank = tmp_path / "blank.png"
    blank.write_bytes(picture_of(pdf_of_lines(())))
    (sent,) = answer_of(server, "ingest", blank)
    invoice = sent["metadata"]["invoice"].rpartition("/")[2]

    shown = answer_of(server, "get", invoice)
    assert shown["status"] == "REVIEW_PENDING"
    reasons = shown["review_reasons"]
    assert {"FIELD_MISSING:invoice_number", "FIELD_MISSING:totals.amount_with_vat"} <= {*reasons}
    assert {"NOTHING_READ", "OCR_UNAVAILABLE"} & {*reasons}

    page = tmp_path / "page.png"
    assert on_server(server, "render", invoice, "1", "-o", page).exit_code == 0
    assert page.read_bytes().startswith(b"\x89PNG")

    corrected = answer_of(server, "correct", invoice, *ENTERED)["invoice"]
    assert corrected["content"]["invoice_number"] == "NP-2026-0417"
    assert corrected["content"]["totals"]["amount_with_vat"] == "240.00"
    assert corrected["status"] == "REVIEW_PENDING"
    assert not [each for each in corrected["review_reasons"] if each.startswith("FIELD_MISSING")]
