"""What firms of a country are made of: places, legal forms, rates of VAT, the pattern of its identifiers.

In patterns a 9 is a digit and an A a letter; everything else stands for itself.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Country:
    code: str
    name: str
    currency: str
    rates: tuple[Decimal, ...]  # the standard rate first
    cities: tuple[str, ...]  # with their postcodes, as they are written
    streets: tuple[str, ...]
    house_first: bool
    firms: tuple[str, ...]
    people: tuple[str, ...]
    forms: tuple[str, ...]
    banks: tuple[str, ...]
    registration: str
    vat_id: str
    bban: str
    phone: str


def _country(rates: str, **values: object) -> Country:
    lists = {
        key: tuple(value.split("|")) if key in _LISTS and isinstance(value, str) else value
        for key, value in values.items()
    }
    return Country(rates=tuple(map(Decimal, rates.split())), **lists)  # type: ignore[arg-type]


_LISTS = {"cities", "streets", "firms", "people", "forms", "banks"}

_ALL = (
    _country(
        "20 5 0",
        code="GB",
        name="United Kingdom",
        currency="GBP",
        house_first=True,
        cities="Leeds LS1 4AP|Bristol BS1 6TR|Norwich NR2 1AX|Stirling FK8 2ET|Cardiff CF10 3NQ",
        streets="Mill Lane|Quay Street|Station Road|Foundry Way|Castle Gate",
        firms="Hollin & Marsh|Brackwater Supplies|Ashdown Tooling|Pennine Catering|Larkfield Engineering|Tamar Print Works",
        people="Ruth Aldous|Owen Pryce|Hannah Beck",
        forms="Ltd|Limited|plc|LLP",
        banks="Northmoor Bank|Severn Trust Bank",
        registration="0999 9999",
        vat_id="GB999999999",
        bban="AAAA99999999999999",
        phone="+44 113 999 9999",
    ),
    _country(
        "23 13.5 9",
        code="IE",
        name="Ireland",
        currency="EUR",
        house_first=True,
        cities="Dublin D02 XY45|Cork T12 AB34|Galway H91 KC56",
        streets="Bridge Street|Harbour View|Main Street",
        firms="Shannonside Foods|Corrib Fittings|Liffey Data Services",
        people="Aoife Daly|Cian Moore",
        forms="Ltd|DAC",
        banks="Liffey Bank",
        registration="999999",
        vat_id="IE9999999A",
        bban="AAAA99999999999999",
        phone="+353 1 999 9999",
    ),
    _country(
        "19 7",
        code="DE",
        name="Deutschland",
        currency="EUR",
        house_first=False,
        cities="28195 Bremen|70173 Stuttgart|99084 Erfurt|45127 Essen|86150 Augsburg|24103 Kiel",
        streets="Hafenstraße|Am Mühlbach|Gartenweg|Industriestr.|Lange Reihe",
        firms="Weserland Technik|Brüggemann & Söhne|Nordhang Energie|Kessler Werkzeugbau|Lindau Bürobedarf|Hartmut Voss Sanitär",
        people="Jana Pohl|Uwe Reinke|Katrin Thal",
        forms="GmbH|GmbH & Co. KG|AG|e. K.|OHG",
        banks="Weserbank Bremen|Volkskasse Süd|Hanseatische Handelsbank",
        registration="HRB 99999",
        vat_id="DE999999999",
        bban="999999999999999999",
        phone="0421 99999-99",
    ),
    _country(
        "20 10 13",
        code="AT",
        name="Österreich",
        currency="EUR",
        house_first=False,
        cities="8010 Graz|5020 Salzburg|4020 Linz|6020 Innsbruck",
        streets="Murgasse|Bahnhofstraße|Am Steinfeld",
        firms="Alpquell Getränke|Murtal Bau|Steinfeld Elektro",
        people="Eva Moser|Karl Gruber",
        forms="GmbH|OG|KG",
        banks="Murtaler Sparbank",
        registration="FN 999999a",
        vat_id="ATU99999999",
        bban="9999999999999999",
        phone="+43 316 99 99 99",
    ),
    _country(
        "8.1 2.6 3.8",
        code="CH",
        name="Schweiz",
        currency="CHF",
        house_first=False,
        cities="8400 Winterthur|9000 St. Gallen|6003 Luzern|1003 Lausanne",
        streets="Seestrasse|Kirchgasse|Ringstrasse",
        firms="Säntis Apparatebau|Rhyland Logistik|Reuss Treuhand",
        people="Urs Frei|Nina Keller",
        forms="AG|GmbH|SA",
        banks="Reuss Kantonalbank",
        registration="CH-999.999.999",
        vat_id="CHE999999999MWST",
        bban="99999999999999999",
        phone="+41 52 999 99 99",
    ),
    _country(
        "20 10 5.5",
        code="FR",
        name="France",
        currency="EUR",
        house_first=True,
        cities="35000 Rennes|69003 Lyon|59800 Lille|33000 Bordeaux|44000 Nantes",
        streets="rue des Tanneurs|avenue du Port|quai Saint-Pierre|chemin des Vignes",
        firms="Atelier Morvan|Établissements Garnot|Menuiserie du Lac|Rive Bleue Conseil|Comptoir Agricole de l'Ouest",
        people="Claire Audin|Marc Tessier",
        forms="SARL|SAS|SA|EURL",
        banks="Banque de l'Erdre|Crédit du Ponant",
        registration="RCS Rennes 999 999 999",
        vat_id="FR99999999999",
        bban="99999999999999999999999",
        phone="02 99 99 99 99",
    ),
    _country(
        "21 6 12",
        code="BE",
        name="Belgique",
        currency="EUR",
        house_first=False,
        cities="9000 Gent|4000 Liège|3000 Leuven|1050 Bruxelles",
        streets="Kouter|Rue Haute|Stationsstraat",
        firms="Scheldeland Techniek|Meuse Matériaux|Dijle Consult",
        people="Lies Maes|Luc Dubois",
        forms="BV|SRL|NV|SA",
        banks="Scheldebank",
        registration="RPR 0999.999.999",
        vat_id="BE0999999999",
        bban="999999999999",
        phone="+32 9 999 99 99",
    ),
    _country(
        "22 10 4",
        code="IT",
        name="Italia",
        currency="EUR",
        house_first=False,
        cities="10121 Torino TO|40121 Bologna BO|37121 Verona VR|80133 Napoli NA",
        streets="Via Garibaldi|Corso Milano|Via dei Mille|Piazza Duomo",
        firms="Officine Valsusa|Ceramiche Trasimeno|Fratelli Bonetti|Studio Lanterna|Vetreria Adige",
        people="Giulia Serra|Paolo Conti",
        forms="S.r.l.|S.p.A.|S.n.c.",
        banks="Banca del Trasimeno|Cassa dell'Adige",
        registration="REA TO-9999999",
        vat_id="IT99999999999",
        bban="A9999999999999999999999",
        phone="+39 011 999 9999",
    ),
    _country(
        "21 10 4",
        code="ES",
        name="España",
        currency="EUR",
        house_first=False,
        cities="46002 Valencia|41001 Sevilla|48001 Bilbao|50001 Zaragoza",
        streets="Calle Mayor|Avenida del Puerto|Calle de la Paz|Plaza Nueva",
        firms="Suministros Ebro|Talleres Arrieta|Aceites Sierra Alta|Gráficas Turia|Consultoría Levante",
        people="Lucía Romero|Javier Ortega",
        forms="S.L.|S.A.|S.L.U.",
        banks="Banco del Ebro|Caja Turia",
        registration="Reg. Merc. Valencia T-9999 F-99",
        vat_id="ESB99999999",
        bban="99999999999999999999",
        phone="+34 96 999 99 99",
    ),
    _country(
        "21 9",
        code="NL",
        name="Nederland",
        currency="EUR",
        house_first=False,
        cities="3511 LN Utrecht|9711 HV Groningen|6211 CX Maastricht|8011 PK Zwolle",
        streets="Oudegracht|Stationsplein|Molenweg|Havenkade",
        firms="Van Dalen Installatie|Waterkant Media|Polder Techniek|Bakkerij De Linde|IJsselstroom Energie",
        people="Sanne Visser|Pieter Bos",
        forms="B.V.|V.O.F.|N.V.",
        banks="IJsselbank|Polderkrediet",
        registration="99999999",
        vat_id="NL999999999B01",
        bban="AAAA9999999999",
        phone="030 999 99 99",
    ),
    _country(
        "23 8 5",
        code="PL",
        name="Polska",
        currency="PLN",
        house_first=False,
        cities="61-001 Poznań|30-001 Kraków|80-001 Gdańsk|50-001 Wrocław",
        streets="ul. Ogrodowa|ul. Długa|al. Niepodległości|ul. Młyńska",
        firms="Wartex Hurtownia|Zakład Stolarski Dąb|Bałtyk Logistyka|Śnieżka Instalacje|Usługi Budowlane Kowal",
        people="Anna Wójcik|Łukasz Zając",
        forms="Sp. z o.o.|S.A.|Sp. j.",
        banks="Bank Warty|Bank Nadmorski",
        registration="KRS 0000999999",
        vat_id="PL9999999999",
        bban="999999999999999999999999",
        phone="+48 61 999 99 99",
    ),
    _country(
        "23 13 6",
        code="PT",
        name="Portugal",
        currency="EUR",
        house_first=False,
        cities="4000-322 Porto|3000-213 Coimbra|1100-148 Lisboa|4700-320 Braga",
        streets="Rua das Flores|Avenida Central|Rua do Carmo|Largo da Sé",
        firms="Cortiças Douro|Metalúrgica Minho|Padaria Boa Vista|Mondego Sistemas|Irmãos Teixeira",
        people="Inês Carvalho|Rui Matos",
        forms="Lda.|S.A.|Unipessoal Lda.",
        banks="Banco Mondego|Caixa do Minho",
        registration="CRC Porto 99999",
        vat_id="PT999999999",
        bban="999999999999999999999",
        phone="+351 22 999 99 99",
    ),
)
COUNTRIES = {country.code: country for country in _ALL}
