"""Where answers are printed: lines as rich breaks them, less what stands in them only until they are broken."""

import os
from collections.abc import Iterator
from typing import NoReturn

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook, RenderResult
from rich.control import Control
from rich.segment import Segment

from invoice_summarizer.cli.presentation.printable import NO_BREAK

_UNLIMITED = 1_000_000  # characters: no line of an answer is as long


def terminal(*, stderr: bool = False) -> Console:
    """Returns a console whose lines end with their last character, and break at no NO_BREAK.

    Where nobody looks, as in a pipe or a file, no line is broken or cut, unless COLUMNS says how wide they may be.
    """
    console = _Terminal(stderr=stderr, highlight=False, markup=False, emoji=False)
    # COLUMNS is a terminal's word, which rich reads too.
    if not console.file.isatty() and not os.environ.get("COLUMNS"):
        console.width = _UNLIMITED
    console.push_render_hook(_FinishedLines())
    return console


class _Terminal(Console):
    def on_broken_pipe(self) -> NoReturn:
        """Leaves it to the command to end, with the code of a closed pipe."""
        raise BrokenPipeError


class _FinishedLines(RenderHook):
    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        return [each if isinstance(each, Control) else _Finished(each) for each in renderables]


class _Finished:
    def __init__(self, renderable: ConsoleRenderable) -> None:
        self._renderable = renderable

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        rendered = console.render(self._renderable, options)
        for line, ended in Segment.split_lines_terminator(rendered):
            yield from _trimmed(line) if ended else map(_shown, line)
            if ended:
                yield Segment.line()


def _trimmed(line: list[Segment]) -> Iterator[Segment]:
    """Yields the line without spaces at its end; rich fills the cells of tables with them."""
    kept = list(line)
    while kept and not kept[-1].control and not kept[-1].text.strip(" "):
        kept.pop()
    for segment in kept[:-1]:
        yield _shown(segment)
    if kept:
        text, style, control = _shown(kept[-1])
        yield Segment(text if control else text.rstrip(" "), style, control)


def _shown(segment: Segment) -> Segment:
    text, style, control = segment
    return Segment(text.replace(NO_BREAK, " "), style, control)
