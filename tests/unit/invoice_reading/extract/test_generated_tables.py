"""Long generated tables: rows come back, or the certificate says that some do not."""

import pytest
from invoice_generator.generate import Wanted, generate

from invoice_reading.completeness import Gap, Verdict
from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read
from invoice_reading.stages import Stages

STAGES = Stages(pdf_engine=MuPdfEngine())


@pytest.mark.parametrize("fault", ["dropped_row", "repeated_row", "merged_rows"])
@pytest.mark.parametrize("layout", ["wholesale", "code-table", "site-report"])
def test_table_with_a_row_too_few_or_too_many_is_partial(layout: str, fault: str) -> None:
    wanted = Wanted(layout=layout, language="en", kind="invoice", lines=60, fault=fault)
    reading = read(generate(13, 1, wanted).data, "", STAGES)
    assert reading.completeness.verdict is Verdict.PARTIAL
    assert Gap.LINE_SUM_DIFFERS in reading.completeness.gaps
    assert reading.review_reasons


def test_lines_under_the_total_of_a_section_are_lines() -> None:
    generated = generate(7, 25, Wanted(kind="invoice"))
    assert any(row.kind == "subtotal" for row in generated.truth.rows)
    reading = read(generated.data, "", STAGES)
    assert len(reading.content.lines) == generated.truth.printed_lines
    assert reading.completeness.verdict is Verdict.COMPLETE
