"""The companies of these invoices, beside those of the samples. None exists; accounts have valid check digits."""

from en16931.model import Buyer, Contact, CreditTransfer, Identifier, Payee, PostalAddress, Seller


def _address(line: str, post_code: str, city: str, country: str) -> PostalAddress:
    return PostalAddress(line_1=line, post_code=post_code, city=city, country_code=country)


def _seller(name: str, vat: str | None, address: PostalAddress, email: str) -> Seller:
    return Seller(
        name=name,
        vat_identifier=vat,
        postal_address=address,
        contact=Contact(email_address=email),
    )


STADTWERKE = _seller(
    "Stadtwerke Elbufer AG",
    "DE991234508",
    _address("Am Wasserturm 2", "21029", "Hamburg", "DE"),
    "service@stadtwerke-elbufer.example",
)
ELBMIETE = _seller(
    "Elbmiete Fahrzeuge GmbH",
    "DE991234508",
    _address("Am Fährhaus 3", "20457", "Hamburg", "DE"),
    "rechnung@elbmiete.example",
)
HILADOS = _seller(
    "Hilados del Ebro S.L.",
    "ESB99001000",
    _address("Calle de los Telares 18", "50002", "Zaragoza", "ES"),
    "facturas@hilados-ebro.example",
)
CONFECCIONES = Buyer(
    name="Confecciones Turia S.A.",
    postal_address=_address("Avenida del Puerto 77", "46021", "Valencia", "ES"),
)
FACTORING = Payee(
    name="Factoría Financiera Norte S.A.",
    identifier=Identifier(value="FFN-2210"),
)
FACTORING_ACCOUNT = CreditTransfer(
    account_identifier="ES8899990001461234567890", account_name="Factoría Financiera Norte S.A."
)
SOFTWAREHAUS = _seller(
    "Alpenblick Softwarehaus GmbH",
    "ATU99912345",
    _address("Innsteg 9", "6020", "Innsbruck", "AT"),
    "office@alpenblick.example",
)
SOFTWAREHAUS_ACCOUNT = CreditTransfer(
    account_identifier="AT479999900012345678", account_name="Alpenblick Softwarehaus GmbH"
)
VORMINGSCENTRUM = _seller(
    "Vormingscentrum De Schelde VZW",
    "BE0999123457",
    _address("Scheldekaai 41", "2000", "Antwerpen", "BE"),
    "facturatie@vormingscentrum.example",
)
VORMINGSCENTRUM_ACCOUNT = CreditTransfer(
    account_identifier="BE17999123456721", account_name="Vormingscentrum De Schelde VZW"
)
MARCHE = _seller(
    "Marché des Halles SAS",
    None,
    _address("3 place des Primeurs", "69002", "Lyon", "FR"),
    "comptabilite@marche-halles.example",
)
MARCHE_ACCOUNT = CreditTransfer(
    account_identifier="FR1199999000020009876543210", account_name="Marché des Halles SAS"
)
TARA = _seller(
    "Tara Joinery Ltd",
    "IE9991203A",
    _address("Unit 4, Liffey Quay", "D08 X2Y3", "Dublin", "IE"),
    "accounts@tarajoinery.example",
)
TARA_ACCOUNT = CreditTransfer(
    account_identifier="IE15DEMO99999912345678", account_name="Tara Joinery Ltd"
)
NORDFJALL = _seller(
    "Nordfjäll Maskin AB",
    "SE999123450201",
    _address("Verkstadsgatan 6", "903 27", "Umeå", "SE"),
    "faktura@nordfjall.example",
)
NORDFJALL_ACCOUNT = CreditTransfer(
    account_identifier="SE3899900000012345678901", account_name="Nordfjäll Maskin AB"
)
SKOGSBRUK = Buyer(
    name="Västerbottens Skogsbruk AB",
    postal_address=_address("Skolgatan 12", "931 31", "Skellefteå", "SE"),
)
CERAMICHE = _seller(
    "Ceramiche Valdoro S.p.A.",
    "IT99000348880",
    _address("Via dei Fornaciai 23", "41049", "Sassuolo", "IT"),
    "fatture@valdoro.example",
)
CERAMICHE_ACCOUNT = CreditTransfer(
    account_identifier="IT52X9999901000000001234567", account_name="Ceramiche Valdoro S.p.A."
)
KSIEGARNIA = _seller(
    "Księgarnia Pod Wierzbą Sp. z o.o.",
    "PL9991234501",
    _address("ul. Lipowa 7", "30-702", "Kraków", "PL"),
    "faktury@podwierzba.example",
)
BIBLIOTEKA = Buyer(
    name="Biblioteka Miejska w Tarnowie",
    postal_address=_address("ul. Krakowska 4", "33-100", "Tarnów", "PL"),
)
UHRENWERK = _seller(
    "Uhrenwerk Jura SA",
    "CHE999123455MWST",
    _address("Rue du Balancier 11", "2300", "La Chaux-de-Fonds", "CH"),
    "compta@uhrenwerk-jura.example",
)
UHRENWERK_ACCOUNT = CreditTransfer(
    account_identifier="CH8399999000123456789", account_name="Uhrenwerk Jura SA"
)
JUWELIER = Buyer(
    name="Juwelier Aare AG",
    postal_address=_address("Kramgasse 30", "3011", "Bern", "CH"),
)
KALUSTE = _seller(
    "Saimaan Kaluste Oy",
    None,
    _address("Satamatie 15", "53900", "Lappeenranta", "FI"),
    "laskutus@saimaankaluste.example",
)
KALUSTE_ACCOUNT = CreditTransfer(
    account_identifier="FI6099999900012345", account_name="Saimaan Kaluste Oy"
)
HOTELLI = Buyer(
    name="Hotelli Kuusisaari Oy",
    postal_address=_address("Rantatie 2", "57130", "Savonlinna", "FI"),
)
TRYKKERI = _seller(
    "Havnens Trykkeri A/S",
    "DK99912308",
    _address("Nordhavnsvej 5", "8000", "Aarhus", "DK"),
    "faktura@havnenstrykkeri.example",
)
TRYKKERI_ACCOUNT = CreditTransfer(
    account_identifier="DK6999990001234567", account_name="Havnens Trykkeri A/S"
)
MUSEUM = Buyer(
    name="Museet ved Fjorden",
    postal_address=_address("Fjordgade 19", "7100", "Vejle", "DK"),
)
CASTINGS = _seller(
    "Whitcombe, Harrow & Daughters Precision Castings Ltd",
    "GB998111237",
    _address("3 Foundry Lane", "DY1 4QQ", "Dudley", "GB"),
    "accounts@whitcombe-harrow.example",
)
CASTINGS_ACCOUNT = CreditTransfer(
    account_identifier="GB66DEMO99999911223344",
    account_name="Whitcombe, Harrow & Daughters Precision Castings Ltd",
)
SECOND_NORDLICHT_ACCOUNT = CreditTransfer(
    account_identifier="DE08999000040055667788", account_name="Nordlicht Bürobedarf GmbH"
)
HANSENS_ACCOUNT = "DE60999000030011223344"  # of the buyer, from which money is collected
STRANGERS_ACCOUNT = "DE75999000050099887766"
