"""A progress bar on standard error, where that is a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePath

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from invoice_summarizer.cli.presentation.output import Output
from invoice_summarizer.cli.presentation.printable import printable


@contextmanager
def progress(output: Output, what: str, total: int) -> Iterator[Callable[[], None]]:
    """Yields what to call after each of the `total` steps; the bar is gone at the end."""
    with _bar(output, what) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


class ReadingProgress:
    """The bar of documents that are read. Beside it stands how far the last one that was told of is."""

    def __init__(self, bar: Progress, task: TaskID, total: int) -> None:
        self._bar = bar
        self._task = task
        self._total = total
        self._told_of = ""

    def advance(self, name: str) -> None:
        """The document of that name is done."""
        self._bar.advance(self._task)
        if name == self._told_of:
            self._bar.update(self._task, page="")

    def pages(self, name: str, done: int, pages: int) -> None:
        """So many pages of its pictures have been read; with the last one it is not yet done."""
        self._told_of = name
        page = f"page {min(done + 1, pages)} of {pages}"
        shown = page if self._total == 1 else f"{PurePath(printable(name)).name}, {page}"
        self._bar.update(self._task, page=shown)


@contextmanager
def reading_progress(output: Output, what: str, total: int) -> Iterator[ReadingProgress]:
    """Yields the bar of so many documents; it is gone at the end."""
    with _bar(output, what, TextColumn("{task.fields[page]}", markup=False)) as bar:
        yield ReadingProgress(bar, bar.add_task(what, total=total, page=""), total)


@contextmanager
def overall_progress(output: Output, what: str) -> Iterator[Callable[[int, int], None]]:
    """Yields what to call with how much is done of how much, zero where that is not known; the bar is gone at the end."""
    with _bar(output, what) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)


@contextmanager
def _bar(output: Output, what: str, *more: ProgressColumn) -> Iterator[Progress]:
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), *more)
    terminal = output.errors.is_terminal
    # Answers go above the bar where both are on the same screen; else to where they belong.
    same_screen = output.console.is_terminal
    with Progress(
        *columns,
        console=output.errors,
        transient=True,
        disable=not terminal,
        redirect_stdout=same_screen,
    ) as bar:
        yield bar
