"""Does the minus before an amount stand on the pages where the XML has it?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from en16931.document_types import CREDIT_NOTE_TYPE_CODES
from en16931.model import InvoiceContent
from invoice_reading.agreement.comparison import Printed
from invoice_reading.agreement.printed_amounts import PrintedAmount
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.extract.document_type import title_places
from invoice_reading.extract.lexicon import Title
from invoice_reading.extract.numbers import NumberText

# Beside these a minus says nothing: what is given back or taken off is printed with one or without.
_GIVEN_BACK = tuple(
    "guthaben gutschrift credit haben avoir erstatt refund ruckzahl uberzahl rabatt nachlass abzug abzgl abzuglich skonto "
    "discount remise reduction rebate less korting storno ruckerstatt deduct bonus escompte saldo".split()
)
_CREDIT_MARKS = frozenset({"cr", "h"})


@dataclass(frozen=True, slots=True)
class Signs:
    """Compares signs, but not on credit notes: some print their amounts with a minus, and others do not."""

    printed: PrintedDocument
    asked: bool

    def first_right(
        self, value: Decimal, numbers: Iterable[NumberText | PrintedAmount]
    ) -> NumberText | PrintedAmount | None:
        """Returns the first of the numbers that has the sign of the value, or may have it."""
        return next((number for number in numbers if self._may_be(value, number)), None)

    def other(
        self, value: Decimal, numbers: Sequence[NumberText | PrintedAmount]
    ) -> Printed | None:
        """Returns the first of the numbers where none has the sign of the value, with its own."""
        if not numbers or self.first_right(value, numbers) is not None:
            return None
        first = numbers[0]
        size = abs(value)
        return Printed(first.row.region(first.begin, first.end), -size if first.negative else size)

    def _may_be(self, value: Decimal, number: NumberText | PrintedAmount) -> bool:
        if not self.asked or not value or number.negative == (value < 0):
            return True
        row = self.printed.marked.get(id(number.row))
        if row is None:
            return True
        return any(
            token.text.startswith(_GIVEN_BACK) or token.text in _CREDIT_MARKS
            for token in row.tokens
        )


def signs(content: InvoiceContent, printed: PrintedDocument) -> Signs:
    titles = title_places(printed.rows) if printed.rows else ()
    is_credit = content.type_code in CREDIT_NOTE_TYPE_CODES or any(
        title.title in (Title.CREDIT_NOTE, Title.CORRECTED) for title in titles[:1]
    )
    return Signs(printed, not is_credit)
