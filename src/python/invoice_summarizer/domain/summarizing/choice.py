"""What a model may choose from, and the text that its choice makes.

A model never writes a word or a figure. It gets the sentences that may be said of an invoice, each under a key, and
answers with a row of keys: which are said, in which order, and which leads stand before them. The words are those of
the language's table, so a model need not know the language. What is required and the answer leaves out follows at the
end; what is named twice is said once; a lead that leads to nothing of its kind is left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from invoice_summarizer.domain.summarizing.fact_words import worded_facts
from invoice_summarizer.domain.summarizing.facts.kind import FactKind
from invoice_summarizer.domain.summarizing.facts.plan import Freedom, InvoicePlan
from invoice_summarizer.domain.summarizing.language import supported_locale
from invoice_summarizer.domain.summarizing.leads import LEADS, Lead
from invoice_summarizer.domain.summarizing.model_answer import AnswerDefect, AnswerRefused
from invoice_summarizer.domain.summarizing.segments import Bindings
from invoice_summarizer.domain.summarizing.template import MOST_WORDS, required_in, word_count
from invoice_summarizer.domain.summary import BoundText, Style

# Of the sentences that are offered, in UTF-8: of Latin script with the prompt about 1,500 tokens, of others up to 4,000.
_MOST_BYTES = 4000


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that may be said of the invoice."""

    key: str
    kind: FactKind
    said: BoundText
    required: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """The sentences of one invoice, style and language in the order of the template, and the language's leads.

    Beyond what is required a text has at most `more_words`; None is no limit.
    """

    sentences: tuple[Sentence, ...]
    leads: tuple[Lead, ...]
    more_words: int | None

    @property
    def keys(self) -> tuple[str, ...]:
        """What an answer may name."""
        return (*self.sentence_keys, *(lead.key for lead in self.leads))

    @property
    def sentence_keys(self) -> tuple[str, ...]:
        return tuple(sentence.key for sentence in self.sentences)


def choice_of(plan: InvoicePlan, style: Style, language_code: str, freedom: Freedom) -> Choice:
    """Returns all that is required, and of the rest what a request has room for. Raises UnsupportedLanguage."""
    locale = supported_locale(language_code)
    bindings = Bindings(plan.reading.content, plan.reading.annotations, locale)
    facts = worded_facts(plan, style, bindings, freedom)
    most = MOST_WORDS.get(style)
    required_said = iter(required_in(facts, most))
    sentences = tuple(
        Sentence(
            f"s{number}",
            fact.fact.kind,
            next(required_said) if fact.required else fact.ways[0],
            fact.required,
        )
        for number, fact in enumerate(facts, start=1)
    )
    required = sum(word_count(s.said.text) for s in sentences if s.required)
    return Choice(
        tuple(_with_room(sentences)),
        LEADS[bindings.language],
        None if most is None else max(0, most - required),
    )


def _with_room(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    room = _MOST_BYTES - sum(len(s.said.text.encode()) for s in sentences if s.required)
    for sentence in sentences:
        if not sentence.required:
            room -= len(sentence.said.text.encode())
        if sentence.required or room >= 0:
            yield sentence


class ChosenText:
    """Makes the text while the keys come in, for a reader who sees each sentence at once."""

    def __init__(self, choice: Choice) -> None:
        self._sentences = {sentence.key: sentence for sentence in choice.sentences}
        self._leads = {lead.key: lead for lead in choice.leads}
        self._said = dict[str, None]()  # in the order of the text
        self._named = dict[str, None]()  # each sentence where it was named first
        self._lead: Lead | None = None
        self._room = choice.more_words

    @property
    def is_empty(self) -> bool:
        """Says whether no sentence was named; one that had no room was."""
        return not self._named

    @property
    def takes_as_offered(self) -> bool:
        """Says whether the choice shows none of its own, so that whatever a reader asks for may have had it.

        The text keeps the order of the sentences, or that in which a request shows them: what is required first. Of what
        is not required the answer names nothing, or what is offered first.
        """
        optional = [key for key, each in self._sentences.items() if not each.required]
        named = [key for key in self._named if key in optional]
        if named != optional[: len(named)]:
            return False
        said = [*self._said, *self._missing()]
        kept = [key for key in self._sentences if key in said]
        shown = sorted(kept, key=lambda key: not self._sentences[key].required)
        return said in (kept, shown)

    def add(self, key: str) -> BoundText | None:
        """Returns the sentence that the key adds; None where it adds none. Raises AnswerRefused for an unknown one."""
        if key in self._leads:
            self._lead = self._leads[key]
            return None
        sentence = self._sentences.get(key)
        if sentence is None:
            raise AnswerRefused(AnswerDefect.KEY_UNKNOWN)
        self._named[key] = None
        lead, self._lead = self._lead, None
        if key in self._said or not self._has_room(sentence):
            return None
        self._said[key] = None
        return _led(sentence.said, lead) if lead and sentence.kind in lead.kinds else sentence.said

    def _has_room(self, sentence: Sentence) -> bool:
        if sentence.required or self._room is None:
            return True
        left = self._room - word_count(sentence.said.text)
        if left >= 0:
            self._room = left
        return left >= 0

    def missing(self) -> Iterator[BoundText]:
        """Yields the required sentences that no key has named."""
        for key in self._missing():
            yield self._sentences[key].said

    def _missing(self) -> Iterator[str]:
        for key, sentence in self._sentences.items():
            if sentence.required and key not in self._said:
                yield key


def _led(said: BoundText, lead: Lead) -> BoundText:
    by = len(lead.text) + 1
    claims = tuple(claim.moved(by) for claim in said.claims)
    return BoundText(text=f"{lead.text} {said.text}", claims=claims)
