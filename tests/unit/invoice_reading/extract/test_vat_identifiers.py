"""VAT identifiers: whose they are, and whether their check digits are right."""

import pytest

from invoice_reading.annotation import AnnotationReason
from invoice_reading.extract.extract import extract
from invoice_reading.vat_identifier import has_right_check_digits, vat_identifier
from page_builder import page, text


@pytest.mark.parametrize(
    ("identifier", "is_right"),
    [
        ("DE136695976", True),
        ("DE136695978", False),
        ("ATU13585627", True),
        ("FR40303265045", True),
        ("FR41303265045", False),
        ("EL094259216", True),
        ("GB980780684", True),
        ("XI980780684", True),
        ("XI802311781", False),
        ("NO995525828", None),
    ],
)
def test_check_digits_are_those_of_the_country(identifier: str, is_right: bool | None) -> None:
    assert has_right_check_digits(identifier) is is_right


def test_spaces_and_full_stops_of_print_are_left_out() -> None:
    assert vat_identifier("DE 136 695.976") == "DE136695976"


@pytest.mark.parametrize(
    ("printed", "reasons"),
    [
        ("DE136695976", ()),
        ("DE136695978", (AnnotationReason.VAT_IDENTIFIER_CHECK_FAILED,)),
    ],
)
def test_identifier_with_wrong_check_digits_is_kept_and_doubted(
    printed: str, reasons: tuple[AnnotationReason, ...]
) -> None:
    extraction = extract([page(text(50, 50, f"USt-IdNr. {printed}"), text(50, 80, "Rechnung"))])
    annotation = extraction.annotations["seller.vat_identifier"]
    assert extraction.content.seller is not None
    assert extraction.content.seller.vat_identifier == printed
    assert annotation.reasons == reasons
    assert annotation.confidence is not None
    assert (annotation.confidence < 0.5) is bool(reasons)
