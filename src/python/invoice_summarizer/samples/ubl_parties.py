"""Who takes part in a UBL document."""

from xml.etree.ElementTree import Element

from en16931.model import Buyer, Contact, Identifier, Payee, PostalAddress, Seller
from invoice_summarizer.samples.xml_tree import element

_VAT = "VAT"


def party(of: Seller | Buyer, creditor_identifier: str | None = None) -> Element | None:
    """Returns the party; `creditor_identifier` is that of SEPA direct debits (BT-90), which the seller may have."""
    legal = of.legal_registration_identifier or Identifier()
    contact = of.contact or Contact()
    return element(
        "cac:Party",
        _identification(Identifier(value=creditor_identifier, scheme_id="SEPA")),
        element("cac:PartyName", element("cbc:Name", of.trading_name)),
        _address(of.postal_address or PostalAddress()),
        _tax_scheme(of.vat_identifier),
        element(
            "cac:PartyLegalEntity",
            element("cbc:RegistrationName", of.name),
            element("cbc:CompanyID", legal.value, schemeID=legal.scheme_id),
        ),
        element(
            "cac:Contact",
            element("cbc:Name", contact.point),
            element("cbc:Telephone", contact.telephone_number),
            element("cbc:ElectronicMail", contact.email_address),
        ),
    )


def payee(of: Payee) -> Element | None:
    legal = of.legal_registration_identifier or Identifier()
    return element(
        "cac:PayeeParty",
        _identification(of.identifier or Identifier()),
        element("cac:PartyName", element("cbc:Name", of.name)),
        element(
            "cac:PartyLegalEntity", element("cbc:CompanyID", legal.value, schemeID=legal.scheme_id)
        ),
    )


def vat_scheme() -> Element | None:
    return element("cac:TaxScheme", element("cbc:ID", _VAT))


def _identification(identifier: Identifier) -> Element | None:
    return element(
        "cac:PartyIdentification",
        element("cbc:ID", identifier.value, schemeID=identifier.scheme_id),
    )


def _tax_scheme(vat_identifier: str | None) -> Element | None:
    if vat_identifier is None:
        return None
    return element("cac:PartyTaxScheme", element("cbc:CompanyID", vat_identifier), vat_scheme())


def _address(address: PostalAddress) -> Element | None:
    return element(
        "cac:PostalAddress",
        element("cbc:StreetName", address.line_1),
        element("cbc:AdditionalStreetName", address.line_2),
        element("cbc:CityName", address.city),
        element("cbc:PostalZone", address.post_code),
        element("cac:Country", element("cbc:IdentificationCode", address.country_code)),
    )
