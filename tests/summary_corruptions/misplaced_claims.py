"""Claims that are right by themselves and wrong where they stand, and claims that are not what they say."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from random import Random

from summary_corruptions.pieces import Pieces, Said, Summarized, one_of, path_of

Kind = Callable[[Summarized, Random], Pieces | None]
_INDEX = re.compile(r"\[\d+\]")
_MEMBER = re.compile(r"[^\[]*\[\d+\]")
_DATES = {"issue_date", "payment_due_date"}
_PARTIES = {"seller.name", "buyer.name"}
_OPENING, _CLOSING = "“„«", "”“»"


def misplaced_claims() -> dict[str, Kind]:
    """Returns the kinds by name; each returns None where the summary has no claims of the kind."""
    return {
        "claims exchanged": _exchanged(lambda a, b: _role(a) != _role(b)),
        "amounts exchanged": _exchanged(_two_amounts),
        "dates exchanged": _exchanged(lambda a, b: {path_of(a), path_of(b)} == _DATES),
        "parties exchanged": _exchanged(lambda a, b: {path_of(a), path_of(b)} == _PARTIES),
        "members exchanged": _members_exchanged,
        "claim dropped": _claim_dropped,
        "claim of another field": _claim_of_another_field,
        "claim cut": _claim_cut,
        "claim stretched": _claim_stretched,
        "evidence dropped": _evidence_dropped,
        "evidence of another field": _evidence_of_another_field,
        "line of a list dropped": _line_dropped,
        "quotation marks dropped": _quotes_dropped,
    }


def _exchanged(fits: Callable[[Said, Said], bool]) -> Kind:
    def corrupt(summary: Summarized, random: Random) -> Pieces | None:
        pairs = [
            (i, j)
            for (i, a), (j, b) in combinations(enumerate(summary.said), 2)
            if a.text != b.text and fits(a, b)
        ]
        return _swapped(summary.pieces, *random.choice(pairs)) if pairs else None

    return corrupt


def _swapped(pieces: Pieces, i: int, j: int) -> Pieces:
    return pieces.with_said(i, pieces.said[j]).with_said(j, pieces.said[i])


def _role(said: Said) -> object:
    return _INDEX.sub("", path_of(said)) or said.claim


def _two_amounts(a: Said, b: Said) -> bool:
    return _role(a) != _role(b) and path_of(a)[:6] == path_of(b)[:6] == "totals"


def _members_exchanged(summary: Summarized, random: Random) -> Pieces | None:
    """Exchanges claims of two lines, accounts or rows, where the text says more of each of them."""
    members = [match[0] if (match := _MEMBER.match(path_of(said))) else "" for said in summary.said]
    pairs = [
        (i, j)
        for (i, a), (j, b) in combinations(enumerate(summary.said), 2)
        if members[i] != members[j]
        and _role(a) == _role(b)
        and a.text != b.text
        and min(members.count(members[i]), members.count(members[j])) > 1
    ]
    return _swapped(summary.pieces, *random.choice(pairs)) if pairs else None


def _claim_dropped(summary: Summarized, random: Random) -> Pieces | None:
    index = one_of(random, range(len(summary.said)))
    if index is None:
        return None
    return summary.pieces.with_said(index, Said(None, summary.said[index].text))


def _claim_of_another_field(summary: Summarized, random: Random) -> Pieces | None:
    """Keeps the text and lets the claim name another field, with that field's evidence."""
    said = summary.said
    pairs = [
        (i, j)
        for i in range(len(said))
        for j in range(len(said))
        if _role(said[i]) != _role(said[j])
    ]
    if not pairs:
        return None
    i, j = random.choice(pairs)
    return summary.pieces.with_said(i, Said(said[j].claim, said[i].text))


def _claim_cut(summary: Summarized, random: Random) -> Pieces | None:
    index = one_of(random, [i for i, said in enumerate(summary.said) if len(said.text) > 1])
    if index is None:
        return None
    text, pieces = summary.said[index].text, summary.pieces
    if random.random() < 0.5:
        after = text[-1] + pieces.words[index + 1]
        return pieces.with_text(index, text[:-1]).with_words(index + 1, after)
    before = pieces.words[index] + text[0]
    return pieces.with_text(index, text[1:]).with_words(index, before)


def _claim_stretched(summary: Summarized, random: Random) -> Pieces | None:
    pieces = summary.pieces
    index = one_of(random, [i for i in range(len(pieces.said)) if pieces.words[i]])
    if index is None:
        return None
    words = pieces.words[index]
    text = words[-1] + pieces.said[index].text
    return pieces.with_text(index, text).with_words(index, words[:-1])


def _evidence_dropped(summary: Summarized, random: Random) -> Pieces | None:
    index = one_of(random, [i for i, said in enumerate(summary.said) if path_of(said)])
    return None if index is None else _with_evidence(summary.pieces, index, ())


def _evidence_of_another_field(summary: Summarized, random: Random) -> Pieces | None:
    said = summary.said
    pairs = [
        (i, j)
        for i in range(len(said))
        for j in range(len(said))
        if path_of(said[i])
        and _evidence(said[j])
        and not any(evidence in _evidence(said[i]) for evidence in _evidence(said[j]))
    ]
    if not pairs:
        return None
    i, j = random.choice(pairs)
    return _with_evidence(summary.pieces, i, _evidence(said[j]))


def _evidence(said: Said) -> tuple[object, ...]:
    assert said.claim is not None
    return said.claim.evidence


def _with_evidence(pieces: Pieces, index: int, evidence: tuple[object, ...]) -> Pieces:
    said = pieces.said[index]
    assert said.claim is not None
    changed = replace(said.claim, evidence=evidence)  # type: ignore[arg-type]  # of a claim
    return pieces.with_said(index, replace(said, claim=changed))


def _line_dropped(summary: Summarized, random: Random) -> Pieces | None:
    """Leaves an item of the list of lines out."""
    pieces = summary.pieces
    begins = [i for i, words in enumerate(pieces.words) if "\n• " in words]
    if len(begins) < 2:
        return None
    which = random.randrange(len(begins) - 1)
    first, after = begins[which], begins[which + 1]
    before = pieces.words[first].partition("\n• ")[0]
    words = (*pieces.words[:first], before + pieces.words[after], *pieces.words[after + 1 :])
    said = (*pieces.said[:first], *pieces.said[after:])
    return Pieces(words, said)


def _quotes_dropped(summary: Summarized, random: Random) -> Pieces | None:
    """Takes the marks from a value that could be taken for words of the summary."""
    pieces = summary.pieces
    quoted = [
        i
        for i, said in enumerate(pieces.said)
        if pieces.words[i].rstrip("\u00a0").endswith(tuple(_OPENING))
    ]
    index = one_of(random, quoted)
    if index is None:
        return None
    before = pieces.words[index].rstrip("\u00a0").rstrip(_OPENING)
    after = pieces.words[index + 1].lstrip("\u00a0").lstrip(_CLOSING)
    return pieces.with_words(index, before).with_words(index + 1, after)
