"""A binding table compiled for writing: of each field, the one place that is written of those that are read."""

from dataclasses import dataclass

from en16931.binding.table import CURRENCY, Many, MemberBinding, One, Value
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
    """A group that is written under one path; each of several, where it is repeated."""

    path: MadePath
    repeated: bool
    members: "tuple[MadeValue | MadeGroups, ...]"


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
        members = (self.member(name, each, element) for name, each in binding.members.items())
        return MadeGroup(
            path,
            isinstance(binding, Many),
            tuple(member for member in members if member is not None),
        )

    def member(
        self, name: str, binding: MemberBinding, parent: str
    ) -> MadeValue | MadeGroups | None:
        """Returns the member; None where the schema has no place for it, or where it follows from what is there."""
        if isinstance(binding, Value):
            compiled = (made_path(path, self.syntax.namespaces) for path in binding.paths)
            paths = tuple(path for path in compiled if self.is_known(path, parent))
            choice = self.choice(name, len(paths))
            value = MadeValue(name, paths, choice, binding.convert, binding.currency)
            return value if paths else None
        if isinstance(binding, One | Many):
            groups: tuple[MadeGroup, ...] = (self.group(binding, parent),)
        elif isinstance(binding, tuple):
            groups = tuple(self.group(each, parent) for each in binding)
        else:
            return None
        known = tuple(group for group in groups if self.is_known(group.path, parent))
        return MadeGroups(name, known, self.choice(name, len(known))) if known else None

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
