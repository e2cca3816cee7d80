"""A progress bar on standard error, where that is a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from invoice_summarizer.cli.presentation.output import Output


@contextmanager
def progress(output: Output, what: str, total: int) -> Iterator[Callable[[], None]]:
    """Yields what to call after each of the `total` steps; the bar is gone at the end."""
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
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)
