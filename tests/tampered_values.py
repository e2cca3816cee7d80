"""Another value for each field of an invoice, as somebody would put there who wants the money or the goods to go astray."""

from datetime import date, timedelta
from decimal import Decimal

from en16931.field_path import Leaf

_OTHER_ACCOUNTS = ("FR7630006000011234567890189", "DE75512108001245126199")
_BY_END: tuple[tuple[str, str], ...] = (
    ("vat_identifier", "DE811569869"),
    ("account_identifier", _OTHER_ACCOUNTS[0]),
    ("service_provider_identifier", "BNPAFRPP"),
    ("invoice_number", "X-990077"),
    ("post_code", "99877"),
    ("city", "Entenhausen"),
    ("country_code", "SE"),
    ("line_1", "Gaunerweg 66"),
    ("item.name", "Seife am Stiel"),
    ("name", "Fremde Firma GmbH"),
)


def tampered(path: str, value: Leaf) -> Leaf:
    """Returns another value that the field can have."""
    if path == "type_code":
        return "380" if value == "381" else "381"
    if path == "currency_code":
        return "EUR" if value != "EUR" else "USD"
    if path.endswith("quantity_unit_code"):
        return "TNE" if value != "TNE" else "KGM"
    if isinstance(value, date):
        return value + timedelta(days=517)
    if isinstance(value, Decimal):
        return value + (Decimal("3.00") if path.endswith("rate") else Decimal("17.31"))
    return next(other for end, other in _BY_END if path.endswith(end))
