"""The rows of a table as they are printed, faults included."""

import random
from dataclasses import dataclass
from decimal import Decimal

from invoice_generator.content.document import Document

FAULTS = (
    "dropped_row",
    "repeated_row",
    "merged_rows",
    "wrong_carry",
    "wrong_total",
    "wrong_line",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """`kind` is line, section or subtotal; with `merged` the next line is printed into the same row."""

    kind: str
    line: int = 0
    text: str = ""
    amount: Decimal = Decimal(0)
    merged: bool = False


def entries_of(document: Document, subtotals: bool, fault: str, rng: random.Random) -> list[Entry]:
    """Returns what the table prints from its top; a fault of rows changes one line in its middle."""
    entries: list[Entry] = []
    running = Decimal(0)
    for index, line in enumerate(document.lines):
        if line.section:
            if subtotals and index:
                entries.append(Entry("subtotal", amount=running))
                running = Decimal(0)
            entries.append(Entry("section", text=line.section))
        entries.append(Entry("line", index))
        running += line.net
    if subtotals and any(line.section for line in document.lines):
        entries.append(Entry("subtotal", amount=running))
    lines = [place for place, entry in enumerate(entries) if entry.kind == "line"]
    pairs = [place for place in lines if place + 1 in set(lines)]
    if fault == "dropped_row":
        del entries[rng.choice(lines)]
    elif fault == "repeated_row":
        place = rng.choice(lines)
        entries.insert(place, entries[place])
    elif fault == "merged_rows" and pairs:
        place = rng.choice(pairs)
        entries[place] = Entry("line", entries[place].line, merged=True)
    return entries
