"""The canonical value of every field of a document, under the role that its words have."""

from datetime import timedelta
from decimal import Decimal

from invoice_generator.content.document import Document, Line, Terms
from invoice_generator.content.parties import Party


def values_of(document: Document) -> dict[str, str]:
    """Returns dates in ISO 8601, amounts and quantities as plain decimals, and names as they are."""
    values = {
        "invoice_number": document.number,
        "issue_date": document.issue_date.isoformat(),
        "currency": document.currency,
        "line_total": str(document.line_total),
        "net_amount": str(document.net_amount),
        "tax_amount": str(document.tax_amount),
        "total_amount": str(document.total_amount),
        "iban": document.seller.iban,
        "bic": document.seller.bic,
        "bank_name": document.seller.bank,
        "seller_contact": document.seller.contact,
        **_party("seller", document.seller),
        **_party("buyer", document.buyer),
        **_terms(document, document.terms),
    }
    for key in ("customer_number", "order_number", "buyer_reference", "contract_number"):
        values[key] = getattr(document, key)
    if document.delivery_date:
        values["delivery_date"] = document.delivery_date.isoformat()
    if document.period:
        values["period_start"], values["period_end"] = (day.isoformat() for day in document.period)
    if document.refers_to:
        values["preceding_number"] = document.refers_to[0]
        values["preceding_date"] = document.refers_to[1].isoformat()
    if document.prepaid_amount:
        values["prepaid_amount"] = str(document.prepaid_amount)
        values["due_amount"] = str(document.due_amount)
    if document.second_currency:
        values["second_currency"] = document.second_currency
        values["second_total"] = str(document.second_total)
    for index, row in enumerate(document.vat):
        values[f"vat[{index}].rate"] = _plain(row.rate)
        values[f"vat[{index}].code"] = row.code
        values[f"vat[{index}].base"] = str(row.base)
        values[f"vat[{index}].tax"] = str(row.tax)
    for index, charge in enumerate(document.charges):
        values[f"charges[{index}].amount"] = str(charge.amount)
        if charge.percent:
            values[f"charges[{index}].percent"] = _plain(charge.percent)
    for index, line in enumerate(document.lines):
        values.update(_line(f"lines[{index}].", line))
    return {role: value for role, value in values.items() if value}


def _party(whose: str, who: Party) -> dict[str, str]:
    return {
        f"{whose}_name": who.name,
        f"{whose}_address": ", ".join(who.address),
        f"{whose}_vat_id": who.vat_id,
        f"{whose}_registration": who.registration,
        f"{whose}_phone": who.phone,
        f"{whose}_email": who.email,
        f"{whose}_web": who.web,
    }


def _terms(document: Document, terms: Terms) -> dict[str, str]:
    values = {"due_date": terms.due.isoformat(), "terms_days": str(terms.days)}
    if terms.payment == "debit":
        values["debited_account"] = document.buyer.iban
    if terms.payment == "paid":
        values = {"paid_date": document.issue_date.isoformat()}
    if terms.discount_percent is not None:
        values["discount_percent"] = _plain(terms.discount_percent)
        values["discount_days"] = str(terms.discount_days)
        until = document.issue_date + timedelta(days=terms.discount_days)
        values["discount_date"] = until.isoformat()
    return values


def _line(prefix: str, line: Line) -> dict[str, str]:
    cells = {
        "position": line.position,
        "article": line.article,
        "description": line.name,
        "detail": " ".join(line.details),
        "quantity": _plain(line.quantity),
        "unit": line.unit,
        "price": str(line.price),
        "price_base": str(line.price_base),
        "percent": _plain(line.percent) if line.percent else "",
        "rate": _plain(line.rate),
        "code": line.code,
        "net": str(line.net),
        "gross": str(line.gross),
    }
    return {prefix + key: value for key, value in cells.items()}


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
