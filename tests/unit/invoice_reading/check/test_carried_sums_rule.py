"""CARRIED-SUM-01 on sums that were found: holds, does not hold, and cannot be told."""

import pytest

from en16931.finding import Outcome
from en16931.model import InvoiceContent
from invoice_reading.carried_sum import CarriedSum
from invoice_reading.check.carried_sums import CarriedSums
from invoice_reading.check.document import CheckedDocument


@pytest.mark.parametrize(
    ("holds", "all_pages_read", "outcome"),
    [
        ((True, True), True, Outcome.PASSED),
        ((True, True), False, Outcome.PASSED),
        ((True, False), True, Outcome.FAILED),
        ((True, False), False, Outcome.NOT_DECIDABLE),  # rows of the other page are missing
    ],
)
def test_sum_that_does_not_hold_is_told_where_all_pages_were_read(
    holds: tuple[bool, ...], all_pages_read: bool, outcome: Outcome
) -> None:
    document = CheckedDocument(
        content=InvoiceContent(),
        all_pages_read=all_pages_read,
        carried=[CarriedSum(page, each) for page, each in enumerate(holds, 1)],
    )
    [finding] = CarriedSums().check(document)
    assert finding.outcome is outcome


def test_pages_of_sums_that_do_not_hold_are_named() -> None:
    document = CheckedDocument(
        content=InvoiceContent(), carried=[CarriedSum(2, False), CarriedSum(3, True)]
    )
    [finding] = CarriedSums().check(document)
    assert finding.message.endswith("not so on pages: 2")


def test_nothing_is_told_where_no_sum_is_carried_over() -> None:
    assert not list(CarriedSums().check(CheckedDocument(content=InvoiceContent())))
