"""A file that holds several invoices under one head: each as if it were alone, with places that lead into the file."""

from collections.abc import Iterator
from dataclasses import replace

from en16931.hardened_xml import XmlElement
from en16931.xml_reading import Unreadable, XmlPlace, XmlReading


def roots_of(root: XmlElement, invoice: str) -> Iterator[XmlElement]:
    """Yields the root once for each of its children of that name, as if it had no other one."""
    for element in root.children[invoice]:
        yield XmlElement(
            root.name, root.attributes, root.line, root.text, {**root.children, invoice: (element,)}
        )


def at_position(reading: XmlReading, invoice: str, position: int) -> XmlReading:
    """Returns the reading with the position, counted from 1, behind the XPath of the invoice in each place within it."""
    moved = _Moved(invoice, f"{invoice}[{position}]")
    return replace(
        reading,
        places={path: moved.place(place) for path, place in reading.places.items()},
        unreadable=tuple(moved.unreadable(each) for each in reading.unreadable),
    )


class _Moved:
    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new
        self._starts: dict[str, str] = {}  # which many places share

    def place(self, place: XmlPlace) -> XmlPlace:
        others = tuple(map(self.place, place.others)) if place.others else ()
        start = self._start(place.start)
        if start is not place.start:
            return XmlPlace(start, place.steps, place.line, place.raw_text, others)
        # Places directly below the root have the root as their start.
        step = self._old[len(place.start) :]
        if step and self._old.startswith(place.start) and _begins(place.steps, step):
            steps = self._new[len(place.start) :] + place.steps[len(step) :]
            return XmlPlace(place.start, steps, place.line, place.raw_text, others)
        return XmlPlace(place.start, place.steps, place.line, place.raw_text, others)

    def unreadable(self, unreadable: Unreadable) -> Unreadable:
        return replace(unreadable, place=self.place(unreadable.place))

    def _start(self, start: str) -> str:
        known = self._starts.get(start)
        if known is None:
            moves = _begins(start, self._old)
            known = self._new + start[len(self._old) :] if moves else start
            self._starts[start] = known
        return known


def _begins(xpath: str, with_steps: str) -> bool:
    """Returns whether the XPath goes through these steps: the name at their end is whole."""
    return xpath.startswith(with_steps) and xpath[len(with_steps) : len(with_steps) + 1] in (
        "",
        "/",
    )
