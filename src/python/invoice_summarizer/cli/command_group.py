"""How a command ends that fails: said on standard error, in one line or as JSON, with the code of the table."""

import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import typer
from typer.core import TyperGroup

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed, wrong_usage
from invoice_summarizer.cli.following_options import let_follow, show_names_only
from invoice_summarizer.cli.presentation.output import Output, OutputFormat

_OPTION = "--output"


class CommandGroup(TyperGroup):
    """The commands; where one fails, says why in the form that was asked for, and exits with the code of the table."""

    _format: OutputFormat | None = None

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        let_follow([each for each in self.params if each.name != "version"], self)
        show_names_only(self)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        self._format = _asked_for(args) or self._format_of_environment(ctx)
        try:
            return super().parse_args(ctx, args)
        except typer.TyperException as error:
            raise self._refused(error) from None

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except CommandFailed as failure:
            raise self._told(failure) from None
        except KeyboardInterrupt:
            raise self._told(
                CommandFailed(ExitCode.INTERRUPTED, "INTERRUPTED", "interrupted")
            ) from None
        except typer.TyperException as error:
            raise self._refused(error) from None
        except BrokenPipeError:
            raise typer.Exit(pipe_closed()) from None

    def _format_of_environment(self, ctx: Any) -> OutputFormat | None:
        """Returns what the variable of the option says; None where it is not set, or to no format."""
        option = next(each for each in self.params if each.name == "output")
        value = option.resolve_envvar_value(ctx)
        return OutputFormat(value) if value in set(OutputFormat) else None

    def _told(self, failure: CommandFailed) -> typer.Exit:
        Output(self._format or OutputFormat.TABLE).failure(failure)
        return typer.Exit(failure.exit_code)

    def _refused(self, error: typer.TyperException) -> Exception:
        """Returns what to raise where the words typed are no command: typer says it to people, with the usage."""
        message = error.format_message()
        # Without a message it is a group without a command, whose help has been shown.
        if message and self._format is not None and self._format.is_for_programs:
            return self._told(wrong_usage(message))
        return error


def pipe_closed() -> ExitCode:
    """Returns the code where whoever reads the output has enough, as `head` has; no more of it is written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ExitCode.PIPE_CLOSED


def _asked_for(arguments: Sequence[str]) -> OutputFormat | None:
    """Returns the last format that the words name, also where they are no command that can be."""
    found = None
    for word, following in pairwise([*arguments, ""]):
        name, sign, value = word.partition("=")
        if name == _OPTION and (given := value if sign else following) in set(OutputFormat):
            found = OutputFormat(given)
    return found
