import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aip.request_id import is_request_id


@given(st.uuids(version=4))
def test_random_uuids_are_request_ids(value: uuid.UUID) -> None:
    assert is_request_id(str(value))
    assert is_request_id(str(value).upper())


@given(st.one_of(st.uuids(version=1), st.uuids(version=3), st.uuids(version=5)))
def test_other_uuids_are_not(value: uuid.UUID) -> None:
    assert not is_request_id(str(value))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "00000000-0000-0000-0000-000000000000",
        "f47ac10b58cc4372a5670e02b2c3d479",
        "{f47ac10b-58cc-4372-a567-0e02b2c3d479}",
        "f47ac10b-58cc-4372-c567-0e02b2c3d479",
        "f47ac10b-58cc-4372-a567-0e02b2c3d479\n",
        "f47ac10b-58cc-4372-a567-0e02b2c3d47٩",
    ],
)
def test_other_forms_are_not(text: str) -> None:
    assert not is_request_id(text)
