"""IDENTIFIER-01: check digits of SIREN, SIRET and GLN, where the scheme says that it is one."""

import pytest

from en16931.finding import Outcome
from en16931.model import Buyer, Identifier, InvoiceContent, Seller
from en16931.rules.declared import Declared
from invoice_reading.check.registered_identifiers import RegisteredIdentifiers, has_right_digits


@pytest.mark.parametrize(
    ("scheme", "value", "is_right"),
    [
        ("0002", "732829320", True),
        ("0002", "732829321", False),
        ("0002", "73282932000074", True),
        ("0009", "732 829 320 00074", True),
        ("0009", "73282932000075", False),
        ("0009", "732829320", False),
        ("0088", "4006381333931", True),
        ("0088", "4006381333932", False),
        ("0088", "96385074", False),  # eight digits are no GLN
        ("0060", "123456789", None),
        (None, "732829321", None),
    ],
)
def test_check_digits(scheme: str | None, value: str, is_right: bool | None) -> None:
    assert has_right_digits(Identifier(value=value, scheme_id=scheme)) is is_right


def test_each_identifier_is_named() -> None:
    content = InvoiceContent(
        seller=Seller(
            identifiers=(
                Identifier(value="A-7"),
                Identifier(value="4006381333931", scheme_id="0088"),
            )
        ),
        buyer=Buyer(electronic_address=Identifier(value="732829321", scheme_id="0002")),
    )
    found = [
        (finding.field_paths, finding.outcome)
        for finding in RegisteredIdentifiers().check(Declared(content))
    ]
    assert found == [
        (("seller.identifiers[1]",), Outcome.PASSED),
        (("buyer.electronic_address",), Outcome.FAILED),
    ]
