"""Which profiles have no invoice lines."""

import pytest

from en16931.profiles import has_no_lines


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("urn:factur-x.eu:1p0:minimum", True),
        ("urn:factur-x.eu:1p0:basicwl", True),
        (" urn:zugferd.de:2p0:MINIMUM ", True),
        ("urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic", False),
        ("urn:cen.eu:en16931:2017", False),
        ("", False),
        (None, False),
    ],
)
def test_minimum_and_basic_wl_have_no_lines(identifier: str | None, expected: bool) -> None:
    assert has_no_lines(identifier) is expected
