"""What may be said around the claims of a summary, and when."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from unit.invoice_summarizer.domain.summarizing.bound_invoices import (
    LANGUAGES,
    annotated,
    changed,
    held,
    ordinary,
    sound,
    without,
)
from unit.invoice_summarizer.domain.summarizing.summary_texts import (
    codes,
    codes_of,
    composed,
    text,
)

from en16931.field_path import replaced
from en16931.finding import Finding, Outcome, Severity
from en16931.model import CreditTransfer, PaymentInstructions, VatBreakdown
from invoice_reading.reading import Reading
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.summarizing.facts.kind import FactKind
from invoice_summarizer.domain.summarizing.gate import verify_summary
from invoice_summarizer.domain.summarizing.listed_wording import CLAIM, listed_kinds
from invoice_summarizer.domain.summarizing.pattern import holes
from invoice_summarizer.domain.summarizing.phrase_tables import PHRASES
from invoice_summarizer.domain.summarizing.phrases_en import ENGLISH
from invoice_summarizer.domain.summarizing.refusal import Refusal, RefusalCode
from invoice_summarizer.domain.summarizing.template import summarize_by_template
from invoice_summarizer.domain.summary import BoundText, Style

TO_PAY = ("{totals.amount_due}", " is to be paid by ", "{payment_due_date}", ".")
TOTAL = (
    "The total is ",
    "{totals.amount_with_vat}",
    ", with ",
    "{totals.vat_amount}",
    " of VAT at ",
    "{vat_breakdown[0].rate}",
    " on ",
    "{totals.amount_without_vat}",
    ".",
)


def test_facts_in_another_order_and_number_than_the_template_are_accepted() -> None:
    order = (" The purchase order is “", "{purchase_order_reference}", "”.")
    assert codes_of(sound(), *TOTAL, "\n", *TO_PAY, *order) == set()


@pytest.mark.parametrize(
    "pieces",
    [
        ("{totals.vat_amount}", " is to be paid by ", "{payment_due_date}", "."),
        ("{totals.amount_with_vat}", " is to be paid by ", "{payment_due_date}", "."),
        ("{totals.amount_due}", " is to be paid by ", "{issue_date}", "."),
        ("{totals.amount_due}", " is to be paid."),  # the plan has its date
        ("“", "{totals.amount_due}", "” is to be paid by ", "{payment_due_date}", "."),
        ("{type_code}", " ", "{invoice_number}", " from ", "{seller.name}", "."),
        ("The purchase order is ", "{invoice_number}", "."),
        ("The purchase order is ", "{purchase_order_reference}", "."),  # unquoted
    ],
)
def test_claim_in_words_that_are_not_its_own_is_refused(pieces: Sequence[str]) -> None:
    assert codes_of(sound(), *pieces) == {RefusalCode.CLAIM_MISPLACED}


@pytest.mark.parametrize(
    "pieces",
    [
        ("Nothing is to be paid.",),
        ("It is a credit; nothing is to be paid.",),
        ("{totals.amount_due}", " is credited to us; nothing is to be paid."),
        (
            "{totals.amount_due}",
            " will be collected by direct debit; nothing is to be transferred.",
        ),
        ("The money goes to ", "{seller.name}", ", not to the seller."),
        ("{totals.vat_amount}", " was paid in advance."),
        ("A discount of ", "{vat_breakdown[0].rate}", " is given."),
        ("No VAT is charged on ", "{vat_breakdown[0].taxable_amount}", ", ", "{type_code}", "."),
        ("It is approved.",),
        ("The total is more than net plus VAT.",),
        ("The name of the seller is not stated.",),
        ("The invoice number is not certain; ", "{invoice_number}", " was read."),
        ("There is text on the page that people cannot see.",),
        ("There is more to check.",),
    ],
)
def test_sentence_of_the_table_that_says_no_fact_of_the_invoice_is_refused(
    pieces: Sequence[str],
) -> None:
    assert codes_of(sound(), *pieces) == {RefusalCode.FACT_UNFOUNDED}


@pytest.mark.parametrize(
    "words",
    [
        " is not to be paid by ",
        " is  to be paid by ",
        " was to be paid by ",
        " is to be paid before ",
    ],
)
def test_words_that_are_not_listed_are_refused(words: str) -> None:
    pieces = ("{totals.amount_due}", words, "{payment_due_date}", ".")
    assert codes_of(sound(), *pieces) == {RefusalCode.WORDING_UNLISTED}


@pytest.mark.parametrize(
    "sentence",
    [
        "It has been paid.",
        "Please approve it",
        "Not.",
        "Die Rechnung ist bezahlt.",
        "The seller is trustworthy.",
        "less a bit",
        "A grand.",
        "Es ist nichts zu zahlen.",
    ],
)
def test_free_sentence_is_refused_wherever_it_stands(sentence: str) -> None:
    assert codes_of(sound(), *TO_PAY, f" {sentence}") == {RefusalCode.WORDING_UNLISTED}
    assert codes_of(sound(), f"{sentence}\n", *TO_PAY) == {RefusalCode.WORDING_UNLISTED}


def test_refusal_names_the_sentence() -> None:
    bound = composed(sound(), *TO_PAY, " It is paid. Nothing is to be paid.")
    unlisted, unfounded = (
        refusal
        for refusal in verify_summary(bound, sound(), "en", Style.FULL).refusals
        if refusal.end
    )
    assert _said(bound, unlisted) == (RefusalCode.WORDING_UNLISTED, "It is paid.")
    assert _said(bound, unfounded) == (RefusalCode.FACT_UNFOUNDED, "Nothing is to be paid.")


def _said(bound: BoundText, refusal: Refusal) -> tuple[RefusalCode, str]:
    return refusal.code, bound.text[refusal.begin : refusal.end]


def test_fact_is_said_once() -> None:
    assert codes_of(sound(), *TO_PAY, " ", *TO_PAY) == {RefusalCode.FACT_REPEATED}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", list(Style))
def test_what_is_wrong_may_be_left_out_in_no_style(style: Style, language: str) -> None:
    reading = ordinary()
    whole = summarize_by_template(reading, style, language)
    right = summarize_by_template(sound(), style, language)
    assert verify_summary(whole, reading, language, style).accepted
    assert RefusalCode.FACT_MISSING in {
        refusal.code for refusal in verify_summary(right, reading, language, style).refusals
    }


@pytest.mark.parametrize("style", list(Style))
def test_which_way_the_money_goes_may_be_left_out_in_no_style(style: Style) -> None:
    refusals = verify_summary(composed(sound(), *TOTAL), sound(), "en", style).refusals
    assert RefusalCode.FACT_MISSING in {refusal.code for refusal in refusals}


def test_rows_of_vat_do_not_mix_in_a_sentence() -> None:
    rows = tuple(
        VatBreakdown(rate=Decimal(rate), tax_amount=Decimal(tax))
        for rate, tax in (("19", "190.00"), ("7", "7.00"))
    )
    reading = changed(vat_breakdown=rows)

    def said(rate: int, tax: int) -> set[RefusalCode]:
        rate_of, tax_of = f"{{vat_breakdown[{rate}].rate}}", f"{{vat_breakdown[{tax}].tax_amount}}"
        return codes_of(reading, "VAT at ", rate_of, " is ", tax_of, ".")

    assert said(1, 1) == set()
    assert said(0, 1) == {RefusalCode.CLAIM_MISPLACED}


def test_account_stays_with_its_holder() -> None:
    transfers = tuple(
        CreditTransfer(account_identifier=account, account_name=name)
        for account, name in (("DE89370400440532013000", "Nansen"), ("12345", "Jansen"))
    )
    reading = changed(payment_instructions=PaymentInstructions(credit_transfers=transfers))
    group = "payment_instructions.credit_transfers"

    def said(*holders: int) -> set[RefusalCode]:
        accounts = [
            (f"{{{group}[{account}].account_identifier}}", f"{{{group}[{holder}].account_name}}")
            for account, holder in enumerate(holders)
        ]
        [(first, of_first), (other, of_other)] = accounts
        held_by, end = ", held by “", "”"
        return codes_of(
            reading,
            *("Several accounts are named: ", first, held_by, of_first, end),
            *("; ", other, held_by, of_other, end, "."),
        )

    assert said(0, 1) == set()
    assert said(1, 0) == {RefusalCode.CLAIM_MISPLACED}


def test_rule_that_holds_is_not_said_to_be_broken() -> None:
    reading = ordinary()
    bound = summarize_by_template(reading, Style.APPROVER, "en")
    passed = (replace(finding, outcome=Outcome.PASSED) for finding in reading.findings)
    refused = codes(bound, replace(reading, findings=tuple(passed)), style=Style.APPROVER)
    assert RefusalCode.FACT_UNFOUNDED in refused


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_said_to_have_no_need_to_look_without_the_check_that_failed(
    language: str,
) -> None:
    failed = Finding(
        rule_id="VAT-ID-01",
        rule_pack="own",
        severity=Severity.WARNING,
        outcome=Outcome.FAILED,
        field_paths=("seller.vat_identifier",),
        message="a rule",
    )
    reading = replace(sound(), findings=(failed,))
    plain = PHRASES[language].sentences[FactKind.READY][0]
    for style in (Style.APPROVER, Style.FULL):
        bound = summarize_by_template(reading, style, language, InvoiceStatus.READY)
        assert plain not in bound.text
        [told] = PHRASES[language].sentences[FactKind.READY_WITH_FAILED_CHECK]
        assert told in bound.text
        assert verify_summary(bound, reading, language, style, InvoiceStatus.READY).accepted
        as_before = summarize_by_template(sound(), style, language, InvoiceStatus.READY)
        assert plain in as_before.text


@pytest.mark.parametrize("status", [InvoiceStatus.READY, InvoiceStatus.APPROVED])
def test_status_is_that_of_the_invoice(status: InvoiceStatus) -> None:
    bound = summarize_by_template(sound(), Style.APPROVER, "en", status)
    for other in (status, None, InvoiceStatus.REJECTED):
        verification = verify_summary(bound, sound(), "en", Style.APPROVER, other)
        assert verification.accepted == (other is status)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("seller.name", "Acme\u202eGmbH", "The name of the seller"),
        ("seller.name", "A1” total “5", "The name of the seller"),
        ("invoice_number", "\u200b", "The invoice number"),
        ("totals.amount_due", Decimal("1E+40"), "The amount due"),
        ("lines[0].item.name", "5" * 201, "The name of an item"),
        ("purchase_order_reference", "A” B", "The purchase order"),
    ],
)
def test_value_that_cannot_be_shown_is_said_to_be_left_out(
    path: str, value: object, said: str
) -> None:
    content = replaced(sound().content, path, value)
    reading = held(content, annotated(content))
    bound = summarize_by_template(reading, Style.FULL, "en")
    assert bound.text.endswith(f"{said} is stated, but in a form that cannot be shown here.")
    assert verify_summary(bound, reading, "en", Style.FULL).accepted


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("RE-2024/0017", "RE-2024/0017"),
        ("#100", "#100"),
        ("paid", "“paid”"),
        ("paid in full", "“paid in full”"),
        ("of EUR 5.00", "“of EUR 5.00”"),
        ("EUR5.00", "“EUR5.00”"),
        ("5.00", "“5.00”"),
        ("-5", "“-5”"),
        ("100€", "“100€”"),
        ("17 000", "“17 000”"),
        ("EUR-100.00", "“EUR-100.00”"),
        ("EUR-100", "“EUR-100”"),
        ("5.000-EUR", "“5.000-EUR”"),
        ("100.00-", "“100.00-”"),
        ("RE-2024.17/A", "“RE-2024.17/A”"),
        ("RE-1/paid-in-full", "“RE-1/paid-in-full”"),
        ("1-not-paid", "“1-not-paid”"),
        ("1.not.paid", "“1.not.paid”"),
        ("RE-2024-17a", "RE-2024-17a"),
        ("IN-2024-A-17", "IN-2024-A-17"),
        ("of 2024-01-01 from Acme", "“of 2024-01-01 from Acme”"),
    ],
)
def test_number_that_could_be_words_or_an_amount_is_quoted(number: str, said: str) -> None:
    content = replaced(sound().content, "invoice_number", number)
    reading = held(content, annotated(content))
    assert text(reading, Style.ONE_LINE).startswith(f"Invoice {said} of")
    assert verify_summary(
        summarize_by_template(reading, Style.ONE_LINE, "en"), reading, "en", Style.ONE_LINE
    ).accepted
    unquoted = codes_of(reading, "{type_code}", " ", "{invoice_number}", ".", style=Style.ONE_LINE)
    assert unquoted == (set() if said == number else {RefusalCode.CLAIM_MISPLACED})


@pytest.mark.parametrize(
    ("account", "said"),
    [
        ("DE89370400440532013000", "DE89 3704 0044 0532 0130 00"),
        ("GB29NWBK60161331926819", "GB29 NWBK 6016 1331 9268 19"),
        ("12-34-56 12345678", "12-34-56 12345678"),
        ("PAID IN FULL", "“PAID IN FULL”"),
        ("EUR 5.00", "“EUR 5.00”"),
        ("EUR-5.00", "“EUR-5.00”"),
        ("1234 5.00", "“1234 5.00”"),
        ("MU17BOMM0101101030300200000MUR", "MU17 BOMM 0101 1010 3030 0200 000M UR"),
    ],
)
def test_account_in_groups_is_not_quoted(account: str, said: str) -> None:
    transfer = CreditTransfer(account_identifier=account)
    reading = changed(payment_instructions=PaymentInstructions(credit_transfers=(transfer,)))
    bound = summarize_by_template(reading, Style.APPROVER, "en")
    assert f"Payment goes to account {said}." in bound.text
    assert verify_summary(bound, reading, "en", Style.APPROVER).accepted


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", list(Style))
def test_name_with_a_stop_ends_a_sentence_or_does_not(style: Style, language: str) -> None:
    content = sound().content
    for path in ("seller.name", "buyer.name", "lines[0].item.name"):
        content = replaced(content, path, "Acme Inc.")
    for left_out in ("buyer.name", "payment_due_date"):
        reading = held(content, annotated(content))
        bound = summarize_by_template(reading, style, language)
        assert verify_summary(bound, reading, language, style).accepted
        content = replaced(content, left_out, None)


def test_spaces_that_hold_a_figure_together_may_be_plain() -> None:
    reading = without("payment_due_date")
    bound = composed(reading, "{totals.amount_due}", " is to be paid.")
    plain = replace(bound, text=bound.text.replace("\u00a0", " "))
    assert plain != bound
    assert codes(plain, reading) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_fact_has_words_and_they_are_listed(language: str) -> None:
    phrases = PHRASES[language]
    assert {*phrases.sentences, *phrases.lists} == set(FactKind)
    for kind, patterns in phrases.sentences.items():
        if kind in phrases.item_kinds():
            continue
        brief = (*phrases.briefly.get(kind, ()), *phrases.shorter.get(kind, ()))
        for pattern in (*patterns, *brief):
            said = pattern.replace("[", "").replace("]", "")
            for hole in holes(pattern):
                words = phrases.fields["totals.amount_due"] if hole == "subject" else CLAIM
                said = said.replace(f"{{{hole}}}", words)
            assert kind in listed_kinds(said.replace("\u00a0", " "), language), pattern


def _sum(kind: FactKind) -> str:
    """Returns the kind, without which side of its sum is the greater."""
    return re.sub("_(TOO_HIGH|TOO_LOW|EXCEED_SUM|BELOW_SUM)$", "", kind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_kinds_of_facts_share_their_words(language: str) -> None:
    """A reader could not tell what is said; only where one is a part of the other are the words its own.

    In one line it is not said which side of a sum is the greater: nobody knows which of them is wrong.
    """
    kinds_by_words: dict[str, set[FactKind]] = {}
    phrases = PHRASES[language]
    for table in (phrases.sentences, phrases.briefly, phrases.shorter):
        for kind, patterns in table.items():
            for pattern in patterns:
                kinds_by_words.setdefault(pattern, set()).add(kind)
    shared = {words for words, kinds in kinds_by_words.items() if len(set(map(_sum, kinds))) > 1}
    assert shared <= {
        pattern
        for patterns in phrases.briefly.values()
        for pattern in patterns
        if "{" not in pattern or pattern in phrases.sentences[FactKind.TO_PAY]
    }


def test_italian_sets_no_article_right_before_a_value() -> None:
    """It would have to follow the number: `il 7`, `l’8`; `del 2%`, `dell’8%`, `dello 0,5%`."""
    articles = re.compile(
        r"(?:\b(?:(?:d[ae]|ne|a|su)(?:l|llo|i|gli)|il|lo|i|gli|un|uno)\s|l’)\{", re.IGNORECASE
    )
    assert articles.search("Entro il {date}") and articles.search("uno sconto del {percentage}")
    assert [text for text in PHRASES["it"].literals() if articles.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_say_the_same_of_the_same_facts(language: str) -> None:
    """Each kind has the holes in every language that it has in English."""

    def of(table: str, language: str) -> dict[FactKind, list[set[str]]]:
        tables = getattr(PHRASES[language], table)
        return {kind: [set(holes(each)) for each in patterns] for kind, patterns in tables.items()}

    for table in ("sentences", "briefly", "shorter"):
        assert of(table, language) == of(table, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_name_the_same_fields_kinds_and_reasons(language: str) -> None:
    for table in ("fields", "groups", "document_kinds", "vat_categories"):
        names = getattr(PHRASES[language], table)
        assert names.keys() == getattr(ENGLISH, table).keys()
        assert all(names.values())
    assert {kind: words.items for kind, words in PHRASES[language].lists.items()} == {
        kind: words.items for kind, words in ENGLISH.lists.items()
    }


def test_words_of_an_empty_reading_are_those_of_what_is_missing() -> None:
    empty: Reading = held(sound().content, {})
    assert text(empty, Style.SHORT) == (
        "How much is to be paid is not certain. The due date is not stated."
    )
