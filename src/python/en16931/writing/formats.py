"""From a value to the text of a node: the way back of each converter of `binding.values`."""

import base64
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from en16931.binding import values
from en16931.binding.values import Converter
from en16931.exact import decimal_text
from en16931.field_path import Leaf
from en16931.hardened_xml import XmlElement
from en16931.model import LineKind

# A format returns the text of an element that holds the value beside what it has already; none for what cannot be said.
Format = Callable[[Leaf, XmlElement], str]
Attachments = Mapping[
    str, bytes
]  # the documents in an invoice, by their SHA-256 as the content has it

# XML 1.0, production 2: what is none of these no document can hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# The kinds of a line for which CII has a code.
_LINE_KINDS = (LineKind.GROUP, LineKind.INFORMATION)
_VAT_POINT_CODES = {there: here for here, there in values.VAT_POINT_CODES.items()}


def is_xml_text(text: str) -> bool:
    """Tells whether a document can hold the text."""
    return _NOT_XML.search(text) is None


def formats(day: Callable[[date], str], attachments: Attachments) -> Mapping[Converter, Format]:
    """Returns the format of each converter; of those whose value follows from another value, there is none.

    The attached documents are those of the content.
    """

    def embedded(value: Leaf, _: XmlElement) -> str:
        return base64.b64encode(attachments[str(value)]).decode()

    return {
        values.text: _text,
        values.decimal: _decimal,
        values.integer: _text,
        values.boolean: _boolean,
        values.calendar_date: lambda value, _: day(value) if isinstance(value, date) else "",
        values.note_subject_code: lambda value, _: f"#{value}#",
        values.note_text: lambda value, element: f"{element.text}{value}",
        values.vat_point_date_code: _vat_point,
        values.embedded_sha256: embedded,
        values.line_kind: lambda value, _: str(value) if value in _LINE_KINDS else "",
    }


def iso_day(day: date) -> str:
    return day.isoformat()


def basic_day(day: date) -> str:
    """Returns the day in the format 102 of UNTDID 2379."""
    return day.isoformat().replace("-", "")


def _text(value: Leaf, _: XmlElement) -> str:
    return str(value)


def _vat_point(value: Leaf, _: XmlElement) -> str:
    """Returns the code of UNTDID 2475; none for one that would be read as another there."""
    code = str(value)
    return "" if code in values.VAT_POINT_CODES else _VAT_POINT_CODES.get(code, code)


def _decimal(value: Leaf, _: XmlElement) -> str:
    return decimal_text(value) if isinstance(value, Decimal) else ""


def _boolean(value: Leaf, _: XmlElement) -> str:
    return "true" if value else "false"
