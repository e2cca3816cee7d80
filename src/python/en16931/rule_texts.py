"""What each rule of the packs demands, in our own words, by its id."""

from collections.abc import Mapping
from functools import cache

from en16931.judgement import ALL_PACKS
from en16931.xml_reading import Syntax


def rule_text(rule_id: str) -> str | None:
    """Returns the sentence of the rule; None where no pack has it. Of several under one id, the first.

    An id may say of what the rule was asked, as in "BR-CO-15/XML".
    """
    return _texts().get(rule_id.partition("/")[0])


@cache
def _texts() -> Mapping[str, str]:
    texts: dict[str, str] = {}
    for pack in ALL_PACKS:
        for rule in pack.terms:
            texts.setdefault(rule.rule_id, rule.text)
        for syntax in Syntax:
            for other in pack.rules(syntax):
                texts.setdefault(other.rule_id, other.text)
    return texts
