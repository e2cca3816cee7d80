"""Every expression can be written and read back; no text does more than be refused."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aip.errors import FilterError
from aip.filter import parse_filter
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

STATES = ("ready", "review_pending", "NOT", "2nd")
FIELDS = {
    "status": FilterField(FieldType.ENUM, STATES),
    "note": FilterField(FieldType.STRING),
    "seller.name": FilterField(FieldType.STRING),
    "totals.amount_due": FilterField(FieldType.DECIMAL),
    "issue_date": FilterField(FieldType.DATE),
    "create_time": FilterField(FieldType.TIMESTAMP),
    "paid": FilterField(FieldType.BOOLEAN),
}
ORDER = [operator for operator in Operator if operator is not Operator.HAS]
EQUALITY = [Operator.EQUAL, Operator.NOT_EQUAL]

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
patterns = st.builds(
    TextPattern, texts.filter(bool), any_before=st.booleans(), any_after=st.booleans()
).filter(lambda pattern: pattern.any_before or pattern.any_after)
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=4)
# One day from either end, so that an offset cannot lead out of the calendar.
times = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)).map(
    lambda time: time.replace(tzinfo=UTC)
)


def comparisons_of(
    fields: Sequence[str], operators: Sequence[Operator], values: st.SearchStrategy[Value]
) -> st.SearchStrategy[Comparison]:
    return st.builds(Comparison, st.sampled_from(fields), st.sampled_from(operators), values)


comparisons = st.one_of(
    comparisons_of(list(FIELDS), [Operator.HAS], st.just(Present())),
    comparisons_of(["note", "seller.name"], list(Operator), texts),
    comparisons_of(["note", "seller.name"], [*EQUALITY, Operator.HAS], patterns),
    comparisons_of(["totals.amount_due"], ORDER, decimals),
    comparisons_of(["issue_date"], ORDER, st.dates()),
    comparisons_of(["create_time"], ORDER, times),
    comparisons_of(["paid"], EQUALITY, st.booleans()),
    comparisons_of(["status"], EQUALITY, st.sampled_from(STATES)),
)


def grown(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return st.one_of(st.builds(Not, inner), st.builds(And, several), st.builds(Or, several))


expressions: st.SearchStrategy[Expression] = st.recursive(comparisons, grown, max_leaves=12)


def to_text(expression: Expression) -> str:
    match expression:
        case Comparison(field, operator, value):
            return f"{field} {operator} {literal(value)}"
        case Not(operand):
            return f"NOT {grouped(operand)}"
        case And(operands):
            return " AND ".join(map(grouped, operands))
        case Or(operands):
            return " OR ".join(map(grouped, operands))


def grouped(expression: Expression) -> str:
    text = to_text(expression)
    return text if isinstance(expression, Comparison) else f"({text})"


def literal(value: Value) -> str:
    match value:
        case Present():
            return "*"
        case bool():
            return str(value).lower()
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case TextPattern(text, any_before, any_after):
            return f'"{"*" * any_before}{escaped(text)}{"*" * any_after}"'
        case str():
            return f'"{escaped(value)}"'


def escaped(text: str) -> str:
    return re.sub(r'[\\"*]', r"\\\g<0>", text)


@given(expressions)
def test_an_expression_written_as_text_reads_back_the_same(expression: Expression) -> None:
    assert parse_filter(to_text(expression), FIELDS) == expression


@given(st.lists(expressions, min_size=2, max_size=3))
def test_neighbours_mean_the_same_as_and(operands: list[Expression]) -> None:
    text = " ".join(map(grouped, operands))
    assert parse_filter(text, FIELDS) == And(tuple(operands))


def is_refused_or_read(text: str) -> None:
    try:
        expression = parse_filter(text, FIELDS)
    except FilterError as error:
        assert 0 <= error.position <= len(text)
    else:
        assert (expression is None) == (not text.strip(" \t\r\n"))


@given(st.text(max_size=2_100))
@example("-")
@example("a\\")
@example("\ud800")
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    is_refused_or_read(text)


literals = ["1e9", "true", "ready", "a*", "2024-01-02", "2024-13-02", "2024-01-02T03:04:05Z"]
words = st.sampled_from([*FIELDS, *Operator, *"()-*,\"'\\\t", "AND", "OR", "NOT", "f(", *literals])


@given(st.lists(words, max_size=60), st.sampled_from(["", " "]))
def test_any_words_of_the_language_are_read_or_refused_with_a_place(
    chosen: list[str], separator: str
) -> None:
    is_refused_or_read(separator.join(chosen))


@given(expressions, st.data())
def test_a_filter_cut_short_is_read_or_refused_with_a_place(
    expression: Expression, data: st.DataObject
) -> None:
    text = to_text(expression)
    is_refused_or_read(text[: data.draw(st.integers(0, len(text)))])


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (
            Not(And((Comparison("paid", Operator.EQUAL, True),) * 2)),
            "NOT (paid = true AND paid = true)",
        ),
        (Comparison("note", Operator.HAS, TextPattern('a"', True, False)), r'note : "*a\""'),
    ],
)
def test_the_writer_of_these_tests_writes_filters(expression: Expression, text: str) -> None:
    assert to_text(expression) == text
