"""Where the values of one document stand, each place with an anchor, and what it leads back to."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from invoice_summarizer.cli.presentation.evidence import place_line
from invoices.v1 import assurance_pb2

_MILLIONTHS_OF_A_PERCENT = 10_000
_WIDTH = 200  # of a place in words, in characters


@dataclass(frozen=True, slots=True)
class Link:
    """A place in words; `anchor` is where it can be seen, empty where it cannot."""

    text: str
    anchor: str


@dataclass(slots=True)
class Place:
    """Something to be seen: a box on a page, in per cent of it, or a line of the XML."""

    anchor: str
    back: str  # the anchor of what stands there
    title: str
    left: float = 0
    top: float = 0
    width: float = 0
    height: float = 0


@dataclass(slots=True)
class Places:
    """Fills while the values of a document are gone through; the first value of a place is what it leads back to."""

    prefix: str
    xml_is_shown: bool  # the document itself is XML, and not a file in it
    boxes: dict[int, list[Place]] = field(default_factory=dict)  # by page
    lines: dict[int, Place] = field(default_factory=dict)  # of the XML, from 1
    _known: dict[tuple[int, ...], Place] = field(default_factory=dict)

    def links(
        self, evidence: Iterable[assurance_pb2.Evidence], back: str, title: str
    ) -> tuple[Link, ...]:
        """Returns where the value stands of which `back` is the anchor."""
        return tuple(
            Link(place_line(each, _WIDTH), self._anchor(each, back, title)) for each in evidence
        )

    def _anchor(self, evidence: assurance_pb2.Evidence, back: str, title: str) -> str:
        if evidence.HasField("page_region"):
            return self._box(evidence.page_region, back, title).anchor
        if evidence.HasField("xml_node") and self.xml_is_shown:
            line = evidence.xml_node.line
            anchor = f"{self.prefix}-line-{line}"
            return self.lines.setdefault(line, Place(anchor, back, title)).anchor
        return ""

    def _box(self, region: assurance_pb2.PageRegion, back: str, title: str) -> Place:
        box = region.box
        key = (region.page, box.left, box.top, box.right, box.bottom)
        if key not in self._known:
            left, top, right, bottom = (value / _MILLIONTHS_OF_A_PERCENT for value in key[1:])
            place = Place(
                f"{self.prefix}-box-{len(self._known) + 1}",
                back,
                title,
                left=left,
                top=top,
                width=right - left,
                height=bottom - top,
            )
            self._known[key] = place
            self.boxes.setdefault(region.page, []).append(place)
        return self._known[key]
