"""Reads a model's answer, which may be anything: keys as they come, and all of them at the end."""

import re
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from invoice_summarizer.domain.summarizing.refusal import RefusalCode

_LONGEST = 16 * 1024  # characters; a row of keys has some hundred
_OPENING = re.compile(r'\s*\{\s*"segments"\s*:\s*\[')
_KEY = re.compile(r'\s*,?\s*"([A-Za-z0-9_]{1,40})"(?=\s*[,\]])')


class AnswerDefect(StrEnum):
    """Why an answer is refused as a whole."""

    ANSWER_CUT = "ANSWER_CUT"  # it ended at the limit of tokens
    ANSWER_TOO_LONG = "ANSWER_TOO_LONG"
    ANSWER_NOT_JSON = "ANSWER_NOT_JSON"
    ANSWER_NOT_OF_SCHEMA = "ANSWER_NOT_OF_SCHEMA"
    ANSWER_EMPTY = "ANSWER_EMPTY"  # names no sentence
    KEY_UNKNOWN = "KEY_UNKNOWN"


class AnswerRefused(Exception):
    """The model's answer is not one that was asked for, or the gate refuses the text that it makes.

    No caller sees this: the templates write.
    """

    def __init__(self, *reasons: AnswerDefect | RefusalCode) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = tuple(reason.value for reason in reasons)


class _Answer(msgspec.Struct, forbid_unknown_fields=True):
    segments: list[str]


class AnswerReader:
    """Takes an answer in pieces and gives its keys as soon as each is whole."""

    def __init__(self) -> None:
        self.text = ""
        self._place: int | None = None

    @property
    def kept(self) -> str:
        """The beginning of the answer, as text that can be sent and stored: half surrogate pairs are replaced."""
        return self.text[:_LONGEST].encode(errors="replace").decode()

    def feed(self, piece: str) -> Iterator[str]:
        """Yields the keys that the piece completes. Raises AnswerRefused where the answer grows too long."""
        self.text += piece
        if len(self.text) > _LONGEST:
            raise AnswerRefused(AnswerDefect.ANSWER_TOO_LONG)
        if self._place is None:
            opening = _OPENING.match(self.text)
            if opening is None:
                return
            self._place = opening.end()
        while key := _KEY.match(self.text, self._place):
            self._place = key.end()
            yield key[1]

    def end(self) -> list[str]:
        """Returns all keys of the whole answer. Raises AnswerRefused where it is not what was asked for."""
        try:
            keys = msgspec.json.decode(self.text, type=_Answer).segments
        except msgspec.ValidationError as error:
            raise AnswerRefused(AnswerDefect.ANSWER_NOT_OF_SCHEMA) from error
        except (msgspec.DecodeError, UnicodeEncodeError) as error:
            raise AnswerRefused(AnswerDefect.ANSWER_NOT_JSON) from error
        return keys
