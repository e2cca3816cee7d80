"""The plan says of each made invoice what is true of it, by what was written down beside it by hand."""

from collections.abc import Mapping

import pytest
from golden_summaries.golden_text import readings

from en16931.field_path import value_at
from invoice_reading.annotation import DateDerivation, Derivation
from invoice_reading.reading import Reading
from invoice_summarizer.domain.summarizing.fact_words import WordedFact, worded_facts
from invoice_summarizer.domain.summarizing.facts.kind import DIRECTIONS, PAYABLE, FactKind
from invoice_summarizer.domain.summarizing.facts.plan import InvoicePlan
from invoice_summarizer.domain.summarizing.gate import verify_summary
from invoice_summarizer.domain.summarizing.language import SUPPORTED_LANGUAGES
from invoice_summarizer.domain.summarizing.segments import Bindings
from invoice_summarizer.domain.summarizing.template import LONGEST_LINE, summarize_by_template
from invoice_summarizer.domain.summary import Claim, Style
from invoice_summarizer.samples.catalogue import sample_invoices
from summary_invoices.catalogue import made_invoices
from summary_invoices.truth import Money, Oddity

_K = FactKind
MADE = {made.name: made for made in made_invoices()}
DIRECTION: Mapping[Money, frozenset[FactKind]] = {
    Money.TO_PAY: PAYABLE,
    Money.COLLECTED: frozenset({_K.COLLECTED}),
    Money.CREDITED: frozenset({_K.CREDITED}),
    Money.IN_OUR_FAVOUR: frozenset({_K.IN_OUR_FAVOUR}),
    Money.PAID: frozenset({_K.PAID_ALREADY, _K.NOTHING_DUE}),
    Money.NOT_ASKED: frozenset({_K.NOT_ASKED}),
    Money.REQUESTED: frozenset({_K.NO_DEMAND}),
}
# What is said of what is odd, in every style.
ALWAYS: Mapping[Oddity, frozenset[FactKind]] = {
    Oddity.WRONG_TOTAL: frozenset({_K.TOTAL_TOO_HIGH}),
    Oddity.HIDDEN_TEXT: frozenset({_K.HIDDEN_TEXT}),
    Oddity.NOT_READ_IN_FULL: frozenset({_K.PAGES_NOT_READ}),
    Oddity.OTHER_ACCOUNT_ON_PAGE: frozenset({_K.OTHER_ACCOUNT_ON_PAGE}),
    Oddity.UNSURE_AMOUNT: frozenset({_K.AMOUNT_UNKNOWN}),
    Oddity.OTHER_PAYEE: frozenset({_K.PAYEE}),
}
# And where there is room.
IN_FULL: Mapping[Oddity, frozenset[FactKind]] = {
    Oddity.SEVERAL_ACCOUNTS: frozenset({_K.SEVERAL_ACCOUNTS}),
    Oddity.NO_VAT: frozenset({_K.NO_VAT}),
    Oddity.VAT_IN_OTHER_CURRENCY: frozenset({_K.VAT_IN_ACCOUNTING_CURRENCY}),
    Oddity.NO_ACCOUNT: frozenset({_K.NOT_STATED, _K.NOT_FOUND}),
    Oddity.PARTLY_PAID: frozenset({_K.PREPAID}),
    Oddity.ROUNDED: frozenset({_K.ROUNDED_UP, _K.ROUNDED_DOWN}),
}


def facts(name: str, style: Style) -> tuple[WordedFact, ...]:
    reading = readings()[name]
    return worded_facts(
        InvoicePlan(reading, None), style, Bindings(reading.content, reading.annotations, "en")
    )


def direction(name: str) -> WordedFact:
    [found] = [fact for fact in facts(name, Style.FULL) if fact.fact.kind in DIRECTIONS]
    return found


def values(claims: tuple[Claim, ...], reading: Reading) -> list[object]:
    found: list[object] = []
    for claim in claims:
        if not claim.field_paths:  # the name of a rule
            continue
        derived = [
            each.value for each in claim.evidence if isinstance(each, Derivation | DateDerivation)
        ]
        found += derived[:1] or [value_at(reading.content, claim.field_paths[0])]
    return found


@pytest.mark.parametrize("name", MADE)
def test_money_goes_the_way_that_is_true(name: str) -> None:
    truth, said = MADE[name].truth, direction(name)
    assert said.fact.kind in DIRECTION[truth.money]
    said_values = values(said.ways[0].claims, readings()[name])
    if truth.amount is None:
        assert said.fact.kind in (_K.AMOUNT_UNKNOWN, _K.ASKED)
    elif truth.money is not Money.PAID:
        assert truth.amount in said_values
    if truth.due is not None and said.fact.kind in PAYABLE - {_K.AMOUNT_UNKNOWN}:
        assert truth.due in said_values


@pytest.mark.parametrize("name", MADE)
def test_accounts_are_those_to_pay_to_and_no_others(name: str) -> None:
    truth, reading = MADE[name].truth, readings()[name]
    text = summarize_by_template(reading, Style.FULL, "en").text.replace(" ", "")
    transfers = MADE[name].content.payment_instructions
    stated = transfers.credit_transfers if transfers else ()
    if Oddity.OTHER_ACCOUNT_ON_PAGE in truth.odd:
        return
    for account in truth.accounts:
        assert account.replace(" ", "") in text
    for transfer in stated:
        account = transfer.account_identifier or ""
        assert (account in truth.accounts) == (account in text)


@pytest.mark.parametrize("name", MADE)
def test_discounts_and_instalments_are_said_with_what_they_come_to(name: str) -> None:
    truth, reading = MADE[name].truth, readings()[name]
    said = values(summarize_by_template(reading, Style.APPROVER, "en").claims, reading)
    understood = any(
        fact.fact.kind in (_K.DISCOUNT, _K.DISCOUNTS) for fact in facts(name, Style.APPROVER)
    )
    for discount in truth.discounts if understood else ():
        assert {discount.last_day, discount.saves} <= {*said}
    for part in truth.instalments:
        assert {part.due, part.amount} <= {*said}
    if truth.discounts and not understood:
        assert any(fact.fact.kind is _K.PAYMENT_TERMS for fact in facts(name, Style.APPROVER))


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize("name", MADE)
def test_what_is_odd_is_said(name: str, style: Style) -> None:
    kinds = {fact.fact.kind for fact in facts(name, style)}
    expected = ALWAYS if style in (Style.ONE_LINE, Style.SHORT) else {**ALWAYS, **IN_FULL}
    for odd in MADE[name].truth.odd:
        assert odd not in expected or kinds & expected[odd], odd


@pytest.mark.parametrize("name", MADE)
def test_unsure_fields_are_said_by_no_fact(name: str) -> None:
    unsure_kinds = {_K.UNSURE, _K.AMBIGUOUS, _K.ASKED, _K.OTHER_ACCOUNT_ON_PAGE}
    for fact in facts(name, Style.FULL):
        if fact.fact.kind in unsure_kinds or fact.fact.kind.endswith(("_HIGH", "_LOW")):
            continue
        paths = {path for way in fact.ways for claim in way.claims for path in claim.field_paths}
        assert paths.isdisjoint(MADE[name].truth.unsure)


@pytest.mark.parametrize("language", SUPPORTED_LANGUAGES)
@pytest.mark.parametrize("name", (*MADE, *(sample.file_name for sample in sample_invoices())))
def test_texts_pass_the_gate_and_keep_to_their_length(name: str, language: str) -> None:
    reading = readings()[name]
    for style in Style:
        bound = summarize_by_template(reading, style, language)
        assert verify_summary(bound, reading, language, style).refusals == ()
        if style is Style.ONE_LINE:
            assert len(bound.text) <= LONGEST_LINE
