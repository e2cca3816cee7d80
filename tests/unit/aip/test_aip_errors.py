import copy
import pickle

import pytest

from aip.errors import (
    AipError,
    FilterError,
    OrderByError,
    PageSizeError,
    PageTokenError,
    ResourceNameError,
)


@pytest.mark.parametrize(
    "error",
    [
        FilterError("no field a", 3),
        FilterError("no field a", 3, "b"),
        OrderByError("a comma is missing", 7),
        PageSizeError(-1),
        PageTokenError(),
        ResourceNameError("tenants/{tenant}"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_keep_their_data_on_the_way_to_another_process(error: AipError) -> None:
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(twin) is type(error)
        assert vars(twin) == vars(error)
        assert str(twin) == str(error)
