"""The contract of InvoiceReader."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import msgspec
import pytest

from aip.filter import parse_filter
from aip.ordering import OrderTerm
from aip.page_token import Cursor
from en16931.model import (
    CreditTransfer,
    DocumentKind,
    DocumentTotals,
    Extras,
    InvoiceContent,
    PaymentInstructions,
    Seller,
)
from invoice_listing import ids_of, paged_ids, store_invoices
from invoice_summarizer.domain.counted import CountedApart
from invoice_summarizer.domain.errors import InvalidInput, NotFound
from invoice_summarizer.domain.invoice import Invoice, InvoiceStatus, read_as, with_reading
from invoice_summarizer.domain.invoice_fields import FIELD_ALIASES, FILTER_FIELDS
from invoice_summarizer.ports.invoice_reader import Aggregate, GroupKey, Lacking
from invoice_summarizer.ports.invoice_views import InvoiceView, rendered
from invoice_summarizer.rpc.invoice_views import ProtobufViewRenderer
from storage_fixture import Storage
from storage_samples import (
    TENANT,
    delete_invoice,
    put_reading,
    read_invoice,
    reading_of,
    received_invoice,
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", [1, 2, 3]),
        ('status = "review_pending"', [2]),
        ('status != "review_pending"', [1, 3]),
        ("form:*", [2]),
        ("invoice_id=invoice-2", [2]),
        ('invoice_id="invoice-*"', [1, 2, 3]),
        ('invoice_id="invoice-3*" OR invoice_id="voice*"', [3]),
        ('seller.name:"müller"', [2]),
        ('seller.name:"SÖHNE"', [2]),
        ('seller.name:"*SÖHNE"', [2]),
        ('seller.name = "müller*"', []),
        ('seller.name = "*Söhne"', [2]),
        ('seller.name != "Müller & Söhne"', [1, 3]),
        ("totals.amount_due = 1234.500", [2]),
        ("totals.amount_due > 1000 AND totals.amount_due < 1.3e3", [2]),
        ("NOT totals.amount_due > 1000", [1, 3]),
        ("issue_date >= 2026-02-28", [2]),
        ("create_time < 2020-01-01T13:33:00+01:00", [1, 2]),
        ('document.file_name = "invoice 1.pdf" OR document.file_name = "invoice 3.pdf"', [1, 3]),
        ("file:3", [3]),
        ('status="review pending" OR status=RECEIVED', [1, 2, 3]),
        ("kind=invoice", [2]),
        ('kind!="credit note"', [1, 2, 3]),
        ('account:"de89 3704 0044 0532 0130 00"', [2]),
        ("account:DE8937040044053201300", []),
        ("account:*", [2]),
        ("NOT account:*", [1, 3]),
        ("reason:completeness_partial", [2]),
        ('reason:"RULE_FAILED:BR-CO-15"', [2]),
        ('reason:"RULE_FAILED:BR-CO-16"', []),
        ("item:öl", [2]),
        ("item:*", [2]),
        ("buyer_reference=K-7 purchase_order:4711", [2]),
        ("due_date >= 2026-03-01 AND due_date <= 2026-03-31", [2]),
    ],
)
async def test_filter_finds(storage: Storage, text: str, numbers: list[int]) -> None:
    read = read_invoice(2)
    assert read.reading is not None
    content = msgspec.structs.replace(
        read.content,
        type_code="380",
        payment_due_date=date(2026, 3, 31),
        buyer_reference="K-7",
        purchase_order_reference="PO 4711",
        payment_instructions=PaymentInstructions(
            credit_transfers=(CreditTransfer(account_identifier="DE89 3704 0044 0532 0130 00"),)
        ),
    )
    read = replace(read, reading=replace(read.reading, content=content))
    await store_invoices(storage, [received_invoice(1), read, received_invoice(3)])
    found = await paged_ids(storage, parse_filter(text, FILTER_FIELDS, FIELD_ALIASES), (), 10)
    assert found == [f"invoice-{number}" for number in numbers]


async def test_what_a_list_has_follows_its_invoice(storage: Storage) -> None:
    filter = parse_filter("reason:COMPLETENESS_PARTIAL", FILTER_FIELDS, FIELD_ALIASES)
    invoice = read_invoice(1)
    await store_invoices(storage, [invoice])
    assert await paged_ids(storage, filter, (), 10) == [invoice.id]
    assert invoice.reading is not None
    settled = read_as(invoice.header, invoice.update_time, needs_review=False)
    reading = replace(invoice.reading, review_reasons=())
    async with storage.transactions.begin(TENANT) as transaction:
        await put_reading(transaction, with_reading(settled, reading))
    assert await paged_ids(storage, filter, (), 10) == []


async def test_page_holds_what_the_view_shows(storage: Storage) -> None:
    renderer = ProtobufViewRenderer()
    stored = [received_invoice(1), read_invoice(2)]
    await store_invoices(storage, stored)
    for view in InvoiceView:
        page = await storage.reader.page(
            TENANT, filter=None, order=(), after=None, limit=10, view=view
        )
        assert page.views == tuple(rendered(renderer, invoice, view) for invoice in stored)
        assert (page.next_cursor, page.total_size) == (None, 2)


@pytest.mark.parametrize("view", [*InvoiceView])
async def test_view_is_of_the_invoice_as_it_is_now(storage: Storage, view: InvoiceView) -> None:
    renderer, invoice = ProtobufViewRenderer(), read_invoice(1)
    await store_invoices(storage, [invoice])
    assert await storage.reader.view(TENANT, invoice.id, view) == rendered(renderer, invoice, view)
    decided = invoice.header.decided(InvoiceStatus.APPROVED, "fine", invoice.update_time)
    async with storage.transactions.begin(TENANT) as transaction:
        await transaction.invoices.put_header(decided)
    approved = with_reading(decided, invoice.reading)
    assert await storage.reader.view(TENANT, invoice.id, view) == rendered(renderer, approved, view)


async def test_what_the_tenant_does_not_have_is_not_found(storage: Storage) -> None:
    await store_invoices(storage, [received_invoice(1, "other")])
    for name in ("invoice-1", "none", "", "nul\x00", "half \ud800"):
        with pytest.raises(NotFound):
            await storage.reader.view(TENANT, name, InvoiceView.FULL)
        with pytest.raises(NotFound):
            await storage.reader.document(TENANT, name)


async def test_document_of_an_invoice(storage: Storage) -> None:
    await store_invoices(storage, [received_invoice(1), read_invoice(2)])
    assert await storage.reader.document(TENANT, "invoice-2") == read_invoice(2).document


def _with_amount(number: int, amount: str | None) -> Invoice:
    totals = None if amount is None else DocumentTotals(amount_due=Decimal(amount))
    return replace(received_invoice(number), reading=reading_of(InvoiceContent(totals=totals)))


@pytest.mark.parametrize(
    ("descending", "numbers"), [(False, [3, 2, 5, 1, 4]), (True, [2, 5, 3, 1, 4])]
)
async def test_absent_values_come_last_and_ties_by_id(
    storage: Storage, descending: bool, numbers: list[int]
) -> None:
    amounts = {1: None, 2: "10", 3: "9.5", 4: None, 5: "10.00"}
    await store_invoices(
        storage, [_with_amount(number, amount) for number, amount in amounts.items()]
    )
    order = [OrderTerm("totals.amount_due", descending)]
    for limit in (1, 2, 10):
        found = await paged_ids(storage, None, order, limit)
        assert found == [f"invoice-{number}" for number in numbers]


async def test_pages_neither_skip_nor_repeat_while_invoices_come_and_go(storage: Storage) -> None:
    await store_invoices(storage, [_with_amount(number, f"{number}.0") for number in (2, 4, 6, 8)])
    order = [OrderTerm("totals.amount_due")]
    first = await storage.reader.page(TENANT, filter=None, order=order, after=None, limit=2)
    assert ids_of(first) == ["invoice-2", "invoice-4"]
    await store_invoices(storage, [_with_amount(1, "1"), _with_amount(5, "5")])
    async with storage.transactions.begin(TENANT) as transaction:
        await delete_invoice(transaction, "invoice-4")
    rest = await storage.reader.page(
        TENANT, filter=None, order=order, after=first.next_cursor, limit=9
    )
    assert ids_of(rest) == ["invoice-5", "invoice-6", "invoice-8"]


@pytest.mark.parametrize("cursor", [(), ("x",), (None, None), ("x", "id"), ("1", "2", "id")])
async def test_cursor_of_another_order_is_refused(storage: Storage, cursor: Cursor) -> None:
    with pytest.raises(InvalidInput):
        await storage.reader.page(
            TENANT,
            filter=None,
            order=[OrderTerm("totals.amount_due")],
            after=cursor,
            limit=1,
        )


async def test_sums_are_exact_and_never_across_currencies(storage: Storage) -> None:
    def invoice(number: int, currency: str | None, amount: str | None) -> Invoice:
        base = _with_amount(number, amount)
        content = InvoiceContent(currency_code=currency, totals=base.content.totals)
        return replace(base, reading=reading_of(content))

    amounts = [f"{number}.1" for number in range(10)]
    await store_invoices(
        storage,
        [
            *(invoice(number, "EUR", amount) for number, amount in enumerate(amounts)),
            invoice(20, "EUR", None),
            invoice(21, "USD", "99999999999999999999999999.99"),
            invoice(22, "USD", "1.02"),
            invoice(23, None, "5"),
            received_invoice(24, "other"),
        ],
    )

    def group(currency: str | None, count: int, amount_due: str) -> Aggregate:
        return Aggregate(
            currency=currency,
            count=count,
            credit_notes=0,
            amount_without_vat=None,
            vat_amount=None,
            amount_with_vat=None,
            amount_due=Decimal(amount_due),
            lacking=Lacking(
                amount_without_vat=count,
                vat_amount=count,
                amount_with_vat=count,
                amount_due=1 if currency == "EUR" else 0,
            ),
        )

    assert await groups_of(storage, frozenset()) == [
        group("EUR", 11, "46.0"),
        group("USD", 2, "100000000000000000000000001.01"),
        group(None, 1, "5"),
    ]


async def test_groups_are_named_by_all_their_keys(storage: Storage) -> None:
    nothing = replace(received_invoice(3), status=InvoiceStatus.READY)
    nothing = replace(nothing, reading=reading_of(InvoiceContent()))
    await store_invoices(storage, [read_invoice(1), read_invoice(2), nothing])
    groups = await groups_of(storage, frozenset(GroupKey))
    keys = [(g.currency, g.supplier, g.month, g.status, g.count) for g in groups]
    assert keys == [
        ("EUR", "Müller & Söhne", "2026-02", "review_pending", 2),
        (None, None, None, "ready", 1),
    ]


@pytest.mark.parametrize(
    ("credit_type", "credit_amount"),
    [("381", "30.00"), ("261", "30.00"), ("381", "-30.00"), ("380", "-30.00")],
)
async def test_credit_is_taken_away_however_its_sign_is_stated(
    storage: Storage, credit_type: str, credit_amount: str
) -> None:
    def invoice(number: int, type_code: str, amount: str) -> Invoice:
        totals = DocumentTotals(amount_with_vat=Decimal(amount), amount_due=Decimal(amount))
        content = InvoiceContent(type_code=type_code, currency_code="EUR", totals=totals)
        return replace(received_invoice(number), reading=reading_of(content))

    await store_invoices(
        storage, [invoice(1, "380", "100.00"), invoice(2, credit_type, credit_amount)]
    )
    [group] = await groups_of(storage, frozenset())
    assert (group.amount_with_vat, group.amount_due) == (Decimal("70.00"), Decimal("70.00"))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("total=-30 amount_due=-30 totals.vat_amount<0", [2, 3]),
        ("amount_due > 0", [1]),
        ("amount_due=30", []),
    ],
)
async def test_filters_and_orders_take_what_is_credited_with_a_minus(
    storage: Storage, text: str, numbers: list[int]
) -> None:
    def invoice(number: int, type_code: str, sign: int) -> Invoice:
        totals = DocumentTotals(
            vat_amount=Decimal(5) * sign,
            amount_with_vat=Decimal(30) * sign,
            amount_due=Decimal(30) * sign,
        )
        content = InvoiceContent(type_code=type_code, totals=totals)
        return replace(received_invoice(number), reading=reading_of(content))

    bill = replace(
        received_invoice(1),
        reading=reading_of(InvoiceContent(totals=DocumentTotals(amount_due=Decimal(31)))),
    )
    await store_invoices(storage, [bill, invoice(2, "381", 1), invoice(3, "381", -1)])
    expression = parse_filter(text, FILTER_FIELDS, FIELD_ALIASES)
    order = (OrderTerm("totals.amount_due", descending=True),)
    assert await paged_ids(storage, expression, (), 1) == [f"invoice-{n}" for n in numbers]
    assert await paged_ids(storage, None, order, 1) == ["invoice-1", "invoice-2", "invoice-3"]


@pytest.mark.parametrize(
    ("start", "numbers"),
    [("a", [1, 2, 3, 4]), ("a\ud7ff", [1]), ("a\U0010ffff", [3, 4]), ("\U0010ffff", [5])],
)
async def test_texts_are_found_by_their_start_whatever_its_last_letter_is(
    storage: Storage, start: str, numbers: list[int]
) -> None:
    texts = ("a\ud7ffb", "a\ue000", "a\U0010ffff", "a\U0010ffff\U0010ffffz", "\U0010ffff")
    invoices = [
        replace(received_invoice(number), reading=reading_of(InvoiceContent(invoice_number=text)))
        for number, text in enumerate(texts, 1)
    ]
    await store_invoices(storage, invoices)
    expression = parse_filter(f'number="{start}*"', FILTER_FIELDS, FIELD_ALIASES)
    assert await paged_ids(storage, expression, (), 10) == [f"invoice-{n}" for n in numbers]


async def test_amounts_that_add_up_to_nothing_are_a_sum(storage: Storage) -> None:
    invoices = [_with_amount(1, "5.00"), _with_amount(2, "-5.00"), _with_amount(3, None)]
    await store_invoices(storage, invoices)
    [group] = await groups_of(storage, frozenset())
    assert (group.amount_due, group.amount_with_vat) == (Decimal("0.00"), None)


@pytest.mark.parametrize(
    ("kind", "type_code", "amount"),
    [
        (DocumentKind.CREDIT_NOTE, None, "-30.00"),
        (DocumentKind.CREDIT_NOTE, "380", "-30.00"),
        (DocumentKind.RECEIPT, "381", "30.00"),
        (None, "381", "-30.00"),
        (None, None, "30.00"),
    ],
)
async def test_document_kind_says_what_is_credit_and_else_the_type_code(
    storage: Storage, kind: DocumentKind | None, type_code: str | None, amount: str
) -> None:
    totals = DocumentTotals(amount_with_vat=Decimal("30.00"), amount_due=Decimal("30.00"))
    extras = Extras(document_kind=kind)
    content = InvoiceContent(type_code=type_code, totals=totals, extras=extras)
    await store_invoices(storage, [replace(received_invoice(1), reading=reading_of(content))])
    [group] = await groups_of(storage, frozenset())
    assert (group.amount_with_vat, group.amount_due) == (Decimal(amount), Decimal(amount))


async def test_no_more_groups_come_than_are_wanted(storage: Storage) -> None:
    invoices = [_bill(number, seller=f"S {number % 3}") for number in range(5)]
    await store_invoices(storage, invoices)
    by_supplier = frozenset({GroupKey.SUPPLIER})
    found = await storage.reader.aggregate(TENANT, filter=None, group_by=by_supplier, limit=2)
    assert ([group.count for group in found.groups], found.total_size) == ([2, 2], 3)
    # The total is over the group that did not come, too.
    assert [(total.count, total.amount_due) for total in found.totals] == [(5, Decimal(50))]


def _bill(
    number: int,
    *,
    seller: str | None = None,
    issued: str | None = None,
    currency: str = "EUR",
    kind: DocumentKind | None = None,
    copy: bool | None = None,
) -> Invoice:
    """An invoice over 10.00."""
    content = InvoiceContent(
        issue_date=date.fromisoformat(issued) if issued else None,
        currency_code=currency,
        seller=Seller(name=seller),
        totals=DocumentTotals(amount_with_vat=Decimal(10), amount_due=Decimal(10)),
        extras=Extras(document_kind=kind, copy=copy),
    )
    bill = replace(received_invoice(number), status=InvoiceStatus.READY)
    return replace(bill, reading=reading_of(content))


async def test_what_bills_nothing_or_is_not_read_is_told_apart(storage: Storage) -> None:
    await store_invoices(
        storage,
        [
            received_invoice(1),
            replace(received_invoice(2), status=InvoiceStatus.FAILED, failure_reason="PDF_DAMAGED"),
            _bill(3),
            _bill(4, copy=True),
            _bill(5, copy=False),
            _bill(6, kind=DocumentKind.PROFORMA),
            _bill(7, kind=DocumentKind.PROFORMA, currency="USD"),
            _bill(8, kind=DocumentKind.REMINDER),
            _bill(9, kind=DocumentKind.PREPAYMENT),
        ],
    )
    for group_by in (frozenset[GroupKey](), frozenset(GroupKey)):
        found = await storage.reader.aggregate(TENANT, filter=None, group_by=group_by, limit=9)
        assert [(each.count, each.amount_due) for each in found.totals] == [(3, Decimal(30))]
        assert dict(found.apart) == {
            CountedApart.UNREAD: 1,
            CountedApart.FAILED: 1,
            CountedApart.COPY: 1,
            CountedApart.PRO_FORMA: 2,
            CountedApart.BILLS_NOTHING: 1,
        }
        assert sum(group.count for group in found.groups) == 3


async def test_months_come_in_order_and_totals_are_of_each_currency(storage: Storage) -> None:
    days = ["2026-02-01", "2026-02-28", "2025-12-31", "2026-01-15", None]
    invoices = [_bill(number, issued=day) for number, day in enumerate(days)]
    invoices.append(_bill(9, issued="2026-01-01", currency="USD"))
    await store_invoices(storage, invoices)
    by_month = frozenset({GroupKey.MONTH})
    found = await storage.reader.aggregate(TENANT, filter=None, group_by=by_month, limit=99)
    assert [(group.month, group.currency, group.count) for group in found.groups] == [
        ("2025-12", "EUR", 1),
        ("2026-01", "EUR", 1),
        ("2026-01", "USD", 1),
        ("2026-02", "EUR", 2),
        (None, "EUR", 1),
    ]
    totals = [(total.currency, total.month, total.amount_due) for total in found.totals]
    assert totals == [("EUR", None, Decimal(50)), ("USD", None, Decimal(10))]


async def test_supplier_is_one_however_its_name_is_spaced_and_capitalised(storage: Storage) -> None:
    names = [
        *("Öl & Söhne\n  GmbH", "ÖL & SÖHNE GMBH", " öl\u00a0& söhne\tgmbh", "Öl & Söhne GmbH"),
        *("b ag", "B AG", None),
    ]
    await store_invoices(storage, [_bill(n, seller=name) for n, name in enumerate(names)])
    groups = await groups_of(storage, frozenset({GroupKey.SUPPLIER}))
    assert [(group.supplier, group.count) for group in groups] == [
        ("Öl & Söhne GmbH", 4),
        ("B AG", 2),
        (None, 1),
    ]


async def test_groups_count_their_credit_notes_and_what_lacks_an_amount(storage: Storage) -> None:
    credit = _bill(1, kind=DocumentKind.CREDIT_NOTE)
    await store_invoices(storage, [credit, _bill(2), _bill(3)])
    [group] = await groups_of(storage, frozenset())
    assert (group.count, group.credit_notes, group.amount_due) == (3, 1, Decimal(10))
    assert group.lacking == Lacking(amount_without_vat=3, vat_amount=3)


async def groups_of(storage: Storage, group_by: frozenset[GroupKey]) -> list[Aggregate]:
    found = await storage.reader.aggregate(TENANT, filter=None, group_by=group_by, limit=100)
    assert found.total_size == len(found.groups)
    return [*found.groups]


async def test_revision_is_another_after_every_commit_that_changed_an_invoice(
    storage: Storage,
) -> None:
    seen = [await storage.reader.revision(TENANT)]

    async def changes(tenant: str = TENANT) -> bool:
        """Whether the revision of TENANT is one that was never there before."""
        revision = await storage.reader.revision(TENANT)
        is_new = revision not in seen
        seen.append(revision)
        return is_new

    assert not await changes()
    await store_invoices(storage, [received_invoice(1), received_invoice(2)])
    assert await changes()
    assert not await changes()
    async with storage.transactions.begin(TENANT) as transaction:
        await put_reading(transaction, replace(read_invoice(1), version=2))
    assert await changes()
    await store_invoices(storage, [received_invoice(1, "other")])
    assert not await changes()
    async with storage.transactions.begin(TENANT) as transaction:
        await delete_invoice(transaction, "invoice-2")
    assert await changes()
