"""DATE-01: a date of an e-invoice that the calendar has not is told."""

import pytest

from en16931.finding import Outcome
from invoice_reading.limits import PdfLimits
from invoice_reading.page import PdfPages
from invoice_reading.read import read
from invoice_reading.stages import Stages
from small_invoice import ubl_invoice


def _no_pdf(data: bytes, limits: PdfLimits) -> PdfPages:
    raise AssertionError("an e-invoice has no pages")


@pytest.mark.parametrize(
    ("day", "told"),
    [("2026-02-28", []), ("2026-02-30", ["issue_date"]), ("2026-13-01", ["issue_date"])],
)
def test_date_that_does_not_exist(day: str, told: list[str]) -> None:
    reading = read(ubl_invoice(issue_date=day), "application/xml", Stages(pdf_engine=_no_pdf))
    findings = [finding for finding in reading.findings if finding.rule_id == "DATE-01"]
    assert [path for finding in findings for path in finding.field_paths] == told
    assert all(finding.outcome is Outcome.FAILED for finding in findings)
