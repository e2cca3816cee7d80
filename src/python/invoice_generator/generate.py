"""Generates documents, each from the seed and its number alone."""

import random
from dataclasses import dataclass
from typing import Any

from invoice_generator.blocks.page import draw
from invoice_generator.content.composing import compose
from invoice_generator.content.document import INVOICE_KINDS, Document
from invoice_generator.content.parties import Party
from invoice_generator.languages.catalogue import LANGUAGES
from invoice_generator.layouts.catalogue import LAYOUTS
from invoice_generator.truth import Truth
from invoice_generator.values import values_of
from invoice_generator.version import GENERATOR_VERSION
from invoice_generator.wording import Wording

# What the scorer asks of a document, where its page prints it.
SCORED = ("invoice_number", "issue_date", "due_date", "currency", "seller_name", "buyer_name",
          "net_amount", "tax_amount", "total_amount", "iban")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a document; what is None is drawn by chance."""

    layout: str | None = None
    language: str | None = None
    kind: str | None = None
    lines: int | None = None
    fault: str = ""
    seller: Party | None = None


@dataclass(frozen=True, slots=True)
class Generated:
    """A document with what is true of it; `suffix` is that of its file, `kind` that of a manifest."""

    name: str
    suffix: str
    data: bytes
    kind: str
    layout: str
    document: Document
    truth: Truth

    @property
    def file(self) -> str:
        return self.name + self.suffix

    def manifest_record(self) -> dict[str, Any]:
        """Returns the line of a manifest: what the page prints of the fields that are scored."""
        printed = self.truth.places()
        expected: dict[str, Any] = {
            role: self.truth.values[role] for role in SCORED if role in printed
        }
        if self.document.kind in INVOICE_KINDS:
            expected["line_count"] = self.truth.printed_lines
        return {
            "file": self.file,
            "kind": self.kind,
            "source": f"generated, version {GENERATOR_VERSION}",
            "language": self.document.language,
            "layout": self.layout,
            "document_kind": self.document.kind,
            "fault": self.truth.fault,
            "expected": expected,
        }

    def truth_record(self) -> dict[str, Any]:
        """Returns the line of truth.jsonl."""
        return {
            "file": self.file,
            "layout": self.layout,
            "held_out": LAYOUTS[self.layout].held_out,
            "language": self.document.language,
            "document_kind": self.document.kind,
            **self.truth.record(),
        }


def generate(seed: int, number: int, wanted: Wanted | None = None) -> Generated:
    """Returns document `number` of the seed, the same bytes each time.

    Layouts and languages that are not asked for take turns, so that a run over their product has each pair once.
    """
    wanted = wanted or Wanted()
    rng = random.Random(f"{GENERATOR_VERSION}:{seed}:{number}")
    layouts, languages = list(LAYOUTS), list(LANGUAGES)
    layout = LAYOUTS[wanted.layout or layouts[number % len(layouts)]]
    turn = number if wanted.layout else number // len(layouts)
    language = LANGUAGES[wanted.language or languages[turn % len(languages)]]
    document = compose(language, rng, kind=wanted.kind, lines=wanted.lines, seller=wanted.seller)
    wording = Wording(language, document.seller.country, layout.currency, rng)
    canvas = draw(document, layout, wording, rng, wanted.fault)
    truth = Truth(
        pages=((canvas.width, canvas.height),) * canvas.page_count,
        words=tuple(canvas.words),
        rows=tuple(canvas.rows),
        values=values_of(document),
        fault=wanted.fault,
    )
    return Generated(
        name=f"{number:05}-{layout.name}-{language.code}",
        suffix=".pdf",
        data=canvas.pdf(document.number),
        kind="pdf-digital" if document.kind in INVOICE_KINDS else "pdf-other",
        layout=layout.name,
        document=document,
        truth=truth,
    )
