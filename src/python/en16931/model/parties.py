"""Who takes part: BG-4 to BG-12."""

from typing import Annotated

from en16931.model.identifiers import Identifier
from en16931.model.term import Group, Term


class PostalAddress(Group, frozen=True, kw_only=True):
    line_1: str | None = None
    line_2: str | None = None
    line_3: str | None = None
    city: str | None = None
    post_code: str | None = None
    country_subdivision: str | None = None
    country_code: str | None = None  # ISO 3166-1 alpha-2


class Contact(Group, frozen=True, kw_only=True):
    point: str | None = None
    telephone_number: str | None = None
    email_address: str | None = None


class Seller(Group, frozen=True, kw_only=True):
    name: Annotated[str, Term("BT-27")] | None = None
    trading_name: Annotated[str, Term("BT-28")] | None = None
    identifiers: Annotated[tuple[Identifier, ...], Term("BT-29")] = ()
    legal_registration_identifier: Annotated[Identifier, Term("BT-30")] | None = None
    vat_identifier: Annotated[str, Term("BT-31")] | None = None
    tax_registration_identifier: Annotated[str, Term("BT-32")] | None = None
    additional_legal_information: Annotated[str, Term("BT-33")] | None = None
    electronic_address: Annotated[Identifier, Term("BT-34")] | None = None
    postal_address: (
        Annotated[PostalAddress, Term("BG-5", "BT-35 BT-36 BT-162 BT-37 BT-38 BT-39 BT-40")] | None
    ) = None
    contact: Annotated[Contact, Term("BG-6", "BT-41 BT-42 BT-43")] | None = None


class Buyer(Group, frozen=True, kw_only=True):
    name: Annotated[str, Term("BT-44")] | None = None
    trading_name: Annotated[str, Term("BT-45")] | None = None
    identifier: Annotated[Identifier, Term("BT-46")] | None = None
    legal_registration_identifier: Annotated[Identifier, Term("BT-47")] | None = None
    vat_identifier: Annotated[str, Term("BT-48")] | None = None
    electronic_address: Annotated[Identifier, Term("BT-49")] | None = None
    postal_address: (
        Annotated[PostalAddress, Term("BG-8", "BT-50 BT-51 BT-163 BT-52 BT-53 BT-54 BT-55")] | None
    ) = None
    contact: Annotated[Contact, Term("BG-9", "BT-56 BT-57 BT-58")] | None = None


class Payee(Group, frozen=True, kw_only=True):
    name: Annotated[str, Term("BT-59")] | None = None
    identifier: Annotated[Identifier, Term("BT-60")] | None = None
    legal_registration_identifier: Annotated[Identifier, Term("BT-61")] | None = None


class SellerTaxRepresentative(Group, frozen=True, kw_only=True):
    name: Annotated[str, Term("BT-62")] | None = None
    vat_identifier: Annotated[str, Term("BT-63")] | None = None
    postal_address: (
        Annotated[PostalAddress, Term("BG-12", "BT-64 BT-65 BT-164 BT-66 BT-67 BT-68 BT-69")] | None
    ) = None
