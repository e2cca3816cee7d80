"""IDENTIFIER-01: are the check digits of SIREN, SIRET and GLN right, where a scheme says that an identifier is one?"""

from collections.abc import Iterator

from stdnum import ean
from stdnum.fr import siren, siret

from en16931.finding import Finding, Outcome, Severity
from en16931.model import Identifier, InvoiceContent
from en16931.rules.declared import Declared
from en16931.rules.rule import finding_of
from invoice_reading.check.pack import OWN

_SIREN_DIGITS, _GLN_DIGITS = 9, 13
_SIRENE, _SIRET, _GLN = "0002", "0009", "0088"  # ISO 6523


class RegisteredIdentifiers:
    """A `Rule` on the content: one finding for each identifier of a party or a place that is of one of the schemes.

    That it fails is information only: nobody pays by it.
    """

    rule_id = "IDENTIFIER-01"
    pack = OWN
    severity = Severity.INFORMATION
    text = "the check digits of SIREN, SIRET and GLN are right"
    fields = (
        "seller.identifiers[*]",
        "seller.legal_registration_identifier",
        "seller.electronic_address",
        "buyer.identifier",
        "buyer.legal_registration_identifier",
        "buyer.electronic_address",
        "payee.identifier",
        "payee.legal_registration_identifier",
        "delivery.deliver_to_location_identifier",
    )

    def check(self, declared: Declared) -> Iterator[Finding]:
        for path, identifier in _identifiers(declared.content):
            is_right = has_right_digits(identifier)
            if is_right is not None:
                outcome = Outcome.PASSED if is_right else Outcome.FAILED
                yield finding_of(self, outcome, (path,))


def has_right_digits(identifier: Identifier) -> bool | None:
    """Returns whether the check digits are right; None of a scheme that is not checked."""
    text = "".join((identifier.value or "").split())
    if identifier.scheme_id == _SIRENE:
        return bool((siren if len(text) == _SIREN_DIGITS else siret).is_valid(text))
    if identifier.scheme_id == _SIRET:
        return bool(siret.is_valid(text))
    if identifier.scheme_id == _GLN:
        return len(text) == _GLN_DIGITS and bool(ean.is_valid(text))
    return None


def _identifiers(content: InvoiceContent) -> Iterator[tuple[str, Identifier]]:
    seller, buyer, payee, delivery = content.seller, content.buyer, content.payee, content.delivery
    if seller is not None:
        for index, identifier in enumerate(seller.identifiers):
            yield f"seller.identifiers[{index}]", identifier
        yield from _given(
            "seller.legal_registration_identifier", seller.legal_registration_identifier
        )
        yield from _given("seller.electronic_address", seller.electronic_address)
    if buyer is not None:
        yield from _given("buyer.identifier", buyer.identifier)
        yield from _given(
            "buyer.legal_registration_identifier", buyer.legal_registration_identifier
        )
        yield from _given("buyer.electronic_address", buyer.electronic_address)
    if payee is not None:
        yield from _given("payee.identifier", payee.identifier)
        yield from _given(
            "payee.legal_registration_identifier", payee.legal_registration_identifier
        )
    if delivery is not None:
        yield from _given(
            "delivery.deliver_to_location_identifier", delivery.deliver_to_location_identifier
        )


def _given(path: str, identifier: Identifier | None) -> Iterator[tuple[str, Identifier]]:
    if identifier is not None:
        yield path, identifier
