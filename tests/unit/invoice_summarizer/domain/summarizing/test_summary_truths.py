"""Whoever has only the short, the approver's or the full text finds in it what is true of the invoice, in every language.

The truth was written down by hand beside each made invoice. The text is read back by what its claims stand for and by
which sentences of the table it has; figures and dates are read by Babel, not by what printed them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import product

import pytest
from babel.dates import format_date
from babel.numbers import parse_decimal
from golden_summaries.golden_text import readings

from invoice_reading.annotation import DateDerivation, Derivation
from invoice_summarizer.domain.summarizing.facts.kind import DIRECTIONS, FactKind
from invoice_summarizer.domain.summarizing.language import SUPPORTED_LANGUAGES
from invoice_summarizer.domain.summarizing.listed_wording import CLAIM, SPACES, listed_kinds
from invoice_summarizer.domain.summarizing.template import summarize_by_template
from invoice_summarizer.domain.summary import Style
from summary_invoices.catalogue import made_invoices
from summary_invoices.truth import Money, Oddity, Truth

_K = FactKind
MADE = {made.name: made.truth for made in made_invoices()}
STYLES = (Style.SHORT, Style.APPROVER, Style.FULL)
CASES = list(product(MADE, SUPPORTED_LANGUAGES, STYLES))
LONG_CASES = [case for case in CASES if Style.SHORT not in case]
WAYS: Mapping[Money, frozenset[FactKind]] = {
    Money.TO_PAY: frozenset(
        {_K.TO_PAY, _K.TO_PAY_REST, _K.ASKED, _K.ASKED_IN_PART, _K.AMOUNT_UNKNOWN}
    ),
    Money.COLLECTED: frozenset({_K.COLLECTED}),
    Money.CREDITED: frozenset({_K.CREDITED}),
    Money.IN_OUR_FAVOUR: frozenset({_K.IN_OUR_FAVOUR}),
    Money.PAID: frozenset({_K.PAID_ALREADY}),
    Money.NOT_ASKED: frozenset({_K.NOT_ASKED}),
    Money.REQUESTED: frozenset({_K.NO_DEMAND}),
}
UNSURE_WAYS = frozenset({_K.ASKED, _K.AMOUNT_UNKNOWN})
TOLD_BY: Mapping[Oddity, frozenset[FactKind]] = {
    Oddity.WRONG_TOTAL: frozenset({_K.TOTAL_TOO_HIGH}),
    Oddity.HIDDEN_TEXT: frozenset({_K.HIDDEN_TEXT}),
    Oddity.NOT_READ_IN_FULL: frozenset({_K.PAGES_NOT_READ}),
    Oddity.OTHER_ACCOUNT_ON_PAGE: frozenset({_K.OTHER_ACCOUNT_ON_PAGE}),
    Oddity.UNSURE_AMOUNT: frozenset({_K.AMOUNT_UNKNOWN}),
    Oddity.CARRIED_OVER: frozenset({_K.DUE_TOO_HIGH, _K.PRIOR_BALANCE}),
    Oddity.OTHER_PAYEE: frozenset({_K.PAYEE}),
    Oddity.SEVERAL_ACCOUNTS: frozenset({_K.SEVERAL_ACCOUNTS}),
    Oddity.NO_VAT: frozenset({_K.NO_VAT}),
    Oddity.VAT_IN_OTHER_CURRENCY: frozenset({_K.VAT_IN_ACCOUNTING_CURRENCY}),
    Oddity.NO_DUE_DATE: frozenset({_K.NOT_STATED, _K.NOT_FOUND}),
    Oddity.NO_ACCOUNT: frozenset({_K.NOT_STATED, _K.NOT_FOUND}),
    Oddity.PARTLY_PAID: frozenset({_K.PREPAID}),
    Oddity.ROUNDED: frozenset({_K.ROUNDED_UP, _K.ROUNDED_DOWN}),
}
# What stands before the first sentence of a text that has nothing odd in it.
FIRST_TOLD = (
    Oddity.WRONG_TOTAL,
    Oddity.HIDDEN_TEXT,
    Oddity.NOT_READ_IN_FULL,
    Oddity.OTHER_ACCOUNT_ON_PAGE,
    Oddity.OTHER_PAYEE,
    Oddity.SEVERAL_ACCOUNTS,
    Oddity.NO_DUE_DATE,
    Oddity.NO_ACCOUNT,
)
# What changes neither what has to be paid nor whether: the short text tells it where there is room.
WHERE_THERE_IS_ROOM = (Oddity.VAT_IN_OTHER_CURRENCY, Oddity.PARTLY_PAID, Oddity.ROUNDED)
_DIGITS = re.compile(r"\d[\d., ]*\d")
_CURRENCY = re.compile(r"\b[A-Z]{3}\b")
_SENTENCE_END = re.compile(r"(?<=[.!?]) |\n(?!•)")


@dataclass(frozen=True, slots=True)
class Stated:
    """What a claim of the text states: of which field or by which expression, and in which words."""

    source: str
    words: str


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A summary as a reader has it: what it states, and the kind of each of its sentences in order."""

    language: str
    stated: tuple[Stated, ...]
    sentences: tuple[frozenset[FactKind], ...]

    def words(self, *sources: str) -> list[str]:
        return [
            each.words for each in self.stated if re.sub(r"\[\d+\]", "", each.source) in sources
        ]

    def amounts(self, source: str) -> set[tuple[Decimal, str]]:
        """Returns number and currency of each claim of which the source begins so."""
        found = (each.words for each in self.stated if each.source.startswith(source))
        return {self._amount(words) for words in found}

    def told(self) -> frozenset[FactKind]:
        return frozenset().union(*self.sentences)

    def _amount(self, words: str) -> tuple[Decimal, str]:
        """Returns what Babel reads in the words; NaN where they are no amount."""
        plain = words.translate(SPACES)
        digits, currency = _DIGITS.search(plain), _CURRENCY.search(plain)
        if digits is None or currency is None:
            return Decimal("NaN"), ""
        grouped = digits[0].replace(" ", "\N{NARROW NO-BREAK SPACE}")
        return parse_decimal(grouped, locale=self.language), currency[0]


@cache
def read_back(name: str, language: str, style: Style) -> ReadBack:
    bound = summarize_by_template(readings()[name], style, language)
    stated, shadow, done = list[Stated](), "", 0
    for claim in bound.claims:
        derived = [each for each in claim.evidence if isinstance(each, Derivation | DateDerivation)]
        field = "" if claim.finding_rule_ids else next(iter(claim.field_paths), "")
        source = derived[0].expression if derived else field
        stated.append(Stated(source, bound.text[claim.begin : claim.end]))
        shadow += bound.text[done : claim.begin] + CLAIM
        done = claim.end
    shadow = (shadow + bound.text[done:]).translate(SPACES)
    kinds = [listed_kinds(each, language) for each in _SENTENCE_END.split(shadow)]
    return ReadBack(language, tuple(stated), tuple(kinds))


def day_in(language: str, day: date) -> str:
    written = format_date(day, format="long", locale=language)
    return written.replace("1 ", "1er ", 1) if language == "fr" and day.day == 1 else written


def has_day(text: ReadBack, day: date) -> bool:
    wanted = day_in(text.language, day)
    return any(each.words.translate(SPACES) == wanted for each in text.stated)


@pytest.mark.parametrize(("name", "language", "style"), CASES)
def test_one_sentence_tells_which_way_the_money_goes(
    name: str, language: str, style: Style
) -> None:
    truth, text = MADE[name], read_back(name, language, style)
    assert all(text.sentences), "a sentence of no kind"
    [way] = [kinds & DIRECTIONS for kinds in text.sentences if kinds & DIRECTIONS]
    assert way & WAYS[truth.money]
    assert truth.amount is not None or way & UNSURE_WAYS


@pytest.mark.parametrize(("name", "language", "style"), CASES)
def test_amount_and_last_day_are_those_to_pay(name: str, language: str, style: Style) -> None:
    truth, text = MADE[name], read_back(name, language, style)
    if truth.amount:
        of = "abs(totals." if truth.money is Money.IN_OUR_FAVOUR else "totals."
        assert (truth.amount, truth.currency) in text.amounts(of)
    if truth.due is not None:
        assert has_day(text, truth.due)


@pytest.mark.parametrize(("name", "language", "style"), CASES)
def test_money_goes_to_whom_it_is_owed_and_to_no_other_account(
    name: str, language: str, style: Style
) -> None:
    truth, text = MADE[name], read_back(name, language, style)
    if truth.recipient is not None:
        field = "payee.name" if Oddity.OTHER_PAYEE in truth.odd else "seller.name"
        [said_name] = text.words(field)
        # Of a name over two lines a part may be told, as unsure.
        is_part = _K.UNSURE in text.told() and said_name in truth.recipient
        assert said_name == truth.recipient or is_part
    payment = "payment_instructions"
    accounts = text.words(
        f"{payment}.credit_transfers.account_identifier",
        f"{payment}.direct_debit.debited_account_identifier",
    )
    said = {account.translate(SPACES).replace(" ", "") for account in accounts}
    if Oddity.OTHER_ACCOUNT_ON_PAGE in truth.odd:
        assert text.told().isdisjoint({_K.ACCOUNT, _K.SEVERAL_ACCOUNTS})
        assert said <= {*truth.accounts} and said
    else:
        assert said == {*truth.accounts}


@pytest.mark.parametrize(("name", "language", "style"), CASES)
def test_what_is_odd_is_told_and_nothing_else_is(name: str, language: str, style: Style) -> None:
    truth, text = MADE[name], read_back(name, language, style)
    for odd in odd_of_demand(truth):
        assert text.told() & TOLD_BY[odd] or style is Style.SHORT and odd in WHERE_THERE_IS_ROOM
    for odd, kinds in TOLD_BY.items():
        of_truth = {kind for each in truth.odd for kind in TOLD_BY[each]}
        # Of an amount that is unsure, VAT may be unknown as well; a part that was paid may be told of any invoice.
        if (
            odd not in truth.odd
            and odd not in (Oddity.PARTLY_PAID, *_MISSING)
            and not kinds & of_truth
        ):
            assert text.told().isdisjoint(kinds), odd


_MISSING = (Oddity.NO_DUE_DATE, Oddity.NO_ACCOUNT)


def odd_of_demand(truth: Truth) -> list[Oddity]:
    return [odd for odd in truth.odd if truth.money not in (Money.REQUESTED, Money.NOT_ASKED)]


@pytest.mark.parametrize(("name", "language"), list(product(MADE, SUPPORTED_LANGUAGES)))
def test_approver_is_told_first_what_is_odd(name: str, language: str) -> None:
    text = read_back(name, language, Style.APPROVER)
    who = next(at for at, kinds in enumerate(text.sentences) if _K.IDENTITY in kinds)
    before = frozenset().union(*text.sentences[:who])
    for odd in odd_of_demand(MADE[name]):
        assert odd not in FIRST_TOLD or before & TOLD_BY[odd], odd


@pytest.mark.parametrize(("name", "language", "style"), CASES)
def test_text_names_what_was_bought_dearest_first(name: str, language: str, style: Style) -> None:
    truth, text = MADE[name], read_back(name, language, style)
    named = text.words("lines.item.name")
    both = min(len(named), len(truth.bought))
    assert both and named[:both] == [*truth.bought[:both]]


@pytest.mark.parametrize(("name", "language", "style"), CASES)
def test_discounts_and_parts_are_told_with_what_to_transfer_and_when(
    name: str, language: str, style: Style
) -> None:
    truth, text = MADE[name], read_back(name, language, style)
    amounts = {amount for amount, _ in text.amounts("")}
    if truth.discounts and not text.told() & {_K.DISCOUNT, _K.DISCOUNTS}:
        assert text.words("payment_terms")  # as they are written, which nobody has understood
        return
    for discount in truth.discounts:
        assert truth.amount is not None
        to_transfer = {discount.saves, truth.amount - discount.saves}
        assert to_transfer <= amounts or style is Style.SHORT
        assert has_day(text, discount.last_day)
    for part in truth.instalments:
        assert part.amount in amounts
        assert has_day(text, part.due)


@pytest.mark.parametrize(("name", "language", "style"), LONG_CASES)
def test_vat_is_told_with_its_rate_or_as_of_several(name: str, language: str, style: Style) -> None:
    truth, text = MADE[name], read_back(name, language, style)
    charged = [(rate, tax) for rate, tax in truth.vat if tax]
    if not charged or truth.amount is None or Oddity.WRONG_TOTAL in truth.odd:
        return
    assert (sum(tax for _, tax in charged), truth.currency) in text.amounts("totals.vat_amount")
    several = _K.TOTAL_OF_SEVERAL_RATES in text.told()
    assert several is (len({rate for rate, _ in truth.vat}) > 1)


def test_every_oddity_and_way_has_its_sentences() -> None:
    assert TOLD_BY.keys() == set(Oddity)
    assert WAYS.keys() == set(Money)
    assert any(isinstance(truth, Truth) and truth.odd for truth in MADE.values())
