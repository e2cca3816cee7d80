"""What reading an e-invoice gives: the content, and where each value of it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from en16931.finding import Finding
from en16931.model import InvoiceContent


class Syntax(StrEnum):
    CII = "CII"
    UBL_INVOICE = "UBL-Invoice"
    UBL_CREDIT_NOTE = "UBL-CreditNote"
    ZUGFERD_1 = "ZUGFeRD-1"
    FATTURAPA = "FatturaPA"


# Untracked by the garbage collector, since there is one for each value.
class XmlPlace(msgspec.Struct, frozen=True, gc=False):
    """Where a value stands: an element or attribute, and its text as written.

    The XPath is absolute, uses the prefixes of `namespaces.NAMESPACES` for the syntax, gives a position where an
    element has siblings of its name, and selects exactly that node. The line, counted from 1, is where the element's
    start tag begins. `raw_text` is empty for an element that says something by being there, such as a line its
    position, and for embedded documents, of which digest and size are the values. Of a value that is put together of
    several nodes, such as a name, `others` are those after the first.

    The XPath is kept as the one of the element that was read from and the `steps` from there, since many values share
    either: whole, they would be longer than the document.
    """

    start: str
    steps: str
    line: int
    raw_text: str
    others: tuple["XmlPlace", ...] = ()

    @property
    def xpath(self) -> str:
        return self.start + self.steps


class UnreadableReason(StrEnum):
    """Why a node that is there gives its field no value; the first six are texts of another type than the field's."""

    NOT_A_DECIMAL = "NOT_A_DECIMAL"
    NOT_A_DATE = "NOT_A_DATE"
    DATE_WITHOUT_DAY = "DATE_WITHOUT_DAY"  # a month or week
    NOT_A_WHOLE_NUMBER = "NOT_A_WHOLE_NUMBER"
    NOT_A_BOOLEAN = "NOT_A_BOOLEAN"
    NOT_BASE64 = "NOT_BASE64"
    DECLARED_TWICE = (
        "DECLARED_TWICE"  # with different values, where it may stand once; once for each node
    )
    DATE_OF_DISCOUNT = (
        "DATE_OF_DISCOUNT"  # by which less may be paid, and perhaps by which all has to be
    )
    NO_INDICATOR = (
        "NO_INDICATOR"  # nothing that can be read says whether it is an allowance or a charge
    )
    OTHER_CURRENCY = "OTHER_CURRENCY"  # than BT-5, in which EN 16931 states all amounts but BT-111


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A node that is there but gives its field no value; `value` is the one that it has where others contradict it."""

    field_path: str
    place: XmlPlace
    reason: UnreadableReason
    value: str | int | bool | Decimal | date | None = None


class XmlRemark(StrEnum):
    """What is odd about the XML around an invoice that could be read."""

    ENCODING_CONTRADICTED = (
        "ENCODING_CONTRADICTED"  # the bytes are not of the encoding that it declares
    )
    EXTENSIONS = "EXTENSIONS"  # it has extensions, which are not read
    OTHER_TAX_SCHEME = "OTHER_TAX_SCHEME"  # its taxes are of another scheme than VAT
    EMBEDDED_TYPE = "EMBEDDED_TYPE"  # an embedded document is not of the type declared for it


@dataclass(frozen=True, slots=True)
class XmlReading:
    """The content of one e-invoice. Every leaf value of `content` has an entry in `places` under its field path.

    `broken` are the breaches of rules of the packs by which the document asks to be judged, where it was judged.
    `remarks` are what is odd, each with the lines where it stands. It is invoice `part`, from 1, of `parts` in the file.
    """

    syntax: Syntax
    content: InvoiceContent
    places: Mapping[str, XmlPlace]
    unreadable: tuple[Unreadable, ...]
    broken: tuple[Finding, ...] = ()
    remarks: Mapping[XmlRemark, tuple[int, ...]] = field(default_factory=dict)
    part: int = 1
    parts: int = 1


class XmlReadingError(Exception):
    """The bytes could not be read as an e-invoice. `reason` is stable; no text of the document is in the message.

    XmlReadingError
      XmlErrorAt             what is wrong stands at a line and a column
        NotWellFormed          the bytes are no well-formed XML
        ForbiddenXmlConstruct  a document type, an entity or an external reference
      XmlLimitExceeded       it has more of something than the limits allow; `limit` says of what
      UnknownSyntax          well-formed, but no e-invoice syntax that is read here
        SyntaxNotRead        an e-invoice of a kind that is known and not read
      SeveralInvoices        more than one invoice, of which none can stand for all
    """

    reason = "XML_UNREADABLE"


class XmlErrorAt(XmlReadingError):
    """An error at a place: its line and column, counted from 1, and the cause in words that are not the document's."""

    def __init__(self, cause: str, line: int, column: int) -> None:
        super().__init__(f"{cause} at line {line}, column {column}")
        self.cause, self.line, self.column = cause, line, column


class NotWellFormed(XmlErrorAt):
    reason = "XML_NOT_WELL_FORMED"


class ForbiddenXmlConstruct(XmlErrorAt):
    reason = "XML_FORBIDDEN_CONSTRUCT"


class XmlLimit(StrEnum):
    """What a document may have too much of."""

    BYTES = "BYTES"
    DEPTH = "DEPTH"
    ELEMENTS = "ELEMENTS"
    LINES = "LINES"
    VAT_ROWS = "VAT_ROWS"
    REPETITIONS = "REPETITIONS"  # of any other group, within one group
    VALUES = "VALUES"
    TEXT = "TEXT"
    UNREADABLE = "UNREADABLE"
    INVOICES = "INVOICES"  # in one file


class XmlLimitExceeded(XmlReadingError):
    reason = "XML_LIMIT_EXCEEDED"

    def __init__(self, limit: XmlLimit, most: int) -> None:
        super().__init__(f"the document has more than the limit of {limit}, which is {most}")
        self.limit = limit


class UnknownSyntax(XmlReadingError):
    reason = "XML_SYNTAX_UNKNOWN"


class SyntaxNotRead(UnknownSyntax):
    reason = "XML_SYNTAX_NOT_READ"


class SeveralInvoices(XmlReadingError):
    reason = "XML_SEVERAL_INVOICES"
