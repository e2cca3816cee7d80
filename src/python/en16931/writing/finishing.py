"""What is done to a tree when all values are in it: constant parts are added, empty elements go, gaps are found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from en16931.hardened_xml import XmlElement
from en16931.writing.engine import TreeWriter, new_element
from en16931.writing.made_path import MadePath, made_path
from en16931.writing.schema import expanded
from en16931.writing.syntax import WrittenSyntax

# Attributes of elements that cannot be empty.
_OF_NUMBERS = frozenset({"currencyID", "unitCode"})


@dataclass(frozen=True, slots=True)
class Finisher:
    """The finishing touches of a syntax, with names expanded."""

    constants: dict[str, tuple[tuple[MadePath, str], ...]]
    repeated: dict[str, tuple[str, ...]]
    dispensable: frozenset[tuple[str, str]]

    def finish(self, writer: TreeWriter, element: XmlElement) -> None:
        """Leaves no empty leaf below the element, and every element with its constant parts and its required groups."""
        for name, found in list(element.children.items()):
            self._repeat(name, found)
            for child in found:
                self.finish(writer, child)
            kept = [child for child in found if self._stays(writer, element, child)]
            if kept:
                element.children[name] = kept
            else:
                del element.children[name]
        if element.children or element.text:
            for path, text in self.constants.get(element.name, ()):
                if not path.steps or path.steps[0].name not in element.children:
                    writer.state(path, text, element)

    def _repeat(self, name: str, found: Sequence[XmlElement]) -> None:
        for repeated in self.repeated.get(name, ()):
            text = next(
                (each.children[repeated][0].text for each in found if repeated in each.children), ""
            )
            for each in found:
                if text and repeated not in each.children:
                    each.children[repeated] = [replace(new_element(repeated), text=text)]

    def _stays(self, writer: TreeWriter, parent: XmlElement, element: XmlElement) -> bool:
        if not element.text and not element.children:
            return bool(element.attributes.keys() - _OF_NUMBERS)
        if (parent.name, element.name) not in self.dispensable:
            return True
        required = writer.schema.children[element.name].values()
        return all(child.name in element.children for child in required if child.required)


def compile_finisher(syntax: WrittenSyntax) -> Finisher:
    namespaces = syntax.namespaces
    return Finisher(
        {
            expanded(name, namespaces): tuple(
                (made_path(path, namespaces), text) for path, text in texts
            )
            for name, texts in syntax.constants.items()
        },
        {
            expanded(name, namespaces): tuple(expanded(child, namespaces) for child in children)
            for name, children in syntax.repeated.items()
        },
        frozenset(
            (expanded(parent, namespaces), expanded(name, namespaces))
            for parent, name in syntax.dispensable
        ),
    )


def fill_required(writer: TreeWriter, element: XmlElement, xpath: str) -> Iterator[str]:
    """Adds the groups that the schema requires, empty; yields the XPath of each required element that holds text and is not there."""
    for child in writer.schema.children.get(element.name, {}).values():
        found = element.children.get(child.name, [])
        if not found and child.required:
            if writer.schema.is_leaf(child.name) or child.repeatable:
                yield f"{xpath}/{child.prefixed}"
                continue
            found = element.children[child.name] = [new_element(child.name)]
        for position, each in enumerate(found, start=1):
            index = f"[{position}]" if len(found) > 1 else ""
            yield from fill_required(writer, each, f"{xpath}/{child.prefixed}{index}")
