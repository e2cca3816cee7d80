"""Puts the values of a group into an element tree, each where the binding table reads it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, auto
from typing import Any

from en16931.binding.path import Predicate, Variables
from en16931.binding.values import Converter
from en16931.field_path import Leaf
from en16931.hardened_xml import XmlElement
from en16931.line_parts import whole_of
from en16931.model import Group
from en16931.writing.formats import Format, is_xml_text
from en16931.writing.made_path import Demand, MadePath, MadeStep
from en16931.writing.members import MadeGroup, MadeGroups, MadeValue
from en16931.writing.schema import Schema

_CURRENCY_ATTRIBUTE = "currencyID"


class Making(Enum):
    """What may be made on the way along a path."""

    NOTHING = auto()
    WHAT_LACKS = auto()
    THE_LAST = auto()  # what lacks, and at the end a new element in any case


def new_element(name: str) -> XmlElement:
    return XmlElement(name, {}, 0, "", {})


@dataclass(slots=True)
class TreeWriter:
    """Writes into a tree that is under construction.

    An element is used for several fields wherever their paths lead there; one that is an item of a repeated group is
    used for no other item. A value whose place is taken, or whose predicates cannot be met, is not written.
    """

    schema: Schema
    variables: Variables
    formats: Mapping[Converter, Format]
    amounts: frozenset[str]
    items: dict[int, XmlElement] = field(default_factory=dict)  # by identity
    # Of an element, by identity: what must not come to stand in it, as a value is read by its not being there.
    promises: dict[int, list[Predicate]] = field(default_factory=dict)

    def group(self, made: MadeGroup, group: Group, element: XmlElement) -> bool:
        """Puts the members of the group below the element; tells whether all are there."""
        complete = True
        for member in made.members:
            value = getattr(group, member.name)
            if value is None or value == ():
                continue
            if isinstance(member, MadeValue):
                complete &= self._value(member, value, element)
            else:
                complete &= self._groups(member, value, element)
        return complete

    def _groups(self, member: MadeGroups, value: Any, element: XmlElement) -> bool:
        if not isinstance(value, tuple):
            made = member.places[member.choice(value)]
            return self._single(made, value, element)
        complete = True
        fits = True
        wholes: dict[str, XmlElement] = {}
        for each in value:
            made = member.places[member.choice(each)]
            if made.part is not None:
                complete &= self._line(made, each, element, wholes)
                continue
            # Once one does not fit into what was there before the group, no other of the group is tried.
            fits = fits and self._fit(made, each, element)
            complete &= fits or self._item(made, each, element)
        return complete

    def _single(self, made: MadeGroup, group: Group, element: XmlElement) -> bool:
        reached = self._reach(element, made.path.steps, lambda _: True, Making.WHAT_LACKS)
        return reached is not None and self.group(made, group, reached)

    def _fit(self, made: MadeGroup, group: Group, element: XmlElement) -> bool:
        """Writes an item of a repeated group into an element that is there for other fields; tells whether all fitted."""
        fitting = self._reach(
            element, made.path.steps, lambda found: self._fits(made, group, found), Making.NOTHING
        )
        if fitting is None:
            return False
        self.items[id(fitting)] = fitting
        return self.group(made, group, fitting)

    def _line(
        self, made: MadeGroup, line: Any, element: XmlElement, wholes: dict[str, XmlElement]
    ) -> bool:
        """Writes a line: below the last one of the name, where it is a part of that one."""
        whole = whole_of(line)
        parent = wholes.get(whole) if whole is not None else None
        place = made if parent is None or made.part is None else made.part
        new = self._new(place, element if parent is None else parent)
        if new is None:
            return False
        wholes[(line.identifier or "").strip()] = new
        return self.group(place, line, new)

    def _item(self, made: MadeGroup, group: Group, element: XmlElement) -> bool:
        new = self._new(made, element)
        return new is not None and self.group(made, group, new)

    def _new(self, made: MadeGroup, element: XmlElement) -> XmlElement | None:
        new = self._reach(element, made.path.steps, lambda _: True, Making.THE_LAST)
        if new is not None:
            self.items[id(new)] = new
        return new

    def _fits(self, made: MadeGroup, group: Group, element: XmlElement) -> bool:
        if id(element) in self.items:
            return False
        for member in made.members:
            if not isinstance(member, MadeValue) or getattr(group, member.name) is not None:
                continue
            if any(_text_at(path, element) for path in member.paths):
                return False  # it would be read as a value of the item
        trial = TreeWriter(self.schema, self.variables, self.formats, self.amounts)
        copy = _copy(element)
        return trial.group(made, group, copy) and self._keeps(self.promises_of(element), copy)

    def promises_of(self, element: XmlElement) -> Sequence[Predicate]:
        return self.promises.get(id(element), ())

    def _keeps(self, promises: Sequence[Predicate], element: XmlElement) -> bool:
        return all(promise(element, self.variables) for promise in promises)

    def _value(self, member: MadeValue, value: Leaf, element: XmlElement) -> bool:
        format = self.formats.get(member.converter)
        if format is None:
            return True
        if isinstance(value, Decimal) and not value.is_finite():
            return False
        if format(value, new_element("")) == "":
            return False
        path = member.paths[member.choice(value)]
        if path.attribute is None and not path.steps:
            return self._put(member, format, value, None, element)
        reached = self._reach(
            element,
            path.steps,
            lambda found: self._is_free(format, value, path.attribute, found),
            Making.WHAT_LACKS,
        )
        return reached is not None and self._put(member, format, value, path.attribute, reached)

    def _is_free(
        self, format: Format, value: Leaf, attribute: str | None, element: XmlElement
    ) -> bool:
        if attribute is None:
            return element.text in ("", format(value, element)) and not element.children
        return element.attributes.get(attribute) in (None, format(value, element))

    def _put(
        self,
        member: MadeValue,
        format: Format,
        value: Leaf,
        attribute: str | None,
        element: XmlElement,
    ) -> bool:
        text = format(value, element)
        if not is_xml_text(text):
            return False
        if attribute is not None:
            element.attributes[attribute] = text
            return True
        element.text = text
        if element.name in self.amounts:
            currency = self.variables.get(member.currency)
            if currency is not None:
                element.attributes.setdefault(_CURRENCY_ATTRIBUTE, currency)
        return True

    def _reach(
        self,
        start: XmlElement,
        steps: Sequence[MadeStep],
        suits: Callable[[XmlElement], bool],
        making: "Making",
    ) -> XmlElement | None:
        """Returns the first element at the end of the steps that suits: of those that are there, else a new one."""
        if not steps:
            return start if suits(start) else None
        step, *rest = steps
        if rest or making is not Making.THE_LAST:
            for found in start.children.get(step.name, ()):
                if self._meets(step, found):
                    reached = self._reach(found, rest, suits, making)
                    if reached is not None:
                        self._meet(step, found)
                        return reached
        return None if making is Making.NOTHING else self._made(start, step, rest, suits, making)

    def _made(
        self,
        start: XmlElement,
        step: MadeStep,
        rest: Sequence[MadeStep],
        suits: Callable[[XmlElement], bool],
        making: "Making",
    ) -> XmlElement | None:
        child = self.schema.child(start.name, step.name)
        siblings = start.children.get(step.name, ())
        if child is None or (siblings and not child.repeatable):
            return None
        new = new_element(step.name)
        reached = self._reach(new, rest, suits, making) if self._meets(step, new) else None
        if reached is None:
            return None
        start.children[step.name] = [*siblings, new]
        if not self._keeps(self.promises_of(start), start):
            if siblings:
                start.children[step.name] = siblings
            else:
                del start.children[step.name]
            return None
        self._meet(step, new)
        return reached

    def _meets(self, step: MadeStep, element: XmlElement) -> bool:
        """Tells whether the predicates of the step hold of the element, or can be made to hold."""
        return all(refusal(element, self.variables) for refusal in step.refusals) and all(
            demand.holds(element, self.variables) or self._can_meet(demand, element)
            for demand in step.demands
        )

    def _can_meet(self, demand: Demand, element: XmlElement) -> bool:
        return bool(self._wanted(demand)) and _text_at(demand.path, element) == ""

    def _wanted(self, demand: Demand) -> str:
        return demand.literal or self.variables.get(demand.variable, "")

    def _meet(self, step: MadeStep, element: XmlElement) -> None:
        if step.promises:
            self.promises.setdefault(id(element), []).extend(step.promises)
        for demand in step.demands:
            wanted = self._wanted(demand)
            if wanted and not _text_at(demand.path, element):
                self.state(demand.path, wanted, element)

    def state(self, path: MadePath, text: str, element: XmlElement) -> None:
        """Puts a text at the path, whose elements come into being."""
        reached = self._reach(element, path.steps, lambda _: True, Making.WHAT_LACKS)
        assert reached is not None
        if path.attribute is None:
            reached.text = text
        else:
            reached.attributes[path.attribute] = text


def _text_at(path: MadePath, element: XmlElement) -> str:
    for step in path.steps:
        found = element.children.get(step.name)
        if not found:
            return ""
        element = found[0]
    return element.text if path.attribute is None else element.attributes.get(path.attribute, "")


def _copy(element: XmlElement) -> XmlElement:
    return XmlElement(
        element.name,
        dict(element.attributes),
        0,
        element.text,
        {name: [_copy(child) for child in found] for name, found in element.children.items()},
    )
