"""Which sentences the table of a language has, whatever they are said of: so that a refusal can say what is wrong."""

import re
from collections.abc import Mapping
from functools import cache

from invoice_summarizer.domain.summarizing.facts.kind import FactKind
from invoice_summarizer.domain.summarizing.pattern import expression
from invoice_summarizer.domain.summarizing.phrase_tables import PHRASES
from invoice_summarizer.domain.summarizing.phrases import Alternatives

CLAIM = "\ue000"  # stands for a claim; of the private use area, of which the gate lets nothing into a text
SPACES = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "})


def listed_kinds(shadow: str, language: str) -> frozenset[FactKind]:
    """Returns the kinds of facts whose words the sentence has, its claims being CLAIM."""
    return frozenset(
        kind for kind, pattern in _expressions(language).items() if pattern.fullmatch(shadow)
    )


@cache
def _expressions(language: str) -> Mapping[FactKind, re.Pattern[str]]:
    phrases = PHRASES[language]
    opening, closing = (re.escape(mark.translate(SPACES)) for mark in phrases.quotes)
    names = {
        "subject": "|".join(map(re.escape, phrases.field_names())),
        "field": "|".join(map(re.escape, phrases.field_names_within())),
    }

    def hole(name: str) -> str:
        return f"(?:{names.get(name) or f'{CLAIM}|{opening}{CLAIM}{closing}'})"

    def literal(words: str) -> str:
        plain = re.escape(words.translate(SPACES))
        return rf"\.?{plain.removeprefix(re.escape('.'))}" if words.startswith(".") else plain

    def one_of(alternatives: Alternatives) -> str:
        return "|".join(expression(pattern, hole, literal) for pattern in alternatives)

    found = {
        kind: one_of((*phrases.alternatives(kind, shorter=1), *phrases.briefly.get(kind, ())))
        for kind in phrases.sentences
    }
    for kind, words in phrases.lists.items():
        item = f"(?:{'|'.join(found[each] for each in words.items)})"
        before, between = (literal(each) for each in (words.heading + words.before, words.between))
        whole = f"{before}{item}(?:{between}{item})*{literal(words.end)}"
        found[kind] = "|".join((whole, *map(literal, phrases.briefly.get(kind, ()))))
    for kind in phrases.item_kinds():
        del found[kind]
    return {kind: re.compile(pattern) for kind, pattern in found.items()}
