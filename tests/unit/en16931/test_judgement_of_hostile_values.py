"""Whatever an e-invoice writes where a value stands, judging it ends with findings, and with no exception."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from en16931.finding import Outcome
from en16931.judgement import ALL_PACKS, broken_rules, read_judged
from shared_data import shared_data

_SEED = 20261128
_CHANGES = 12
_VALUES = (
    "",
    " ",
    "NaN",
    "1e3",
    "-0.00",
    "1.234,56",
    "٣",
    "2026-02-30",
    "9" * 40,
    "0." + "3" * 40,
    "-" + "9" * 39 + ".9",
    "#AAI#",
    "x" * 2000,
    "#SKONTO#TAGE=1#",
    "O",
    "S",
    "EUR",
    "true",
)


def _documents() -> Iterator[Path]:
    for path in sorted((shared_data() / "invoices" / "xml").glob("*.xml")):
        if path.read_bytes()[:4_000].find(b"FatturaElettronica") < 0:
            yield path


@pytest.mark.parametrize("rounds", [range(3), range(3, 6)])
def test_no_value_stops_the_rules(rounds: range) -> None:
    judged = 0
    for path in _documents():
        tree = etree.parse(path)
        for number in rounds:
            chance = random.Random(f"{_SEED} {path.name} {number}")
            root = _changed(tree.getroot(), chance)
            document = etree.tostring(root)
            read_judged(document)
            broken = tuple(broken_rules(document, ALL_PACKS))
            assert all(finding.outcome is Outcome.FAILED for finding in broken)
            judged += bool(broken)
    assert judged > 100


def _changed(root: etree._Element, chance: random.Random) -> etree._Element:
    copied = etree.fromstring(etree.tostring(root))
    elements = [element for element in copied.iter() if isinstance(element.tag, str)]
    for element in chance.sample(elements, min(_CHANGES, len(elements))):
        if len(element) == 0:
            element.text = chance.choice(_VALUES)
        if element.attrib and chance.random() < 0.5:
            element.set(chance.choice(list(element.attrib)), chance.choice(_VALUES))
        parent = element.getparent()
        if parent is not None and chance.random() < 0.2:
            parent.remove(element)
    return copied
