"""A summary whose sentences end with the numbers of their figures, and below, for each, where these stand.

A figure has the same number in all that is printed of a summary, and in what is typed: it is its claim's, from 1.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.text import Text

from invoice_summarizer.cli.presentation.expression_words import (
    expression_words,
    field_words,
    paths_in,
)
from invoice_summarizer.cli.presentation.printable import NO_BREAK, printable, unbroken
from invoices.v1 import assurance_pb2, summary_pb2

# Nobody looks up that an invoice is called one.
_UNQUESTIONED = frozenset({"type_code", "extras.document_kind"})
_END_OF_SENTENCE = re.compile(r"[.!?:](?=\s|$)")


@dataclass(frozen=True, slots=True)
class _Figure:
    number: int
    claim: summary_pb2.Claim


def noted_summary(summary: summary_pb2.Summary) -> RenderableType:
    """Returns the text with `[n]` or `[n–m]` behind each sentence that states something, and a line for each."""
    figures = [_Figure(number, claim) for number, claim in enumerate(summary.claims, start=1)]
    shown, notes, begin = Text(), Text(), 0
    for end in _ends(summary):
        within = [each for each in figures if begin <= each.claim.begin < end]
        looked_up = [each for each in within if _is_questioned(each.claim)]
        shown.append(unbroken(summary.text[begin:end], keep="\n"))
        if looked_up:
            numbers = _numbers(looked_up)
            shown.append(f"{NO_BREAK}{numbers}", style="cyan")
            notes.append(f"\n{numbers} ", style="cyan")
            notes.append(_note([each.claim for each in looked_up]), style="dim")
        begin = end
    return Group(shown, notes) if notes else shown


def _ends(summary: summary_pb2.Summary) -> Iterator[int]:
    """Yields where each sentence ends; a full stop within a claim ends none."""
    for match in _END_OF_SENTENCE.finditer(summary.text):
        if not any(claim.begin <= match.start() < claim.end for claim in summary.claims):
            yield match.end()
    yield len(summary.text)


def _is_questioned(claim: summary_pb2.Claim) -> bool:
    named = claim.field_paths and _UNQUESTIONED.issuperset(claim.field_paths)
    return not named and bool(claim.evidence or claim.finding_rule_ids)


def _numbers(figures: Sequence[_Figure]) -> str:
    first, last = figures[0].number, figures[-1].number
    return f"[{first}]" if first == last else f"[{first}–{last}]"


def _note(claims: Sequence[summary_pb2.Claim]) -> str:
    """Returns each place once, with the fields that stand there."""
    fields_at: dict[str, dict[str, None]] = {}
    for claim in claims:
        for place, paths in _places(claim):
            fields_at.setdefault(place, {}).update(dict.fromkeys(map(field_words, paths)))
    worked_out_by = {rule for claim in claims if claim.evidence for rule in claim.finding_rule_ids}
    for claim in claims:
        for rule in claim.finding_rule_ids if not claim.evidence else ():
            if rule not in worked_out_by:
                fields_at[f"rule {rule}"] = dict.fromkeys(map(field_words, claim.field_paths))
    said = (
        f"{place}: {', '.join(fields)}" if fields else place for place, fields in fields_at.items()
    )
    return printable("; ".join(said))


def _places(claim: summary_pb2.Claim) -> Iterator[tuple[str, Sequence[str]]]:
    """Yields each place of the claim with the fields that stand there; where that is not known, with all that may."""
    worked_out = [each.derivation for each in claim.evidence if each.HasField("derivation")]
    by_rule = "".join(f" by rule {rule}" for rule in claim.finding_rule_ids)
    for derivation in worked_out:
        yield f"worked out as {expression_words(derivation.expression)}{by_rule}", ()
    placed = [each for each in claim.evidence if not each.HasField("derivation")]
    paths = [*claim.field_paths]
    if worked_out and len(placed) != len(paths):
        # Of the fields that a sum adds up, which may be thousands, no place is said.
        named = {path for each in worked_out for path in paths_in(each.expression)}
        paths = [path for path in paths if path in named]
    # Evidence is in the order of the fields; most have one place.
    known = len(placed) == len(paths)
    for index, evidence in enumerate(placed):
        yield _place(evidence), paths[index : index + 1] if known else paths


def _place(evidence: assurance_pb2.Evidence) -> str:
    match evidence.WhichOneof("place"):
        case "page_region":
            return f"page {evidence.page_region.page}"
        case "xml_node":
            attached = "attached XML" if evidence.xml_node.attachment_sha256 else "XML"
            return f"{attached} line {evidence.xml_node.line}"
        case "human_edit":
            return f"entered by {evidence.human_edit.actor}"
        case _:
            return "unknown place"
