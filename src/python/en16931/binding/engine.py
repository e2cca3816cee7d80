"""Reads an element tree by a binding table into the model, and notes where each value stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain, islice
from typing import Any

import msgspec

from en16931.binding.path import SELF, Node, Variables, XmlPath, compile_path
from en16931.binding.table import (
    Joined,
    Many,
    MemberBinding,
    OfWhole,
    One,
    Several,
    Stated,
    Value,
)
from en16931.binding.values import Converter, NotAValue
from en16931.exact import EXACT
from en16931.field_path import Leaf, leaves_of
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
_ALL_COUNT = frozenset({Several.CONFLICT, Several.CONFLICT_OF_PATHS, Several.AGREED})
_NOWHERE = XmlElement("", {}, 0, "", {})


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
    first: str
    second: str
    paths: tuple[XmlPath, ...]
    convert: Converter
    several: Several
    keep_text: bool
    currency: str
    doubtful: tuple[XmlPath, ...]
    doubt: UnreadableReason


@dataclass(frozen=True, slots=True)
class _Joined:
    name: str
    first: str
    second: str
    paths: tuple[XmlPath, ...]
    separator: str


@dataclass(frozen=True, slots=True)
class _OfWhole:
    name: str
    path: XmlPath
    first: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class _Stated:
    name: str
    stated: Stated
    first: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    first: str
    second: str
    kind: type[Group]
    path: XmlPath
    repeated: bool
    at_least: int
    members: "tuple[_Member, ...]"
    parts: "_Group | None" = None


# `first` is the name of the child element without which the member is not there, and `second` that of the child of that;
# empty where there is no such name.
_Member = _Value | _Joined | _OfWhole | _Stated | _Group


@dataclass(slots=True)
class _Reader:
    variables: Variables
    limits: XmlLimits
    characters: int = 0
    places: dict[str, XmlPlace] = field(default_factory=dict)
    unreadable: list[Unreadable] = field(default_factory=list)
    unsettled: set[str] = field(default_factory=set)
    wholes: list[tuple[XmlElement, str]] = field(default_factory=list)

    def group(
        self, group: _Group, element: XmlElement, xpath: str, prefix: str, index: int
    ) -> Group | None:
        """Returns the group that the element declares; its members' field paths begin with the prefix."""
        declared: _Declared = {}
        unreadable_before = len(self.unreadable)
        children = element.children
        for member in group.members:
            if member.first:
                reached = children.get(member.first)
                if reached is None:
                    continue
                if member.second and len(reached) == 1:
                    [child] = reached
                    if member.second not in child.children:
                        continue
            if isinstance(member, _Value):
                self._leaf(member, element, xpath, prefix, declared)
            elif isinstance(member, _Joined):
                self._joined(member, element, xpath, prefix, declared)
            elif isinstance(member, _OfWhole):
                self._of_whole(member, prefix, declared)
            elif isinstance(member, _Stated):
                place = XmlPlace(xpath, "", element.line, "")
                stated = member.stated.value(index)
                self._declare(member.name, stated, prefix + member.name, place, declared)
            elif member.repeated:
                self._repeated(member, element, xpath, prefix, declared)
            elif member.name not in declared:
                value = self._once(member, element, xpath, f"{prefix}{member.name}.", index)
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
        reached = member.path.elements(element, xpath, self.variables)
        if member.at_least > 1:
            first = tuple(islice(reached, member.at_least))
            reached = chain(first, reached) if len(first) == member.at_least else iter(())
        for found, found_xpath in reached:
            self._member(member, found, found_xpath, prefix, values)
        if values:
            declared[member.name] = tuple(values)

    def _member(
        self, member: _Group, element: XmlElement, xpath: str, prefix: str, values: list[Group]
    ) -> None:
        index = len(values)
        value = self.group(member, element, xpath, f"{prefix}{member.name}[{index}].", index)
        if value is not None:
            values.append(value)
            limit, most = self._limit_of(member)
            _refuse_beyond(limit, most, len(values))
        if member.parts is None:
            return
        self.wholes.append((element, xpath))
        for part, part_xpath in member.parts.path.elements(element, xpath, self.variables):
            self._member(
                replace(member.parts, parts=member.parts), part, part_xpath, prefix, values
            )
        self.wholes.pop()

    def _of_whole(self, member: _OfWhole, prefix: str, declared: _Declared) -> None:
        whole, xpath = self.wholes[-1]
        node = member.path.first_text(whole, xpath, self.variables)
        if node is not None:
            text = node.text.strip()
            self._declare(member.name, text, prefix + member.name, node.place(), declared)

    def _once(
        self, member: _Group, element: XmlElement, xpath: str, prefix: str, index: int
    ) -> Group | None:
        sole = member.path.at_most_one(element, self.variables)
        if sole is not None:
            plain = xpath + member.path.plain
            return self.group(member, sole[0], plain, prefix, index) if sole else None
        reached = member.path.elements(element, xpath, self.variables)
        first = next(reached, None)
        if first is None:
            return None
        others = tuple(reached)
        if not others:
            return self.group(member, *first, prefix, index)
        _refuse_beyond(XmlLimit.REPETITIONS, self.limits.max_repetitions, len(others) + 1)
        apart = [self._apart(member, *other, prefix, index) for other in (first, *others)]
        apart = [one for one in apart if one.says_something]
        if not apart:
            return None
        for path in sorted(_contradicted(apart)):
            self._contradict(path, apart)
        return self.group(member, apart[0].element, apart[0].xpath, prefix, index)

    def _apart(
        self, member: _Group, element: XmlElement, xpath: str, prefix: str, index: int
    ) -> "_Apart":
        reader = _Reader(self.variables, self.limits)
        content = reader.group(member, element, xpath, prefix, index)
        values = {} if content is None else dict(leaves_of(content, prefix.removesuffix(".")))
        return _Apart(element, xpath, values, reader.places, bool(values or reader.unreadable))

    def _contradict(self, path: str, apart: "Sequence[_Apart]") -> None:
        for one in apart:
            if path in one.values:
                place, value = one.places[path], one.values[path]
                self._report(Unreadable(path, place, UnreadableReason.DECLARED_TWICE, value))

    def _leaf(
        self, member: _Value, element: XmlElement, xpath: str, prefix: str, declared: _Declared
    ) -> None:
        nodes = self._nodes(member, element, xpath)
        if not nodes and not member.doubtful:
            return
        field_path = prefix + member.name
        if member.name in declared or field_path in self.unsettled:
            return
        if not nodes:
            self._doubt(member, element, xpath, field_path)
        elif len(nodes) > 1 or (nodes[0].element.attributes and self._is_foreign(member, nodes[0])):
            self._several(member, nodes, field_path, declared)
        else:
            self._stated_once(member, nodes, field_path, declared)

    def _nodes(self, member: _Value, element: XmlElement, xpath: str) -> Sequence[Node]:
        """Returns what counts for the field: the texts of the first path that gives any, or of all."""
        if member.several is Several.CONFLICT_OF_PATHS:
            return [
                node
                for path in member.paths
                for node in path.all_texts(element, xpath, self.variables)
            ]
        for path in member.paths:
            nodes = path.all_texts(element, xpath, self.variables)
            if nodes:
                is_alone = member.several is not Several.SOLE or path.is_alone(element)
                return nodes if is_alone else ()
        return ()

    def _several(
        self, member: _Value, nodes: Sequence[Node], field_path: str, declared: _Declared
    ) -> None:
        own = [node for node in nodes if not self._is_foreign(member, node)]
        if not own:
            self._cannot_read(member, nodes, field_path, UnreadableReason.OTHER_CURRENCY)
        elif member.several is Several.ADDED:
            self._added(member, own, field_path, declared)
        else:
            self._stated_once(member, own, field_path, declared)

    def _stated_once(
        self, member: _Value, nodes: Sequence[Node], field_path: str, declared: _Declared
    ) -> None:
        node = nodes[0]
        try:
            value = member.convert(node.text.strip(), node.element.attributes)
            if len(nodes) > 1 and member.several in _ALL_COUNT:
                values = [one.convert_by(member.convert) for one in nodes]
                if any(other != value for other in values):
                    if member.several is not Several.AGREED:
                        self._contradicting(member, nodes, values, field_path)
                    return
        except NotAValue as error:
            self._cannot_read(member, [node], field_path, error.reason)
            return
        if value is not None:
            self._declare(member.name, value, field_path, _place(member, node), declared)

    def _contradicting(
        self, member: _Value, nodes: Sequence[Node], values: list[Leaf | None], field_path: str
    ) -> None:
        for node, value in zip(nodes, values, strict=True):
            place = _place(member, node)
            self._report(Unreadable(field_path, place, UnreadableReason.DECLARED_TWICE, value))

    def _doubt(self, member: _Value, element: XmlElement, xpath: str, field_path: str) -> None:
        for path in member.doubtful:
            for node in path.texts(element, xpath, self.variables):
                try:
                    value = node.convert_by(member.convert)
                except NotAValue:
                    value = None
                self._report(Unreadable(field_path, _place(member, node), member.doubt, value))

    def _declare(
        self, name: str, value: Leaf, field_path: str, place: XmlPlace, declared: _Declared
    ) -> None:
        declared[name] = value
        self.places[field_path] = place
        self.characters += len(place.raw_text)
        if place.others:
            self.characters += sum(len(part.raw_text) for part in place.others)
        limits = self.limits
        if len(self.places) > limits.max_values:
            raise XmlLimitExceeded(XmlLimit.VALUES, limits.max_values)
        if self.characters > limits.max_characters:
            raise XmlLimitExceeded(XmlLimit.TEXT, limits.max_characters)

    def _added(
        self, member: _Value, nodes: Sequence[Node], field_path: str, declared: _Declared
    ) -> None:
        total = Decimal(0)
        for node in nodes:
            try:
                value = node.convert_by(member.convert)
            except NotAValue as error:
                self._cannot_read(member, [node], field_path, error.reason)
                return
            assert isinstance(value, Decimal)
            total = EXACT.add(total, value)
        self._declare(member.name, total, field_path, _place_of_all(nodes), declared)

    def _joined(
        self, member: _Joined, element: XmlElement, xpath: str, prefix: str, declared: _Declared
    ) -> None:
        field_path = prefix + member.name
        if field_path in self.unsettled:
            return
        nodes = [
            node for path in member.paths for node in path.all_texts(element, xpath, self.variables)
        ]
        if nodes:
            text = member.separator.join(node.text.strip() for node in nodes)
            self._declare(member.name, text, field_path, _place_of_all(nodes), declared)

    def _limit_of(self, member: _Group) -> tuple[XmlLimit, int]:
        match member.name:
            case "lines":
                return XmlLimit.LINES, self.limits.max_lines
            case "vat_breakdown":
                return XmlLimit.VAT_ROWS, self.limits.max_vat_rows
        return XmlLimit.REPETITIONS, self.limits.max_repetitions

    def _is_foreign(self, member: _Value, node: Node) -> bool:
        """Tells whether the node is an amount in another currency than the one in which its term is stated."""
        stated = node.element.attributes.get("currencyID")
        expected = self.variables.get(member.currency)
        if stated is None or stated == expected:
            return False
        stated = stated.strip()
        if not stated:
            return False
        return expected is not None and stated.casefold() != expected.casefold()

    def _cannot_read(
        self, member: _Value, nodes: Sequence[Node], field_path: str, reason: UnreadableReason
    ) -> None:
        for node in nodes:
            self._report(Unreadable(field_path, _place(member, node), reason))

    def _report(self, unreadable: Unreadable) -> None:
        self.unreadable.append(unreadable)
        self.unsettled.add(unreadable.field_path)
        _refuse_beyond(XmlLimit.UNREADABLE, self.limits.max_unreadable, len(self.unreadable))


@dataclass(frozen=True, slots=True)
class _Apart:
    """What one of several elements says, read alone, of a group that occurs once."""

    element: XmlElement
    xpath: str
    values: Mapping[str, Leaf]
    places: Mapping[str, XmlPlace]
    says_something: bool


def _contradicted(apart: Sequence[_Apart]) -> set[str]:
    """Returns the fields of which these elements say different things; what one says alone is no contradiction."""
    paths = {path for one in apart for path in one.values}
    return {
        path for path in paths if len({one.values[path] for one in apart if path in one.values}) > 1
    }


def _refuse_beyond(limit: XmlLimit, most: int, count: int) -> None:
    if count > most:
        raise XmlLimitExceeded(limit, most)


def _place_of_all(nodes: Sequence[Node]) -> XmlPlace:
    first, *others = nodes
    if not others:
        return first.place()
    return msgspec.structs.replace(first.place(), others=tuple(node.place() for node in others))


def _place(member: _Value, node: Node) -> XmlPlace:
    text = node.text if member.keep_text else ""
    return XmlPlace(node.start, node.steps, node.element.line, text)


def _compile_group(group: One | Many, names: _Names, name: str = "") -> _Group:
    members: list[_Member] = []
    for member_name, binding in group.members.items():
        members.extend(_compile(member_name, binding, names))
    kind, path = group.group, names.path(group.path)
    if isinstance(group, One):
        return _Group(name, *_first((path,)), kind, path, False, 1, tuple(members))
    parts = Many(kind, group.parts, group.part_members) if group.parts else None
    compiled = _compile_group(parts, names, name) if parts is not None else None
    return _Group(
        name, *_first((path,)), kind, path, True, group.at_least, tuple(members), compiled
    )


def _first(paths: Sequence[XmlPath]) -> tuple[str, str]:
    """Returns the name of the child element by which all of the paths lead, and of the one below; empty where none is."""
    first = _step_of_all(paths, 0)
    return first, _step_of_all(paths, 1) if first else ""


def _step_of_all(paths: Sequence[XmlPath], index: int) -> str:
    names = {path.steps[index].name if len(path.steps) > index else "" for path in paths}
    [name, *others] = names
    return "" if others or name == SELF else name


def _compile(name: str, binding: MemberBinding, names: _Names) -> list[_Member]:
    match binding:
        case Value(paths, convert, several, keep_text, currency, doubtful, doubt):
            compiled = tuple(names.path(path) for path in paths)
            doubted = tuple(names.path(path) for path in doubtful)
            first, second = _first((*compiled, *doubted))
            value = _Value(
                name, first, second, compiled, convert, several, keep_text, currency, doubted, doubt
            )
            return [value]
        case Joined(paths, separator):
            compiled = tuple(names.path(path) for path in paths)
            return [_Joined(name, *_first(compiled), compiled, separator)]
        case OfWhole(path):
            return [_OfWhole(name, names.path(path))]
        case Stated():
            return [_Stated(name, binding)]
        case One() | Many():
            return [_compile_group(binding, names, name)]
    return [member for part in binding for member in _compile(name, part, names)]
