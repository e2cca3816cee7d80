"""What a model may choose from, and the text that its choice makes.

A model never writes a word or a figure. It gets the sentences that may be said of an invoice, each under a key, and
answers with a row of keys: which are said, in which order, and which leads stand before them. The words are those of
the language's table, so a model need not know the language. What the style requires and the answer leaves out follows
at the end; what is named twice is said once; a lead that leads to nothing of its kind is left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from invoice_summarizer.domain.summarizing.fact_words import WordedFact, worded_facts
from invoice_summarizer.domain.summarizing.facts.plan import Freedom, InvoicePlan
from invoice_summarizer.domain.summarizing.language import supported_locale
from invoice_summarizer.domain.summarizing.leads import LEADS, Lead
from invoice_summarizer.domain.summarizing.segments import Bindings
from invoice_summarizer.domain.summary import BoundText, Style

_MOST_CHARACTERS = 6000  # of the sentences that are offered: about 2,000 tokens
_LONGEST_OFFERED = 400  # characters of a sentence that a model is shown; the text has all of it


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that may be said."""

    key: str
    fact: WordedFact

    @property
    def text(self) -> str:
        """The sentence as a model is shown it."""
        return self.fact.ways[0].text[:_LONGEST_OFFERED]


class Choice:
    """The sentences and leads of one invoice, style and language."""

    def __init__(
        self, plan: InvoicePlan, style: Style, language_code: str, freedom: Freedom
    ) -> None:
        """Raises UnsupportedLanguage."""
        locale = supported_locale(language_code)
        bindings = Bindings(plan.reading.content, plan.reading.annotations, locale)
        facts = worded_facts(plan, style, bindings, freedom)
        self.sentences = tuple(_offered(facts))
        self.leads: tuple[Lead, ...] = LEADS[bindings.language]

    @property
    def keys(self) -> tuple[str, ...]:
        """What an answer may name."""
        return (*(s.key for s in self.sentences), *(lead.key for lead in self.leads))

    @property
    def leaves_nothing_open(self) -> bool:
        """Says whether there is nothing that a writer could do otherwise."""
        return len(self.sentences) < 2

    def text_of(self, keys: Iterable[str]) -> "ChosenText":
        """Returns the text that the keys make. Raises KeyError for one that was not offered."""
        writer = ChosenTextWriter(self)
        chosen = [each for key in keys if (each := writer.next(key)) is not None]
        added = list(writer.rest())
        return ChosenText(tuple((*chosen, *added)), len(added))


@dataclass(frozen=True, slots=True)
class ChosenText:
    """The sentences of a text in order; the last `added` ones are required and were not chosen."""

    sentences: tuple[BoundText, ...]
    added: int


class ChosenTextWriter:
    """Makes the text while the keys come in, for a reader who sees each sentence at once."""

    def __init__(self, choice: Choice) -> None:
        self._sentences = {sentence.key: sentence for sentence in choice.sentences}
        self._leads = {lead.key: lead for lead in choice.leads}
        self._said = dict[str, None]()
        self._lead: Lead | None = None

    def next(self, key: str) -> BoundText | None:
        """Returns the sentence that the key adds; None where it adds none. Raises KeyError for an unknown one."""
        if key in self._leads:
            self._lead = self._leads[key]
            return None
        sentence = self._sentences[key]
        lead, self._lead = self._lead, None
        if key in self._said:
            return None
        self._said[key] = None
        said = sentence.fact.ways[0]
        return _led(said, lead) if lead and sentence.fact.fact.kind in lead.kinds else said

    def rest(self) -> Iterator[BoundText]:
        """Yields the required sentences that no key named."""
        for key, sentence in self._sentences.items():
            if sentence.fact.required and key not in self._said:
                self._said[key] = None
                yield sentence.fact.ways[0]


def _led(said: BoundText, lead: Lead) -> BoundText:
    shift = len(lead.text) + 1
    return BoundText(
        text=f"{lead.text} {said.text}", claims=tuple(c.moved(shift) for c in said.claims)
    )


def _offered(facts: Sequence[WordedFact]) -> Iterator[Sentence]:
    """Yields all that is required, and of the rest what there is room for."""
    sentences = [Sentence(f"s{number}", fact) for number, fact in enumerate(facts, start=1)]
    room = _MOST_CHARACTERS - sum(len(s.text) for s in sentences if s.fact.required)
    for sentence in sentences:
        if not sentence.fact.required:
            room -= len(sentence.text)
            if room < 0:
                continue
        yield sentence
