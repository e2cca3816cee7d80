"""The rows of a table against the lines that were returned: which came whole, and which did not."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from en16931.field_path import value_at
from invoice_reading.annotation import PageRegion
from invoice_reading.reading import Reading
from invoice_summarizer.cli.grounding.truth import TrueDocument, TrueWords

# The field of a line, and the role of the words that print it behind `lines[N].`.
_AMOUNTS = {"net_amount": "net", "extras.gross_amount": "gross"}
_FACTORS = {"invoiced_quantity": "quantity", "price.net_price": "price"}


@dataclass(frozen=True, slots=True)
class RowScore:
    """Printed rows of lines by what became of them.

    `right` came back as one line with the amount, quantity and price that they print, as far as they print one;
    `wrong` as one line with another of these. `merged` share their line with another row, `missing` came in none.
    `extra` counts the lines that are no row of their own: a second one of the same row, or one of a subtotal.
    """

    right: int = 0
    wrong: int = 0
    missing: int = 0
    merged: int = 0
    extra: int = 0

    @property
    def rows(self) -> int:
        return self.right + self.wrong + self.missing + self.merged

    @property
    def is_whole(self) -> bool:
        return self.right == self.rows and not self.extra


def row_of_each_line(reading: Reading, truth: TrueDocument, words: TrueWords) -> list[set[int]]:
    """Returns for each line of the reading the rows of the truth in which the words stand that its numbers cite."""
    row_of_word = {word: at for at, row in enumerate(truth.rows) for word in row.words}
    cited: list[set[int]] = []
    regions = _regions_of_lines(reading)
    for index in range(len(reading.content.lines)):
        under = words.under(regions[index])
        cited.append({row_of_word.get(word, -1) for word in under})
    return cited


def row_score(reading: Reading, truth: TrueDocument, words: TrueWords) -> RowScore:
    """Returns what became of the rows; those of a document without rows of lines are all extra."""
    cited = row_of_each_line(reading, truth, words)
    lines_of_row: dict[int, list[int]] = defaultdict(list)
    for index, rows in enumerate(cited):
        for cited_row in rows:
            lines_of_row[cited_row].append(index)
    counts: Counter[str] = Counter()
    owners: set[int] = set()
    for at, row in enumerate(truth.rows):
        if row.kind != "line":
            continue
        lines = lines_of_row[at]
        if not lines:
            counts["missing"] += 1
            continue
        owner = lines[0]
        if owner in owners or len(cited[owner]) > 1:
            counts["merged"] += 1
        else:
            same = row.line is not None and _states(reading, owner, truth, row.line, row.words)
            counts["right" if same else "wrong"] += 1
        owners.add(owner)
    counts["extra"] = len(cited) - len(owners)
    return RowScore(**counts)


def _regions_of_lines(reading: Reading) -> Mapping[int, list[PageRegion]]:
    found: dict[int, list[PageRegion]] = defaultdict(list)
    for index in range(len(reading.content.lines)):
        for name in (*_AMOUNTS, *_FACTORS):
            annotation = reading.annotations.get(f"lines[{index}].{name}")
            for evidence in annotation.evidence if annotation is not None else ():
                if isinstance(evidence, PageRegion):
                    found[index].append(evidence)
    return found


def _states(
    reading: Reading, index: int, truth: TrueDocument, number: int, words: tuple[int, ...]
) -> bool:
    """Returns whether the line has the amount of the row, and no other quantity or price than it prints."""
    printed = {truth.words[word].role for word in words}

    def are_right(fields: Mapping[str, str]) -> list[bool]:
        return [
            value == Decimal(truth.fields[role].value)
            for name, key in fields.items()
            for role in (f"lines[{number}].{key}",)
            for value in (value_at(reading.content, f"lines[{index}].{name}"),)
            if role in printed and value is not None
        ]

    amounts = are_right(_AMOUNTS)
    if not amounts:
        # Where no tax is due, the amount with VAT is that without it.
        amounts = are_right({"net_amount": "gross", "extras.gross_amount": "net"})
    prints_amount = any(f"lines[{number}].{key}" in printed for key in _AMOUNTS.values())
    return all((*amounts, *are_right(_FACTORS))) and (bool(amounts) or not prints_amount)
