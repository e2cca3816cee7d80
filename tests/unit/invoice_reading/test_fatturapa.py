"""FatturaPA through every stage: its own sums are asked, and no rule of EN 16931 that does not speak of it."""

from typing import NoReturn

from invoice_reading.completeness import Verdict
from invoice_reading.limits import PdfLimits
from invoice_reading.read import read
from invoice_reading.reading import Reading
from invoice_reading.stages import Stages
from shared_data import shared_data


def _no_pdf(data: bytes, limits: PdfLimits) -> NoReturn:
    raise AssertionError


def _read(name: str) -> Reading:
    data = (shared_data() / "invoices/xml" / name).read_bytes()
    return read(data, "", Stages(pdf_engine=_no_pdf))


def test_an_invoice_with_a_discount_and_two_rows_passes_by_its_own_sums() -> None:
    reading = _read("gobl-fatturapa__invoice-simple-iban.xml")
    assert not reading.review_reasons
    assert reading.completeness.verdict is Verdict.COMPLETE
    ids = {finding.rule_id for finding in reading.findings}
    assert {"FATTURAPA-01", "FATTURAPA-02", "FATTURAPA-03"} <= ids
    asked = ids.union(*reading.other_rules.values())
    assert {rule_id for rule_id in asked if rule_id.startswith("BR-")} == {"BR-CO-17"}


def test_what_is_withheld_is_taken_from_what_is_due() -> None:
    assert not _read("gobl-fatturapa__invoice-irpef-no-flag.xml").review_reasons


def test_sums_that_do_not_close_go_to_a_person() -> None:
    reading = _read("gobl-fatturapa__invoice-fund-contribution-mixed-retention.xml")
    assert {"RULE_FAILED:FATTURAPA-01", "RULE_FAILED:FATTURAPA-02"} <= {
        str(reason) for reason in reading.review_reasons
    }
    assert reading.completeness.verdict is Verdict.PARTIAL
