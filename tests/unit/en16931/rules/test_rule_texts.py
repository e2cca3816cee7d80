"""A rule of the standard looks at the fields that its text names."""

import re

import pytest

from en16931.business_terms import business_terms
from en16931.rules.sum_rule import SumRule
from en16931.rules.sums import SUM_RULES

_TERM = re.compile(r"BT-[0-9]+")
# The official artefacts take BT-106, the declared sum, where the text of BR-CO-13 has the sum of BT-131.
_DIFFERENCES = {"BR-CO-13": {"BT-106", "BT-131"}}


@pytest.mark.parametrize("rule", SUM_RULES, ids=lambda rule: rule.rule_id)
def test_fields_of_a_rule_are_the_terms_of_its_text(rule: SumRule) -> None:
    terms = {business_terms()[path] for path in rule.fields}
    assert terms ^ set(_TERM.findall(rule.text)) == _DIFFERENCES.get(rule.rule_id, set())
