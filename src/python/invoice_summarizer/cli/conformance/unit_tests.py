"""The official unit tests of EN 16931 in UBL: files of tests, each with a document and what rules say of it."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from invoice_summarizer.cli.conformance.case import Case

FOLDERS = ("en16931/Invoice-unit-UBL", "en16931/CreditNote-unit-UBL")

_VEFA = "{http://difi.no/xsd/vefa/validator/1.0}"
_BREAKS = ("error", "warning", "fatal")


def unit_tests(data: Path) -> Iterator[Case]:
    """Yields a case for each test that has a document."""
    for folder in FOLDERS:
        for path in sorted((data / folder).glob("*.xml")):
            tree = etree.parse(path)
            for number, test in enumerate(tree.getroot().iter(f"{_VEFA}test"), start=1):
                case = _case(f"{path.parent.name}/{path.name} {number}", test)
                if case is not None:
                    yield case


def _case(name: str, test: etree._Element) -> Case | None:
    breaks: dict[str, int] = {}
    holds: set[str] = set()
    for said in test.iterfind(f"{_VEFA}assert/*"):
        rule_id, kind = (said.text or "").strip(), etree.QName(said).localname
        if kind == "success":
            holds.add(rule_id)
        elif kind in _BREAKS:
            breaks[rule_id] = int(said.get("number") or 0)
    documents = [
        child for child in test if isinstance(child.tag, str) and child.tag != f"{_VEFA}assert"
    ]
    if len(documents) != 1:
        return None
    return Case(name, etree.tostring(documents[0], with_tail=False), breaks, frozenset(holds))
