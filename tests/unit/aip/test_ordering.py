import pytest
from hypothesis import given
from hypothesis import strategies as st

from aip.errors import OrderByError
from aip.ordering import LONGEST_ORDER, OrderTerm, parse_order_by

FIELDS = ("create_time", "issue_date", "totals.amount_due")
ALIASES = {"received": "create_time", "supplier": "seller.name"}
NO_SUCH = "not a field that can be sorted by; these are: create_time, issue_date, totals.amount_due"


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_empty_order_has_no_terms(text: str) -> None:
    assert parse_order_by(text, FIELDS) == ()


@pytest.mark.parametrize(
    "text",
    [
        "totals.amount_due desc,issue_date",
        "  totals.amount_due   desc ,\tissue_date  ",
        "totals.amount_due desc, issue_date asc",
    ],
)
def test_terms_keep_their_weight_and_space_means_nothing(text: str) -> None:
    expected = (OrderTerm("totals.amount_due", descending=True), OrderTerm("issue_date"))
    assert parse_order_by(text, FIELDS) == expected


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("issue_date, colour", 12, NO_SUCH),
        ("issue_date DESC", 11, "the direction is neither asc nor desc"),
        ("issue_date desc create_time", 16, "a comma is missing"),
        ("issue_date,", 11, "a field is missing"),
        (",issue_date", 0, "a field is missing"),
        ("issue_date,  ,create_time", 13, "a field is missing"),
        ("issue_date, issue_date desc", 12, "issue_date is there twice"),
        ("-issue_date", 0, NO_SUCH),
    ],
)
def test_refusal_says_what_is_wrong_and_where(text: str, position: int, message: str) -> None:
    with pytest.raises(OrderByError) as refused:
        parse_order_by(text, FIELDS)
    assert (refused.value.message, refused.value.position) == (message, position)


def test_fields_have_other_names_and_each_is_there_once() -> None:
    assert parse_order_by("received desc", FIELDS, ALIASES) == (OrderTerm("create_time", True),)
    with pytest.raises(OrderByError, match="create_time is there twice"):
        parse_order_by("received, create_time", FIELDS, ALIASES)


@pytest.mark.parametrize(
    ("text", "suggestion"), [("isue_date", "issue_date"), ("recieved", "received"), ("suplier", "")]
)
def test_refusal_says_what_may_have_been_meant(text: str, suggestion: str) -> None:
    with pytest.raises(OrderByError) as refused:
        parse_order_by(text, FIELDS, ALIASES)
    assert refused.value.suggestion == suggestion


def test_length_is_limited() -> None:
    assert parse_order_by("issue_date".ljust(LONGEST_ORDER), FIELDS) == (OrderTerm("issue_date"),)
    with pytest.raises(OrderByError):
        parse_order_by("issue_date".ljust(LONGEST_ORDER + 1), FIELDS)


terms = st.lists(
    st.builds(OrderTerm, st.sampled_from(sorted(FIELDS)), st.booleans()),
    unique_by=lambda term: term.field,
).map(tuple)


@given(terms)
def test_terms_written_as_text_read_back_the_same(expected: tuple[OrderTerm, ...]) -> None:
    text = ", ".join(f"{term.field}{' desc' * term.descending}" for term in expected)
    assert parse_order_by(text, FIELDS) == expected


@given(st.one_of(st.text(), st.text("abc,dest_im \t.")))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    try:
        parse_order_by(text, FIELDS)
    except OrderByError as error:
        assert 0 <= error.position <= len(text)
