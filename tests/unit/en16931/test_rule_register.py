"""Whoever looks for a rule by its id finds what it demands, and the place in the sources where it is written."""

from collections import Counter
from pathlib import Path

import pytest

from en16931 import rule_register
from en16931.judgement import ALL_PACKS
from en16931.rule_register import RegisteredRule, registered_rules

# What each syntax has for itself, and the sums that are asked of content too.
_IN_SEVERAL_MODULES = ("BR-CL-", "BR-CO-1", "BR-DEX-")


def _rule(rule_id: str) -> RegisteredRule:
    [rule] = [rule for rule in registered_rules() if rule.rule_id == rule_id]
    return rule


def test_rule_says_what_it_demands() -> None:
    rule = _rule("BR-CO-15")
    assert rule.terms == ("BT-112", "BT-109", "BT-110")
    assert rule.pack == "cen-1.3.16" and rule.severity == "ERROR"
    assert {syntax.value for syntax in rule.syntaxes} >= {"CII", "UBL-Invoice"}


def test_every_rule_of_the_packs_is_registered_with_its_sentence() -> None:
    assert {rule.rule_id for rule in registered_rules()} == {
        rule_id for pack in ALL_PACKS for rule_id in pack.rule_ids
    }
    assert all(rule.text.endswith(".") for rule in registered_rules())


def test_no_id_is_put_together() -> None:
    assert [rule.rule_id for rule in registered_rules() if not rule.sources] == []


@pytest.mark.parametrize("rule", registered_rules(), ids=lambda rule: rule.rule_id)
def test_place_of_a_rule_is_the_line_with_its_id(rule: RegisteredRule) -> None:
    package = Path(rule_register.__file__).parent
    for source in rule.sources:
        name, line = source.split(":")
        assert rule.rule_id in (package / name).read_text("utf-8").splitlines()[int(line) - 1]


def test_a_rule_stands_in_one_module() -> None:
    modules = Counter(
        (rule_id, name)
        for rule_id, name in {
            (rule.rule_id, source.partition(":")[0])
            for rule in registered_rules()
            for source in rule.sources
        }
    )
    scattered = Counter(rule_id for rule_id, _ in modules)
    assert [
        rule_id
        for rule_id, count in sorted(scattered.items())
        if count > 1 and not rule_id.startswith(_IN_SEVERAL_MODULES)
    ] == []
