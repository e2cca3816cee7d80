"""Names, VAT identifiers and addresses of the XML are those of the page, in whatever notation."""

import pytest

from en16931.model import Buyer, InvoiceContent, Payee, PostalAddress, Seller
from invoice_reading.agreement.compare import compare
from invoice_reading.agreement.comparison import Verdict
from page_builder import Printed, column, page, text

ADDRESS = PostalAddress(line_1="Musterstraße 12", post_code="10115", city="Berlin")


def verdicts(content: InvoiceContent, *printed: Printed) -> dict[str, Verdict]:
    return {each.path: each.verdict for each in compare(content, [page(*printed)])}


def sold_by(name: str, vat_identifier: str | None = None) -> InvoiceContent:
    return InvoiceContent(seller=Seller(name=name, vat_identifier=vat_identifier))


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Müller & Söhne GmbH", "MÜLLER & SÖHNE GMBH"),
        ("Müller & Söhne GmbH", "Mueller und Soehne G.m.b.H."),
        ("Atelier Garonne SARL", "Atelier Garonne S.A.R.L."),
        ("Fenwick Limited", "Fenwick Ltd."),
        ("Au bon moulin", "Au bon moulin SARL - 84340 Malaucène"),
        ("Nordwind GmbH", "Nordwind"),
        ("École Élémentaire", "ECOLE ELEMENTAIRE"),
    ],
)
def test_name_is_found_however_it_is_printed(name: str, printed: str) -> None:
    assert verdicts(sold_by(name), text(50, 50, printed)) == {"seller.name": Verdict.AGREES}


def test_name_that_is_broken_over_two_lines_is_found() -> None:
    printed = column(50, 50, ["Communauté de communes", "du Val de Loire"])
    found = verdicts(sold_by("Communauté de communes du Val de Loire"), *printed)
    assert found == {"seller.name": Verdict.AGREES}


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Nordwind AG", "Nordwind GmbH"),
        ("Nordwind Holding GmbH", "Nordwind GmbH"),
        ("Fremde Firma GmbH", "Nordwind GmbH"),
    ],
)
def test_another_name_is_a_disagreement(name: str, printed: str) -> None:
    assert verdicts(sold_by(name), text(50, 50, printed)) == {"seller.name": Verdict.DISAGREES}


def test_page_that_names_nobody_prints_no_name() -> None:
    assert verdicts(sold_by("Nordwind GmbH"), text(50, 50, "Invoice 4711")) == {
        "seller.name": Verdict.NOT_PRINTED
    }


def test_seller_and_buyer_that_have_changed_places_disagree() -> None:
    printed = (
        *column(50, 50, ["From:", "Nordwind GmbH", "Weg 1", "10115 Berlin"]),
        *column(300, 50, ["Bill to:", "Kunde AG", "Ring 2", "20457 Hamburg"]),
    )
    right = InvoiceContent(seller=Seller(name="Nordwind GmbH"), buyer=Buyer(name="Kunde AG"))
    wrong = InvoiceContent(seller=Seller(name="Kunde AG"), buyer=Buyer(name="Nordwind GmbH"))
    assert set(verdicts(right, *printed).values()) == {Verdict.AGREES}
    assert set(verdicts(wrong, *printed).values()) == {Verdict.DISAGREES}


def test_name_that_stands_elsewhere_is_not_that_beside_the_label() -> None:
    printed = (
        *column(50, 50, ["Verkäufer:", "Nordwind GmbH", "Weg 1", "10115 Berlin"]),
        text(50, 300, "Bank: Sparkasse Nord AG"),
    )
    found = verdicts(sold_by("Sparkasse Nord AG"), *printed)
    assert found == {"seller.name": Verdict.DISAGREES}


def test_payee_has_to_be_printed() -> None:
    content = InvoiceContent(payee=Payee(name="Factoring Plus Ltd"))
    printed = text(50, 50, "Nordwind GmbH")
    assert verdicts(content, printed)["payee.name"] is Verdict.DISAGREES
    named = text(50, 70, "Payee: Factoring Plus Ltd")
    assert verdicts(content, printed, named)["payee.name"] is Verdict.AGREES


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [
        ("USt-IdNr. DE136695976", Verdict.AGREES),
        ("USt-IdNr. DE 136 695 976", Verdict.AGREES),
        ("VAT no. 136695976", Verdict.AGREES),
        ("USt-IdNr. DE811569869", Verdict.DISAGREES),
        ("USt-IdNr. DE123456789", Verdict.DISAGREES),  # its check digits are wrong
        ("Sitz Berlin, DE 811 569 869", Verdict.DISAGREES),
        ("VAT 265.00 EUR", Verdict.NOT_PRINTED),
        ("IBAN DE02 1203 0000 0000 2020 51", Verdict.NOT_PRINTED),
    ],
)
def test_vat_identifier_is_that_of_the_page(printed: str, verdict: Verdict) -> None:
    content = sold_by("Nordwind GmbH", "DE136695976")
    found = verdicts(content, text(50, 50, "Nordwind GmbH"), text(50, 70, printed))
    assert found["seller.vat_identifier"] is verdict


def test_address_is_found_in_other_notations() -> None:
    content = InvoiceContent(seller=Seller(name="Nordwind GmbH", postal_address=ADDRESS))
    for street in ("Musterstr. 12", "MUSTERSTRASSE 12", "Musterstraße 12, Hof 3"):
        printed = column(50, 50, ["Nordwind GmbH", street, "D-10115 Berlin"])
        assert set(verdicts(content, *printed).values()) == {Verdict.AGREES}, street


@pytest.mark.parametrize(
    ("part", "line"),
    [
        ("line_1", "Nordwind GmbH, Andere Gasse 9, 10115 Berlin"),
        ("post_code", "Nordwind GmbH, Musterstraße 12, 10117 Berlin"),
        ("city", "Nordwind GmbH, Musterstraße 12, 10115 Potsdam"),
    ],
)
def test_part_of_an_address_that_is_another_is_a_disagreement(part: str, line: str) -> None:
    content = InvoiceContent(seller=Seller(name="Nordwind GmbH", postal_address=ADDRESS))
    found = verdicts(content, text(50, 50, line))
    assert found.pop(f"seller.postal_address.{part}") is Verdict.DISAGREES
    assert set(found.values()) == {Verdict.AGREES}


def test_other_address_under_the_name_is_a_disagreement_and_none_is_not_printed() -> None:
    content = InvoiceContent(seller=Seller(name="Nordwind GmbH", postal_address=ADDRESS))
    parts = {f"seller.postal_address.{part}" for part in ("line_1", "post_code", "city")}
    moved = column(50, 50, ["Nordwind GmbH", "Ring 2", "20457 Hamburg"])
    found = verdicts(content, *moved)
    assert {found[part] for part in parts} == {Verdict.DISAGREES}
    found = verdicts(content, text(50, 50, "Nordwind GmbH"))
    assert {found[part] for part in parts} == {Verdict.NOT_PRINTED}


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        (["10115 Berlin", "Deutschland"], Verdict.AGREES),
        (["D-10115 Berlin"], Verdict.AGREES),
        (["DE 10115 Berlin"], Verdict.AGREES),
        (["10115 Berlin", "GERMANY"], Verdict.AGREES),
        (["10115 Berlin", "Österreich"], Verdict.DISAGREES),
        (["A-10115 Berlin"], Verdict.DISAGREES),
        (["10115 Berlin", "Telefon 030 1234"], Verdict.NOT_PRINTED),
        (["10115 Berlin"], Verdict.NOT_PRINTED),
    ],
)
def test_country_is_that_beside_the_town(lines: list[str], verdict: Verdict) -> None:
    address = PostalAddress(post_code="10115", city="Berlin", country_code="DE")
    content = InvoiceContent(seller=Seller(name="Nordwind GmbH", postal_address=address))
    found = verdicts(content, *column(50, 50, ["Nordwind GmbH", *lines]))
    assert found["seller.postal_address.country_code"] is verdict


def test_town_that_the_buyer_shares_says_nothing_of_an_address_that_is_not_printed() -> None:
    content = InvoiceContent(
        seller=Seller(name="Nordwind GmbH", postal_address=ADDRESS),
        buyer=Buyer(
            name="Kunde AG",
            postal_address=PostalAddress(line_1="Ring 2", post_code="10115", city="Berlin"),
        ),
    )
    printed = column(50, 50, ["Nordwind GmbH", "Musterstraße 12", "10115 Berlin"])
    found = verdicts(content, *printed, text(50, 300, "Kunde AG"))
    assert found["buyer.postal_address.line_1"] is Verdict.NOT_PRINTED
    assert found["seller.postal_address.line_1"] is Verdict.AGREES


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Muster GmbH", "Muster Bau GmbH"),
        ("Muster GmbH", "Muster GmbH & Co. KG, Hauptstr. 1, 10115 Berlin"),
        ("Bau GmbH", "Muster Bau GmbH"),
        ("Muster", "Muster Bau"),
        ("Muster GmbH", "Schmidt & Muster GmbH"),
        ("Muster GmbH", "Schmidt und Muster GmbH"),
        ("Muster GmbH", "Bau-Muster GmbH"),
    ],
)
def test_name_that_is_a_part_of_the_printed_one_is_another(name: str, printed: str) -> None:
    for found in (text(50, 50, printed), text(50, 50, f"An {printed}")):
        assert verdicts(sold_by(name), found) == {"seller.name": Verdict.DISAGREES}


@pytest.mark.parametrize(
    "printed",
    [
        "Muster GmbH · Hauptstr. 1 · 10115 Berlin",
        "Muster GmbH, Hauptstr. 1, 10115 Berlin",
        "Muster GmbH Hauptstr. 1",
        "Firma Muster GmbH",
        "Kontoinhaber: Muster GmbH",
        "bitte zahlen Sie an Muster GmbH bis Freitag",
        "Muster - Ihr Partner am Bau",
    ],
)
def test_name_is_whole_beside_an_address_or_in_a_sentence(printed: str) -> None:
    found = verdicts(sold_by("Muster GmbH"), text(50, 50, printed))
    assert found == {"seller.name": Verdict.AGREES}


def test_name_that_is_whole_at_one_place_agrees() -> None:
    printed = column(50, 50, ["Muster Bau GmbH", "Muster GmbH"])
    assert verdicts(sold_by("Muster GmbH"), *printed) == {"seller.name": Verdict.AGREES}


@pytest.mark.parametrize(
    ("line", "city", "path"),
    [
        ("Alte Musterstraße 12", "Berlin", "line_1"),
        ("Musterstraße 12 b", "Berlin", "line_1"),
        ("Musterstraße 12", "Bad Berlin", "city"),
        ("Musterstraße 12", "Berlin-Buch", "city"),
    ],
)
def test_street_or_town_that_is_a_part_of_the_printed_one_is_another(
    line: str, city: str, path: str
) -> None:
    content = InvoiceContent(buyer=Buyer(name="Nordwind GmbH", postal_address=ADDRESS))
    printed = column(50, 50, ["Nordwind GmbH", line, f"10115 {city}"])
    found = verdicts(content, *printed)
    wrong = {key for key, verdict in found.items() if verdict is not Verdict.AGREES}
    assert wrong == {f"buyer.postal_address.{path}"}


@pytest.mark.parametrize("printed", ["DE811569869", "DE 811569869", "DE 811 569 869"])
def test_digits_of_another_country_are_another_vat_identifier(printed: str) -> None:
    line = text(50, 50, f"Nordwind GmbH, USt-IdNr. {printed}")
    found = verdicts(sold_by("Nordwind GmbH", "AT811569869"), line)
    assert found["seller.vat_identifier"] is Verdict.DISAGREES
    found = verdicts(sold_by("Nordwind GmbH", "DE811569869"), line)
    assert found["seller.vat_identifier"] is Verdict.AGREES


@pytest.mark.parametrize(
    "lines",
    [
        ["Spediteur: Südwind AG, USt-IdNr. ATU12345675"],
        ["Tax representative", "Südwind AG", "Hauptplatz 1", "VAT ID ATU12345675"],
    ],
)
def test_vat_identifier_of_a_third_party_is_not_that_of_the_seller(lines: list[str]) -> None:
    content = sold_by("Nordwind GmbH", "DE811569869")
    found = verdicts(content, text(50, 50, "Nordwind GmbH"), *column(50, 200, lines))
    assert found["seller.vat_identifier"] is Verdict.NOT_PRINTED
    own = ["Unsere Daten", "USt-IdNr. ATU12345675"]
    found = verdicts(content, text(50, 50, "Nordwind GmbH"), *column(50, 200, own))
    assert found["seller.vat_identifier"] is Verdict.DISAGREES


def test_vat_identifier_of_a_carrier_in_the_place_of_the_sellers_disagrees() -> None:
    printed = column(
        50, 50, ["Nordwind GmbH, USt-IdNr. DE811569869", "Spediteur: USt-IdNr. ATU12345675"]
    )
    for identifier, expected in (
        ("DE811569869", Verdict.AGREES),
        ("ATU12345675", Verdict.DISAGREES),
    ):
        found = verdicts(sold_by("Nordwind GmbH", identifier), *printed)
        assert found["seller.vat_identifier"] is expected
