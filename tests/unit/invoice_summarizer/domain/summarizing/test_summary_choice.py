"""What a model may choose from, and the texts that its choices make: the gate accepts each, and nothing is missed."""

import json
from dataclasses import replace
from itertools import product

import msgspec
import pytest
from golden_summaries.golden_text import readings
from hypothesis import given, settings
from hypothesis import strategies as st

from en16931.model import Item
from invoice_summarizer.domain.summarizing.choice import ChosenText, choice_of
from invoice_summarizer.domain.summarizing.facts.kind import CHANGES, DIRECTIONS, FactKind
from invoice_summarizer.domain.summarizing.facts.plan import Freedom, InvoicePlan
from invoice_summarizer.domain.summarizing.gate import SummaryGate, verify_by_plan
from invoice_summarizer.domain.summarizing.language import SUPPORTED_LANGUAGES
from invoice_summarizer.domain.summarizing.leads import LEADS
from invoice_summarizer.domain.summarizing.model_request import model_request
from invoice_summarizer.domain.summarizing.refusal import RefusalCode
from invoice_summarizer.domain.summarizing.template import MOST_WORDS, word_count
from invoice_summarizer.domain.summarizing.tokens import tokens
from invoice_summarizer.domain.summary import BoundText, Style
from summary_corruptions.choices import chosen_text

MADE = st.sampled_from(sorted(readings()))
STYLES = st.sampled_from([Style.SHORT, Style.APPROVER, Style.FULL])
LANGUAGES = st.sampled_from(sorted(SUPPORTED_LANGUAGES))
FREEDOMS = st.sampled_from([Freedom.ADD, Freedom.SELECT])


def plan_of(name: str) -> InvoicePlan:
    return InvoicePlan(readings()[name], None)


@settings(deadline=None, max_examples=60)
@given(MADE, STYLES, LANGUAGES, FREEDOMS, st.data())
def test_whatever_is_chosen_passes_the_gate(
    name: str, style: Style, language: str, freedom: Freedom, data: st.DataObject
) -> None:
    plan = plan_of(name)
    choice = choice_of(plan, style, language, freedom)
    keys = data.draw(st.lists(st.sampled_from(choice.keys), max_size=2 * len(choice.keys)))
    bound = chosen_text(choice, keys)
    assert SummaryGate(plan, language, style, freedom).verify(bound).refusals == ()


@pytest.mark.parametrize("freedom", [Freedom.ADD, Freedom.SELECT])
@pytest.mark.parametrize("name", sorted(readings()))
def test_what_no_reader_may_miss_is_required_whatever_is_asked_for(
    name: str, freedom: Freedom
) -> None:
    for style in (Style.SHORT, Style.APPROVER, Style.FULL):
        line = plan_of(name).of(Style.ONE_LINE)
        own = {planned.fact.kind for planned in line if planned.required}
        choice = choice_of(plan_of(name), style, "en", freedom)
        required = {sentence.kind for sentence in choice.sentences if sentence.required}
        assert own - {FactKind.MORE_TO_CHECK} - CHANGES <= required
        assert own.isdisjoint(CHANGES) or not required.isdisjoint(CHANGES)
        assert required & DIRECTIONS


def test_reader_who_asks_may_pick_single_lines_and_hears_how_many_there_are() -> None:
    [name] = [name for name in readings() if "fenwick" in name]
    choice = choice_of(plan_of(name), Style.APPROVER, "en", Freedom.SELECT)
    purchases = [s for s in choice.sentences if s.kind is FactKind.PURCHASES]
    assert len(purchases) == 24
    assert not any(sentence.required for sentence in purchases)
    text = chosen_text(choice, [purchases[7].key]).text
    assert text.startswith(purchases[7].said.text)
    assert purchases[8].said.text not in text
    assert "There are 24 lines in all." in text


@pytest.mark.parametrize("language", sorted(SUPPORTED_LANGUAGES))
def test_lines_are_not_picked_in_silence(language: str) -> None:
    [name] = [name for name in readings() if "fenwick" in name]
    plan = plan_of(name)
    choice = choice_of(plan, Style.SHORT, language, Freedom.SELECT)
    [count] = [sentence for sentence in choice.sentences if sentence.kind is FactKind.LINE_COUNT]
    assert count.required and "24" in count.said.text
    [line, *_] = [each for each in choice.sentences if each.kind is FactKind.PURCHASES]
    # What a model left out is added; so this text is of a choice that does not know of it.
    rest = tuple(sentence for sentence in choice.sentences if sentence is not count)
    gate = SummaryGate(plan, language, Style.SHORT, Freedom.SELECT)
    [refusal] = gate.verify(chosen_text(replace(choice, sentences=rest), [line.key])).refusals
    assert refusal.code is RefusalCode.FACT_MISSING
    assert gate.verify(chosen_text(choice, [line.key])).accepted


def test_choice_of_a_models_own_is_told_from_what_any_wish_would_have_had() -> None:
    [name] = [name for name in readings() if "fenwick" in name]
    choice = choice_of(plan_of(name), Style.SHORT, "en", Freedom.SELECT)
    keys = choice.sentence_keys
    required = [each.key for each in choice.sentences if each.required]
    optional = [each.key for each in choice.sentences if not each.required]

    def takes_as_offered(*named: str) -> bool:
        chosen = ChosenText(choice)
        for key in named:
            chosen.add(key)
        return chosen.takes_as_offered

    first = keys.index(optional[0]) + 1
    as_shown = [*required, *optional]
    for same in (keys, as_shown, required, required[:1], keys[:first], [*keys, keys[0]]):
        assert takes_as_offered(*same), same
    assert takes_as_offered(*required, *optional[:3])
    for own in (
        [*reversed(keys)],
        [*reversed(required)],
        required[1:2],  # said first, where it is asked for
        [*required, *optional[2:4]],
        [*required, optional[1], optional[0]],
        [*optional, *required],
    ):
        assert not takes_as_offered(*own), own


def test_leads_stand_before_sentences_of_their_kinds_alone() -> None:
    [name] = [name for name in readings() if "three" in name]
    plan = plan_of(name)
    choice = choice_of(plan, Style.FULL, "en", Freedom.ADD)
    keys = {sentence.kind: sentence.key for sentence in choice.sentences}
    vat, who = keys[FactKind.VAT_ROW], keys[FactKind.IDENTITY]
    assert chosen_text(choice, ["vat", vat]).text.startswith("On VAT: VAT at ")
    assert not chosen_text(choice, ["vat", who]).text.startswith("On VAT:")
    assert not chosen_text(choice, [who, "vat"]).text.endswith("On VAT:")
    gate = SummaryGate(plan, "en", Style.FULL, Freedom.ADD)
    sentence = next(s.said for s in choice.sentences if s.key == who)
    misled = BoundText(
        text=f"On VAT: {sentence.text}", claims=tuple(claim.moved(8) for claim in sentence.claims)
    )
    assert [refusal.code for refusal in gate.verify_part(misled).refusals] == [
        RefusalCode.WORDING_UNLISTED
    ]


def test_leads_say_no_figure_and_each_language_has_the_same() -> None:
    assert LEADS.keys() == set(SUPPORTED_LANGUAGES)
    for language, leads in LEADS.items():
        assert [lead.key for lead in leads] == [lead.key for lead in LEADS["en"]]
        assert [lead.kinds for lead in leads] == [lead.kinds for lead in LEADS["en"]]
        assert not any(tokens(lead.text, language) for lead in leads)


def test_template_has_no_freedom() -> None:
    """What a model may leave out when it is asked to, the template's text may not."""
    [name] = [name for name in readings() if "fenwick" in name]
    plan = plan_of(name)
    bound = chosen_text(choice_of(plan, Style.APPROVER, "en", Freedom.SELECT), [])
    codes = {r.code for r in verify_by_plan(bound, plan, "en", Style.APPROVER).refusals}
    assert RefusalCode.FACT_MISSING in codes


@settings(deadline=None, max_examples=30)
@given(MADE, LANGUAGES, st.data())
def test_text_has_the_length_of_its_style(name: str, language: str, data: st.DataObject) -> None:
    for style, most in MOST_WORDS.items():
        choice = choice_of(plan_of(name), style, language, Freedom.ADD)
        keys = data.draw(st.permutations([sentence.key for sentence in choice.sentences]))
        required = sum(word_count(s.said.text) for s in choice.sentences if s.required)
        assert word_count(chosen_text(choice, keys).text) <= max(most, required)


@settings(deadline=None, max_examples=20)
@given(MADE, STYLES, FREEDOMS)
def test_request_shows_the_sentences_as_data_and_allows_keys_alone(
    name: str, style: Style, freedom: Freedom
) -> None:
    choice = choice_of(plan_of(name), style, "en", freedom)
    request = model_request(choice, style, 'only "site 4"')
    asked = json.loads(request.user)
    assert asked["request"] == 'only "site 4"'
    shown = asked["required"] | asked["optional"]
    assert list(shown) and set(shown) == {sentence.key for sentence in choice.sentences}
    segments = json.loads(request.schema)["properties"]["segments"]
    assert tuple(segments["items"]["enum"]) == choice.keys
    [first] = segments["prefixItems"]  # leads alone would say nothing
    assert set(first["enum"]) == {sentence.key for sentence in choice.sentences}
    assert not any(sentence.said.text in request.system for sentence in choice.sentences)
    assert len(request.user) < 8000


def test_request_is_no_longer_in_scripts_whose_signs_are_many_tokens() -> None:
    [name] = [name for name in readings() if "fenwick" in name]
    reading = readings()[name]
    lines = tuple(
        msgspec.structs.replace(line, item=Item(name="螺" * 190)) for line in reading.content.lines
    )
    content = msgspec.structs.replace(reading.content, lines=lines)
    plan = InvoicePlan(replace(reading, content=content), None)
    for style, freedom in product((Style.APPROVER, Style.FULL), (Freedom.ADD, Freedom.SELECT)):
        choice = choice_of(plan, style, "en", freedom)
        request = model_request(choice, style, "")
        assert "螺" in request.user
        # No token of a tokenizer that works on bytes has less than one.
        assert len(request.user.encode()) < 8000
        assert SummaryGate(plan, "en", style, freedom).verify(chosen_text(choice, [])).accepted


def test_answer_whose_only_sentence_has_no_room_is_no_empty_one() -> None:
    name = "polderdruk-wrong-total.xml"
    choice = replace(choice_of(plan_of(name), Style.SHORT, "en", Freedom.ADD), more_words=0)
    optional = next(sentence.key for sentence in choice.sentences if not sentence.required)
    text = ChosenText(choice)
    assert text.add("payment") is None and text.is_empty
    assert text.add(optional) is None and not text.is_empty
    assert len([*text.missing()]) == sum(sentence.required for sentence in choice.sentences)
