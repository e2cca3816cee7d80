"""All elements of a document by their names, made in one walk: what rules of an element, and XPath's `//`, look at."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from en16931.hardened_xml import XmlElement


@dataclass(slots=True)
class Named:
    """The elements of one name, and beside each the one that it stands in."""

    elements: list[XmlElement]
    parents: list[XmlElement]


class ElementIndex:
    """The elements of a document. The root stands in an element without a name."""

    __slots__ = ("by_name", "_within")

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

    def _below(self, names: tuple[str, ...]) -> Iterator[int]:
        above = [element for name in names for element in self.of(name)]
        for element in above:
            for siblings in element.children.values():
                yield from map(id, siblings)
                above.extend(each for each in siblings if each.children)
