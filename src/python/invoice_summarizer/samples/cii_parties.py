"""Who takes part in a CII document."""

from xml.etree.ElementTree import Element

from en16931.model import Buyer, Contact, Identifier, Payee, PostalAddress, Seller
from invoice_summarizer.samples.xml_tree import element


def seller(of: Seller) -> Element | None:
    contact = of.contact or Contact()
    return element(
        "ram:SellerTradeParty",
        element("ram:Name", of.name),
        _legal_organization(of.legal_registration_identifier, of.trading_name),
        element(
            "ram:DefinedTradeContact",
            element("ram:PersonName", contact.point),
            element(
                "ram:TelephoneUniversalCommunication",
                element("ram:CompleteNumber", contact.telephone_number),
            ),
            element(
                "ram:EmailURIUniversalCommunication",
                element("ram:URIID", contact.email_address),
            ),
        ),
        _address(of.postal_address),
        _vat_registration(of.vat_identifier),
    )


def buyer(of: Buyer) -> Element | None:
    return element(
        "ram:BuyerTradeParty",
        element("ram:Name", of.name),
        _legal_organization(of.legal_registration_identifier, of.trading_name),
        _address(of.postal_address),
        _vat_registration(of.vat_identifier),
    )


def payee(of: Payee) -> Element | None:
    identifier = of.identifier or Identifier()
    return element(
        "ram:PayeeTradeParty",
        element("ram:GlobalID", identifier.value, schemeID=identifier.scheme_id),
        element("ram:Name", of.name),
        _legal_organization(of.legal_registration_identifier, None),
    )


def _legal_organization(identifier: Identifier | None, trading_name: str | None) -> Element | None:
    identifier = identifier or Identifier()
    return element(
        "ram:SpecifiedLegalOrganization",
        element("ram:ID", identifier.value, schemeID=identifier.scheme_id),
        element("ram:TradingBusinessName", trading_name),
    )


def _address(address: PostalAddress | None) -> Element | None:
    if address is None:
        return None
    return element(
        "ram:PostalTradeAddress",
        element("ram:PostcodeCode", address.post_code),
        element("ram:LineOne", address.line_1),
        element("ram:LineTwo", address.line_2),
        element("ram:CityName", address.city),
        element("ram:CountryID", address.country_code),
    )


def _vat_registration(identifier: str | None) -> Element | None:
    return element("ram:SpecifiedTaxRegistration", element("ram:ID", identifier, schemeID="VA"))
