"""The companies of the samples. None exists; their identifiers and accounts have valid check digits."""

from en16931.model import (
    Buyer,
    Contact,
    CreditTransfer,
    Identifier,
    PaymentInstructions,
    PostalAddress,
    Seller,
)

_SIREN = "0002"  # ISO 6523
_SEPA_CREDIT_TRANSFER = "58"  # UNTDID 4461
_CREDIT_TRANSFER = "30"

NORDLICHT = Seller(
    name="Nordlicht Bürobedarf GmbH",
    vat_identifier="DE999123455",
    postal_address=PostalAddress(
        line_1="Speicherkai 14", city="Hamburg", post_code="20457", country_code="DE"
    ),
    contact=Contact(
        point="Jule Petersen",
        telephone_number="+49 40 5550142",
        email_address="rechnung@nordlicht-buero.example",
    ),
)
NORDLICHT_ACCOUNT = CreditTransfer(
    account_identifier="DE43999000010000123456", account_name="Nordlicht Bürobedarf GmbH"
)

KAFFEEROESTEREI = Seller(
    name="Kaffeerösterei Mühlbach GmbH",
    vat_identifier="DE997345670",
    postal_address=PostalAddress(
        line_1="Mühlbachweg 3", city="Freiburg", post_code="79098", country_code="DE"
    ),
    contact=Contact(
        point="Anton Gärtner",
        telephone_number="+49 761 5550177",
        email_address="buchhaltung@muehlbach-kaffee.example",
    ),
)
KAFFEEROESTEREI_ACCOUNT = CreditTransfer(
    account_identifier="DE63999000020007654321", account_name="Kaffeerösterei Mühlbach GmbH"
)

ATELIER = Seller(
    name="Atelier Garonne SARL",
    legal_registration_identifier=Identifier(value="998123459", scheme_id=_SIREN),
    vat_identifier="FR80998123459",
    postal_address=PostalAddress(
        line_1="27 quai des Tonneliers", city="Bordeaux", post_code="33000", country_code="FR"
    ),
    contact=Contact(
        point="Service facturation",
        telephone_number="+33 5 55 50 01 42",
        email_address="factures@atelier-garonne.example",
    ),
)
ATELIER_ACCOUNT = CreditTransfer(
    account_identifier="FR7699999000010001234567809", account_name="Atelier Garonne SARL"
)

FENWICK = Seller(
    name="Fenwick & Rowe Instruments Ltd",
    vat_identifier="GB998765426",
    postal_address=PostalAddress(
        line_1="8 Tanyard Lane", city="Sheffield", post_code="S3 8QZ", country_code="GB"
    ),
    contact=Contact(
        point="Accounts",
        telephone_number="+44 114 555 0142",
        email_address="accounts@fenwickrowe.example",
    ),
)
FENWICK_ACCOUNT = CreditTransfer(
    account_identifier="GB42DEMO99999912345678", account_name="Fenwick & Rowe Instruments Ltd"
)

POLDERDRUK = Seller(
    name="Polderdruk B.V.",
    vat_identifier="NL999123452B01",
    postal_address=PostalAddress(
        line_1="Sluiskade 51", city="Zwolle", post_code="8011 VD", country_code="NL"
    ),
    contact=Contact(
        point="Administratie",
        telephone_number="+31 38 555 0142",
        email_address="facturen@polderdruk.example",
    ),
)
POLDERDRUK_ACCOUNT = CreditTransfer(
    account_identifier="NL93DEMO0123456789", account_name="Polderdruk B.V."
)

HANSEN = Buyer(
    name="Hansen & Söhne Maschinenbau GmbH",
    vat_identifier="DE998234566",
    postal_address=PostalAddress(
        line_1="Werftstraße 112", city="Kiel", post_code="24143", country_code="DE"
    ),
)
VERRERIE = Buyer(
    name="Verrerie du Midi SAS",
    legal_registration_identifier=Identifier(value="999000110", scheme_id=_SIREN),
    vat_identifier="FR72999000110",
    postal_address=PostalAddress(
        line_1="4 rue des Souffleurs", city="Albi", post_code="81000", country_code="FR"
    ),
)
HARBOUR_LANE = Buyer(
    name="Harbour Lane Logistics Ltd",
    vat_identifier="GB998765468",
    postal_address=PostalAddress(
        line_1="Unit 6, Harbour Lane", city="Hull", post_code="HU1 2AB", country_code="GB"
    ),
)
ZUIDERHAVEN = Buyer(
    name="Zuiderhaven Logistiek B.V.",
    vat_identifier="NL998543214B01",
    postal_address=PostalAddress(
        line_1="Havenweg 200", city="Rotterdam", post_code="3089 JK", country_code="NL"
    ),
)


def sepa_transfer(account: CreditTransfer, remittance: str) -> PaymentInstructions:
    return PaymentInstructions(
        means_type_code=_SEPA_CREDIT_TRANSFER,
        remittance_information=remittance,
        credit_transfers=(account,),
    )


def bank_transfer(account: CreditTransfer, remittance: str) -> PaymentInstructions:
    return PaymentInstructions(
        means_type_code=_CREDIT_TRANSFER,
        remittance_information=remittance,
        credit_transfers=(account,),
    )
