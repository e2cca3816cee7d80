"""Reads a text as a row of sentences, each of which says a fact of the plan, and refuses any other."""

import re
from collections.abc import Iterator, Sequence

from invoice_summarizer.domain.summarizing.fact_words import WordedFact
from invoice_summarizer.domain.summarizing.leads import LEADS, Lead
from invoice_summarizer.domain.summarizing.listed_wording import CLAIM, SPACES, listed_kinds
from invoice_summarizer.domain.summarizing.refusal import Refusal, RefusalCode
from invoice_summarizer.domain.summary import BoundText, Claim

_SENTENCE_END = re.compile(r"(?<=[.!?])(?=[ \n])|(?=\n)|\Z")


def wording_refusals(
    bound: BoundText, facts: Sequence[WordedFact], language: str
) -> Iterator[Refusal]:
    """Yields a refusal for every sentence that says no fact of the plan, and for every required fact that none says."""
    text, leads = _Text(bound), LEADS[language]
    said = set[int]()
    begin = 0
    while begin < len(bound.text):
        ends = {
            index: end
            for index, fact in enumerate(facts)
            if index not in said and (end := text.end_of_led(fact, begin, leads)) is not None
        }
        if ends:
            index = max(ends, key=ends.__getitem__)
            said.add(index)
            end = ends[index]
        else:
            end = text.sentence_end(begin)
            yield Refusal(begin, end, _defect(text, begin, end, facts, language))
        begin = end + 1
    if any(fact.required and index not in said for index, fact in enumerate(facts)):
        yield Refusal(0, 0, RefusalCode.FACT_MISSING)


def _defect(
    text: "_Text", begin: int, end: int, facts: Sequence[WordedFact], language: str
) -> RefusalCode:
    shadow = text.shadow(begin, end)
    kinds = listed_kinds(shadow, language)
    if not kinds:
        return RefusalCode.WORDING_UNLISTED
    if any(text.end_of(fact, begin) is not None for fact in facts):
        return RefusalCode.FACT_REPEATED
    if CLAIM in shadow and any(fact.fact.kind in kinds for fact in facts):
        return RefusalCode.CLAIM_MISPLACED
    return RefusalCode.FACT_UNFOUNDED


class _Text:
    """A text with its claims, read from any place."""

    def __init__(self, bound: BoundText) -> None:
        self._claims = bound.claims
        self._plain = bound.text.translate(SPACES)

    def end_of(self, fact: WordedFact, begin: int) -> int | None:
        """Returns where the fact ends that stands at the place, said in the longest of its ways; None without one."""
        ends = (self._end(way, begin) for way in fact.ways)
        return max((end for end in ends if end is not None), default=None)

    def end_of_led(self, fact: WordedFact, begin: int, leads: Sequence[Lead]) -> int | None:
        """Returns what `end_of` does; a lead for the kind of fact may stand before the sentence."""
        lengths = (
            len(lead.text) + 1
            for lead in leads
            if fact.fact.kind in lead.kinds and self._plain.startswith(f"{lead.text} ", begin)
        )
        starts = (begin, *(begin + length for length in lengths))
        ends = (self.end_of(fact, start) for start in starts)
        return max((end for end in ends if end is not None), default=None)

    def sentence_end(self, begin: int) -> int:
        """Returns where the sentence at the place ends; a stop within a claim ends none."""
        for match in _SENTENCE_END.finditer(self._plain, begin + 1):
            if not any(claim.begin < match.start() < claim.end for claim in self._claims):
                return match.start()
        return len(self._plain)

    def shadow(self, begin: int, end: int) -> str:
        """Returns the words between the places, each claim as one character."""
        parts = list[str]()
        for claim in self._claims:
            if begin <= claim.begin and claim.end <= end:
                parts += self._plain[begin : claim.begin], CLAIM
                begin = claim.end
        return "".join((*parts, self._plain[begin:end]))

    def _end(self, way: BoundText, begin: int) -> int | None:
        """Returns where the sentence ends if it stands at the place: its words, and claims of the same places."""
        index = next(
            (at for at, claim in enumerate(self._claims) if claim.begin >= begin),
            len(self._claims),
        )
        here, done = begin, 0
        for claim in way.claims:
            words = way.text[done : claim.begin]
            here += len(words)
            if index == len(self._claims) or not self._stands(words, here):
                return None
            found = self._claims[index]
            if found.begin != here or not _is_of_same_place(found, claim):
                return None
            here, done, index = found.end, claim.end, index + 1
        words = way.text[done:]
        here += len(words)
        if not self._stands(words, here) or not self._can_end(here, way.text):
            return None
        is_apart = index == len(self._claims) or self._claims[index].begin >= here
        return here if is_apart else None

    def _stands(self, words: str, end: int) -> bool:
        return self._plain.endswith(words.translate(SPACES), 0, end) and end <= len(self._plain)

    def _can_end(self, end: int, sentence: str) -> bool:
        if end == len(self._plain):
            return True
        return self._plain[end] in (" \n" if sentence.endswith(".") else "\n")


def _is_of_same_place(found: Claim, meant: Claim) -> bool:
    return (found.field_paths, found.finding_rule_ids, found.evidence) == (
        meant.field_paths,
        meant.finding_rule_ids,
        meant.evidence,
    )
