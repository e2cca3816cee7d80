"""A summary whose sentences end with a number, and below, for each number, where its figures stand."""

import re
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from invoice_summarizer.cli.presentation.expression_words import expression_words, field_words
from invoice_summarizer.cli.presentation.printable import NO_BREAK, printable, unbroken
from invoices.v1 import assurance_pb2, summary_pb2

# Nobody looks up that an invoice is called one.
_UNQUESTIONED = frozenset({"type_code", "extras.document_kind"})
_END_OF_SENTENCE = re.compile(r"[.!?:](?=\s|$)")


def noted_summary(summary: summary_pb2.Summary) -> RenderableType:
    """Returns the text with `[n]` behind each sentence that states something, and a line for each n."""
    shown, notes, begin = Text(), Text(), 0
    number = 0
    for end in _ends(summary):
        claims = [claim for claim in summary.claims if begin <= claim.begin < end]
        shown.append(unbroken(summary.text[begin:end], keep="\n"))
        if note := _note(claims):
            number += 1
            shown.append(f"{NO_BREAK}[{number}]", style="cyan")
            notes.append(f"\n[{number}] ", style="cyan").append(note, style="dim")
        begin = end
    return Group(shown, notes) if number else shown


def _ends(summary: summary_pb2.Summary) -> Iterator[int]:
    """Yields where each sentence ends; a full stop within a claim ends none."""
    for match in _END_OF_SENTENCE.finditer(summary.text):
        if not any(claim.begin <= match.start() < claim.end for claim in summary.claims):
            yield match.end()
    yield len(summary.text)


def _note(claims: Sequence[summary_pb2.Claim]) -> str:
    """Returns the places of the claims, each with what stands there; nothing where there are none to be looked up."""
    fields_at: dict[str, dict[str, None]] = {}
    for claim in claims:
        if claim.field_paths and _UNQUESTIONED.issuperset(claim.field_paths):
            continue
        named = [*map(field_words, claim.field_paths[:1]), *claim.finding_rule_ids[:1]]
        for place in map(_place, claim.evidence):
            fields_at.setdefault(place, {}).update(dict.fromkeys(named))
    said = [f"{place}: {', '.join(fields)}" for place, fields in fields_at.items()]
    return printable("; ".join(said))


def _place(evidence: assurance_pb2.Evidence) -> str:
    match evidence.WhichOneof("place"):
        case "page_region":
            return f"page {evidence.page_region.page}"
        case "xml_node":
            attached = "attached XML" if evidence.xml_node.attachment_sha256 else "XML"
            return f"{attached} line {evidence.xml_node.line}"
        case "derivation":
            return f"worked out as {expression_words(evidence.derivation.expression)}"
        case "human_edit":
            return f"entered by {evidence.human_edit.actor}"
        case _:
            return "unknown place"
