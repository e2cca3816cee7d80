"""A rule of the standard looks at the fields that its text names."""

import re

import pytest

from en16931.business_terms import business_terms
from en16931.rules.sum_rule import SumRule
from en16931.rules.sums import SUM_RULES

_TERM = re.compile(r"BT-[0-9]+")


@pytest.mark.parametrize("rule", SUM_RULES, ids=lambda rule: rule.rule_id)
def test_fields_of_a_rule_are_the_terms_of_its_text(rule: SumRule) -> None:
    terms = {business_terms()[path] for path in rule.fields}
    assert terms == set(_TERM.findall(rule.text))
