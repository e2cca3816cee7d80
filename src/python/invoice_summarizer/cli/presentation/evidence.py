"""Where a value stands, in one line."""

from math import ceil

from invoice_summarizer.cli.presentation.expression_words import expression_words
from invoice_summarizer.cli.presentation.printable import elided_left, elided_right, printable
from invoices.v1 import assurance_pb2

_MILLIONTHS_OF_A_PERCENT = 10_000
_SHORTEST = 12


def place_line(evidence: assurance_pb2.Evidence, width: int, value: str = "") -> str:
    """Returns the place in at most `width` characters, where its parts can be shortened so far.

    Of a text the begin is kept, of an XPath the end. A text that is the value itself is not said again.
    """
    match evidence.WhichOneof("place"):
        case "page_region":
            return _page_region(evidence.page_region, width, value)
        case "xml_node":
            return _xml_node(evidence.xml_node, width)
        case "derivation":
            derivation = evidence.derivation
            return elided_right(
                f"{expression_words(derivation.expression)} = {derivation.value}", width
            )
        case "human_edit":
            edit = evidence.human_edit
            time = edit.time.ToDatetime().strftime("%Y-%m-%d %H:%M UTC")
            return elided_right(f"edited by {printable(edit.actor)} at {time}", width)
        case _:
            return "unknown place"


def _page_region(region: assurance_pb2.PageRegion, width: int, value: str) -> str:
    box = region.box
    left, top = (value // _MILLIONTHS_OF_A_PERCENT for value in (box.left, box.top))
    right, bottom = (ceil(value / _MILLIONTHS_OF_A_PERCENT) for value in (box.right, box.bottom))
    ocr = " (OCR)" if region.layer == assurance_pb2.PageRegion.OCR else ""
    place = f"page {region.page}, box {left}%,{top}%–{right}%,{bottom}%{ocr}"
    if _without_spaces(region.text) == _without_spaces(value):
        return place
    room = max(width - len(place) - 4, _SHORTEST)
    return f'{place}  "{elided_right(printable(region.text), room)}"'


def _without_spaces(text: str) -> str:
    return "".join(text.split())


def _xml_node(node: assurance_pb2.XmlNode, width: int) -> str:
    attached = "attached XML" if node.attachment_sha256 else "XML"
    place = f"{attached} line {node.line}  "
    return place + elided_left(node.xpath, max(width - len(place), _SHORTEST), at="/")
