"""Phrases found in token sequences by a trie: the longest phrase that starts at each place, in linear time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Generic, TypeVar

from invoice_reading.completeness import AttachedPage
from invoice_reading.extract.layout import COLUMN
from invoice_reading.extract.lexicon import (
    CaptionWord,
    Column,
    Label,
    Phrases,
    Title,
    Word,
    phrase_table,
)
from invoice_reading.extract.tokens import Token, tokens

M = TypeVar("M")


@dataclass(slots=True)
class _Node(Generic[M]):
    next: dict[str, "_Node[M]"] = field(default_factory=dict)
    meanings: list[tuple[M, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found(Generic[M]):
    """A phrase over the tokens [first, last] and the characters [begin, end): its meanings and their languages."""

    meanings: tuple[M, ...]
    languages: tuple[str, ...]
    first: int
    last: int
    begin: int
    end: int


class PhraseTable(Generic[M]):
    """The phrases of a lexicon table, ready to be searched."""

    def __init__(self, table: Mapping[M, Phrases]) -> None:
        self._root: _Node[M] = _Node()
        for meaning, by_language in table.items():
            for language, phrases in by_language.items():
                for phrase in phrases:
                    self._add(phrase, meaning, language)

    def search(self, text: str, of: Sequence[Token]) -> tuple[Found[M], ...]:
        """Returns the phrases in the tokens of the text, left to right, none over another or over a column gap."""
        found: list[Found[M]] = []
        at = 0
        starts = self._root.next
        while at < len(of):
            match = self.at(text, of, at) if of[at].text in starts else None
            if match is None:
                at += 1
            else:
                found.append(match)
                at = match.last + 1
        return tuple(found)

    def at(self, text: str, of: Sequence[Token], first: int) -> Found[M] | None:
        """Returns the longest phrase that starts with the token `first`, None where there is none."""
        node = self._root
        best: Found[M] | None = None
        for last in range(first, len(of)):
            following = node.next.get(of[last].text)
            if following is None:
                break
            if last > first and COLUMN in text[of[last - 1].end : of[last].begin]:
                break
            node = following
            if node.meanings:
                meanings = tuple(dict.fromkeys(meaning for meaning, _ in node.meanings))
                languages = tuple(dict.fromkeys(language for _, language in node.meanings))
                best = Found(meanings, languages, first, last, of[first].begin, of[last].end)
        return best

    def _add(self, phrase: str, meaning: M, language: str) -> None:
        node = self._root
        for token in tokens(phrase):
            node = node.next.setdefault(token.text, _Node())
        node.meanings.append((meaning, language))


@cache
def label_phrases() -> PhraseTable[Label]:
    return PhraseTable(phrase_table("labels", Label))


@cache
def caption_phrases() -> PhraseTable[CaptionWord]:
    return PhraseTable(phrase_table("captions", CaptionWord))


@cache
def column_phrases() -> PhraseTable[Column]:
    return PhraseTable(phrase_table("columns", Column))


def words_of(word: Word) -> frozenset[str]:
    """Returns the words of every language that tell this, as tokens have them."""
    return _words()[word]


@cache
def words_by_language(word: Word) -> Mapping[str, frozenset[str]]:
    """Returns the words that tell this by their language."""
    return {
        language: frozenset(texts) for language, texts in phrase_table("words", Word)[word].items()
    }


@cache
def _words() -> Mapping[Word, frozenset[str]]:
    return {
        word: frozenset(text for texts in by_language.values() for text in texts)
        for word, by_language in phrase_table("words", Word).items()
    }


@cache
def title_phrases() -> PhraseTable[Title]:
    return PhraseTable(phrase_table("titles", Title))


@cache
def attached_phrases() -> PhraseTable[AttachedPage]:
    """Titles of pages that are attached to an invoice."""
    return PhraseTable(phrase_table("attached", AttachedPage))
