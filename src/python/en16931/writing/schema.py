"""The schema of a syntax, as far as a writer needs it: which children an element has, in which order.

It is written as text: under the name of an element, the names of its children in the order of the schema. `!` stands
after one that is required, `*` after one that may stand several times.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from en16931.hardened_xml import NAME_SEPARATOR


@dataclass(frozen=True, slots=True)
class Child:
    """An element within another: its expanded name, and how often it stands there."""

    name: str
    prefixed: str
    required: bool
    repeatable: bool


@dataclass(frozen=True, slots=True)
class Schema:
    """The children of each element that has some, by expanded names; what is not there holds text."""

    children: Mapping[str, Mapping[str, Child]]

    def child(self, parent: str, name: str) -> Child | None:
        return self.children.get(parent, {}).get(name)

    def is_leaf(self, name: str) -> bool:
        return name not in self.children


def compile_schema(orders: Mapping[str, str], namespaces: Mapping[str, str]) -> Schema:
    """Compiles such texts for the namespaces of a syntax. Raises KeyError for a prefix that they have not."""
    return Schema(
        {
            expanded(parent, namespaces): {
                child.name: child for child in (_child(each, namespaces) for each in order.split())
            }
            for parent, order in orders.items()
        }
    )


def expanded(prefixed: str, namespaces: Mapping[str, str]) -> str:
    """Returns the name as the tree has it: `namespace}local`."""
    prefix, local = prefixed.split(":")
    return f"{namespaces[prefix]}{NAME_SEPARATOR}{local}"


def _child(marked: str, namespaces: Mapping[str, str]) -> Child:
    prefixed = marked.rstrip("!*")
    marks = marked[len(prefixed) :]
    return Child(expanded(prefixed, namespaces), prefixed, "!" in marks, "*" in marks)
