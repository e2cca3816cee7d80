"""Whatever the document holds, what the templates write passes the gate, and no changed text does."""

import dataclasses

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from unit.invoice_summarizer.domain.summarizing.bound_invoices import (
    LANGUAGES,
    invoices,
    ordinary,
)

from invoice_reading.reading import Reading
from invoice_summarizer.domain.summarizing.gate import Verification, verify_summary
from invoice_summarizer.domain.summarizing.template import summarize_by_template
from invoice_summarizer.domain.summarizing.tokens import tokens
from invoice_summarizer.domain.summary import BoundText, Style

languages = st.sampled_from(LANGUAGES)
styles = st.sampled_from(list(Style))
slow = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def summarized(invoice: Reading, style: Style, language: str) -> BoundText:
    return summarize_by_template(
        invoice,
        style,
        language,
    )


def verified(bound: BoundText, invoice: Reading, style: Style, language: str) -> Verification:
    return verify_summary(bound, invoice, language, style)


@slow
@given(invoices(), styles, languages)
def test_gate_accepts_what_templates_write_of_any_document(
    invoice: Reading, style: Style, language: str
) -> None:
    bound = summarized(invoice, style, language)
    assert verified(bound, invoice, style, language).refusals == ()


@slow
@given(st.just(ordinary()) | invoices(), styles, languages, st.data())
def test_any_changed_digit_is_refused(
    invoice: Reading, style: Style, language: str, data: st.DataObject
) -> None:
    bound = summarized(invoice, style, language)
    digits = [place for place, character in enumerate(bound.text) if character in "0123456789"]
    assume(digits)
    place = data.draw(st.sampled_from(digits))
    digit = data.draw(st.sampled_from("0123456789").filter(lambda new: new != bound.text[place]))
    changed = bound.text[:place] + digit + bound.text[place + 1 :]
    assert not verified(dataclasses.replace(bound, text=changed), invoice, style, language).accepted


@slow
@given(st.just(ordinary()) | invoices(), styles, languages, st.data())
def test_a_token_without_its_claim_is_refused(
    invoice: Reading, style: Style, language: str, data: st.DataObject
) -> None:
    bound = summarized(invoice, style, language)
    found = tokens(bound.text, language)
    needed = [
        index
        for index, claim in enumerate(bound.claims)
        if any(claim.begin <= token.begin < claim.end for token in found)
    ]
    assume(needed)
    removed = data.draw(st.sampled_from(needed))
    claims = (*bound.claims[:removed], *bound.claims[removed + 1 :])
    assert not verified(
        dataclasses.replace(bound, claims=claims), invoice, style, language
    ).accepted


@slow
@given(st.just(ordinary()) | invoices(), styles, languages, st.integers(-3, 3), st.data())
def test_a_shifted_claim_is_refused(
    invoice: Reading, style: Style, language: str, shift: int, data: st.DataObject
) -> None:
    bound = summarized(invoice, style, language)
    assume(shift and bound.claims)
    index = data.draw(st.integers(0, len(bound.claims) - 1))
    claim = bound.claims[index]
    moved = dataclasses.replace(claim, begin=claim.begin + shift, end=claim.end + shift)
    same = bound.text[claim.begin : claim.end] == bound.text[moved.begin : moved.end]
    assume(not same)
    claims = (*bound.claims[:index], moved, *bound.claims[index + 1 :])
    assert not verified(
        dataclasses.replace(bound, claims=claims), invoice, style, language
    ).accepted


@slow
@given(styles, languages, st.sampled_from(["7", "½", "EUR", "€", "zwei", "dozen", "\u202e", "Mai"]))
def test_a_figure_set_into_the_text_is_refused(style: Style, language: str, figure: str) -> None:
    invoice = ordinary()
    bound = summarized(invoice, style, language)
    longer = dataclasses.replace(bound, text=f"{bound.text} {figure}")
    assert not verified(longer, invoice, style, language).accepted


@slow
@given(st.just(ordinary()) | invoices(), styles, languages, st.data())
def test_letters_set_among_the_words_are_refused(
    invoice: Reading, style: Style, language: str, data: st.DataObject
) -> None:
    bound = summarized(invoice, style, language)
    places = [
        place
        for place in range(len(bound.text) + 1)
        if not any(claim.begin < place < claim.end for claim in bound.claims)
    ]
    place = data.draw(st.sampled_from(places))
    words = data.draw(st.text(alphabet="aeinortVkM ", min_size=1).filter(str.strip))
    claims = tuple(
        (
            dataclasses.replace(claim, begin=claim.begin + len(words), end=claim.end + len(words))
            if claim.begin >= place
            else claim
        )
        for claim in bound.claims
    )
    longer = BoundText(text=bound.text[:place] + words + bound.text[place:], claims=claims)
    assert not verified(longer, invoice, style, language).accepted


@slow
@given(st.just(ordinary()) | invoices(), styles, languages)
def test_text_said_once_more_is_refused(invoice: Reading, style: Style, language: str) -> None:
    bound = summarized(invoice, style, language)
    begin = len(bound.text) + 1
    again = (
        dataclasses.replace(claim, begin=claim.begin + begin, end=claim.end + begin)
        for claim in bound.claims
    )
    twice = BoundText(text=f"{bound.text}\n{bound.text}", claims=(*bound.claims, *again))
    assert not verified(twice, invoice, style, language).accepted
