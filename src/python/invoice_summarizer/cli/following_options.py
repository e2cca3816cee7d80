"""The options before a command, taken behind it too: a person does not know which of them belong to the command."""

import copy
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from typer.core import TyperArgument, TyperGroup

_HINT = "Takes the options of `invoicectl --help` too, as `--output json`."


def let_follow(options: Sequence[Any], group: TyperGroup) -> None:
    """Every command of the group takes each of the options that it has no own of; the last that was given counts."""
    for command in _commands(group):
        own = {name for parameter in command.params for name in parameter.opts}
        command.params += [_following(option) for option in options if own.isdisjoint(option.opts)]
        command.epilog = command.epilog or _HINT


def show_names_only(group: TyperGroup) -> None:
    """The help names no types of Python: an argument says by its name what it is, and a flag takes nothing."""
    for command in (group, *_commands(group)):
        command.get_params = partial(_untyped, command.get_params)


def _untyped(params_of: Callable[[Any], list[Any]], context: Any) -> list[Any]:
    parameters = params_of(context)
    for parameter in parameters:
        if isinstance(parameter, TyperArgument) or parameter.is_flag:
            parameter.display_type_rich = lambda ctx: ""
    return parameters


def _following(option: Any) -> Any:
    """Returns the option as it stands behind a command: without a default, for that is said before."""
    following = copy.copy(option)
    following.hidden = True
    following.default = following.envvar = None
    following.expose_value = False
    following.callback = _remember
    return following


def _remember(context: Any, option: Any, value: Any) -> None:
    if value is not None:
        context.find_root().params[option.name] = value


def _commands(group: TyperGroup) -> Iterator[Any]:
    for command in group.commands.values():
        yield command
        if isinstance(command, TyperGroup):
            yield from _commands(command)
