"""Writes a summary: the facts of the plan in the words of the language, as much as the style has room for."""

from collections.abc import Iterator, Sequence

from invoice_reading.reading import Reading
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.summarizing.fact_words import WordedFact, joined, worded_facts
from invoice_summarizer.domain.summarizing.facts.kind import FactKind
from invoice_summarizer.domain.summarizing.facts.plan import InvoicePlan
from invoice_summarizer.domain.summarizing.segments import Bindings
from invoice_summarizer.domain.summary import BoundText, Style

LONGEST_LINE = 160  # characters
MOST_WORDS = {Style.SHORT: 50, Style.APPROVER: 120}


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
        return joined(_shortened(facts))
    return joined(_fitting(facts, MOST_WORDS.get(style)))


def _fitting(facts: Sequence[WordedFact], most_words: int | None) -> Iterator[BoundText]:
    """Yields what is required and, while there is room, what is not."""
    room = (most_words or 0) - sum(_words(fact) for fact in facts if fact.required)
    for fact in facts:
        if not fact.required and most_words is not None:
            if _words(fact) > room:
                continue
            room -= _words(fact)
        yield fact.ways[0]


def _shortened(facts: Sequence[WordedFact]) -> Sequence[BoundText]:
    """Returns the sentences, one after the other said briefly until they fit in a line or cannot be said any briefer.

    Words go before figures, the day to pay by goes last, and else the longest sentence is next.
    """
    required = [fact for fact in facts if fact.required]
    said = [0] * len(required)  # which of its ways each fact is said in

    def sentences() -> list[BoundText]:
        return [fact.ways[way] for fact, way in zip(required, said, strict=True)]

    def rank(index: int) -> tuple[bool, bool, int]:
        fact, way = required[index], said[index]
        now, briefer = fact.ways[way], fact.ways[way + 1]
        keeps_figures = len(briefer.claims) >= len(now.claims)
        return keeps_figures, fact.fact.kind is not FactKind.TO_PAY, len(now.text)

    while len(joined(sentences()).text) > LONGEST_LINE:
        left = [index for index, way in enumerate(said) if way + 1 < len(required[index].ways)]
        if not left:
            break
        said[max(left, key=rank)] += 1
    return sentences()


def word_count(text: str) -> int:
    """Returns how many words there are; a figure and its unit are one."""
    return len(text.split(" "))


def _words(fact: WordedFact) -> int:
    return word_count(fact.ways[0].text)
