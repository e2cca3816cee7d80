"""From words to the value of a field, for everything that points at words: extraction is held to it by its tests."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from en16931.field_path import Leaf, leaf_type
from en16931.model import SignConvention
from invoice_reading.annotation import PageRegion
from invoice_reading.extract.currency import currencies
from invoice_reading.extract.dates import parse_date
from invoice_reading.extract.document_type import title_of
from invoice_reading.extract.lexicon import TITLE_CODES, TITLE_KINDS
from invoice_reading.extract.numbers import parse_number
from invoice_reading.extract.reading_context import ReadingContext, spoken_language
from invoice_reading.iban import bare_iban
from invoice_reading.vat_identifier import vat_identifier

_ALLOWANCES = "allowances["


def value_of_words(
    path: str, regions: Sequence[PageRegion], context: ReadingContext
) -> Leaf | None:
    """Returns what the words of the regions, and nothing else, say of the field; None where they state no such value.

    Numbers are read with the decimal mark of the context, dates in its order of day and month. Raises FieldPathError
    where the path is none of the content model.
    """
    text = " ".join(region.text for region in regions)
    kind = leaf_type(path)
    if issubclass(kind, Decimal):
        number = parse_number(text, context.mark)
        if number is not None and path.startswith(_ALLOWANCES):
            return number.copy_abs()  # what is taken off may be printed as less than nothing
        return number
    if issubclass(kind, date):
        return parse_date(text, context.order)
    # Extraction reads no whole number and no flag, so that words state none.
    return _text_value(path, text, context) if issubclass(kind, str) else None


def _text_value(path: str, text: str, context: ReadingContext) -> Leaf | None:
    if path in ("type_code", "extras.document_kind"):
        title = title_of(text)
        if title is None:
            return None
        return TITLE_CODES.get(title) if path == "type_code" else TITLE_KINDS[title]
    if path == "extras.language_code":
        return spoken_language(text.split())
    if path == "extras.sign_convention":
        number = parse_number(text, context.mark)
        if number is None:
            return None
        return (
            SignConvention.CREDIT_IS_NEGATIVE if number < 0 else SignConvention.CREDIT_IS_POSITIVE
        )
    if path == "currency_code":
        return next(iter(currencies(text)), None)
    if path.endswith("account_identifier"):
        return bare_iban(text)
    if path.endswith("vat_identifier"):
        return vat_identifier(text)
    return text.strip() or None
