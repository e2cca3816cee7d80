from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from aip.errors import FilterError
from aip.filter import DEEPEST_NESTING, LONGEST_FILTER, MOST_COMPARISONS, parse_filter
from aip.filter_expression import (
    And,
    Comparison,
    Expression,
    Not,
    Operator,
    Or,
    Present,
    TextPattern,
    Value,
)
from aip.filter_field import FieldType, FilterField

FIELDS = {
    "status": FilterField(FieldType.ENUM, ("ready", "review_pending")),
    "note": FilterField(FieldType.STRING),
    "seller.name": FilterField(FieldType.STRING),
    "totals.amount_due": FilterField(FieldType.DECIMAL),
    "issue_date": FilterField(FieldType.DATE),
    "create_time": FilterField(FieldType.TIMESTAMP),
    "paid": FilterField(FieldType.BOOLEAN),
    "words": FilterField(FieldType.TEXT),
    "accounts": FilterField(FieldType.LIST, element=str.upper),
}
ALIASES = {"supplier": "seller.name", "sum": "totals.amount_due"}
FIRST_ALIASES = {"seller.name": "supplier", "totals.amount_due": "sum"}
NAMES = ", ".join(FIRST_ALIASES.get(field, field) for field in FIELDS)


def parsed(text: str) -> Expression | None:
    return parse_filter(text, FIELDS, ALIASES)


def refusal(text: str) -> FilterError:
    with pytest.raises(FilterError) as refused:
        parsed(text)
    return refused.value


def note(value: str, operator: Operator = Operator.EQUAL) -> Comparison:
    return Comparison("note", operator, value)


@pytest.mark.parametrize("text", ["", " ", "\t\r\n "])
def test_empty_filter_is_no_expression(text: str) -> None:
    assert parsed(text) is None


def test_filter_of_the_architecture_page_is_understood() -> None:
    assert parsed(
        'status="review_pending" AND seller.name:"Acme" AND totals.amount_due > 1000'
    ) == And(
        (
            Comparison("status", Operator.EQUAL, "review_pending"),
            Comparison("seller.name", Operator.HAS, "Acme"),
            Comparison("totals.amount_due", Operator.GREATER, Decimal(1000)),
        )
    )


@pytest.mark.parametrize("sign", ["=", "!=", "<", "<=", ">", ">=", ":"])
def test_every_operator_works_with_and_without_space(sign: str) -> None:
    expected = note("x", Operator(sign))
    assert parsed(f"note{sign}x") == parsed(f"note {sign} x") == expected


def test_or_binds_tighter_than_and() -> None:
    expected = And((note("a"), Or((note("b"), note("c")))))
    assert parsed("note=a AND note=b OR note=c") == expected


def test_neighbours_are_joined_by_and_after_or_and_before_and() -> None:
    expected = And((And((note("a"), Or((note("b"), note("c"))))), note("d")))
    assert parsed("note=a note=b OR note=c AND note=d") == expected


def test_parentheses_override_precedence() -> None:
    expected = Or((And((note("a"), note("b"))), note("c")))
    assert parsed("(note=a AND note=b) OR note=c") == expected


@pytest.mark.parametrize(
    "text", ["NOT note=a", "-note=a", "NOT (note=a)", "NOT(note=a)", "-(note=a)"]
)
def test_not_and_minus_negate(text: str) -> None:
    assert parsed(text) == Not(note("a"))


def test_minus_after_a_value_negates_the_next_comparison() -> None:
    assert parsed("note=a -note=b") == And((note("a"), Not(note("b"))))


@pytest.mark.parametrize("word", ["ORDER", "ANDROID", "NOTE", "and", "or", "not"])
def test_words_that_contain_or_resemble_keywords_are_values(word: str) -> None:
    assert parsed(f"note = {word}") == note(word)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("totals.amount_due=-30", Decimal(-30)),
        ("totals.amount_due=2.5e3", Decimal(2500)),
        ('totals.amount_due="0.10"', Decimal("0.10")),
        ("totals.amount_due:7", Decimal(7)),
        ("issue_date=2024-02-29", date(2024, 2, 29)),
        ('issue_date="2024-02-29"', date(2024, 2, 29)),
        ("create_time=2024-01-02T03:04:05Z", datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("create_time=2024-01-02T03:04:05.25+02:00", datetime(2024, 1, 2, 1, 4, 5, 250_000, UTC)),
        ("paid=true", True),
        ("paid:false", False),
        ("status:ready", "ready"),
        ("note=2024-01-02T03:04:05Z", "2024-01-02T03:04:05Z"),
        ("note=-1", "-1"),
        ("note=''", ""),
        (r'note="a \"b\" \\ \* c"', r'a "b" \ * c'),
        (r"note='it\'s \"'", "it's \""),
        ("note=müller-lüdenscheidt", "müller-lüdenscheidt"),
        ('note="a AND (b)"', "a AND (b)"),
        ('note="*a"', TextPattern("a", any_before=True, any_after=False)),
        ("note=a*", TextPattern("a", any_before=False, any_after=True)),
        ("note='*a b*'", TextPattern("a b", any_before=True, any_after=True)),
        (r'note="a\**"', TextPattern("a*", any_before=False, any_after=True)),
        (r'note="\*a\*"', "*a*"),
    ],
)
def test_values_get_the_type_of_their_field(text: str, value: Value) -> None:
    comparison = parsed(text)
    assert isinstance(comparison, Comparison)
    assert (comparison.operator, comparison.value) == (Operator.EQUAL, value)
    assert type(comparison.value) is type(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("supplier=a", Comparison("seller.name", Operator.EQUAL, "a")),
        ("sum > 1", Comparison("totals.amount_due", Operator.GREATER, Decimal(1))),
        ("words:a", Comparison("words", Operator.HAS, "a")),
        ('words:"*a*"', Comparison("words", Operator.HAS, "a")),
        ("accounts:de1", Comparison("accounts", Operator.HAS, "DE1")),
    ],
)
def test_fields_have_other_names_and_containers_contain(text: str, expected: Expression) -> None:
    assert parsed(text) == expected


@pytest.mark.parametrize("written", ["review_pending", '"review pending"', "Review-Pending"])
def test_value_of_an_enumeration_is_known_however_its_words_are_joined(written: str) -> None:
    assert parsed(f"status={written}") == Comparison("status", Operator.EQUAL, "review_pending")


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("statsu=ready", "status"),
        ("Seller.Name=a", "seller.name"),
        ("suplier=a", "supplier"),
        ("colour=red", ""),
        ("status=pending", "review_pending"),
        ("status=redy", "ready"),
        ("status=done", ""),
        ("issue_date=redy", ""),
    ],
)
def test_refusal_says_what_may_have_been_meant(text: str, suggestion: str) -> None:
    error = refusal(text)
    assert error.suggestion == suggestion
    assert str(error).endswith(f"; did you mean {suggestion}?") is bool(suggestion)


@pytest.mark.parametrize("field", FIELDS)
def test_presence_can_be_asked_of_every_field(field: str) -> None:
    assert parsed(f"{field}:*") == Comparison(field, Operator.HAS, Present())


def test_star_is_a_character_where_the_order_of_texts_is_compared() -> None:
    assert parsed("note < a*") == note("a*", Operator.LESS)


def test_contains_keeps_the_pattern() -> None:
    expected = Comparison("note", Operator.HAS, TextPattern("a", any_before=False, any_after=True))
    assert parsed('note:"a*"') == expected


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("note", 4, "an operator such as = is missing after the field"),
        ("note=", 5, "a value is missing after the operator"),
        ("note= AND paid=true", 6, "a value is missing after the operator"),
        ("note=(a OR b)", 5, "a value is missing after the operator"),
        ("note=a AND", 10, "a comparison is missing"),
        ("note=a OR OR", 10, "a comparison is missing"),
        ("NOT NOT note=a", 4, "a comparison is missing"),
        ("()", 1, "a comparison is missing"),
        ('"alone"', 0, "a comparison is missing"),
        ("(note=a", 7, "a closing parenthesis is missing"),
        ("note=a)", 6, "only AND, OR or a further comparison can stand here"),
        ("note=a=b", 6, "only AND, OR or a further comparison can stand here"),
        ('note="a', 5, "a quote that is not closed"),
        ("note='a\"", 5, "a quote that is not closed"),
        ("note=a,b", 6, "a character that has a meaning only in quotes"),
        ("note=a - note=b", 7, "a character that has a meaning only in quotes"),
        ("note=\u00a0a", 5, "a character that has a meaning only in quotes"),
        ("note='\x00'", 6, "a character that no value can have"),
        ("note='\ud800'", 6, "a character that no value can have"),
        ("paid=true AND near(note)", 14, "functions are not supported"),
        ("note=now()", 5, "functions are not supported"),
        ("paid=true AND colour=red", 14, f"no field colour; the fields are: {NAMES}"),
        ("note.length=1", 0, f"no field note.length; the fields are: {NAMES}"),
        ("DE89370400440532013000=1", 0, f"no such field; the fields are: {NAMES}"),
        ("paid < true", 5, "paid cannot be compared by <, only by = != :"),
        ("status>=ready", 6, "status cannot be compared by >=, only by = != :"),
        ("words=a", 5, "words cannot be compared by =, only by :"),
        ("accounts!=a", 8, "accounts cannot be compared by !=, only by :"),
        ("status=done", 7, "status expects one of ready, review_pending"),
        ("status=read*", 7, "status expects one of ready, review_pending"),
        ("paid=yes", 5, "paid expects true or false"),
        ("totals.amount_due>1,000", 19, "a character that has a meaning only in quotes"),
        (
            "totals.amount_due>'1,000'",
            18,
            "totals.amount_due expects a number such as 1000 or -0.5",
        ),
        ("totals.amount_due>NaN", 18, "totals.amount_due expects a number such as 1000 or -0.5"),
        ("totals.amount_due>٣", 18, "totals.amount_due expects a number such as 1000 or -0.5"),
        ("totals.amount_due>1e100", 18, "totals.amount_due expects a number such as 1000 or -0.5"),
        ("issue_date>03/07/2024", 11, "issue_date expects a date such as 2026-01-31"),
        ("issue_date>2023-02-29", 11, "issue_date expects a date such as 2026-01-31"),
        ("issue_date>2023-W01-1", 11, "issue_date expects a date such as 2026-01-31"),
        (
            "create_time>2024-01-02T03:04:05",
            12,
            "create_time expects a time with its offset, such as 2026-01-31T09:30:00Z",
        ),
        (
            "create_time>0001-01-01T00:00:00+10:00",
            12,
            "create_time expects a time with its offset, such as 2026-01-31T09:30:00Z",
        ),
        (r"note='\n'", 5, "note expects a backslash only before \\, a quote or *"),
        (
            "note=a*b",
            5,
            "note expects * only at the start or end of the text, and \\* in quotes for the character",
        ),
        ("note='*'", 5, "note expects some text beside *, or field:* for any value"),
        ("note='**'", 5, "note expects some text beside *, or field:* for any value"),
    ],
)
def test_refusal_says_what_is_wrong_and_where(text: str, position: int, message: str) -> None:
    error = refusal(text)
    assert (error.message, error.position) == (message, position)


def nested(depth: int) -> str:
    return "(" * depth + "note=a" + ")" * depth


def test_nesting_is_limited() -> None:
    assert parsed(nested(DEEPEST_NESTING)) == note("a")
    error = refusal(nested(DEEPEST_NESTING + 1))
    assert (error.message, error.position) == ("parentheses are nested deeper than 20", 20)


def test_comparisons_are_limited() -> None:
    expression = parsed("note=a " * MOST_COMPARISONS)
    assert isinstance(expression, And)
    assert len(expression.operands) == MOST_COMPARISONS
    error = refusal("note=a " * (MOST_COMPARISONS + 1))
    assert (error.message, error.position) == ("there are more than 100 comparisons", 704)


def test_length_is_limited() -> None:
    assert parsed("note=a".ljust(LONGEST_FILTER)) == note("a")
    assert refusal("note=a".ljust(LONGEST_FILTER + 1)).position == LONGEST_FILTER


@pytest.mark.parametrize("piece", ["(", ")", "-", "NOT ", "NOT(", "-(", '"', "\\", "a=", "a ", "*"])
def test_two_thousand_of_one_thing_are_refused_as_any_other_error(piece: str) -> None:
    text = piece * (LONGEST_FILTER // len(piece))
    assert 0 <= refusal(text).position <= len(text)


def test_refusal_never_repeats_a_value() -> None:
    secret = "DE89370400440532013000"
    for text in [f"{secret}=1", f"status={secret}", f"note=a {secret}", f"paid='{secret}'", secret]:
        assert secret not in str(refusal(text))


@pytest.mark.parametrize(("kind", "values"), [(FieldType.ENUM, ()), (FieldType.STRING, ("a",))])
def test_only_enumerations_have_values(kind: FieldType, values: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="enumeration"):
        FilterField(kind, values)
