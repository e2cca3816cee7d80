"""The business groups of an e-invoice, straight from its elements: nothing is read before a rule asks for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from en16931.hardened_xml import XmlElement
from en16931.terms.element_index import ElementIndex
from en16931.terms.model_path import group_path, term_path
from en16931.terms.stated_group import StatedGroup
from en16931.terms.term_path import Elements, TermPaths, Texts
from en16931.xml_reading import Syntax

_INDEX = "index of elements"


@dataclass(frozen=True, slots=True)
class GroupAt:
    """Where the occurrences of a group stand, and, from each, its terms and the groups in it.

    Where `anywhere` is set, the paths begin at every element of their first name in the document: XPath's `//`.
    """

    paths: tuple[str, ...]
    terms: Mapping[str, str | tuple[str, ...]]
    groups: "Mapping[str, GroupAt]" = field(default_factory=dict)
    anywhere: bool = False


class BoundGroup:
    """A `GroupAt`, compiled. `anywhere` are the names and the paths from there of one that stands anywhere."""

    __slots__ = ("terms", "groups", "anywhere")

    def __init__(self, group: GroupAt, paths: TermPaths) -> None:
        self.terms: dict[str, Texts] = {
            term: paths.texts(*((at,) if isinstance(at, str) else at))
            for term, at in group.terms.items()
        }
        self.groups: dict[str, tuple[Elements, BoundGroup]] = {
            name: (
                _nothing if part.anywhere else paths.elements(*part.paths),
                BoundGroup(part, paths),
            )
            for name, part in group.groups.items()
        }
        self.anywhere: tuple[tuple[str, Elements], ...] = (
            tuple(paths.anywhere(path) for path in group.paths) if group.anywhere else ()
        )


class XmlGroup(StatedGroup):
    """A group as an element states it."""

    __slots__ = ("element", "_bound", "_parent", "_name", "_index", "_memo", "_syntax")

    is_complete = True

    def __init__(
        self,
        element: XmlElement,
        bound: BoundGroup,
        parent: "XmlGroup | None" = None,
        name: str = "",
        index: int = 0,
        syntax: Syntax | None = None,
    ) -> None:
        self.element = element
        self._bound = bound
        self._parent = parent
        self._name = name
        self._index = index
        self._memo: dict[str, Any] | None = None
        self._syntax = syntax

    @property
    def parent(self) -> "XmlGroup | None":
        return self._parent

    @property
    def syntax(self) -> Syntax | None:
        return self._syntax

    @property
    def memo(self) -> dict[str, Any]:
        if self._memo is None:
            self._memo = {}
        return self._memo

    @property
    def field_path(self) -> str:
        return group_path(self._named())

    def term_path(self, term: str) -> str:
        return term_path(self._named(), term)

    def _named(self) -> tuple[tuple[str, int], ...]:
        """Returns the name and the index of each group on the way from the invoice to this one."""
        above = () if self._parent is None else self._parent._named()
        return (*above, (self._name, self._index)) if self._name else above

    def texts(self, term: str) -> Sequence[str]:
        return self._bound.terms[term](self.element)

    def has(self, *terms: str) -> bool:
        if len(terms) == 1:
            return bool(self._bound.terms[terms[0]](self.element))
        return any(map(self.texts, terms))

    def has_group(self, name: str) -> bool:
        elements, bound = self._bound.groups[name]
        return bool(self._anywhere(bound) if bound.anywhere else elements(self.element))

    def groups(self, name: str) -> "Sequence[XmlGroup]":
        elements, bound = self._bound.groups[name]
        found = self._anywhere(bound) if bound.anywhere else elements(self.element)
        if not found:
            return ()
        return [
            XmlGroup(element, bound, self, name, index, self._syntax)
            for index, element in enumerate(found)
        ]

    @property
    def index(self) -> ElementIndex:
        """All elements below the one of this group."""
        known: ElementIndex | None = self.memo.get(_INDEX)
        if known is None:
            known = self.memo[_INDEX] = ElementIndex(self.element)
        return known

    def _anywhere(self, bound: BoundGroup) -> Sequence[XmlElement]:
        return [
            reached
            for name, elements in bound.anywhere
            for element in self.index.of(name)
            for reached in elements(element)
        ]


def _nothing(_: XmlElement) -> Sequence[XmlElement]:
    return ()
