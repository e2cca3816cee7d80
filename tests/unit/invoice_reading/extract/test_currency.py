"""The currency is what its label says, else what stands at the amounts, else what is mentioned alone."""

import pytest

from invoice_reading.annotation import AnnotationReason, FieldStatus
from invoice_reading.extract.currency import add_currency, currencies
from invoice_reading.extract.extract import extract
from invoice_reading.extract.field_values import FieldValues
from invoice_reading.extract.label_values import label_places
from invoice_reading.extract.marked_rows import marked_rows
from page_builder import page, table, text

PATH = "currency_code"


@pytest.mark.parametrize(
    ("sign", "codes"),
    [
        ("€", ("EUR",)),
        (" Euro ", ("EUR",)),
        ("zł", ("PLN",)),
        ("US$", ("USD",)),
        ("chf", ("CHF",)),
        ("?", ()),
        ("EURO2", ()),
    ],
)
def test_sign_or_code_means_its_currencies(sign: str, codes: tuple[str, ...]) -> None:
    assert currencies(sign) == codes


@pytest.mark.parametrize("sign", ["$", "¥", "kr", "Rs."])
def test_sign_of_several_currencies_means_each_of_them_once(sign: str) -> None:
    codes = currencies(sign)
    assert len(set(codes)) == len(codes) > 1


def read(*lines: str, in_united_states: bool = False) -> FieldValues:
    all_rows = marked_rows([page(*(text(40, 40 + 20 * at, line) for at, line in enumerate(lines)))])
    into = FieldValues()
    add_currency(into, all_rows, label_places(all_rows), in_united_states)
    return into


@pytest.mark.parametrize(
    ("lines", "code", "raw"),
    [
        (["Currency: CHF", "Total 10.00 EUR"], "CHF", "CHF"),
        (["Alle Beträge in Euro", "Summe 10,00"], "EUR", "Euro"),
        (["Total 10.00 €"], "EUR", "€"),
        (["Total GBP 10.00"], "GBP", "GBP"),
        (["Paid in NOK", "Total 10.00"], "NOK", "NOK"),
    ],
)
def test_currency_is_bound_to_the_words_that_say_it(lines: list[str], code: str, raw: str) -> None:
    into = read(*lines)
    assert into.values == {PATH: code}
    assert into.annotations[PATH].status is FieldStatus.PRESENT
    assert into.annotations[PATH].raw_text == raw


def test_currency_of_most_amounts_wins_and_the_other_is_a_candidate() -> None:
    into = read("A 1.00 USD", "B 2.00 EUR", "C 3.00 EUR")
    assert into.values == {PATH: "EUR"}
    assert [candidate.value for candidate in into.annotations[PATH].candidates] == ["EUR", "USD"]
    alone = read("B 2.00 EUR").annotations[PATH]
    rivalled = into.annotations[PATH]
    assert alone.confidence and rivalled.confidence
    assert rivalled.confidence < alone.confidence


def test_sign_of_several_currencies_is_left_open_with_all_of_them() -> None:
    into = read("Total $10.00")
    annotation = into.annotations[PATH]
    assert into.values == {}
    assert annotation.status is FieldStatus.AMBIGUOUS
    assert [candidate.value for candidate in annotation.candidates] == [*currencies("$")[:5]]
    assert annotation.reasons == (AnnotationReason.SYMBOL_OF_SEVERAL_CURRENCIES,)


def test_dollar_beside_an_american_address_is_the_american_one_and_yen_is_not() -> None:
    into = read("Total $10.00", in_united_states=True)
    assert into.values == {PATH: "USD"}
    assert into.annotations[PATH].reasons == (AnnotationReason.SYMBOL_READ_BY_ADDRESS,)
    assert read("Total ¥10.00", in_united_states=True).values == {}


@pytest.mark.parametrize("line", ["Total 10.00", "NOK or SEK", "ALL AT THE TOP", "EUROPA"])
def test_what_says_no_currency_beyond_doubt_records_nothing(line: str) -> None:
    into = read(line)
    assert (into.values, into.annotations) == ({}, {})


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("All amounts in pounds sterling", "GBP"),
        ("Tous les montants en francs suisses", "CHF"),
        ("Alle Beträge in Euro", "EUR"),
        ("Kwoty w złotych", "PLN"),
        ("Importi in US dollars", "USD"),
    ],
)
def test_currency_is_named_in_words(line: str, code: str) -> None:
    assert read(line).values[PATH] == code


def test_name_of_a_currency_in_another_sentence_is_none() -> None:
    assert PATH not in read("We sell pounds of sterling silver").values


def test_sign_in_the_heading_of_a_column_is_the_currency() -> None:
    heading = table(300, [40, 300, 420, 550], [("Bezeichnung", "Menge", "Einzel €", "Gesamt €")])
    assert extract([page(heading)]).content.currency_code == "EUR"


@pytest.mark.parametrize("form", ["SDN BHD", "Sdn. BHD", "SDN.BHD"])
def test_legal_form_is_no_currency(form: str) -> None:
    assert PATH not in read(f"GREEN VALLEY {form}", "Total 12.00").values


def test_dinars_of_bahrain_are_a_currency() -> None:
    assert read("Total BHD 12.000").values[PATH] == "BHD"


@pytest.mark.parametrize(
    ("lines", "code", "sure"),
    [
        (["Total (RM)", "42.40"], "MYR", True),
        (["Amount(RM)  Tax(RM)"], "MYR", True),
        (["Total (CHF)"], "CHF", True),
        (["Our prices are in another money (CHF)"], "CHF", False),
    ],
)
def test_unit_in_brackets_is_sure_where_amounts_are_named(
    lines: list[str], code: str, sure: bool
) -> None:
    annotation = read(*lines).annotations[PATH]
    assert read(*lines).values == {PATH: code}
    assert annotation.confidence is not None
    assert (annotation.confidence >= 0.8) is sure


def test_initials_of_a_company_are_no_currency() -> None:
    assert PATH not in read("KMF GREEN VALLEY SDN BHD", "Total 12.00").values
    assert read("Paid in KMF", "Total 12.00").values[PATH] == "KMF"


def test_rm_is_ringgit_in_brackets_or_alone_in_its_column() -> None:
    assert PATH not in read("The RM of the bank").values
    assert read("RM", "12.00").values[PATH] == "MYR"


HEAD = [("Designação", "Quantidade", "Pr. unit.", "Valor"), ("", "", "EUR", "EUR")]
EDGES = [40, 300, 420, 550]


@pytest.mark.parametrize(
    "other", ["Matrícula CRC Porto 49376", "Equivale em USD    26.651,96", "Preços sem DOP"]
)
def test_currency_under_the_heads_of_columns_is_surer_than_one_elsewhere(other: str) -> None:
    into = extract([page(table(300, EDGES, HEAD, pitch=12), text(40, 700, other))])
    assert into.content.currency_code == "EUR"
    assert (into.annotations[PATH].confidence or 0) >= 0.8


def test_two_currencies_in_heads_are_none() -> None:
    heads = [("Description", "Quantity", "Price EUR", "Amount CHF")]
    assert extract([page(table(300, EDGES, heads))]).content.currency_code is None


def test_sign_in_a_row_of_a_table_is_no_head() -> None:
    rows = [HEAD[0], ("Câmbio", "1", "USD", "17,00")]
    read = extract([page(table(300, EDGES, rows, pitch=12), text(40, 600, "Matrícula CRC Porto"))])
    assert read.content.currency_code is None


def test_amount_in_a_sentence_does_not_outvote_the_head_of_a_column() -> None:
    lines = table(
        100,
        (40, 340, 440, 540),
        [("Description", "Qty", "Price", "Amount USD"), ("Oil", "2", "5.00", "10.00")],
    )
    fee = text(40, 300, "In case of delay a fixed fee of 40 euros is due for recovery")
    found = extract([page(*lines, fee)])
    assert found.content.currency_code == "USD"
    total = text(40, 300, "Total 40 euros")
    assert extract([page(*lines, total)]).content.currency_code == "EUR"
