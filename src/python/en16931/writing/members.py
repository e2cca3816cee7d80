"""A binding table compiled for writing: of each field, the one place that is written of those that are read."""

from collections.abc import Sequence
from dataclasses import dataclass

from en16931.binding import values
from en16931.binding.table import CURRENCY, Joined, Many, MemberBinding, One, Value
from en16931.binding.values import Converter
from en16931.writing.made_path import MadePath, made_path
from en16931.writing.schema import expanded
from en16931.writing.syntax import Choice, WrittenSyntax


@dataclass(frozen=True, slots=True)
class MadeValue:
    """A leaf: its places, of which the choice takes one."""

    name: str
    paths: tuple[MadePath, ...]
    choice: Choice
    converter: Converter
    currency: str = CURRENCY


@dataclass(frozen=True, slots=True)
class MadeGroup:
    """A group that is written under one path; each of several, where it is repeated.

    `part` is how one is written that is a part of another, below that one.
    """

    path: MadePath
    repeated: bool
    members: "tuple[MadeValue | MadeGroups, ...]"
    part: "MadeGroup | None" = None


@dataclass(frozen=True, slots=True)
class MadeGroups:
    """A group or several: its places, of which the choice takes one for each."""

    name: str
    places: tuple[MadeGroup, ...]
    choice: Choice


def compile_members(syntax: WrittenSyntax) -> MadeGroup:
    """Returns the table of the syntax as it is written. Raises ValueError and KeyError for a path that is none."""
    compiler = _Compiler(syntax)
    return compiler.group(syntax.table, expanded(syntax.root, syntax.namespaces))


@dataclass(frozen=True, slots=True)
class _Compiler:
    syntax: WrittenSyntax

    def group(self, binding: One | Many, parent: str) -> MadeGroup:
        path = made_path(binding.path, self.syntax.namespaces)
        element = path.steps[-1].name if path.steps else parent
        part = None
        if isinstance(binding, Many) and binding.parts:
            part = self.group(Many(binding.group, binding.parts, binding.part_members), element)
        members = (self.member(name, each, element) for name, each in binding.members.items())
        return MadeGroup(
            path,
            isinstance(binding, Many),
            tuple(member for member in members if member is not None),
            part,
        )

    def member(
        self, name: str, binding: MemberBinding, parent: str
    ) -> MadeValue | MadeGroups | None:
        """Returns the member; None where the schema has no place for it, or where it follows from what is there."""
        if isinstance(binding, Value | Joined):
            return self.value(name, (binding,), parent)
        if isinstance(binding, One | Many):
            groups: tuple[MadeGroup, ...] = (self.group(binding, parent),)
        elif isinstance(binding, tuple):
            stated = tuple(each for each in binding if isinstance(each, Value))
            if stated:
                return self.value(name, stated, parent)
            groups = tuple(
                self.group(each, parent) for each in binding if not isinstance(each, Value)
            )
        else:
            return None
        known = tuple(group for group in groups if self.is_known(group.path, parent))
        return MadeGroups(name, known, self.choice(name, len(known))) if known else None

    def value(self, name: str, bindings: Sequence[Value | Joined], parent: str) -> MadeValue | None:
        compiled = (
            made_path(path, self.syntax.namespaces) for each in bindings for path in each.paths
        )
        paths = tuple(path for path in compiled if self.is_known(path, parent))
        if not paths:
            return None
        choice, first = self.choice(name, len(paths)), bindings[0]
        if isinstance(first, Joined):
            return MadeValue(name, paths, choice, values.text)
        return MadeValue(name, paths, choice, first.convert, first.currency)

    def choice(self, name: str, places: int) -> Choice:
        chosen = self.syntax.choices.get(name)
        return _first if chosen is None or places < 2 else chosen

    def is_known(self, path: MadePath, parent: str) -> bool:
        """Tells whether the schema has the elements of the path below the parent."""
        for step in path.steps:
            if self.syntax.schema.child(parent, step.name) is None:
                return False
            parent = step.name
        return True


def _first(_: object) -> int:
    return 0
