"""The measure of rows on a table made by hand, of which every row has another fate."""

from decimal import Decimal

import pytest

from en16931.model import InvoiceContent, InvoiceLine
from invoice_reading.annotation import FieldAnnotation, FieldStatus, PageRegion
from invoice_reading.completeness import Completeness, Verdict
from invoice_reading.page import Box, Layer
from invoice_reading.reading import DocumentForm, Reading
from invoice_summarizer.cli.grounding.cited_lines import RowScore, row_score
from invoice_summarizer.cli.grounding.totals import GroundingTotals
from invoice_summarizer.cli.grounding.truth import (
    TrueDocument,
    TrueField,
    TruePage,
    TrueRow,
    TrueWord,
    TrueWords,
)

_AMOUNTS = ("10", "20", "30", "40", "50")  # of the rows 0 to 4; row 5 is their subtotal
_SUBTOTAL = 5
_SIDE = 1000  # points, so that a point is a thousand millionths


def _truth(fault: str = "") -> TrueDocument:
    printed = [*_AMOUNTS, "150"]
    roles = [f"lines[{at}].net" for at in range(len(_AMOUNTS))] + ["subtotal"]
    return TrueDocument(
        file="table.pdf",
        layout="by-hand",
        held_out=False,
        fault=fault,
        pages=(TruePage(_SIDE, _SIDE),),
        fields={role: TrueField(printed[at], ((at,),)) for at, role in enumerate(roles)},
        rows=tuple(
            TrueRow(
                page=1,
                box=(0, 100 * at, _SIDE, 100 * at + 50),
                kind="subtotal" if at == _SUBTOTAL else "line",
                line=None if at == _SUBTOTAL else at,
                words=(at,),
            )
            for at in range(len(printed))
        ),
        words=tuple(
            TrueWord(1, 800, 100 * at, 900, 100 * at + 12, text, roles[at], 0)
            for at, text in enumerate(printed)
        ),
    )


def _cited(row: int) -> PageRegion:
    box = Box(800_000, 100_000 * row, 900_000, 100_000 * row + 12_000)
    return PageRegion(page=1, box=box, layer=Layer.TEXT, words=(), text="")


def _reading(*lines: tuple[str, tuple[int, ...]], verdict: Verdict = Verdict.COMPLETE) -> Reading:
    """Returns a reading whose lines have these amounts, which cite these rows."""
    return Reading(
        form=DocumentForm.PDF_TEXT,
        content=InvoiceContent(
            lines=tuple(InvoiceLine(net_amount=Decimal(amount)) for amount, _ in lines)
        ),
        annotations={
            f"lines[{at}].net_amount": FieldAnnotation(
                status=FieldStatus.PRESENT, evidence=tuple(map(_cited, rows))
            )
            for at, (_, rows) in enumerate(lines)
        },
        findings=(),
        completeness=Completeness(
            verdict=verdict,
            rows_seen=len(lines),
            rows_returned=len(lines),
            pages=1,
            pages_read=1,
            sums_close=True,
        ),
        review_reasons=(),
    )


_WHOLE = tuple((amount, (row,)) for row, amount in enumerate(_AMOUNTS))


def _score(reading: Reading) -> RowScore:
    truth = _truth()
    return row_score(reading, truth, TrueWords(truth))


@pytest.mark.parametrize(
    ("lines", "score"),
    [
        (_WHOLE, RowScore(right=5)),
        (_WHOLE[:3] + _WHOLE[4:], RowScore(right=4, missing=1)),
        ((("10", (0, 1)), *_WHOLE[2:]), RowScore(right=3, merged=2)),
        ((*_WHOLE, ("150", (_SUBTOTAL,))), RowScore(right=5, extra=1)),
        ((*_WHOLE, _WHOLE[1]), RowScore(right=5, extra=1)),
        ((*_WHOLE[:4], ("51", (4,))), RowScore(right=4, wrong=1)),
        (
            (("10", (0,)), ("20", (1, 2)), ("51", (4,)), ("150", (_SUBTOTAL,))),
            RowScore(right=1, wrong=1, missing=1, merged=2, extra=1),
        ),
        ((), RowScore(missing=5)),
    ],
)
def test_every_row_counts_as_what_became_of_it(
    lines: tuple[tuple[str, tuple[int, ...]], ...], score: RowScore
) -> None:
    found = _score(_reading(*lines))
    assert found == score
    assert found.rows == len(_AMOUNTS)
    assert found.is_whole is (lines == _WHOLE)


@pytest.mark.parametrize(
    ("lines", "verdict", "fault", "silent"),
    [
        (_WHOLE, Verdict.COMPLETE, "", False),
        (_WHOLE[1:], Verdict.COMPLETE, "", True),
        (_WHOLE[1:], Verdict.UNKNOWN, "", True),
        (_WHOLE[1:], Verdict.PARTIAL, "", False),
        # The table itself has a row too few: that all its rows came back does not make it whole.
        (_WHOLE, Verdict.COMPLETE, "dropped_row", True),
        (_WHOLE, Verdict.PARTIAL, "dropped_row", False),
    ],
)
def test_rows_that_are_not_whole_are_silent_without_partial(
    lines: tuple[tuple[str, tuple[int, ...]], ...], verdict: Verdict, fault: str, silent: bool
) -> None:
    totals = GroundingTotals()
    totals.add(_reading(*lines, verdict=verdict), _truth(fault))
    assert totals.silent == (["table.pdf"] if silent else [])
    assert totals.verdicts == {verdict.value: 1}
    assert any(f"not PARTIAL: {int(silent)} documents" in line for line in totals.lines())
