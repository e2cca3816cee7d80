"""From words to fields: the whole deterministic extraction in the order in which its parts need each other."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import msgspec

from en16931.exact import exact_sum
from en16931.field_path import Leaf, steps
from en16931.model import InvoiceContent, SignConvention
from invoice_reading.annotation import AnnotationReason, FieldStatus
from invoice_reading.extract.amount_captions import AmountKind, amount_groups
from invoice_reading.extract.bank_account import accounts, debited_accounts, text_like_account
from invoice_reading.extract.carried_sums import carried_sums
from invoice_reading.extract.charges import Charges, charges_of
from invoice_reading.extract.confidence import (
    CHECKED,
    DOUBTED,
    IMPLIED,
    LABELLED,
)
from invoice_reading.extract.currency import add_currency
from invoice_reading.extract.document_dates import add_dates
from invoice_reading.extract.document_type import TitlePlace, title_places
from invoice_reading.extract.field_values import FieldValue, FieldValues
from invoice_reading.extract.invoice_number import invoice_numbers, references
from invoice_reading.extract.label_values import LabelPlace, label_places
from invoice_reading.extract.lexicon import (
    TITLE_CODES,
    TITLE_KINDS,
    Column,
    Label,
    Title,
)
from invoice_reading.extract.line_content import by_content
from invoice_reading.extract.line_table import LineTable, line_table
from invoice_reading.extract.marked_rows import MarkedRow, is_recognised, marked_rows
from invoice_reading.extract.numbers import DecimalMark, NumberText
from invoice_reading.extract.parties import parties
from invoice_reading.extract.reading_context import ReadingContext, reading_context
from invoice_reading.extract.recognised_confidence import held_to_scores
from invoice_reading.extract.shown_regions import as_shown
from invoice_reading.extract.totals import AmountCandidate, Totals, totals
from invoice_reading.extract.unread_values import add_unread, unread_account
from invoice_reading.extract.vat_identifiers import seller_vat_identifiers
from invoice_reading.extraction import Extraction
from invoice_reading.important_fields import IMPORTANT_FIELDS
from invoice_reading.page import Layer, Page
from invoice_reading.vat_identifier import has_right_check_digits

_ACCOUNT = "payment_instructions.credit_transfers[0].account_identifier"
_DEBITED = "payment_instructions.direct_debit.debited_account_identifier"
_TOTALS = {
    AmountKind.LINES: "totals.line_net_amount",
    AmountKind.NET: "totals.amount_without_vat",
    AmountKind.TAX: "totals.vat_amount",
    AmountKind.TOTAL: "totals.amount_with_vat",
    AmountKind.DUE: "totals.amount_due",
    AmountKind.PAID: "totals.paid_amount",
}
_LINE_FIELDS = (
    (Column.QUANTITY, "invoiced_quantity"),
    (Column.AMOUNT, "net_amount"),
    (Column.UNIT_PRICE, "price.net_price"),
    (Column.PRICE_BASE, "price.base_quantity"),
    (Column.VAT_RATE, "vat.rate"),
    (Column.GROSS_AMOUNT, "extras.gross_amount"),
    (Column.TAX_AMOUNT, "extras.tax_amount"),
)


def extract(
    pages: Sequence[Page], first_page: int = 1, rows: Sequence[MarkedRow] | None = None
) -> Extraction:
    """Returns the fields that the words of the pages state; the invoice begins at the page of that number.

    Every value of the content has a PRESENT annotation whose words, parsed, give the value. Fields of
    `IMPORTANT_FIELDS` without a value say why: ABSENT, AMBIGUOUS or CONFLICT, with candidates. Hidden words take no
    part. The time grows with the words as sorting does, whatever the pages hold. `rows` are those of the pages, where
    somebody has them already.
    """
    all_rows = marked_rows(pages, first_page) if rows is None else rows
    if not all_rows:
        into = FieldValues()
        into.absent(IMPORTANT_FIELDS)
        return Extraction(content=InvoiceContent(), annotations=into.annotations, rows_seen=0)
    recognised = any(is_recognised(row) for row in all_rows)
    context = reading_context(all_rows)
    places = label_places(all_rows)
    titles = title_places(all_rows)
    into = FieldValues()
    number_rows = _add_identifiers(into, all_rows, places, titles)
    add_dates(into, all_rows, places, number_rows, context.order)
    add_currency(into, all_rows, places, context.in_united_states)
    _add_parties(into, all_rows, places, titles)
    _add_accounts(into, all_rows, places)
    add_unread(into, all_rows, places, context.order)
    groups = {row.index: amount_groups(row) for row in all_rows if row.numbers}
    table = line_table(all_rows, groups, context.mark)
    currency = into.values.get("currency_code")
    found = totals(
        all_rows,
        groups,
        table.rows,
        _line_sum(table, context.mark),
        context.mark,
        currency if isinstance(currency, str) else None,
    )
    table = by_content(table, found, all_rows, context.mark)
    _add_totals(into, found)
    _add_charges(into, charges_of(_line_sum(table, context.mark), found))
    _add_vat_rows(into, found)
    _add_lines(into, table, context.mark)
    _add_document_kind(into, titles, found)
    _add_language(into, context)
    into.absent(IMPORTANT_FIELDS)
    annotations = held_to_scores(into.annotations, pages) if recognised else into.annotations
    return Extraction(
        content=_content(into.values),
        annotations=as_shown(annotations, pages),
        rows_seen=table.rows_seen,
        context=context,
        carried=carried_sums(all_rows, groups, table, context.mark),
    )


def _add_identifiers(
    into: FieldValues,
    all_rows: Sequence[MarkedRow],
    places: Sequence[LabelPlace],
    titles: Sequence[TitlePlace],
) -> frozenset[int]:
    """Records the invoice number and references; returns the rows that state the number."""
    ranks = [rank for rank in invoice_numbers(all_rows, places, titles) if rank]
    rows: set[int] = set()
    if ranks:
        best = max(ranks[0], key=lambda candidate: candidate.confidence)
        strongest = {
            candidate.value for candidate in ranks[0] if candidate.confidence == best.confidence
        }
        if len(strongest) > 1:
            into.undecided(
                "invoice_number",
                FieldStatus.AMBIGUOUS,
                ranks[0],
                (AnnotationReason.SEVERAL_NUMBERS,),
            )
        else:
            into.present("invoice_number", best, ranks[0])
        words = {(region.page, span.word) for region in best.evidence for span in region.words}
        rows = {row.index for row in all_rows if _holds(row, words)}
    for label, path in (
        (Label.PURCHASE_ORDER, "purchase_order_reference"),
        (Label.BUYER_REFERENCE, "buyer_reference"),
    ):
        found = references(all_rows, places, label)
        if len({candidate.value for candidate in found}) > 1:
            into.undecided(
                path, FieldStatus.AMBIGUOUS, found, (AnnotationReason.SEVERAL_REFERENCES,)
            )
        elif found:
            into.present(path, found[0])
    return frozenset(rows)


def _holds(row: MarkedRow, words: set[tuple[int, int]]) -> bool:
    return any((row.page, word.index) in words for word in row.row.words)


def _add_parties(
    into: FieldValues,
    all_rows: Sequence[MarkedRow],
    places: Sequence[LabelPlace],
    titles: Sequence[TitlePlace],
) -> None:
    found = parties(all_rows, places, titles)
    for path, names in (("seller.name", found.sellers), ("buyer.name", found.buyers)):
        if names:
            into.present(path, names[0], names[1:])
    identifiers = seller_vat_identifiers(places)
    if identifiers:
        is_wrong = has_right_check_digits(str(identifiers[0].value)) is False
        reasons = (AnnotationReason.VAT_IDENTIFIER_CHECK_FAILED,) if is_wrong else ()
        into.present("seller.vat_identifier", identifiers[0], identifiers[1:], reasons)


def _add_accounts(
    into: FieldValues, all_rows: Sequence[MarkedRow], places: Sequence[LabelPlace]
) -> None:
    at = 0
    for account in accounts(all_rows, places):
        path = f"payment_instructions.credit_transfers[{at}]"
        value = FieldValue(account.iban, (account.region,), CHECKED if account.checked else DOUBTED)
        if not account.checked and account.region.layer is Layer.OCR:
            into.undecided(
                f"{path}.account_identifier",
                FieldStatus.CONFLICT,
                [value],
                (AnnotationReason.IBAN_CHECK_FAILED,),
            )
            continue
        reasons = () if account.checked else (AnnotationReason.IBAN_CHECK_FAILED,)
        into.present(f"{path}.account_identifier", value, reasons=reasons)
        if account.bic is not None:
            bic = FieldValue(account.bic.text, (account.bic,), LABELLED)
            into.present(f"{path}.service_provider_identifier", bic)
        at += 1
    debited = debited_accounts(all_rows)
    if len(debited) == 1:
        into.present(_DEBITED, FieldValue(debited[0].iban, (debited[0].region,), CHECKED))
    if not at and _DEBITED not in into.values and _ACCOUNT not in into.annotations:
        # Whoever pays by a page needs its account, and nothing else tells of one that was overlooked.
        unread = text_like_account(all_rows) or unread_account(places)
        into.illegible(_ACCOUNT, unread, AnnotationReason.IBAN_CHECK_FAILED)


def _add_totals(into: FieldValues, found: Totals) -> None:
    for kind, path in _TOTALS.items():
        values = [_amount(candidate, proven=False) for candidate in found.candidates[kind]]
        chosen = found.chosen.get(kind)
        if chosen is not None:
            proven = kind in found.proven
            rivals = () if proven else values
            into.present(path, _amount(chosen, proven), rivals)
        elif kind in found.conflicts:
            into.undecided(
                path, FieldStatus.CONFLICT, values, (AnnotationReason.SUMS_DO_NOT_CLOSE,)
            )
        elif len(values) > 1 and kind in (AmountKind.DUE, AmountKind.PAID):
            into.undecided(path, FieldStatus.CONFLICT, values, (AnnotationReason.SEVERAL_AMOUNTS,))


def _add_charges(into: FieldValues, found: Charges) -> None:
    for at, charge in enumerate(found.charges):
        into.present(f"charges[{at}].amount", _amount(charge, proven=True))
    for at, allowance in enumerate(found.allowances):
        stated = _amount(allowance, proven=True)
        amount = replace(stated, value=allowance.value.copy_abs())
        into.present(f"allowances[{at}].amount", amount)


def _amount(candidate: AmountCandidate, proven: bool) -> FieldValue:
    region = candidate.number.row.region(candidate.number.begin, candidate.number.end)
    return FieldValue(
        candidate.value, (region,), CHECKED if proven else min(candidate.weight, 1.0) * IMPLIED
    )


def _number(number: NumberText, value: Decimal, confidence: float) -> FieldValue:
    return FieldValue(value, (number.row.region(number.begin, number.end),), confidence)


def _add_vat_rows(into: FieldValues, found: Totals) -> None:
    for at, row in enumerate(found.vat_rows):
        path = f"vat_breakdown[{at}]"
        if row.taxable is not None and row.taxable_value is not None:
            into.present(f"{path}.taxable_amount", _number(row.taxable, row.taxable_value, CHECKED))
        into.present(f"{path}.tax_amount", _number(row.tax, row.tax_value, CHECKED))
        into.present(f"{path}.rate", _number(row.rate, row.rate_value, CHECKED))


def _add_lines(into: FieldValues, table: LineTable, mark: DecimalMark | None) -> None:
    for at, line in enumerate(table.lines):
        confidence = CHECKED if line.product_closes else IMPLIED
        for column, name in _LINE_FIELDS:
            number = line.numbers.get(column)
            value = number.value(mark) if number is not None else None
            if number is None:
                continue
            path = f"lines[{at}].{name}"
            if value is None:
                continue
            into.present(path, _number(number, value, confidence))
        if line.description:
            text = " ".join(region.text for region in line.description)
            into.present(f"lines[{at}].item.name", FieldValue(text, line.description, IMPLIED))


def _line_sum(table: LineTable, mark: DecimalMark | None) -> Decimal | None:
    amounts = [
        line.numbers[Column.AMOUNT].value(mark)
        for line in table.lines
        if Column.AMOUNT in line.numbers
    ]
    if not amounts or None in amounts:
        return None
    return exact_sum(amount for amount in amounts if amount is not None)


def _add_document_kind(into: FieldValues, titles: Sequence[TitlePlace], found: Totals) -> None:
    if not titles:
        return
    first = titles[0]
    rivals = [title.title for title in titles if title.title is not first.title]
    confidence = LABELLED if not rivals else IMPLIED
    code = TITLE_CODES.get(first.title)
    if code is not None:
        into.present("type_code", FieldValue(code, (first.region,), confidence))
    into.present(
        "extras.document_kind", FieldValue(TITLE_KINDS[first.title], (first.region,), confidence)
    )
    total = found.chosen.get(AmountKind.TOTAL)
    if first.title in (Title.CREDIT_NOTE, Title.CORRECTED) and total is not None and total.value:
        sign = (
            SignConvention.CREDIT_IS_NEGATIVE
            if total.value < 0
            else SignConvention.CREDIT_IS_POSITIVE
        )
        evidence = (total.number.row.region(total.number.begin, total.number.end),)
        into.present("extras.sign_convention", FieldValue(sign, evidence, confidence))


def _add_language(into: FieldValues, context: ReadingContext) -> None:
    if context.language is not None:
        into.present(
            "extras.language_code", FieldValue(context.language, context.language_words, LABELLED)
        )


def _content(values: dict[str, Leaf]) -> InvoiceContent:
    """Builds the content from its leaves; elements of a list come in the order of their indices."""
    root: dict[str, Any] = {}
    for path, value in values.items():
        way = steps(path)
        at: Any = root
        for step, following in pairwise(way):
            empty: Any = [] if isinstance(following, int) else {}
            if isinstance(step, int):
                while len(at) <= step:
                    at.append({})
                at = at[step]
            else:
                at = at.setdefault(step, empty)
        at[way[-1]] = value
    return msgspec.convert(root, InvoiceContent)
