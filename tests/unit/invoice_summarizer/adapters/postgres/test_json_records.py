"""Whatever the domain can hold comes back from its JSON as it was."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from en16931.finding import Finding, Outcome
from en16931.model import InvoiceContent
from en16931.rules.outcomes import RuleOutcomes
from invoice_reading.annotation import FieldAnnotation
from invoice_reading.completeness import Completeness
from invoice_summarizer.adapters.postgres.json_records import (
    annotations_of,
    claims_of,
    completeness_of,
    content_of,
    encode,
    outcomes_of,
    provenance_of,
)
from invoice_summarizer.adapters.postgres.storable_text import storable_text
from invoice_summarizer.domain.summary import Claim, Provenance
from storage_samples import read_invoice

STORABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
st.register_type_strategy(str, STORABLE)
st.register_type_strategy(Decimal, st.decimals(allow_nan=False, allow_infinity=False))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(int, st.integers(-(2**63), 2**63 - 1))
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))
st.register_type_strategy(date, st.dates())

ANNOTATIONS = st.dictionaries(STORABLE, st.from_type(FieldAnnotation), max_size=3)
CLAIMS = st.lists(st.from_type(Claim), max_size=3).map(tuple)


@given(ANNOTATIONS)
def test_annotations(annotations: dict[str, FieldAnnotation]) -> None:
    assert annotations_of(encode(annotations)) == annotations


@given(CLAIMS)
def test_claims(claims: tuple[Claim, ...]) -> None:
    assert claims_of(encode(claims)) == claims


OUTCOMES = st.builds(
    RuleOutcomes,
    st.lists(st.from_type(Finding), max_size=3).map(tuple),
    st.dictionaries(st.sampled_from(Outcome), st.lists(STORABLE, max_size=3).map(tuple)),
)


@given(OUTCOMES)
def test_outcomes_of_rules(outcomes: RuleOutcomes) -> None:
    assert outcomes_of(encode(outcomes)) == outcomes


@given(st.from_type(Completeness))
def test_completeness(completeness: Completeness) -> None:
    assert completeness_of(encode(completeness)) == completeness


@given(st.from_type(Provenance))
def test_provenance(provenance: Provenance) -> None:
    assert provenance_of(encode(provenance)) == provenance


@settings(suppress_health_check=[HealthCheck.too_slow])  # on a machine that does other work
@given(st.from_type(InvoiceContent))
def test_content(content: InvoiceContent) -> None:
    found = content_of(encode(content))
    assert found == content
    # Equal decimals may differ in their digits; these must not.
    assert msgspec.json.encode(found) == msgspec.json.encode(content)


@given(st.lists(st.text(st.sampled_from('a\x00\ud800\\u0\n"')), max_size=5))
def test_unstorable_characters_are_replaced_and_nothing_else(texts: list[str]) -> None:
    found = msgspec.json.decode(encode(texts))
    assert found == [storable_text(text) for text in texts]
    assert [len(text) for text in found] == [len(text) for text in texts]
    assert not any(set(text) & {"\x00", "\ud800"} for text in found)


def annotations() -> Mapping[str, FieldAnnotation]:
    reading = read_invoice(1).reading
    assert reading is not None
    return reading.annotations
