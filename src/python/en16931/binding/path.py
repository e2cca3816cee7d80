"""The part of XPath 1.0 in which the binding tables name nodes.

    path       step ("/" step)*            the last step may be an attribute, `@name`
    step       `.`, `prefix:Name` or `Name`, then predicates in brackets, all of which must hold
    predicate  condition (" or " condition)*
    condition  `path`, `path='literal'`, `path=$variable` or `not(predicate)`, the last not nested

A name without a prefix is in no namespace, unless the path is compiled with a prefix for such names. Comparison trims and
ignores case, as the official validation artefacts do with codes. A comparison with a variable that has no value holds
for none.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import msgspec

from en16931.binding.values import Converter
from en16931.field_path import Leaf
from en16931.hardened_xml import NAME_SEPARATOR, XmlElement
from en16931.xml_reading import XmlPlace

Variables = Mapping[str, str]
Predicate = Callable[[XmlElement, Variables], bool]

SELF = "."
_NOTHING: "tuple[Node, ...]" = ()
_NO_ELEMENT: tuple[XmlElement, ...] = ()
_STEP = re.compile(r"/?(\.|@[\w-]+|\w+:\w+|\w+)((?:\[[^\]]*\])*)")
_OR = re.compile(r" or (?![^(]*\))")
_CONDITION = re.compile(r"([^='$]+)(?:='([^']*)'|=\$(\w+))?")


# Untracked by the garbage collector, as the elements are.
class Node(msgspec.Struct, frozen=True, gc=False):
    """What a path reaches: an element, or an attribute of it, under an XPath (in two parts) that selects it again."""

    element: XmlElement
    start: str
    steps: str
    text: str

    @property
    def xpath(self) -> str:
        return self.start + self.steps

    def place(self) -> XmlPlace:
        return XmlPlace(self.start, self.steps, self.element.line, self.text)

    def convert_by(self, convert: Converter) -> Leaf | None:
        """Returns the value of the node. Raises NotAValue."""
        return convert(self.text.strip(), self.element.attributes)


@dataclass(frozen=True, slots=True)
class PathStep:
    """A step over child elements: the name, the same with its prefix, and what must hold."""

    name: str
    prefixed: str
    predicates: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class XmlPath:
    """A compiled path: steps over child elements, then perhaps an attribute of the element reached.

    `plain` is what the path adds to the XPath of its start where no step has to choose among several elements.
    """

    steps: tuple[PathStep, ...]
    attribute: str | None
    plain: str

    def at_most_one(self, start: XmlElement, variables: Variables) -> Sequence[XmlElement] | None:
        """Returns the element that the steps reach, or nothing; None where a step has several to choose from.

        The XPath of the element is that of the start and `plain`, as is that of its attribute.
        """
        element, reached = start, None
        for step in self.steps:
            if step.name is not SELF:
                reached = element.children.get(step.name, _NO_ELEMENT)
                if len(reached) != 1:
                    return None if reached else _NO_ELEMENT
                element = reached[0]
            if step.predicates and not _all_hold(step.predicates, element, variables):
                return _NO_ELEMENT
        return (start,) if reached is None else reached

    def elements(
        self, start: XmlElement, xpath: str, variables: Variables
    ) -> Iterator[tuple[XmlElement, str]]:
        """Yields the elements that the steps reach from the start, whose XPath is given, each with its own."""
        return _walk(start, xpath, self.steps, 0, variables)

    def texts(self, start: XmlElement, xpath: str, variables: Variables) -> Iterator[Node]:
        """Yields each node reached that has a text other than white space."""
        suffix = "" if self.attribute is None else f"/@{self.attribute}"
        for element, reached in _walk(start, xpath, self.steps, 0, variables):
            text = self._text(element)
            if text and not text.isspace():
                yield Node(element, reached, suffix, text)

    def first_text(self, start: XmlElement, xpath: str, variables: Variables) -> Node | None:
        """Returns the first of `texts`."""
        return next(iter(self.all_texts(start, xpath, variables)), None)

    def all_texts(self, start: XmlElement, xpath: str, variables: Variables) -> Sequence[Node]:
        """Returns all of `texts`; the common case, one child at each step, takes no generator."""
        reached = self.at_most_one(start, variables)
        if reached is None:
            return list(self.texts(start, xpath, variables))
        if not reached:
            return _NOTHING
        element = reached[0]
        text = self._text(element)
        return [Node(element, xpath, self.plain, text)] if text and not text.isspace() else _NOTHING

    def is_alone(self, start: XmlElement) -> bool:
        """Tells whether each element on the way has no other of its name beside it, whatever holds of either."""
        element = start
        for step in self.steps:
            reached = [element] if step.name is SELF else element.children.get(step.name, ())
            if len(reached) != 1:
                return False
            element = reached[0]
        return True

    def _text(self, element: XmlElement) -> str:
        if self.attribute is None:
            return element.text
        return element.attributes.get(self.attribute, "")


def compile_path(
    path: str, namespaces: Mapping[str, str], prefix_of_bare_names: str = ""
) -> XmlPath:
    """Compiles a path of the grammar above. Raises ValueError where it does not fit, KeyError for a prefix."""
    return _compiled(path, _Names(namespaces, prefix_of_bare_names))


class _Names(NamedTuple):
    """What the names of a path mean."""

    namespaces: Mapping[str, str]
    prefix_of_bare_names: str

    def step(self, name: str, predicates: tuple[Predicate, ...]) -> PathStep:
        prefix, _, local = name.rpartition(":")
        prefix = prefix or self.prefix_of_bare_names
        if not prefix:
            return PathStep(local, f"/{local}", predicates)
        return PathStep(
            f"{self.namespaces[prefix]}{NAME_SEPARATOR}{local}", f"/{prefix}:{local}", predicates
        )


def _compiled(path: str, names: _Names) -> XmlPath:
    steps: list[PathStep] = []
    attribute = None
    end = 0
    for match in _STEP.finditer(path):
        if match.start() != end or attribute is not None:
            break
        end = match.end()
        if match[1].startswith("@"):
            attribute = match[1][1:]
            continue
        predicates = tuple(
            _predicate(text, names) for text in re.findall(r"\[([^\]]*)\]", match[2])
        )
        if match[1] != SELF:
            steps.append(names.step(match[1], predicates))
        elif predicates:
            steps.append(PathStep(SELF, "", predicates))
    if not path or end != len(path):
        raise ValueError(f"not a path: {path}")
    plain = "".join(step.prefixed for step in steps)
    return XmlPath(tuple(steps), attribute, plain if attribute is None else f"{plain}/@{attribute}")


def _walk(
    element: XmlElement, xpath: str, steps: tuple[PathStep, ...], index: int, variables: Variables
) -> Iterator[tuple[XmlElement, str]]:
    while index < len(steps):
        step = steps[index]
        index += 1
        reached = [element] if step.name is SELF else element.children.get(step.name)
        if reached is None:
            return
        xpath += step.prefixed
        if len(reached) > 1:
            for position, branch in enumerate(reached, start=1):
                if not step.predicates or _all_hold(step.predicates, branch, variables):
                    yield from _walk(branch, f"{xpath}[{position}]", steps, index, variables)
            return
        element = reached[0]
        if step.predicates and not _all_hold(step.predicates, element, variables):
            return
    yield element, xpath


def _predicate(text: str, names: _Names) -> Predicate:
    conditions = tuple(_condition(part, names) for part in _OR.split(text.strip()))
    return conditions[0] if len(conditions) == 1 else partial(_one_holds, conditions)


def _condition(text: str, names: _Names) -> Predicate:
    if text.startswith("not(") and text.endswith(")"):
        return partial(_does_not_hold, _predicate(text[4:-1], names))
    match = _CONDITION.fullmatch(text)
    if match is None:
        raise ValueError(f"not a condition: {text}")
    path = _compiled(match[1], names)
    if match[3] is not None:
        return partial(_equals_variable, path, match[3])
    if match[2] is not None:
        return partial(_equals_literal, path, match[2].casefold())
    return partial(_exists, path)


def _all_hold(predicates: tuple[Predicate, ...], element: XmlElement, variables: Variables) -> bool:
    if len(predicates) == 1:
        return predicates[0](element, variables)
    return all(holds(element, variables) for holds in predicates)


def _one_holds(
    conditions: tuple[Predicate, ...], element: XmlElement, variables: Variables
) -> bool:
    for holds in conditions:  # noqa: SIM110 (no generator: this is asked of every element)
        if holds(element, variables):
            return True
    return False


def _does_not_hold(holds: Predicate, element: XmlElement, variables: Variables) -> bool:
    return not holds(element, variables)


def _exists(path: XmlPath, element: XmlElement, variables: Variables) -> bool:
    reached = path.at_most_one(element, variables)
    if reached is None:
        reached = [found for found, _ in path.elements(element, "", variables)]
    attribute = path.attribute
    if attribute is None:
        return bool(reached)
    return any(attribute in found.attributes for found in reached)


def _equals_literal(path: XmlPath, literal: str, element: XmlElement, variables: Variables) -> bool:
    return any(
        node.text.strip().casefold() == literal for node in path.all_texts(element, "", variables)
    )


def _equals_variable(
    path: XmlPath, variable: str, element: XmlElement, variables: Variables
) -> bool:
    value = variables.get(variable)
    return value is not None and _equals_literal(path, value.casefold(), element, variables)
