"""What writing an invoice gives: the document, and what it could not say."""

from dataclasses import dataclass
from enum import StrEnum

from en16931.xml_reading import Syntax


class LeftOutReason(StrEnum):
    """Why a value of the content is not in the document."""

    NO_PLACE = "NO_PLACE"  # the syntax has no place for the field
    NOT_SAYABLE = "NOT_SAYABLE"  # it has one, but not for this value, or not without a value that is not there
    NO_ATTACHMENT = "NO_ATTACHMENT"  # the bytes of the attached document were not given
    NOT_XML = "NOT_XML"  # a text with characters that XML has not


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A value of the content that who reads the document will not find, or not under this field."""

    field_path: str
    reason: LeftOutReason


@dataclass(frozen=True, slots=True)
class WrittenInvoice:
    """An e-invoice as bytes in UTF-8.

    `missing` are the XPaths of elements that the schema of the syntax requires and the content says nothing for: a
    document with some is not valid by that schema. Nothing is made up for them.
    """

    syntax: Syntax
    xml: bytes
    left_out: tuple[LeftOut, ...]
    missing: tuple[str, ...]


class CannotBeWritten(Exception):
    """The content is no invoice of the syntax. `reason` is stable; no text of the content is in the message.

    CannotBeWritten
      WithoutCurrency   no currency (BT-5), without which no amount can be written
      BeyondReading     the document would be larger than what is read here
    """

    reason = "EXPORT_IMPOSSIBLE"


class WithoutCurrency(CannotBeWritten):
    reason = "EXPORT_WITHOUT_CURRENCY"

    def __init__(self) -> None:
        super().__init__("the invoice has no currency (BT-5): no amount can be written without it")


class BeyondReading(CannotBeWritten):
    reason = "EXPORT_TOO_LARGE"

    def __init__(self) -> None:
        super().__init__("the document would be larger than the limits of what is read")
