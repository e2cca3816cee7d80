"""Writes a summary: the facts of the plan in the words of the language, as much as the style has room for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from invoice_reading.reading import Reading
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.summarizing.fact_words import WordedFact, joined, worded_facts
from invoice_summarizer.domain.summarizing.facts.kind import CHANGES, SUMS_THAT_DIFFER, FactKind
from invoice_summarizer.domain.summarizing.facts.plan import InvoicePlan
from invoice_summarizer.domain.summarizing.segments import Bindings
from invoice_summarizer.domain.summary import BoundText, Style

LONGEST_LINE = 160  # characters
MOST_WORDS = {Style.SHORT: 55, Style.APPROVER: 120}
_NUMBER = "invoice_number"
_GROUPS_OF_ACCOUNT = re.compile(r"(?<=[A-Z]{2}[0-9]{2})(?: [A-Z0-9]{4}){2,}(?: [A-Z0-9]{1,3})?\b")


def summarize_by_template(
    reading: Reading, style: Style, language: str, status: InvoiceStatus | None = None
) -> BoundText:
    """Returns the summary: all that the style requires, and of the rest what fits.

    `status` is that of the invoice, None of a document that is not stored. The same reading gives the same text.
    Raises UnsupportedLanguage.
    """
    return summarize_plan(InvoicePlan(reading, status), style, language)


def summarize_plan(plan: InvoicePlan, style: Style, language: str) -> BoundText:
    """Returns what `summarize_by_template` returns, by a plan that was made before."""
    bindings = Bindings(plan.reading.content, plan.reading.annotations, language)
    facts = worded_facts(plan, style, bindings)
    if style is Style.ONE_LINE:
        return joined(_line(facts))
    return joined(_fitting(facts, MOST_WORDS.get(style)))


def _fitting(facts: Sequence[WordedFact], most_words: int | None) -> Iterator[BoundText]:
    """Yields what is required and, while there is room, what is not."""
    required = required_in(facts, most_words)
    room = (most_words or 0) - sum(map(_words, required))
    said = iter(required)
    for fact in facts:
        if fact.required:
            yield next(said)
        elif most_words is None or _words(fact.ways[0]) <= room:
            room -= _words(fact.ways[0])
            yield fact.ways[0]


def required_in(facts: Sequence[WordedFact], most_words: int | None) -> tuple[BoundText, ...]:
    """Returns the sentences of what is required, the longest said shorter until they have no more words than that.

    Where none can be any shorter, they may have more.
    """
    ways = [list(fact.ways) for fact in facts if fact.required]
    while most_words is not None and sum(_words(each[0]) for each in ways) > most_words:
        longer = [each for each in ways if len(each) > 1]
        if not longer:
            break
        del max(longer, key=lambda each: _words(each[0]))[0]
    return tuple(each[0] for each in ways)


def _line(facts: Sequence[WordedFact]) -> Sequence[BoundText]:
    """Returns the sentences of what is required and of what else the line has room for, however briefly.

    What else there is may cost the line its date and its buyer, but not its seller.
    """
    left_out = {index for index, fact in enumerate(facts) if not fact.required}

    def said() -> Sequence[BoundText]:
        kept = (fact for index, fact in enumerate(facts) if index not in left_out)
        return _shortened([replace(fact, required=True) for fact in kept])

    names_seller = _names_seller(said())
    for index in sorted(left_out):
        left_out.remove(index)
        line = said()
        if len(joined(line).text) > LONGEST_LINE or _names_seller(line) is not names_seller:
            left_out.add(index)
    return said()


def _names_seller(line: Sequence[BoundText]) -> bool:
    return any(_names(said, "seller.name") for said in line)


def _names(said: BoundText, path: str) -> bool:
    return any(path in claim.field_paths for claim in said.claims)


def _shortened(facts: Sequence[WordedFact]) -> Sequence[BoundText]:
    """Returns the sentences, one after the other said briefly until they fit in a line or cannot be said any briefer.

    Words go before figures, and the day to pay by goes last; before it, by how much a sum is wrong, which fields a
    person has changed, and the number of the invoice. Else the longest sentence is next.
    """
    required = [fact for fact in facts if fact.required]
    said = [0] * len(required)  # which of its ways each fact is said in

    def sentences() -> list[BoundText]:
        return [fact.ways[way] for fact, way in zip(required, said, strict=True)]

    def rank(index: int) -> tuple[bool, bool, bool, int]:
        fact, way = required[index], said[index]
        now, briefer = fact.ways[way], fact.ways[way + 1]
        is_last = way + 2 == len(fact.ways)
        keeps_figures = len(briefer.claims) >= len(now.claims)
        keeps_names = not (is_last and fact.fact.kind in CHANGES)
        tells = is_last and fact.fact.kind in CHANGES | SUMS_THAT_DIFFER
        loses_number = _names(now, _NUMBER) and not _names(briefer, _NUMBER)
        return (
            keeps_figures and keeps_names,
            fact.fact.kind is not FactKind.TO_PAY,
            not (tells or loses_number),
            len(now.text),
        )

    while len(joined(sentences()).text) > LONGEST_LINE:
        left = [index for index, way in enumerate(said) if way + 1 < len(required[index].ways)]
        if not left:
            break
        said[max(left, key=rank)] += 1
    return sentences()


def word_count(text: str) -> int:
    """Returns how many words there are; a figure and its unit are one, and so is an account in groups of four."""
    return len(_GROUPS_OF_ACCOUNT.sub("", text).split(" "))


def _words(said: BoundText) -> int:
    return word_count(said.text)
