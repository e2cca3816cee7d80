"""The text that a model's answer makes, sentence by sentence while the answer comes."""

from collections.abc import Iterator

from invoice_summarizer.domain.summarizing.choice import Choice, ChosenText
from invoice_summarizer.domain.summarizing.fact_words import following
from invoice_summarizer.domain.summarizing.model_answer import (
    AnswerDefect,
    AnswerReader,
    AnswerRefused,
)
from invoice_summarizer.domain.summary import BoundText, Claim


class ModelDraft:
    """The text so far, and the answer that it comes from. AnswerRefused is raised where it is none to this choice."""

    def __init__(self, choice: Choice) -> None:
        self._chosen = ChosenText(choice)
        self._reader = AnswerReader()
        self._keys: list[str] = []
        self._text = ""
        self._claims: list[Claim] = []
        self.added = 0  # required sentences that the answer has left out

    @property
    def answer(self) -> str:
        """What the model has said so far, as text that can be stored."""
        return self._reader.kept

    @property
    def takes_as_offered(self) -> bool:
        """Says whether the choice shows none of its own."""
        return self._chosen.takes_as_offered

    @property
    def bound(self) -> BoundText:
        return BoundText(text=self._text, claims=tuple(self._claims))

    def feed(self, piece: str) -> Iterator[BoundText]:
        """Yields what each sentence adds to the text that the piece of the answer names."""
        for key in self._reader.feed(piece):
            self._keys.append(key)
            sentence = self._chosen.add(key)
            if sentence is not None:
                yield self._append(sentence)

    def end(self) -> Iterator[BoundText]:
        """Yields what the required sentences add that the answer has left out.

        Refused is an answer that is not whole, of which other keys were read while it came, or that names no sentence.
        """
        if self._reader.end() != self._keys:
            raise AnswerRefused(AnswerDefect.ANSWER_NOT_OF_SCHEMA)
        if self._chosen.is_empty:
            raise AnswerRefused(AnswerDefect.ANSWER_EMPTY)
        for sentence in self._chosen.missing():
            self.added += 1
            yield self._append(sentence)

    def _append(self, sentence: BoundText) -> BoundText:
        piece = following(self._text, sentence)
        self._text += piece.text
        self._claims += piece.claims
        return piece
