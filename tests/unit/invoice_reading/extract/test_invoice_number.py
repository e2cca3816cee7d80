"""The number of the invoice: beside its label, else under it, else behind the title, else beside a general label."""

import pytest

from invoice_reading.extract.document_type import title_places
from invoice_reading.extract.invoice_number import invoice_numbers, references
from invoice_reading.extract.label_values import label_places
from invoice_reading.extract.lexicon import Label
from invoice_reading.extract.marked_rows import marked_rows
from page_builder import Printed, column, page, right, text


def ranks(*printed: Printed | str) -> list[list[str]]:
    """The numbers that the document may mean: beside, under, behind the title, beside a general label."""
    placed = [text(40, 40, each) if isinstance(each, str) else each for each in printed]
    all_rows = marked_rows([page(placed)])
    found = invoice_numbers(all_rows, label_places(all_rows), title_places(all_rows))
    return [[str(value.value) for value in rank] for rank in found]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Invoice number: A-17", "A-17"),
        ("Invoice No. 2026/0317", "2026/0317"),
        ("Rechnungsnummer RE 2026-17", "RE 2026-17"),
        ("Rechnungs-Nr.: 17 vom 05.03.2026", "17"),
        ("N° de facture : F2026-77", "F2026-77"),
        ("Factuurnummer: # 17", "17"),
        ("Invoice no: 77 1204 88", "77 1204 88"),
        ("Rechnungsnummer: 2026 AR 0031", "2026 AR 0031"),
        ("Rechnungs-Nr.: 40 112 vom 05.03.2026", "40 112"),
        ("N° de facture : 40 112 Date : 05/03/2026", "40 112"),
    ],
)
def test_number_stands_beside_its_label(line: str, number: str) -> None:
    assert ranks(line)[0] == [number]


@pytest.mark.parametrize(
    "line",
    [
        "Invoice number: none",
        "Invoice number: ABCD1234\ufffd0001",
        "Invoice number: 05.03.2026",
        "Invoice number: 12.50",
        "Invoice number of your friend 17",
        f"Invoice number: {'1' * 41}",
        "Invoice number Due date 17",
    ],
)
def test_what_is_no_identifier_or_not_beside_the_label_is_no_number(line: str) -> None:
    assert ranks(line)[0] == []


def test_number_stands_under_its_label_and_not_under_another() -> None:
    beside, under, *_ = ranks(
        text(40, 40, "Invoice number"),
        text(200, 40, "Customer"),
        text(40, 54, "A-17"),
        text(200, 54, "K-4"),
    )
    assert (beside, under) == ([], ["A-17"])


@pytest.mark.parametrize("lines", [["pending", "A-17"], ["see A-17"]])
def test_word_between_label_and_number_ends_the_column(lines: list[str]) -> None:
    label = text(40, 40, "Invoice number")
    _, under, *_ = ranks(label, *column(40, 54, lines))
    assert under == []


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Invoice INV/2026/3", ["INV/2026/3"]),
        ("Rechnung des Hauses Nr. 17", ["17"]),
        ("Rechnung gemäß Bestellung Nr. 17", []),
        ("Rechnung der Stadt am Fluss Nr. 17", []),
        ("Rechnung", []),
    ],
)
def test_number_follows_the_title(line: str, number: list[str]) -> None:
    assert ranks(line)[2] == number


def test_general_label_counts_where_it_opens_a_phrase() -> None:
    assert ranks("No. 17")[3] == ["17"]
    assert ranks("house no. 17")[3] == []


def test_reference_stands_beside_its_label_else_under_it() -> None:
    beside = marked_rows([page(text(40, 40, "Order number: B-4"), text(40, 60, "Invoice no. 17"))])
    under = marked_rows([page(text(40, 40, "Order number"), text(40, 54, "B-4"))])
    for all_rows in (beside, under):
        found = references(all_rows, label_places(all_rows), Label.PURCHASE_ORDER)
        assert [value.value for value in found] == ["B-4"]
        assert [region.text for value in found for region in value.evidence] == ["B-4"]


def test_reference_beside_its_label_is_surer_than_one_under_it() -> None:
    beside = marked_rows([page(text(40, 40, "Order number: B-4"))])
    under = marked_rows([page(text(40, 40, "Order number"), text(40, 54, "B-4"))])
    [[sure], [less_sure]] = [
        references(all_rows, label_places(all_rows), Label.PURCHASE_ORDER)
        for all_rows in (beside, under)
    ]
    assert sure.confidence > less_sure.confidence


def test_number_whose_end_is_in_doubt_comes_with_both_ends() -> None:
    assert ranks("Invoice number: 4711 3 copies")[0] == ["4711", "4711 3"]


@pytest.mark.parametrize("title", ["FACTURA A-2026-77", "Fattura A/17", "Facture A-9"])
def test_number_behind_a_title_is_not_split_by_a_label(title: str) -> None:
    assert ranks(text(40, 40, title, 16))[2] == [title.split(" ")[1]]


def test_number_behind_a_hash_alone_is_the_last_resort() -> None:
    assert ranks(text(40, 40, "INVOICE", 22), text(40, 70, "# INV-000123"))[3] == ["INV-000123"]
    assert ranks(text(40, 70, "#1 choice of gardeners"))[3] == []


@pytest.mark.parametrize("label", ["Number", "Our reference", "Ons kenmerk:", "N.º fatura:"])
def test_number_stands_under_a_general_label_that_is_all_of_its_column(label: str) -> None:
    printed = (text(40, 40, label), text(200, 40, "Date"), text(40, 54, "F8172/42"))
    found = ranks(*printed, text(200, 54, "19 August 2022"))
    assert next(rank for rank in found if rank) == ["F8172/42"]


def test_head_of_lines_is_no_label_of_the_number() -> None:
    head = [text(40, 40, "Number"), text(120, 40, "Description"), text(300, 40, "Quantity")]
    row = [text(40, 54, "4711"), text(120, 54, "Paint"), text(300, 54, "2")]
    assert not any(ranks(*head, *row))


def test_own_reference_gives_way_to_the_number_of_the_invoice() -> None:
    found = ranks(text(40, 40, "Our reference: B-1"), text(40, 54, "Invoice no. A-17"))
    assert next(rank for rank in found if rank) == ["A-17"]


def test_number_stands_under_the_spanish_sign_of_numbers() -> None:
    printed = (text(40, 40, "N.º:"), text(200, 40, "Fecha:"), text(40, 54, "19223"))
    assert next(rank for rank in ranks(*printed) if rank) == ["19223"]


def test_second_row_of_the_head_of_lines_is_no_label_of_the_number() -> None:
    head = [text(40, 40, "Part"), text(120, 40, "Description"), text(300, 40, "Quantity")]
    second = [text(40, 52, "no."), text(300, 52, "pcs")]
    row = [text(40, 66, "063.889"), text(120, 66, "Paint"), text(300, 66, "2")]
    assert not any(ranks(*head, *second, *row))


@pytest.mark.parametrize("number", ["N014.332", "PO-17247"])
def test_capital_letters_of_a_number_are_no_label(number: str) -> None:
    assert ranks(text(40, 40, "Invoice no.:"), text(200, 40, number))[0] == [number]


def decided(*printed: Printed | str) -> list[str]:
    """The numbers of the first rank that has any."""
    return next((rank for rank in ranks(*printed) if rank), [])


def test_invoices_that_are_listed_with_their_amounts_are_not_the_document() -> None:
    entries = [
        (
            text(40, 200 + 16 * at, f"Factuur {number} van 07.05.2026"),
            right(540, 200 + 16 * at, due),
        )
        for at, (number, due) in enumerate([("R-10217", "1.331,16"), ("R-40388", "597,2")])
    ]
    listed = [each for entry in entries for each in entry]
    assert decided(text(40, 40, "Nummer: 4471"), *listed) == ["4471"]
    assert decided(*listed) == ["R-10217", "R-40388"]


def test_entry_may_have_its_amount_in_the_columns_of_the_next_row() -> None:
    entry = [
        text(60, 200, "Factura R-20104 de 01.04.2026"),
        text(40, 212, "1"),
        right(540, 212, "3610,94"),
    ]
    assert decided(text(40, 40, "N.º de documento: 63/18"), *entry) == ["63/18"]


def test_sum_that_has_a_caption_does_not_make_an_entry_of_the_number() -> None:
    assert decided(
        text(40, 40, "Invoice no: A-17"),
        right(540, 40, "Amount due 120.00"),
        text(40, 80, "Number: 99"),
    ) == ["A-17"]


def test_unit_of_a_line_is_no_label_of_the_number() -> None:
    line = [text(40, 200, "3"), text(70, 200, "Pallet"), text(300, 200, "NR"), text(340, 200, "10")]
    line += [right(540, 200, "134,10")]
    assert decided(text(40, 40, "Numero: 88120"), *line) == ["88120"]


def test_value_under_another_label_is_not_that_of_the_title_beside_it() -> None:
    heads = [
        text(300, 60, "Nr faktury:"),
        text(300, 71, "INV651"),
        text(300, 100, "Nr klienta:"),
        text(40, 104, "FAKTURA VAT", 18.0),
        text(300, 111, "31610"),
    ]
    assert decided(*heads) == ["INV651"]


@pytest.mark.parametrize("other", ["Cost centre:", "Field services team"])
def test_words_of_columns_in_other_labels_do_not_make_the_head_of_a_table(other: str) -> None:
    heads = [text(40, 60, "Document no.:"), text(200, 60, other)]
    assert decided(*heads, text(40, 71, "R-1659"), text(200, 71, "52-607")) == ["R-1659"]


def test_reference_numbers_the_document_where_the_date_is_the_next_label() -> None:
    beside = [text(40, 60, "Référence:"), text(200, 60, "Date:")]
    values = [text(40, 71, "F1591/61"), text(200, 71, "06.02.2026")]
    assert decided(*beside, *values) == ["F1591/61"]
    under = [text(40, 60, "Référence: F1591/61"), text(40, 73, "Date de facture: 06.02.2026")]
    assert decided(*under) == ["F1591/61"]
    alone = [text(40, 60, "Référence: F1591/61"), text(40, 73, "Client: 90112")]
    assert decided(*alone) == []
