"""Where a term stands below the element of its group: paths of child elements, compiled to plain loops.

    path       step ("/" step)*            the last step may be an attribute, `@name`
    step       `.` or `prefix:Name`, then names of conditions in brackets, all of which must hold

Conditions are functions of a syntax, named there: `cac:TaxCategory[vat]/cbc:ID`. This is a smaller language than that
of the binding tables, and about three times as fast: the rules ask for every term of every line.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from en16931.hardened_xml import NAME_SEPARATOR, XmlElement

Condition = Callable[[XmlElement], bool]
Elements = Callable[[XmlElement], Sequence[XmlElement]]
Texts = Callable[[XmlElement], Sequence[str]]

_STEP = re.compile(r"/?(\.|@[\w-]+|\w+:\w+)((?:\[[\w-]+\])*)")
_NONE: tuple[XmlElement, ...] = ()
_NO_TEXT: tuple[str, ...] = ()


class TermPaths:
    """Compiles paths for the namespaces and the conditions of one syntax."""

    def __init__(
        self, namespaces: Mapping[str, str], conditions: Mapping[str, Condition] | None = None
    ) -> None:
        self._namespaces = namespaces
        self._conditions = conditions or {}

    def elements(self, *paths: str) -> Elements:
        """Returns a function from an element to all elements that the paths reach from it. Raises ValueError."""
        compiled = [self._compiled(path) for path in paths]
        if any(attribute for _, attribute in compiled):
            raise ValueError(f"a path to an attribute reaches no element: {paths}")
        return _all_of([_walk(steps) for steps, _ in compiled])

    def anywhere(self, path: str) -> tuple[str, Elements]:
        """Returns the first name of the path, and a function from an element of that name to what the path reaches.

        Raises ValueError.
        """
        steps, attribute = self._compiled(path)
        if attribute or not steps or not steps[0][0]:
            raise ValueError(f"a path from anywhere begins with a name, and ends with one: {path}")
        (name, conditions), *rest = steps
        return name, _walk([("", conditions), *rest])

    def texts(self, *paths: str) -> Texts:
        """Returns a function from an element to the texts of all nodes that the paths reach from it."""
        return _texts_of([self._texts(path) for path in paths])

    def _texts(self, path: str) -> Texts:
        steps, attribute = self._compiled(path)
        walk = _walk(steps)
        if attribute is None:
            if len(steps) == 1 and not steps[0][1]:
                return _texts_of_children(steps[0][0])
            return _texts_at(walk)
        return lambda element: [
            reached.attributes[attribute]
            for reached in walk(element)
            if attribute in reached.attributes
        ]

    def name(self, prefixed: str) -> str:
        """Returns the name of an element as the tree has it."""
        prefix, local = prefixed.split(":")
        return f"{self._namespaces[prefix]}{NAME_SEPARATOR}{local}"

    def _compiled(self, path: str) -> tuple[list[tuple[str, Sequence[Condition]]], str | None]:
        steps: list[tuple[str, Sequence[Condition]]] = []
        attribute, end = None, 0
        for match in _STEP.finditer(path):
            if match.start() != end or attribute is not None:
                break
            end = match.end()
            conditions = [self._conditions[name] for name in re.findall(r"\[([\w-]+)\]", match[2])]
            if match[1].startswith("@"):
                attribute = match[1][1:]
            elif match[1] != "." or conditions:
                name = "" if match[1] == "." else self.name(match[1])
                steps.append((name, conditions))
        if not path or end != len(path):
            raise ValueError(f"not a path: {path}")
        return steps, attribute


def _texts_at(walk: Elements) -> Texts:
    def texts(element: XmlElement) -> Sequence[str]:
        reached = walk(element)
        if not reached:
            return _NO_TEXT
        return [reached[0].text] if len(reached) == 1 else [each.text for each in reached]

    return texts


def _texts_of_children(name: str) -> Texts:
    """Returns the same for a path of one name, as most are."""

    def texts(element: XmlElement) -> Sequence[str]:
        reached = element.children.get(name)
        if reached is None:
            return _NO_TEXT
        return [reached[0].text] if len(reached) == 1 else [each.text for each in reached]

    return texts


def _walk(steps: Sequence[tuple[str, Sequence[Condition]]]) -> Elements:
    every = _walk_of_all(steps)
    if not steps or any(conditions or not name for name, conditions in steps):
        return every
    *above, last = (name for name, _ in steps)
    if not above:
        return lambda element: element.children.get(last, _NONE)

    # Most paths go through elements that stand once.
    def walk(element: XmlElement) -> Sequence[XmlElement]:
        parent = element
        for name in above:
            reached = parent.children.get(name)
            if reached is None:
                return _NONE
            if len(reached) != 1:
                return every(element)
            parent = reached[0]
        return parent.children.get(last, _NONE)

    return walk


def _walk_of_all(steps: Sequence[tuple[str, Sequence[Condition]]]) -> Elements:
    def walk(element: XmlElement) -> Sequence[XmlElement]:
        reached: Sequence[XmlElement] = (element,)
        for name, conditions in steps:
            if name:
                if len(reached) == 1:
                    reached = reached[0].children.get(name, _NONE)
                else:
                    reached = [
                        child for parent in reached for child in parent.children.get(name, _NONE)
                    ]
            if not reached:
                return _NONE
            if conditions:
                reached = [child for child in reached if _meets(child, conditions)]
        return reached

    return walk


def _meets(element: XmlElement, conditions: Sequence[Condition]) -> bool:
    if len(conditions) == 1:
        return conditions[0](element)
    return all(holds(element) for holds in conditions)


def _all_of(walks: Sequence[Elements]) -> Elements:
    if len(walks) == 1:
        return walks[0]
    return lambda element: [reached for walk in walks for reached in walk(element)]


def _texts_of(parts: Sequence[Texts]) -> Texts:
    if len(parts) == 1:
        return parts[0]
    return lambda element: [text for part in parts for text in part(element)]
