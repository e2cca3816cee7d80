"""A table of words and figures: words wrap, figures never do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from invoice_summarizer.cli.presentation.printable import unbroken

_GAP = 2
_FOLDED = 16  # cells: a column of words that may be broken is as wide at least, where they are long


@dataclass(frozen=True, slots=True)
class FigureRow:
    words: Sequence[Text]
    figures: Sequence[str]
    note: str = ""  # stands below the row, over the whole width


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Columns where the terminal has room for the figures whole; else, for each row, its figures by name in a sentence."""

    word_headers: Sequence[str]
    figure_headers: Sequence[str]
    rows: Sequence[FigureRow]
    foldable: frozenset[str] = (
        frozenset()
    )  # headers of columns whose long words may be broken anywhere

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = options.max_width - sum(width + _GAP for width in self._figure_widths())
        widths = _shared(self._word_lengths(), room - _GAP * len(self.word_headers) + _GAP)
        if widths is None:
            yield from self._sentences()
        else:
            # The gap behind the last column is spaces, which no line keeps: it needs no room.
            wider = options.update_width(options.max_width + _GAP)
            for number, rows in enumerate(_until_notes(self.rows)):
                yield from console.render(self._table(widths, rows, headed=number == 0), wider)
                yield from _noted(rows[-1])

    def _table(self, widths: Sequence[int], rows: Sequence[FigureRow], *, headed: bool) -> Table:
        table = Table(box=None, padding=(0, _GAP, 0, 0), header_style="dim", show_header=headed)
        for header, width in zip(self.word_headers, widths, strict=True):
            table.add_column(header, width=width, overflow="fold")
        for header, width in zip(self.figure_headers, self._figure_widths(), strict=True):
            table.add_column(header, width=width, justify="right", no_wrap=True)
        for row in rows:
            table.add_row(*row.words, *row.figures)
        return table

    def _sentences(self) -> Iterator[Text | Padding]:
        for row in self.rows:
            yield Text(", ").join(word for word in row.words if word)
            named = zip(self.figure_headers, row.figures, strict=True)
            said = [unbroken(f"{name} {figure}", whole=True) for name, figure in named if figure]
            if said:
                yield Padding(Text(", ".join(said)), (0, 0, 0, _GAP), expand=False)
            yield from _noted(row)

    def _figure_widths(self) -> Sequence[int]:
        columns = zip(*(row.figures for row in self.rows), strict=True)
        return [
            max(map(cell_len, (header, *column)))
            for header, column in zip(self.figure_headers, columns, strict=True)
        ]

    def _word_lengths(self) -> Sequence[tuple[int, int]]:
        """Returns for each column of words how many cells of a terminal its longest word and its longest text take."""
        columns = zip(*([word.plain for word in row.words] for row in self.rows), strict=True)
        return [
            (self._longest_word(header, column), max(map(cell_len, (header, *column))))
            for header, column in zip(self.word_headers, columns, strict=True)
        ]

    def _longest_word(self, header: str, column: Sequence[str]) -> int:
        longest = max(cell_len(word) for cell in (header, *column) for word in cell.split(" "))
        return min(longest, _FOLDED) if header in self.foldable else longest


def _until_notes(rows: Sequence[FigureRow]) -> Iterator[Sequence[FigureRow]]:
    """Yields the rows in runs of which only the last has a note."""
    begin = 0
    for end, row in enumerate(rows, start=1):
        if row.note or end == len(rows):
            yield rows[begin:end]
            begin = end


def _noted(row: FigureRow) -> Iterator[Padding]:
    if row.note:
        yield Padding(Text(row.note, style="dim"), (0, 0, 0, _GAP), expand=False)


def _shared(lengths: Sequence[tuple[int, int]], room: int) -> Sequence[int] | None:
    """Returns the widths, of which the widest give way first; None where the longest words do not fit beside each other."""
    if sum(least for least, _ in lengths) > room:
        return None
    widths = [most for _, most in lengths]
    while sum(widths) > room:
        spare = [width - least for width, (least, _) in zip(widths, lengths, strict=True)]
        widest = max(range(len(widths)), key=lambda column: (spare[column] > 0, widths[column]))
        widths[widest] -= 1
    return widths
