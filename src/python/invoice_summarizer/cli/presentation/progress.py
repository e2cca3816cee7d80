"""A progress bar on standard error, where that is a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from invoice_summarizer.cli.presentation.output import Output


@contextmanager
def progress(output: Output, what: str, total: int) -> Iterator[Callable[[], None]]:
    """Yields what to call after each of the `total` steps; the bar is gone at the end."""
    with _bar(output, what) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


@contextmanager
def overall_progress(output: Output, what: str) -> Iterator[Callable[[int, int], None]]:
    """Yields what to call with how much is done of how much, zero where that is not known; the bar is gone at the end."""
    with _bar(output, what) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)


@contextmanager
def _bar(output: Output, what: str) -> Iterator[Progress]:
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
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
