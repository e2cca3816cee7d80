"""How and when it is paid, and what firms add below."""

from datetime import timedelta
from decimal import Decimal

from invoice_generator.blocks.sheet import Sheet
from invoice_generator.drawing.canvas import Span


def terms(sheet: Sheet) -> None:
    """Draws the terms of payment, notes that the law asks for, and a remark."""
    for spans in [*_payment(sheet), *_notes(sheet)]:
        lines = sheet.canvas.broken(spans, sheet.width, sheet.style)
        sheet.need(len(lines) * sheet.style.height)
        sheet.y = sheet.canvas.paragraph(sheet.left, sheet.y, sheet.width, spans, sheet.style) + 3


def shown_account(iban: str) -> str:
    """Returns it in groups of four."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))


def _payment(sheet: Sheet) -> list[list[Span]]:
    document, wording = sheet.document, sheet.wording
    how = document.terms
    if document.kind not in ("invoice", "receipt", "proforma"):
        return []
    due = Span(wording.date(how.due), "due_date")
    if how.payment == "paid":
        paid = document.issue_date
        return [wording.phrase("paid", date=Span(wording.date(paid), "paid_date"))]
    if how.payment == "debit":
        account = Span(shown_account(document.buyer.iban), "debited_account")
        return [wording.phrase("debit", iban=account, date=due)]
    phrase = "terms_date" if how.says_date else "terms_days"
    sentences = [wording.phrase(phrase, date=due, days=Span(str(how.days), "terms_days"))]
    if how.discount_percent is not None:
        sentences.append(_cash_discount(sheet, how.discount_percent))
    return sentences


def _cash_discount(sheet: Sheet, percent: Decimal) -> list[Span]:
    document, wording, how = sheet.document, sheet.wording, sheet.document.terms
    until = document.issue_date + timedelta(days=how.discount_days)
    return wording.phrase(
        "cash_discount",
        percent=Span(wording.quantity(percent), "discount_percent"),
        days=Span(str(how.discount_days), "discount_days"),
        date=Span(wording.date(until), "discount_date"),
    )


def _notes(sheet: Sheet) -> list[list[Span]]:
    notes = []
    if sheet.document.reverse_charge:
        notes.append(sheet.wording.phrase("reverse_charge"))
    if len(sheet.document.number) % 2:
        notes.append(sheet.wording.phrase("remarks"))
    return notes
