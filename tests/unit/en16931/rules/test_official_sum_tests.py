"""The official unit tests of EN 16931 in UBL, for the rules BR-CO-10 to BR-CO-17."""

from collections.abc import Iterator

from lxml import etree

from en16931.finding import Outcome
from en16931.reader import read_xml
from en16931.rules.declared import Declared
from en16931.rules.sums import SUM_RULES, SUMS
from shared_data import shared_data

_VEFA = "{http://difi.no/xsd/vefa/validator/1.0}"
_RULES = {rule.rule_id for rule in SUM_RULES}

# A second VAT total in the same currency is an error for the artefacts. The model has room for one, so the reader
# reports both as unreadable, and the rule cannot be decided.
_UNDECIDED = {
    ("Invoice-unit-UBL/BR-CO-15.xml", 8, "BR-CO-15"),
    ("CreditNote-unit-UBL/BR-CO-15.xml", 8, "BR-CO-15"),
}


def _official_tests() -> Iterator[tuple[str, int, dict[str, str], bytes]]:
    folder = shared_data() / "en16931"
    for path in sorted(folder.glob("*-unit-UBL/*.xml")):
        name = f"{path.parent.name}/{path.name}"
        for number, test in enumerate(etree.parse(path).getroot().iter(f"{_VEFA}test"), start=1):
            expected = {
                (item.text or "").strip(): etree.QName(item).localname
                for item in test.iterfind(f"{_VEFA}assert/*")
            }
            wanted = {rule: kind for rule, kind in expected.items() if rule in _RULES}
            documents = [child for child in test if child.tag != f"{_VEFA}assert"]
            if wanted and len(documents) == 1:
                yield name, number, wanted, etree.tostring(documents[0], with_tail=False)


def test_outcomes_agree_with_the_official_tests() -> None:
    judged = 0
    disagreements = []
    for name, number, wanted, document in _official_tests():
        reading = read_xml(document)
        unread = [item.field_path for item in reading.unreadable]
        findings = SUMS.check(Declared(reading.content, unread))
        for rule, kind in wanted.items():
            outcomes = {f.outcome for f in findings if f.rule_id == rule}
            judged += 1
            if kind == "success":
                agrees = outcomes <= {Outcome.PASSED, Outcome.NOT_APPLICABLE}
            elif (name, number, rule) in _UNDECIDED:
                agrees = outcomes == {Outcome.NOT_DECIDABLE}
            else:
                agrees = Outcome.FAILED in outcomes
            if not agrees:
                disagreements.append((name, number, rule, kind, outcomes))
    print(f"{judged} official judgements of BR-CO-10 to BR-CO-17")
    assert not disagreements
    assert judged >= 90
