"""Every value is bound to words that, parsed, give it again."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from en16931.field_path import Leaf, leaves
from invoice_reading.annotation import FieldAnnotation, FieldStatus, PageRegion
from invoice_reading.extract.extract import extract
from invoice_reading.extract.page_region import region_of
from invoice_reading.extract.word_values import value_of_words
from invoice_reading.important_fields import IMPORTANT_FIELDS
from invoice_reading.page import Box, Page, Word
from page_builder import column, page, table, text

CENT = Decimal("0.01")


def regions(found: FieldAnnotation) -> list[PageRegion]:
    return [one for one in found.evidence if isinstance(one, PageRegion)]


def assert_bound(pages: list[Page]) -> dict[str, Leaf]:
    read = extract(pages)
    by_number = {one.number: one for one in pages}
    values = dict(leaves(read.content))
    for path, value in values.items():
        found = read.annotations[path]
        assert found.status is FieldStatus.PRESENT and found.evidence, path
        assert found.confidence is not None and 0 <= found.confidence <= 1
        for region in regions(found):
            page_of = by_number[region.page]
            assert region == region_of(page_of, region.words)
            assert not any(page_of.words[span.word].hidden for span in region.words)
        assert found.raw_text == " ".join(region.text for region in regions(found))
        assert value_of_words(path, regions(found), read.context) == value, (path, value)
    for path, found in read.annotations.items():
        assert (found.status is FieldStatus.PRESENT) == (path in values), path
    assert set(IMPORTANT_FIELDS) <= set(read.annotations)
    return values


WORDS = {
    "en": (
        "Invoice",
        "Invoice number",
        "Invoice date",
        "Due date",
        "Net total",
        "VAT",
        "Total incl. VAT",
        "Bill to",
        "The amount is payable to the account",
    ),
    "de": (
        "Rechnung",
        "Rechnungsnummer",
        "Rechnungsdatum",
        "Fällig am",
        "Summe netto",
        "USt",
        "Gesamtbetrag",
        "Rechnung an",
        "Der Betrag ist zahlbar auf das Konto",
    ),
    "fr": (
        "Facture",
        "Facture n°",
        "Date de facture",
        "Date d'échéance",
        "Total HT",
        "TVA",
        "Total TTC",
        "Facturé à",
        "Le montant est payable par virement",
    ),
}
HEADINGS = {
    "en": ("Description", "Quantity", "Unit price", "Amount"),
    "de": ("Bezeichnung", "Menge", "Einzelpreis", "Betrag"),
    "fr": ("Désignation", "Quantité", "Prix unitaire", "Montant HT"),
}


def money(value: Decimal, language: str) -> str:
    plain = f"{value:,.2f}"
    if language == "en":
        return f"EUR {plain}"
    group = "." if language == "de" else " "
    return plain.replace(",", "\0").replace(".", ",").replace("\0", group) + " €"


@settings(max_examples=60, deadline=None)
@given(
    language=st.sampled_from(["en", "de", "fr"]),
    lines=st.lists(
        st.tuples(st.integers(1, 40), st.decimals(min_value=CENT, max_value=9999, places=2)),
        min_size=1,
        max_size=8,
    ),
    rate=st.sampled_from([Decimal(7), Decimal(19), Decimal("20.0"), Decimal("5.5")]),
    issued=st.dates(min_value=date(2015, 1, 1), max_value=date(2035, 1, 1)),
    days=st.integers(0, 90),
)
def test_values_of_a_built_invoice_are_found_and_bound_to_their_words(
    language: str, lines: list[tuple[int, Decimal]], rate: Decimal, issued: date, days: int
) -> None:
    words = WORDS[language]
    net = sum((quantity * price for quantity, price in lines), Decimal(0))
    tax = (net * rate / 100).quantize(CENT)
    due = issued + timedelta(days=days)
    form = "%Y-%m-%d" if language == "en" else "%d.%m.%Y" if language == "de" else "%d/%m/%Y"
    decimal = "." if language == "en" else ","
    built = page(
        text(40, 40, words[0], 18),
        text(320, 80, f"{words[1]} AB-{days + 100}"),
        text(320, 94, f"{words[2]}: {issued.strftime(form)}"),
        text(320, 108, f"{words[3]}: {due.strftime(form)}"),
        column(40, 80, ["Lieferwerk GmbH", "Weg 2", "12345 Berlin"]),
        column(40, 150, [words[7], "Kunde Beispiel", "Gasse 3", "54321 Trier"]),
        table(
            230,
            [40, 300, 420, 555],
            [
                HEADINGS[language],
                *(
                    (
                        f"Ware {chr(65 + at)}",
                        str(quantity),
                        money(price, language),
                        money(quantity * price, language),
                    )
                    for at, (quantity, price) in enumerate(lines)
                ),
            ],
        ),
        table(
            420,
            [300, 555],
            [
                (words[4], money(net, language)),
                (f"{words[5]} {str(rate).replace('.', decimal)} %", money(tax, language)),
                (words[6], money(net + tax, language)),
            ],
        ),
        text(40, 600, words[8]),
        text(40, 620, "IBAN: DE02 1203 0000 0000 2020 51"),
        text(40, 640, "USt-IdNr.: DE136695976"),
    )
    values = assert_bound([built])
    assert values["totals.amount_with_vat"] == net + tax
    assert values["totals.amount_without_vat"] == net
    assert values["invoice_number"] == f"AB-{days + 100}"
    assert values["issue_date"] == issued
    assert values["payment_due_date"] == due
    assert values["currency_code"] == "EUR"
    assert values["seller.name"] == "Lieferwerk GmbH"
    assert values["buyer.name"] == "Kunde Beispiel"
    assert [values[f"lines[{at}].net_amount"] for at in range(len(lines))] == [
        quantity * price for quantity, price in lines
    ]


VOCABULARY = [
    "Total", "Net", "VAT", "Invoice", "No.", "Date:", "03/07/2026", "05.03.2026", "12,00", "1.234,56", "€", "19", "%",
    "IBAN", "DE02", "1203", "0000", "0000", "2020", "51", "GmbH", "80333", "München", "Menge", "Betrag", "Bezeichnung",
    "Verkäufer:", "Kunde", "$", "-5,00", "•", "A-17", "Übertrag", "\u00a0", "Rechnung", "Skonto", "bis",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(VOCABULARY), st.integers(0, 18), st.integers(0, 12), st.booleans()
        ),
        max_size=120,
    )
)
def test_any_arrangement_of_words_gives_only_bound_values(
    placed: list[tuple[str, int, int, bool]],
) -> None:
    words = tuple(
        Word(
            at,
            content,
            Box(
                50_000 * across,
                70_000 * down,
                50_000 * across + 9_000 * len(content),
                70_000 * down + 14_000,
            ),
            hidden=unseen and at % 5 == 0,
        )
        for at, (content, across, down, unseen) in enumerate(placed)
    )
    assert_bound([Page(1, 595.0, 842.0, words)])


def test_pages_without_words_say_that_fields_are_absent() -> None:
    read = extract([Page(1, 595.0, 842.0, ())])
    assert dict(leaves(read.content)) == {}
    assert {found.status for found in read.annotations.values()} == {FieldStatus.ABSENT}
    assert set(read.annotations) == set(IMPORTANT_FIELDS)
