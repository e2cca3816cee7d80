"""Whole sentences that are well made and false, or that a reader misses."""

from collections.abc import Callable, Iterator, Sequence
from random import Random

from invoice_summarizer.domain.summarizing.fact_words import (
    FactWords,
    WordedFact,
    joined,
    worded_facts,
)
from invoice_summarizer.domain.summarizing.facts.fact import Fact, FieldName
from invoice_summarizer.domain.summarizing.facts.kind import DIRECTIONS, FactKind
from invoice_summarizer.domain.summarizing.phrase_tables import PHRASES
from invoice_summarizer.domain.summarizing.segments import Bindings, Slot
from invoice_summarizer.domain.summary import BoundText, Style
from summary_corruptions.pieces import Pieces, Summarized, taken_apart

Kind = Callable[[Summarized, Random], Pieces | None]
Sentences = Sequence[tuple[WordedFact, BoundText]]
_WRONG = frozenset(
    kind for kind in FactKind if kind.endswith(("_HIGH", "_LOW", "_SUM"))
) | frozenset(
    {
        FactKind.HIDDEN_TEXT,
        FactKind.XMLS_DIFFER,
        FactKind.PROFILES_DIFFER,
        FactKind.PAGES_PROVE_NOTHING,
        FactKind.NOT_ON_PAGE,
        FactKind.UNSURE,
        FactKind.AMBIGUOUS,
        FactKind.CONFLICT,
        FactKind.MORE_TO_CHECK,
    }
)


def changed_facts() -> dict[str, Kind]:
    """Returns the kinds by name; each returns None where the summary has no such fact."""
    return {
        "direction changed": _direction_changed,
        "direction added": _direction_added,
        "direction left out": _left_out(lambda kind: kind in DIRECTIONS),
        "problem left out": _left_out(lambda kind: kind in _WRONG),
        "required fact left out": _left_out(lambda _: True),
        "fact repeated": _repeated,
        "false fact in words alone": _false_fact,
        "false fact of a field": _false_field,
        "party called the payee": _false_payee,
        "figure called a discount": _false_discount,
    }


def _direction_changed(summary: Summarized, random: Random) -> Pieces | None:
    return _with_direction(summary, random, keep=False)


def _direction_added(summary: Summarized, random: Random) -> Pieces | None:
    return _with_direction(summary, random, keep=True)


def _with_direction(summary: Summarized, random: Random, *, keep: bool) -> Pieces | None:
    """Says of the same values that the money goes another way."""
    changed: list[BoundText] = []
    for fact, sentence in sentences_of(summary):
        if fact.fact.kind not in DIRECTIONS:
            changed.append(sentence)
            continue
        others = sorted(DIRECTIONS - {fact.fact.kind})
        slots = dict(fact.fact.slots)
        said = [*_ways(summary, (Fact(kind, slots) for kind in others))]
        said = [way for way in said if way.text not in {each.text for each in fact.ways}]
        changed += [*([sentence] if keep else []), random.choice(said)]
    return taken_apart(joined(changed))


def _left_out(fits: Callable[[FactKind], bool]) -> Kind:
    def corrupt(summary: Summarized, random: Random) -> Pieces | None:
        sentences = sentences_of(summary)
        required = [
            index
            for index, (fact, _) in enumerate(sentences)
            if fact.required and fits(fact.fact.kind)
        ]
        if not required or len(sentences) < 2:
            return None
        index = random.choice(required)
        return taken_apart(joined(way for at, (_, way) in enumerate(sentences) if at != index))

    return corrupt


def _repeated(summary: Summarized, random: Random) -> Pieces | None:
    ways = [way for _, way in sentences_of(summary)]
    return taken_apart(joined((*ways, random.choice(ways))))


def _false_fact(summary: Summarized, random: Random) -> Pieces | None:
    phrases = PHRASES[summary.language]
    planned = {fact.fact.kind for fact in _facts(summary)}
    false = [
        sentence
        for kind, sentences in phrases.sentences.items()
        if kind not in planned and kind not in phrases.item_kinds()
        for sentence in sentences
        if "{" not in sentence
    ]
    text = random.choice(false)
    return _added(summary, [BoundText(text=text, claims=())], random)


def _false_field(summary: Summarized, random: Random) -> Pieces | None:
    """Says of a field that all is well with that it is not."""
    kinds = (FactKind.CONFLICT, FactKind.ILLEGIBLE, FactKind.NOT_STATED, FactKind.NOT_SHOWN)
    role = random.choice(sorted(PHRASES[summary.language].fields))
    false = Fact(random.choice(kinds), {"subject": FieldName(role)})
    if any(fact.fact == false for fact in _facts(summary)):
        return None
    return _added(summary, [*_ways(summary, [false])], random)


def _false_payee(summary: Summarized, random: Random) -> Pieces | None:
    path = random.choice(["seller.name", "buyer.name"])
    false = Fact(FactKind.PAYEE, {"payee": Slot(path)})
    return _added(summary, [*_ways(summary, [false])], random)


def _false_discount(summary: Summarized, random: Random) -> Pieces | None:
    path = random.choice(["vat_breakdown[0].rate", "totals.vat_amount"])
    false = Fact(FactKind.DISCOUNT, {"percentage": Slot(path)})
    return _added(summary, [*_ways(summary, [false])], random)


def _added(summary: Summarized, false: Sequence[BoundText], random: Random) -> Pieces | None:
    if not false:
        return None
    ways = [way for _, way in sentences_of(summary)]
    place = random.randint(0, len(ways))
    return taken_apart(joined((*ways[:place], random.choice(false), *ways[place:])))


def sentences_of(summary: Summarized) -> Sentences:
    """Returns the sentences of the summary with their facts, in order, without what leads to them."""
    text = summary.pieces.bound().text
    found = []
    for fact in _facts(summary):
        ways = [way for way in fact.ways if way.text in text]
        if ways:
            longest = max(ways, key=lambda way: len(way.text))
            found.append((text.index(longest.text), fact, longest))
    return [(fact, way) for _, fact, way in sorted(found, key=lambda each: each[0])]


def _facts(summary: Summarized) -> Sequence[WordedFact]:
    return worded_facts(summary.plan, summary.style, _bindings(summary), summary.freedom)


def _ways(summary: Summarized, facts: Iterator[Fact] | Sequence[Fact]) -> Iterator[BoundText]:
    words = FactWords(_bindings(summary))
    for fact in facts:
        yield from words.ways(fact, Style.FULL)


def _bindings(summary: Summarized) -> Bindings:
    return Bindings(summary.reading.content, summary.reading.annotations, summary.language)
