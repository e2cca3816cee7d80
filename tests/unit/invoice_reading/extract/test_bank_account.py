"""An IBAN counts where its check digits are right, or where a label says that it is one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoice_reading.annotation import FieldStatus
from invoice_reading.extract.bank_account import (
    Account,
    accounts,
    debited_accounts,
    text_like_account,
)
from invoice_reading.extract.extract import extract
from invoice_reading.extract.label_values import label_places
from invoice_reading.extract.marked_rows import marked_rows
from page_builder import page, text

ACCOUNT = "payment_instructions.credit_transfers[0].account_identifier"
GERMAN = st.integers(min_value=0, max_value=10**18 - 1).map(lambda number: f"{number:018}")
_GERMANY = "1314"  # "DE" in the digits of ISO 13616


def iban_of(account: str) -> str:
    """The IBAN of a German account, with check digits by ISO 7064."""
    return f"DE{98 - int(f'{account}{_GERMANY}00') % 97:02}{account}"


def in_groups(iban: str) -> str:
    return " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))


IBAN, OTHER = iban_of("120300000000202051"), iban_of("500105175407324931")
WRONG = f"DE{(int(IBAN[2:4]) + 1) % 97:02}{IBAN[4:]}"


def found(*lines: str) -> tuple[Account, ...]:
    all_rows = marked_rows([page(*(text(40, 40 + 20 * at, line) for at, line in enumerate(lines)))])
    return accounts(all_rows, label_places(all_rows))


def debited(line: str) -> list[str]:
    return [account.iban for account in debited_accounts(marked_rows([page(text(40, 40, line))]))]


@given(GERMAN)
@settings(deadline=None)
def test_account_in_groups_of_four_reads_back_without_spaces(account: str) -> None:
    iban = iban_of(account)
    [read] = found(f"Konto {in_groups(iban)} bei uns")
    assert (read.iban, read.region.text, read.checked) == (iban, in_groups(iban), True)


def test_wrong_check_digits_count_only_beside_a_label() -> None:
    assert found(f"Konto {in_groups(WRONG)}") == ()
    [doubted] = found(f"IBAN: {in_groups(WRONG)}")
    assert (doubted.iban, doubted.checked) == (WRONG, False)


def test_text_that_looks_like_an_account_is_found_and_an_identifier_of_vat_is_none() -> None:
    def like(line: str) -> str | None:
        region = text_like_account(marked_rows([page(text(40, 40, line))]))
        return region.text if region is not None else None

    for account in (in_groups(WRONG), WRONG, in_groups(IBAN)):
        assert (like(f"Konto {account} bei uns") or "").startswith(account[:15])
    for line in ("DE123456789", "NL123456789B01", "USt-IdNr. FR12345678901 Paris", "RF18 5390"):
        assert like(line) is None


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (f"Konto {in_groups(WRONG)}", FieldStatus.ILLEGIBLE),
        (f"Konto {in_groups(IBAN)}", FieldStatus.PRESENT),
        (f"Wird von Ihrem Konto {in_groups(IBAN)} abgebucht", FieldStatus.ABSENT),
        ("bar bezahlt", FieldStatus.ABSENT),
    ],
)
def test_account_that_stands_there_and_was_not_read_is_illegible(
    line: str, status: FieldStatus
) -> None:
    annotation = extract([page(text(40, 40, line))]).annotations[ACCOUNT]
    assert annotation.status is status
    if status is FieldStatus.ILLEGIBLE:
        assert annotation.raw_text is not None and annotation.raw_text.startswith(WRONG[:4])
        assert annotation.evidence


def test_checked_accounts_come_before_others_and_each_comes_once() -> None:
    read = found(f"IBAN {WRONG}", f"IBAN {IBAN}", f"IBAN {in_groups(OTHER)}", IBAN)
    assert [account.iban for account in read] == [IBAN, OTHER, WRONG]


def test_words_behind_an_account_are_no_part_of_it() -> None:
    [read] = found(f"IBAN {in_groups(IBAN)} BIC COBADEFFXXX")
    assert read.region.text == in_groups(IBAN)


def test_code_of_the_bank_stands_behind_its_label_in_the_same_row_or_below() -> None:
    for lines in (
        [f"IBAN {IBAN} BIC COBADEFFXXX"],
        [f"IBAN {IBAN}", "Blumenbank", "BIC: COBADEFFXXX"],
    ):
        [read] = found(*lines)
        assert read.bic is not None
        assert read.bic.text == "COBADEFFXXX"


def test_capital_letters_without_a_label_are_no_code_of_a_bank() -> None:
    for line in ("ANNABLUM", "BIC: ANNABLUM1"):
        [read] = found(f"IBAN {IBAN}", line)
        assert read.bic is None


def test_account_that_is_debited_is_the_buyers() -> None:
    assert found(f"Wird von Ihrem Konto {IBAN} abgebucht") == ()
    assert len(found(f"Wird von diesem Konto {IBAN} abgebucht")) == 1


def test_document_has_no_more_than_ten_accounts() -> None:
    lines = [iban_of(f"{number:018}") for number in range(12)]
    assert [account.iban for account in found(*lines)] == lines[:10]


@pytest.mark.parametrize(
    "sentence",
    [
        "Wir buchen den Betrag von Ihrem Konto {} ab.",
        "The amount will be collected from your account {} on 4 April.",
        "Nous débiterons votre compte {} le 4 avril.",
        "L'importo sarà addebitato sul vostro conto {}.",
        "El importe se cargará: adeudo en su cuenta {}.",
        "Het bedrag wordt afgeschreven van uw rekening {}.",
    ],
)
def test_account_that_is_to_be_debited_is_nobody_to_pay(sentence: str) -> None:
    assert [account.iban for account in found(sentence.format(in_groups(OTHER)))] == []
    assert debited(sentence.format(in_groups(OTHER))) == [OTHER]
    assert debited(f"IBAN {IBAN}") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Der Betrag wird abgebucht von IBAN {}",
        "The amount is debited from account {}",
        "Le montant est prélevé du compte {}",
        "Het bedrag wordt afgeschreven van IBAN {}",
    ],
)
def test_account_from_which_money_is_taken_is_nobody_to_pay(sentence: str) -> None:
    assert found(sentence.format(in_groups(OTHER))) == ()
    assert debited(sentence.format(in_groups(OTHER))) == [OTHER]


def test_account_of_another_sentence_is_the_payees() -> None:
    [read] = found(f"No direct debit. Transfers from abroad please to IBAN {in_groups(IBAN)}")
    assert read.iban == IBAN


@pytest.mark.parametrize("word", ["cargará", "cargaremos", "adeudo", "domiciliado"])
def test_spanish_words_of_debits_say_whose_account_it_is(word: str) -> None:
    assert debited(f"El importe: {word} en su cuenta {in_groups(OTHER)}") == [OTHER]
    assert found(f"El importe: {word} en su cuenta {in_groups(OTHER)}") == ()
