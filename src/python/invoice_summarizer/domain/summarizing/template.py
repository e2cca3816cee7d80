"""Writes a summary: the facts of the plan in the words of the language, as much as the style has room for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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

    What else there is may cost the line its date and its buyer, but not its seller, nor by how much a sum is wrong, nor
    which fields a person has changed.
    """
    left_out = {index for index, fact in enumerate(facts) if not fact.required}

    def said() -> Sequence[_Said]:
        return _shortened([fact for index, fact in enumerate(facts) if index not in left_out])

    kept = _kept(said())
    for index in sorted(left_out):
        left_out.remove(index)
        line = said()
        if _length(line) > LONGEST_LINE or _kept(line) != kept:
            left_out.add(index)
    return [each.sentence for each in said()]


@dataclass(frozen=True, slots=True)
class _Said:
    """A fact, and in which of its ways it is said."""

    fact: WordedFact
    way: int = 0

    @property
    def sentence(self) -> BoundText:
        return self.fact.ways[self.way]

    @property
    def briefer(self) -> "_Said | None":
        return replace(self, way=self.way + 1) if self.way + 1 < len(self.fact.ways) else None

    @property
    def names_nothing(self) -> bool:
        """Says whether it is said that a sum is wrong or that something was changed, and not by how much or what."""
        is_briefest = 0 < self.way == len(self.fact.ways) - 1
        return is_briefest and self.fact.fact.kind in CHANGES | SUMS_THAT_DIFFER

    def names(self, path: str) -> bool:
        return any(path in claim.field_paths for claim in self.sentence.claims)


def _length(line: Sequence[_Said]) -> int:
    return len(joined(each.sentence for each in line).text)


def _kept(line: Sequence[_Said]) -> tuple[bool, int]:
    return any(each.names("seller.name") for each in line), sum(each.names_nothing for each in line)


def _shortened(facts: Sequence[WordedFact]) -> Sequence[_Said]:
    """Returns the facts, one after the other said briefly until they fit in a line or cannot be said any briefer.

    Words go before figures, and the day to pay by goes last; before it, by how much a sum is wrong, which fields a
    person has changed, and the number of the invoice. Else the longest sentence is next.
    """
    line = [_Said(fact) for fact in facts]
    while _length(line) > LONGEST_LINE:
        steps = [
            (_rank(each, briefer), index, briefer)
            for index, each in enumerate(line)
            if (briefer := each.briefer) is not None
        ]
        if not steps:
            break
        _, index, briefer = max(steps, key=lambda step: step[0])
        line[index] = briefer
    return line


def _rank(now: _Said, briefer: _Said) -> tuple[bool, bool, bool, int]:
    """Returns the more, the sooner it is said more briefly."""
    loses_figures = len(briefer.sentence.claims) < len(now.sentence.claims)
    loses_number = now.names(_NUMBER) and not briefer.names(_NUMBER)
    return (
        not (loses_figures or briefer.names_nothing),
        now.fact.fact.kind is not FactKind.TO_PAY,
        not (loses_number or briefer.names_nothing),
        len(now.sentence.text),
    )


def word_count(text: str) -> int:
    """Returns how many words there are; a figure and its unit are one, and so is an account in groups of four."""
    return len(_GROUPS_OF_ACCOUNT.sub("", text).split(" "))


def _words(said: BoundText) -> int:
    return word_count(said.text)
