"""Our verdicts on e-invoices against the official ones, and that a verdict which differs is seen."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from invoice_summarizer.cli.conformance.case import Case, Tally
from invoice_summarizer.cli.conformance.run import Filter, official_sets, tallied
from shared_data import shared_data

_LEAST = {
    "unit tests of EN 16931": 1131,
    "changed invoices": 4052,
    "rule tests of XRechnung": 1652,
}


@pytest.mark.parametrize("name", _LEAST)
def test_every_official_verdict_is_met(name: str) -> None:
    tally = tallied(official_sets(shared_data())[name](), Filter())
    print(f"{name}: {tally.agreed} of {tally.cases} agree")
    assert not tally.wrong, dict(tally.examples)
    assert tally.agreed == tally.cases >= _LEAST[name]


def test_rule_that_is_not_reported_differs() -> None:
    tally = Tally()
    tally.add(Case("one", b"", {"BR-01": 0}), Counter(), {"BR-01"})
    assert (tally.cases, tally.agreed, tally.wrong) == (1, 0, Counter({"BR-01": 1}))


def test_rule_that_is_reported_wrongly_differs_where_the_verdict_names_every_broken_rule() -> None:
    whole, part = Tally(), Tally()
    broken = Counter({"BR-02": 1})
    whole.add(Case("one", b"", {}, is_whole=True), broken, {"BR-02"})
    part.add(Case("one", b"", {"BR-01": 0}), Counter({"BR-01": 1}) + broken, {"BR-01", "BR-02"})
    assert whole.wrong == broken
    assert not part.wrong


def test_rule_that_is_broken_in_another_number_of_places_differs() -> None:
    tally = Tally()
    tally.add(Case("one", b"", {"BR-CL-14": 6}), Counter({"BR-CL-14": 5}), {"BR-CL-14"})
    assert tally.wrong == Counter({"BR-CL-14": 1})


def test_rule_that_no_pack_claims_is_named_and_not_counted() -> None:
    tally = Tally()
    tally.add(Case("one", b"", {"UBL-CR-001": 0}), Counter(), {"BR-01"})
    assert (tally.cases, tally.unclaimed) == (0, Counter({"UBL-CR-001": 1}))


def test_only_rules_of_the_filter_are_compared() -> None:
    def cases() -> Iterator[Case]:
        yield Case("one", _WITHOUT_ANYTHING, {"BR-01": 0, "BR-02": 0})

    tally = tallied(cases(), Filter("cen", re.compile("BR-01")))
    assert tally.said == Counter({"BR-01": 1})
    assert tally.agreed == 1


_WITHOUT_ANYTHING = b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>'
