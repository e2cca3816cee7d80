"""Judges the cases of every set of official tests, and counts how far the verdicts agree."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from en16931.hardened_xml import parse_xml
from en16931.judgement import ALL_PACKS, stated_invoice
from invoice_summarizer.cli.conformance import changed_invoices, unit_tests, xrechnung_tests
from invoice_summarizer.cli.conformance.case import Case, Tally


@dataclass(frozen=True, slots=True)
class OfficialTests:
    """A set of official tests; `path` is where it lies below the folder of data."""

    name: str
    path: str
    cases: Callable[[Path], Iterator[Case]]


SETS = (
    OfficialTests("unit tests of EN 16931", unit_tests.FOLDERS[0], unit_tests.unit_tests),
    OfficialTests("changed invoices", changed_invoices.VERDICTS, changed_invoices.changed_invoices),
    OfficialTests(
        "rule tests of XRechnung", xrechnung_tests.FOLDER, xrechnung_tests.xrechnung_tests
    ),
)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rules are compared: those of packs whose name begins so, and whose id the pattern matches as a whole."""

    pack: str = ""
    rule: re.Pattern[str] | None = None

    def claimed(self) -> frozenset[str]:
        """Returns the ids that our packs claim to know, and that are asked for."""
        return frozenset(
            rule_id
            for pack in ALL_PACKS
            if str(pack.name).startswith(self.pack)
            for rule_id in pack.rule_ids
            if self.rule is None or self.rule.fullmatch(rule_id)
        )


def official_sets(data: Path) -> Mapping[str, Callable[[], Iterator[Case]]]:
    """Returns the sets that are there, by name."""
    return {
        tests.name: partial(tests.cases, data) for tests in SETS if (data / tests.path).exists()
    }


def tallied(
    cases: Iterator[Case], wanted: Filter, advance: Callable[[], None] = lambda: None
) -> Tally:
    """Returns how far our verdicts agree on the cases. Raises XmlReadingError where a document is no e-invoice."""
    tally, claimed = Tally(), wanted.claimed()
    last, broken = b"", Counter[str]()
    for case in cases:
        if case.document != last:
            last, broken = case.document, _broken(case)
        tally.add(case, broken, claimed)
        advance()
    return tally


def _broken(case: Case) -> Counter[str]:
    invoice = stated_invoice(parse_xml(case.document))
    if invoice is None:
        return Counter()
    return Counter(
        finding.rule_id
        for pack in ALL_PACKS
        if pack.name.name in case.packs
        for finding in pack.broken(invoice)
    )
