"""Reads an element tree by a binding table into the model, and notes where each value stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from en16931.binding.path import Node, Variables, XmlPath, compile_path
from en16931.binding.table import Many, MemberBinding, One, Stated, Value
from en16931.binding.values import Converter, NotAValue
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


class BoundTable:
    """A binding table, compiled for the namespaces of one syntax."""

    def __init__(self, table: One, namespaces: Mapping[str, str]) -> None:
        self._root = _compile_group(table, namespaces)

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
class _Value:
    name: str
    paths: tuple[XmlPath, ...]
    convert: Converter
    only: bool
    keep_text: bool
    currency: str


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
    members: "tuple[_Value | _Stated | _Group, ...]"


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
        for found, found_xpath in member.path.elements(element, xpath, self.variables):
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
            if member.only or self._is_foreign(member, node):
                nodes = list(path.texts(element, xpath, self.variables))
                own = [other for other in nodes if not self._is_foreign(member, other)]
                if not own:
                    self._cannot_read(member, nodes, prefix, UnreadableReason.OTHER_CURRENCY)
                    return
                if member.only and len({other.text.strip() for other in own}) > 1:
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


def _place(member: _Value, node: Node) -> XmlPlace:
    return XmlPlace(node.xpath, node.element.line, node.text if member.keep_text else "")


def _compile_group(group: One | Many, namespaces: Mapping[str, str], name: str = "") -> _Group:
    members: list[_Value | _Stated | _Group] = []
    for member_name, binding in group.members.items():
        members.extend(_compile(member_name, binding, namespaces))
    return _Group(
        name,
        group.group,
        compile_path(group.path, namespaces),
        isinstance(group, Many),
        tuple(members),
    )


def _compile(
    name: str, binding: MemberBinding, namespaces: Mapping[str, str]
) -> list[_Value | _Stated | _Group]:
    if isinstance(binding, Value):
        paths = tuple(compile_path(path, namespaces) for path in binding.paths)
        return [
            _Value(name, paths, binding.convert, binding.only, binding.keep_text, binding.currency)
        ]
    if isinstance(binding, Stated):
        return [_Stated(name, binding)]
    if isinstance(binding, tuple):
        return [_compile_group(part, namespaces, name) for part in binding]
    return [_compile_group(binding, namespaces, name)]
