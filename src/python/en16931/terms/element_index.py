"""All elements of a document by their names, made in one walk: what rules of an element, and XPath's `//`, look at."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from en16931.hardened_xml import NAME_SEPARATOR, XmlElement
from en16931.namespaces import PREFIXES


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an element stands: its name, and which of the siblings of that name it is; 0 of the only one."""

    parent: XmlElement
    name: str
    number: int


@dataclass(slots=True)
class Named:
    """The elements of one name, and beside each the one that it stands in."""

    elements: list[XmlElement]
    parents: list[XmlElement]


class ElementIndex:
    """The elements of a document. The root stands in an element without a name."""

    __slots__ = ("by_name", "_places", "_within")

    def __init__(self, root: XmlElement) -> None:
        top = XmlElement("", {}, 0, "", {root.name: [root]})
        by_name: dict[str, Named] = {}
        waiting = [top]
        for parent in waiting:
            for name, siblings in parent.children.items():
                named = by_name.get(name)
                if named is None:
                    named = by_name[name] = Named([], [])
                if len(siblings) == 1:
                    [element] = siblings
                    named.elements.append(element)
                    named.parents.append(parent)
                    if element.children:
                        waiting.append(element)
                else:
                    named.elements.extend(siblings)
                    named.parents.extend([parent] * len(siblings))
                    waiting.extend([element for element in siblings if element.children])
        self.by_name: Mapping[str, Named] = by_name
        # The identities of what stands below these names; the tree lives as long as the index is used.
        self._within: dict[tuple[str, ...], set[int]] = {}
        self._places: dict[int, _Place] = {}

    def of(self, name: str) -> Iterable[XmlElement]:
        """Returns the elements of the name."""
        named = self.by_name.get(name)
        return () if named is None else named.elements

    def is_within(self, element: XmlElement, names: tuple[str, ...]) -> bool:
        """Returns whether the element stands anywhere below one of these names."""
        known = self._within.get(names)
        if known is None:
            known = self._within[names] = set(self._below(names))
        return id(element) in known

    def xpath_of(self, element: XmlElement) -> str:
        """Returns the path from the root to an element of the document, with numbers where siblings bear one name."""
        if not self._places:
            self._places = dict(self._all_places())
        steps = list[str]()
        place = self._places.get(id(element))
        while place is not None:
            steps.append(_step(place))
            place = self._places.get(id(place.parent))
        return "".join(reversed(steps))

    def _all_places(self) -> Iterator[tuple[int, _Place]]:
        for name, named in self.by_name.items():
            for parent in {id(parent): parent for parent in named.parents}.values():
                siblings = parent.children[name]
                is_only = len(siblings) == 1
                for number, element in enumerate(siblings, start=1):
                    yield id(element), _Place(parent, name, 0 if is_only else number)

    def _below(self, names: tuple[str, ...]) -> Iterator[int]:
        above = [element for name in names for element in self.of(name)]
        for element in above:
            for siblings in element.children.values():
                yield from map(id, siblings)
                above.extend(each for each in siblings if each.children)


def _step(place: _Place) -> str:
    uri, _, local = place.name.rpartition(NAME_SEPARATOR)
    prefix = PREFIXES.get(uri)
    name = local if prefix is None else f"{prefix}:{local}"
    return f"/{name}[{place.number}]" if place.number else f"/{name}"
