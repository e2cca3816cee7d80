import pytest
from hypothesis import given
from hypothesis import strategies as st

from aip.errors import FieldMaskError, FieldMaskProblem
from aip.field_mask import parse_field_mask


def anything(path: str) -> bool:
    return True


def nothing(path: str) -> bool:
    return False


def test_paths_come_back_sorted_by_name_and_index() -> None:
    given_paths = ["totals.amount_due", " lines[10].net_amount ", "lines[2].net_amount", "buyer"]
    assert parse_field_mask(given_paths, anything) == (
        "buyer",
        "lines[2].net_amount",
        "lines[10].net_amount",
        "totals.amount_due",
    )


def test_star_alone_is_the_whole_resource_whatever_is_allowed() -> None:
    assert parse_field_mask(["*"], nothing) == ("*",)


@pytest.mark.parametrize(
    ("paths", "path", "problem"),
    [
        ([], "", FieldMaskProblem.EMPTY),
        ([""], "", FieldMaskProblem.EMPTY),
        (["buyer", " "], "", FieldMaskProblem.EMPTY),
        (["buyer", "*"], "*", FieldMaskProblem.WILDCARD_NOT_ALONE),
        (["*", "*"], "*", FieldMaskProblem.WILDCARD_NOT_ALONE),
        (["lines.*.id"], "lines.*.id", FieldMaskProblem.MALFORMED),
        (["buyer,seller"], "buyer,seller", FieldMaskProblem.MALFORMED),
        (["buyer."], "buyer.", FieldMaskProblem.MALFORMED),
        ([".buyer"], ".buyer", FieldMaskProblem.MALFORMED),
        (["buyer..name"], "buyer..name", FieldMaskProblem.MALFORMED),
        (["Buyer"], "Buyer", FieldMaskProblem.MALFORMED),
        (["[0]"], "[0]", FieldMaskProblem.MALFORMED),
        (["lines[-1]"], "lines[-1]", FieldMaskProblem.MALFORMED),
        (["lines[01]"], "lines[01]", FieldMaskProblem.MALFORMED),
        (["lines[1]net"], "lines[1]net", FieldMaskProblem.MALFORMED),
        (["lines[1].[2]"], "lines[1].[2]", FieldMaskProblem.MALFORMED),
        (["buyer", "buyer"], "buyer", FieldMaskProblem.DUPLICATE),
        (["buyer.name", "seller", "buyer"], "buyer.name", FieldMaskProblem.OVERLAPPING),
        (["lines", "lines[3].net_amount"], "lines[3].net_amount", FieldMaskProblem.OVERLAPPING),
        (["lines[3].net_amount", "lines[3]"], "lines[3].net_amount", FieldMaskProblem.OVERLAPPING),
    ],
)
def test_refusal_names_the_path_and_the_problem(
    paths: list[str], path: str, problem: FieldMaskProblem
) -> None:
    with pytest.raises(FieldMaskError) as refused:
        parse_field_mask(paths, anything)
    assert (refused.value.path, refused.value.problem) == (path, problem)
    assert str(refused.value) == f"the field mask is not valid: {problem}"


def test_path_that_is_not_allowed_is_unknown() -> None:
    with pytest.raises(FieldMaskError) as refused:
        parse_field_mask(["buyer", "etag"], lambda path: path == "buyer")
    assert (refused.value.path, refused.value.problem) == ("etag", FieldMaskProblem.UNKNOWN)


@pytest.mark.parametrize("other", ["buyer_reference", "buyers", "lines[30]"])
def test_paths_that_only_begin_alike_do_not_overlap(other: str) -> None:
    assert set(parse_field_mask(["buyer", "lines[3]", other], anything)) == {
        "buyer",
        "lines[3]",
        other,
    }


masks = st.lists(
    st.from_regex(r"[ab](\.[ab]|\[(0|1|10)\]){0,3}", fullmatch=True), min_size=1, max_size=4
)


@given(masks)
def test_a_mask_is_refused_exactly_where_one_path_lies_in_another(paths: list[str]) -> None:
    overlaps = any(
        one == other or other.startswith((one + ".", one + "["))
        for place, one in enumerate(paths)
        for other in paths[:place] + paths[place + 1 :]
    )
    try:
        accepted = parse_field_mask(paths, anything)
    except FieldMaskError:
        assert overlaps
    else:
        assert not overlaps
        assert sorted(accepted) == sorted(paths)
        assert parse_field_mask(accepted, anything) == accepted


@given(st.lists(st.one_of(st.text(), st.text("ab.[]01*"))))
def test_any_paths_are_read_or_refused(paths: list[str]) -> None:
    try:
        accepted = parse_field_mask(paths, anything)
    except FieldMaskError as error:
        assert error.path in {path.strip() for path in paths} | {""}
    else:
        assert len(accepted) == len(paths)
