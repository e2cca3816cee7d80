"""InvoiceReader gives the same answers from memory and from PostgreSQL, whatever is asked."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aip.filter_expression import (
    And,
    Comparison,
    Expression,
    Not,
    Operator,
    Or,
    Present,
    TextPattern,
)
from aip.filter_field import FieldType
from aip.ordering import OrderTerm
from en16931.document_types import CREDIT_NOTE_TYPE_CODES
from en16931.model import (
    Buyer,
    CreditTransfer,
    DocumentKind,
    DocumentTotals,
    Extras,
    InvoiceContent,
    InvoiceLine,
    Item,
    PaymentInstructions,
    Seller,
)
from invoice_listing import paged_ids, store_invoices
from invoice_reading.reading import KNOWN_FORMS
from invoice_reading.review_reason import ReviewCode, ReviewReason
from invoice_summarizer.domain.invoice import KNOWN_STATUSES, Invoice
from invoice_summarizer.domain.invoice_fields import INVOICE_FIELDS, SORT_FIELDS
from invoice_summarizer.ports.invoice_reader import GroupKey
from storage_fixture import Storage
from storage_samples import TENANT, reading_of, received_invoice

TEXTS = (
    None, "", "Acme", "ACME GmbH", "acme", "Äpfel AG", "äpfel", "100%", "a_b", "a\\b", "x'y",
    "Straße", "日本 🧾", "Ǆ", "Z", " acme\n", "Äpfel\u00a0 AG", "\t",
)  # fmt: skip
AMOUNTS = (
    None, Decimal("0"), Decimal("-0.01"), Decimal("10"), Decimal("10.00"), Decimal("10.000001"),
    Decimal("-1234.5"), Decimal("99999999999999999999.99"), Decimal("1E+2"), Decimal("0.1"),
)  # fmt: skip
ACCOUNTS = (
    None,
    "DE89 3704 0044 0532 0130 00",
    "de89370400440532013000",
    "12 34\u00a05",
    "x" * 900,
)
LISTED = {
    "payment_instructions.credit_transfers.account_identifier": (
        *("DE89370400440532013000", "12345", "none", "x" * 900, "x" * 100),
    ),
    "review_reasons": ("LOW_CONFIDENCE", "low confidence:seller.name", "RULE_FAILED:BR-CO-15"),
}
DATES = (None, date(1, 1, 1), date(999, 5, 1), date(2026, 2, 28), date(2026, 3, 1), date.max)


def _random_invoices(count: int) -> list[Invoice]:
    choose = random.Random(7)
    return [_random_invoice(number, choose) for number in range(count)]


def _random_invoice(number: int, choose: random.Random) -> Invoice:
    def text() -> str | None:
        return choose.choice(TEXTS)

    def amount() -> Decimal | None:
        return choose.choice(AMOUNTS)

    content = InvoiceContent(
        invoice_number=text(),
        issue_date=choose.choice(DATES),
        payment_due_date=choose.choice(DATES),
        type_code=choose.choice(
            (None, "380", "325", "386", "500", "71", "999", *CREDIT_NOTE_TYPE_CODES)
        ),
        extras=choose.choice((None, _extras(choose))),
        buyer_reference=text(),
        payment_instructions=choose.choice((None, _payment(choose))),
        lines=tuple(
            InvoiceLine(item=choose.choice((None, Item(name=text()))))
            for _ in range(choose.randrange(4))
        ),
        currency_code=choose.choice((None, "EUR", "USD")),
        purchase_order_reference=text(),
        seller=choose.choice((None, Seller(name=text(), vat_identifier=text()))),
        buyer=choose.choice((None, Buyer(name=text()))),
        totals=choose.choice(
            (
                None,
                DocumentTotals(
                    amount_without_vat=amount(),
                    vat_amount=amount(),
                    amount_with_vat=amount(),
                    amount_due=amount(),
                ),
            )
        ),
    )
    invoice = received_invoice(number)
    form = choose.choice((None, *KNOWN_FORMS))
    return replace(
        invoice,
        id=f"invoice-{choose.randrange(10**9)}",
        status=choose.choice(KNOWN_STATUSES),
        document=replace(invoice.document, file_name=text()),
        create_time=invoice.create_time + timedelta(hours=choose.randrange(3)),
        update_time=invoice.update_time.replace(minute=0, second=choose.randrange(3)),
        reading=(
            None
            if form is None
            else replace(reading_of(content, form), review_reasons=_reasons(choose))
        ),
    )


def _payment(choose: random.Random) -> PaymentInstructions:
    return PaymentInstructions(
        credit_transfers=tuple(
            CreditTransfer(account_identifier=choose.choice(ACCOUNTS))
            for _ in range(choose.randrange(3))
        )
    )


def _extras(choose: random.Random) -> Extras:
    kind = choose.choice((None, *DocumentKind))
    return Extras(document_kind=kind, copy=choose.choice((None, None, False, True)))


def _reasons(choose: random.Random) -> tuple[ReviewReason, ...]:
    return tuple(
        ReviewReason(choose.choice((*ReviewCode,)), choose.choice(("", "seller.name", "BR-CO-15")))
        for _ in range(choose.randrange(4))
    )


def _comparisons() -> st.SearchStrategy[Expression]:
    return st.sampled_from(sorted(INVOICE_FIELDS)).flatmap(_comparison)


def _comparison(field: str) -> st.SearchStrategy[Expression]:
    offered = INVOICE_FIELDS[field].filter
    present = st.just(Comparison(field, Operator.HAS, Present()))
    values: st.SearchStrategy[str | Decimal | date | datetime]
    match offered.kind:
        case FieldType.STRING:
            values = st.sampled_from([text for text in TEXTS if text is not None])
            patterns = st.builds(
                TextPattern, values.filter(bool), st.booleans(), st.booleans()
            ).filter(lambda pattern: pattern.any_before or pattern.any_after)
            return st.one_of(
                present,
                st.builds(Comparison, st.just(field), st.sampled_from(Operator), values),
                st.builds(
                    Comparison,
                    st.just(field),
                    st.sampled_from((Operator.EQUAL, Operator.NOT_EQUAL, Operator.HAS)),
                    patterns,
                ),
            )
        case FieldType.TEXT:
            values = st.sampled_from([text for text in TEXTS if text is not None])
            return st.one_of(
                present, st.builds(Comparison, st.just(field), st.just(Operator.HAS), values)
            )
        case FieldType.LIST:
            elements = [*map(offered.element, LISTED[field])]
            values = st.sampled_from(elements)
            return st.one_of(
                present, st.builds(Comparison, st.just(field), st.just(Operator.HAS), values)
            )
        case FieldType.ENUM:
            values = st.sampled_from(offered.values)
        case FieldType.DECIMAL:
            values = st.sampled_from([*AMOUNTS[1:], Decimal("10.0"), Decimal("1e99")])
        case FieldType.DATE:
            values = st.sampled_from([day for day in DATES if day is not None])
        case _:
            base = datetime(2020, 1, 1, 12, 30, 0, 123456, tzinfo=UTC)
            values = st.integers(0, 40).map(lambda minutes: base + timedelta(minutes=minutes))
    operators = sorted(offered.operators - {Operator.HAS})
    return st.one_of(
        present, st.builds(Comparison, st.just(field), st.sampled_from(operators), values)
    )


FILTERS = st.recursive(
    _comparisons(),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(And, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=5,
)
ORDERS = st.lists(st.sampled_from(sorted(SORT_FIELDS)), max_size=3, unique=True).flatmap(
    lambda fields: st.tuples(
        *(st.builds(OrderTerm, st.just(field), st.booleans()) for field in fields)
    )
)
GROUPS = st.frozensets(st.sampled_from(GroupKey))


@given(data=st.data())
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_memory_and_postgres_give_the_same_answers(
    memory_storage: Storage, postgres_storage: Storage, data: st.DataObject
) -> None:
    invoices = _random_invoices(60)
    both = (memory_storage, postgres_storage)
    for storage in both:
        probe = await storage.reader.page(TENANT, filter=None, order=(), after=None, limit=1)
        if not probe.total_size:
            await store_invoices(storage, [*invoices, received_invoice(1, "other")])
    filter, order = data.draw(st.none() | FILTERS), data.draw(ORDERS)
    limit, groups = data.draw(st.sampled_from((7, 60))), data.draw(GROUPS)
    in_memory, in_postgres = [await paged_ids(each, filter, order, limit) for each in both]
    assert in_memory == in_postgres
    sums = [
        await each.reader.aggregate(TENANT, filter=filter, group_by=groups, limit=1_000)
        for each in both
    ]
    assert sums[0] == sums[1]
    counted = sum(group.count for group in sums[0].groups)
    assert counted == sum(total.count for total in sums[0].totals)
    assert counted + sum(sums[0].apart.values()) == len(in_memory)
