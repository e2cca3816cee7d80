"""Whatever becomes of the elements of an e-invoice, it is read or refused, and every value is one that stands there."""

import copy
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree

from en16931.field_path import leaves
from en16931.reader import read_xml
from en16931.xml_reading import XmlReading, XmlReadingError
from shared_data import shared_data

_SEED = 20261128
_EACH = 150
_MOST_CHANGES = 6
_VALUES = ("", " ", "0", "-1", "1e3", "NaN", "1.234,56", "٣", "2026-02-30", "20261301", "x" * 500)

Change = Callable[[etree._Element, random.Random], None]


def _remove(element: etree._Element, _: random.Random) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _repeat(element: etree._Element, chance: random.Random) -> None:
    if element.getparent() is not None:
        again = copy.deepcopy(element)
        element.addnext(again)
        leaf = chance.choice([each for each in again.iter() if not len(each)])
        leaf.text = chance.choice(_VALUES)


def _write(element: etree._Element, chance: random.Random) -> None:
    if not len(element):
        element.text = chance.choice(_VALUES)


def _forget_attributes(element: etree._Element, chance: random.Random) -> None:
    for name in list(element.attrib):
        element.set(name, chance.choice(("", "XXX", "VAT", "EUR")))


def _go_deeper(element: etree._Element, _: random.Random) -> None:
    element.append(copy.deepcopy(element))


def _go_elsewhere(element: etree._Element, chance: random.Random) -> None:
    others = [each for each in element.getroottree().getroot().iter() if isinstance(each.tag, str)]
    below = set(element.iter())
    target = chance.choice(others)
    if target not in below and element.getparent() is not None:
        target.append(element)


_CHANGES: tuple[Change, ...] = (
    _remove,
    _repeat,
    _write,
    _forget_attributes,
    _go_deeper,
    _go_elsewhere,
)


def _documents() -> list[Path]:
    return sorted((shared_data() / "invoices" / "xml").glob("*.xml"))


def _changed(original: etree._Element, chance: random.Random) -> bytes:
    root = copy.deepcopy(original)
    for _ in range(chance.randint(1, _MOST_CHANGES)):
        elements = [each for each in root.iter() if isinstance(each.tag, str)]
        chance.choice(_CHANGES)(chance.choice(elements), chance)
    return etree.tostring(root)


def _texts(reading: XmlReading) -> Iterator[str]:
    for place in reading.places.values():
        for part in (place, *place.others):
            yield part.raw_text.strip()


@pytest.mark.parametrize("path", _documents(), ids=lambda path: path.stem)
def test_a_changed_invoice_is_read_with_its_places_or_refused(path: Path) -> None:
    original = etree.parse(path).getroot()
    read = 0
    for number in range(_EACH):
        document = _changed(original, random.Random(f"{_SEED} {path.name} {number}"))
        try:
            reading = read_xml(document)
        except XmlReadingError:
            continue
        read += 1
        declared = {field_path for field_path, _ in leaves(reading.content)}
        assert declared == set(reading.places)
        assert not declared & {each.field_path for each in reading.unreadable}
        there = {text.strip() for text in etree.fromstring(document).itertext()}
        there |= {
            value.strip()
            for each in etree.fromstring(document).iter()
            for value in each.attrib.values()
        }
        assert {text for text in _texts(reading) if text} <= there
    assert read > _EACH / 2
