"""A path of a binding table, as something to be made: its steps, and what has to be there for their predicates to hold.

The grammar is that of `binding.path`. Of a predicate with alternatives, the first is made to hold, unless it is a
`not`: that one holds of an element in which nothing stands yet.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from en16931.binding.path import Predicate, compile_path
from en16931.writing.schema import expanded

_STEP = re.compile(r"/?(\.|@[\w-]+|\w+:\w+)((?:\[[^\]]*\])*)")
_PREDICATE = re.compile(r"\[([^\]]*)\]")
_ALTERNATIVE = re.compile(r"\) or ")
_EQUALITY = re.compile(r"([^='$ (]+)=(?:'([^']*)'|\$(\w+))(?: or .*)?")


class Demand(NamedTuple):
    """A predicate, and the text that makes it hold at a path: a literal, or the value of a variable."""

    holds: Predicate
    path: "MadePath"
    literal: str
    variable: str


@dataclass(frozen=True, slots=True)
class MadeStep:
    """An element to be made: `refusals` are predicates that it must not break, `demands` those that it must be made to meet.

    `promises` are the refusals that must hold to the end: a `not` without an alternative.
    """

    name: str
    demands: tuple[Demand, ...]
    refusals: tuple[Predicate, ...]
    promises: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class MadePath:
    """Steps over child elements, then perhaps an attribute of the element reached."""

    steps: tuple[MadeStep, ...]
    attribute: str | None


def made_path(path: str, namespaces: Mapping[str, str]) -> MadePath:
    """Compiles a path; what stands in predicates on the start itself (`.[...]`) is left aside.

    Raises ValueError and KeyError as `compile_path` does.
    """
    compile_path(path, namespaces)
    steps: list[MadeStep] = []
    attribute = None
    for match in _STEP.finditer(path):
        if match[1].startswith("@"):
            attribute = match[1][1:]
        elif match[1] != ".":
            steps.append(_step(match[1], _PREDICATE.findall(match[2]), namespaces))
    return MadePath(tuple(steps), attribute)


def _step(name: str, predicates: list[str], namespaces: Mapping[str, str]) -> MadeStep:
    demands = []
    refusals = []
    promises = []
    for text in predicates:
        [holds] = compile_path(f".[{text}]", namespaces).steps[0].predicates
        equality = _EQUALITY.fullmatch(text)
        if equality is not None:
            path = made_path(equality[1], namespaces)
            demands.append(Demand(holds, path, equality[2] or "", equality[3] or ""))
        elif text.startswith("not("):
            refusals.append(holds)
            if _ALTERNATIVE.search(text) is None:
                promises.append(holds)
        # What else there is asks for an element that the members of the group bring.
    return MadeStep(expanded(name, namespaces), tuple(demands), tuple(refusals), tuple(promises))
