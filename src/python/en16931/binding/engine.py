"""Reads an element tree by a binding table into the model, and notes where each value stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from en16931.binding.path import Node, Variables, XmlPath, compile_path
from en16931.binding.table import Joined, Many, MemberBinding, One, Several, Stated, Value
from en16931.binding.values import Converter, NotAValue
from en16931.exact import EXACT
from en16931.hardened_xml import XmlElement, XmlLimits
from en16931.model import Group
from en16931.xml_reading import (
    Unreadable,
    UnreadableReason,
    XmlLimit,
    XmlLimitExceeded,
    XmlPlace,
)

_Declared = dict[str, Any]
_ALL_COUNT = frozenset({Several.CONFLICT, Several.AGREED})


class BoundTable:
    """A binding table, compiled for the namespaces of one syntax, and for the prefix of names that have none in it."""

    def __init__(
        self, table: One, namespaces: Mapping[str, str], prefix_of_bare_names: str = ""
    ) -> None:
        names = _Names(namespaces, prefix_of_bare_names)
        self._root = _compile_group(table, names)

    def read(
        self, root: XmlElement, root_xpath: str, variables: Variables, limits: XmlLimits
    ) -> tuple[Group | None, dict[str, XmlPlace], tuple[Unreadable, ...]]:
        """Returns the content, the place of every leaf value by field path, and what could not be read.

        Raises XmlLimitExceeded as soon as there is too much of it.
        """
        reader = _Reader(variables, limits)
        content = reader.group(self._root, root, root_xpath, "", 0)
        return content, reader.places, tuple(reader.unreadable)


@dataclass(frozen=True, slots=True)
class _Names:
    namespaces: Mapping[str, str]
    prefix_of_bare_names: str

    def path(self, path: str) -> XmlPath:
        return compile_path(path, self.namespaces, self.prefix_of_bare_names)


@dataclass(frozen=True, slots=True)
class _Value:
    name: str
    paths: tuple[XmlPath, ...]
    convert: Converter
    several: Several
    keep_text: bool
    currency: str


@dataclass(frozen=True, slots=True)
class _Joined:
    name: str
    paths: tuple[XmlPath, ...]
    separator: str


@dataclass(frozen=True, slots=True)
class _Stated:
    name: str
    stated: Stated


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    kind: type[Group]
    path: XmlPath
    repeated: bool
    at_least: int
    members: "tuple[_Member, ...]"


_Member = _Value | _Joined | _Stated | _Group


@dataclass(slots=True)
class _Reader:
    variables: Variables
    limits: XmlLimits
    characters: int = 0
    places: dict[str, XmlPlace] = field(default_factory=dict)
    unreadable: list[Unreadable] = field(default_factory=list)

    def group(
        self, group: _Group, element: XmlElement, xpath: str, prefix: str, index: int
    ) -> Group | None:
        """Returns the group that the element declares; its members' field paths begin with the prefix."""
        declared: _Declared = {}
        unreadable_before = len(self.unreadable)
        for member in group.members:
            if isinstance(member, _Value):
                self._leaf(member, element, xpath, prefix, declared)
            elif isinstance(member, _Joined):
                self._joined(member, element, xpath, prefix, declared)
            elif isinstance(member, _Stated):
                declared[member.name] = member.stated.value(index)
                self.places[prefix + member.name] = XmlPlace(xpath, element.line, "")
            elif member.repeated:
                self._repeated(member, element, xpath, prefix, declared)
            elif member.name not in declared:
                first = next(member.path.elements(element, xpath, self.variables), None)
                value = first and self.group(member, *first, f"{prefix}{member.name}.", index)
                if value is not None:
                    declared[member.name] = value
        # A group of which nothing could be read is still there: its siblings keep their indices.
        if declared or len(self.unreadable) > unreadable_before:
            return group.kind(**declared)
        return None

    def _repeated(
        self, member: _Group, element: XmlElement, xpath: str, prefix: str, declared: _Declared
    ) -> None:
        values = list(declared.get(member.name, ()))
        limit, most = self._limit_of(member)
        reached = member.path.elements(element, xpath, self.variables)
        if member.at_least > 1:
            first = tuple(islice(reached, member.at_least))
            reached = chain(first, reached) if len(first) == member.at_least else iter(())
        for found, found_xpath in reached:
            index = len(values)
            member_prefix = f"{prefix}{member.name}[{index}]."
            value = self.group(member, found, found_xpath, member_prefix, index)
            if value is not None:
                values.append(value)
                _refuse_beyond(limit, most, len(values))
        if values:
            declared[member.name] = tuple(values)

    def _leaf(
        self, member: _Value, element: XmlElement, xpath: str, prefix: str, declared: _Declared
    ) -> None:
        for path in member.paths:
            node = path.first_text(element, xpath, self.variables)
            if node is None:
                continue
            if member.several is Several.SOLE and not path.is_alone(element):
                return
            if member.several is Several.ADDED:
                self._added(member, path, element, xpath, prefix, declared)
                return
            if member.several in _ALL_COUNT or self._is_foreign(member, node):
                nodes = list(path.texts(element, xpath, self.variables))
                own = [other for other in nodes if not self._is_foreign(member, other)]
                if not own:
                    self._cannot_read(member, nodes, prefix, UnreadableReason.OTHER_CURRENCY)
                    return
                if member.several in _ALL_COUNT and len({one.text.strip() for one in own}) > 1:
                    if member.several is Several.CONFLICT:
                        self._cannot_read(member, own, prefix, UnreadableReason.DECLARED_TWICE)
                    return
                node = own[0]
            try:
                value = member.convert(node.text.strip(), node.element.attributes)
            except NotAValue as error:
                self._cannot_read(member, [node], prefix, error.reason)
                return
            if value is not None:
                declared[member.name] = value
                self.places[prefix + member.name] = _place(member, node)
                self._count(node)
            return

    def _added(
        self,
        member: _Value,
        path: XmlPath,
        element: XmlElement,
        xpath: str,
        prefix: str,
        declared: _Declared,
    ) -> None:
        nodes = list(path.texts(element, xpath, self.variables))
        total = Decimal(0)
        for node in nodes:
            try:
                value = member.convert(node.text.strip(), node.element.attributes)
            except NotAValue as error:
                self._cannot_read(member, [node], prefix, error.reason)
                return
            assert isinstance(value, Decimal)
            total = EXACT.add(total, value)
            self._count(node)
        declared[member.name] = total
        self.places[prefix + member.name] = _place_of_all(nodes)

    def _joined(
        self, member: _Joined, element: XmlElement, xpath: str, prefix: str, declared: _Declared
    ) -> None:
        found = (path.first_text(element, xpath, self.variables) for path in member.paths)
        nodes = [node for node in found if node is not None]
        if not nodes:
            return
        declared[member.name] = member.separator.join(node.text.strip() for node in nodes)
        self.places[prefix + member.name] = _place_of_all(nodes)
        for node in nodes:
            self._count(node)

    def _limit_of(self, member: _Group) -> tuple[XmlLimit, int]:
        match member.name:
            case "lines":
                return XmlLimit.LINES, self.limits.max_lines
            case "vat_breakdown":
                return XmlLimit.VAT_ROWS, self.limits.max_vat_rows
        return XmlLimit.REPETITIONS, self.limits.max_repetitions

    def _count(self, node: Node) -> None:
        self.characters += len(node.text)
        _refuse_beyond(XmlLimit.VALUES, self.limits.max_values, len(self.places))
        _refuse_beyond(XmlLimit.TEXT, self.limits.max_characters, self.characters)

    def _is_foreign(self, member: _Value, node: Node) -> bool:
        """Tells whether the node is an amount in another currency than the one in which its term is stated."""
        stated = node.element.attributes.get("currencyID", "").strip()
        expected = self.variables.get(member.currency)
        return bool(stated) and expected is not None and stated.casefold() != expected.casefold()

    def _cannot_read(
        self, member: _Value, nodes: list[Node], prefix: str, reason: UnreadableReason
    ) -> None:
        self.unreadable.extend(
            Unreadable(prefix + member.name, _place(member, node), reason) for node in nodes
        )
        _refuse_beyond(XmlLimit.UNREADABLE, self.limits.max_unreadable, len(self.unreadable))


def _refuse_beyond(limit: XmlLimit, most: int, count: int) -> None:
    if count > most:
        raise XmlLimitExceeded(limit, most)


def _place_of_all(nodes: Sequence[Node]) -> XmlPlace:
    first, *others = (XmlPlace(node.xpath, node.element.line, node.text) for node in nodes)
    return replace(first, others=tuple(others))


def _place(member: _Value, node: Node) -> XmlPlace:
    return XmlPlace(node.xpath, node.element.line, node.text if member.keep_text else "")


def _compile_group(group: One | Many, names: _Names, name: str = "") -> _Group:
    members: list[_Member] = []
    for member_name, binding in group.members.items():
        members.extend(_compile(member_name, binding, names))
    return _Group(
        name,
        group.group,
        names.path(group.path),
        isinstance(group, Many),
        group.at_least if isinstance(group, Many) else 1,
        tuple(members),
    )


def _compile(name: str, binding: MemberBinding, names: _Names) -> list[_Member]:
    match binding:
        case Value(paths, convert, several, keep_text, currency):
            compiled = tuple(names.path(path) for path in paths)
            return [_Value(name, compiled, convert, several, keep_text, currency)]
        case Joined(paths, separator):
            return [_Joined(name, tuple(names.path(path) for path in paths), separator)]
        case Stated():
            return [_Stated(name, binding)]
        case One() | Many():
            return [_compile_group(binding, names, name)]
    return [_compile_group(part, names, name) for part in binding]
