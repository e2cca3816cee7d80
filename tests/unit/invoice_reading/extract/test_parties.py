"""Names of seller and buyer, accounts, VAT identifiers and currency."""

import pytest

from en16931.model import CreditTransfer, InvoiceContent
from invoice_reading.annotation import FieldStatus
from invoice_reading.extract.extract import extract
from invoice_reading.page import Layer
from page_builder import Printed, column, page, right, text

IBAN = "payment_instructions.credit_transfers[0].account_identifier"


def names(content: InvoiceContent) -> tuple[str | None, str | None]:
    seller, buyer = content.seller, content.buyer
    return (seller.name if seller else None), (buyer.name if buyer else None)


def transfers(content: InvoiceContent) -> tuple[CreditTransfer, ...]:
    return content.payment_instructions.credit_transfers if content.payment_instructions else ()


def test_labelled_blocks_name_both() -> None:
    read = extract(
        [
            page(
                column(40, 40, ["Seller:", "Northern Tools", "1 High Street"]),
                column(320, 40, ["Bill to", "Harbour Cafe", "2 Quay"]),
            )
        ]
    )
    assert names(read.content) == ("Northern Tools", "Harbour Cafe")


def test_identifiers_under_the_label_are_no_names() -> None:
    read = extract(
        [page(column(40, 40, ["Verkäufer:", "GLN 4000001123452", "Lieferwerk GmbH", "Weg 2"]))]
    )
    assert names(read.content)[0] == "Lieferwerk GmbH"


def test_sender_line_names_the_seller_and_the_window_the_buyer() -> None:
    read = extract(
        [
            page(
                text(40, 120, "Beispiel Design UG · Lindenweg 3 · 20095 Hamburg", 7),
                column(40, 140, ["Kundenfirma AG", "Am Markt 7", "50667 Köln"]),
            )
        ]
    )
    assert names(read.content) == ("Beispiel Design UG", "Kundenfirma AG")


def test_logo_that_begins_the_name_at_the_foot_is_not_the_whole_name() -> None:
    read = extract(
        [
            page(
                text(380, 40, "Falkenauer", 14),
                text(380, 70, "Rechnung", 18),
                column(40, 120, ["Kunde:", "Kundenfirma AG", "Am Markt 7", "50667 Köln"]),
                column(40, 780, ["Falkenauer Werkzeuge GmbH", "Weg 3", "20095 Hamburg"]),
                column(240, 780, ["Tel. 040 123456", "post@falkenauer-werkzeuge.de"]),
            )
        ]
    )
    assert names(read.content) == ("Falkenauer Werkzeuge GmbH", "Kundenfirma AG")


def test_delivery_address_is_not_the_buyer() -> None:
    read = extract(
        [
            page(
                text(40, 40, "Menuiserie Lambert SAS", 14),
                column(
                    40, 120, ["Adresse de livraison", "Entrepôt Sud", "3 rue du Lac", "69001 Lyon"]
                ),
                column(
                    320,
                    120,
                    ["Adresse de facturation", "Mairie de Lyon", "1 place Centrale", "69001 Lyon"],
                ),
            )
        ]
    )
    assert names(read.content)[1] == "Mairie de Lyon"


def test_vat_identifier_of_the_customer_is_not_the_sellers() -> None:
    read = extract(
        [page(text(40, 40, "Your VAT ID: DE427984273"), text(40, 800, "VAT ID: DE202526944"))]
    )
    assert read.content.seller is not None
    assert read.content.seller.vat_identifier == "DE202526944"


def test_iban_is_joined_from_its_groups_and_checked() -> None:
    read = extract([page(text(40, 40, "IBAN: DE02 1203 0000 0000 2020 51 BIC: BYLADEM1001"))])
    [transfer] = transfers(read.content)
    assert transfer.account_identifier == "DE02120300000000202051"
    assert transfer.service_provider_identifier == "BYLADEM1001"


def test_wrong_check_digits_are_said_beside_the_declared_value() -> None:
    read = extract([page(text(40, 40, "IBAN: DE03 1203 0000 0000 2020 51"))])
    assert read.annotations[IBAN].status is FieldStatus.PRESENT
    assert read.annotations[IBAN].reasons == ("IBAN_CHECK_FAILED",)


def test_wrong_check_digits_of_a_recogniser_give_no_value() -> None:
    read = extract([page(text(40, 40, "IBAN: DE03 1203 0000 0000 2020 51"), layer=Layer.OCR)])
    assert transfers(read.content) == ()
    assert read.annotations[IBAN].status is FieldStatus.CONFLICT


def test_account_that_is_debited_is_not_paid_to() -> None:
    read = extract(
        [
            page(
                text(
                    40,
                    40,
                    "Der Betrag wird von Ihrem Konto IBAN DE02120300000000202051 per Lastschrift eingezogen",
                )
            )
        ]
    )
    assert transfers(read.content) == ()


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Total 12,00 €", "EUR"),
        ("Total CHF 12.00", "CHF"),
        ("Total £12.00", "GBP"),
        ("Currency: SEK", "SEK"),
        ("Total $12.00 USD", "USD"),
    ],
)
def test_currency_is_read_from_code_or_symbol(printed: str, code: str) -> None:
    assert extract([page(text(40, 40, printed))]).content.currency_code == code


def test_dollar_alone_is_ambiguous_and_beside_an_american_address_is_not() -> None:
    total = Printed(40, 400, "Total $12.00")
    alone = extract([page(total)])
    assert alone.content.currency_code is None
    assert alone.annotations["currency_code"].status is FieldStatus.AMBIGUOUS
    at_home = extract([page(total, text(40, 60, "Redmond WA, 98052"))])
    assert at_home.content.currency_code == "USD"


def test_name_that_stands_again_beside_the_account_is_the_sellers() -> None:
    letterhead = [right(550, 40, "Lindenhof Gartenpflege", 16), right(550, 62, "Am Anger 8")]
    buyer = column(40, 130, ["Kontor Seidel KG", "Hafenstr. 4", "20457 Hamburg"])
    account = "Konto von Lindenhof Gartenpflege: IBAN DE02 1203 0000 0000 2020 51"
    read = extract([page(letterhead, buyer, text(40, 600, account))])
    assert names(read.content) == ("Lindenhof Gartenpflege", "Kontor Seidel KG")


def test_block_whose_street_stands_again_at_the_foot_is_the_sellers() -> None:
    buyer = column(40, 90, ["City Limousines", "4 Quay Street", "Bristol BS1 5TR"])
    seller = column(380, 80, ["Pennant Design", "23 Main Street", "York YO1 7HB"])
    foot = text(40, 800, "Registered office: 23 Main Street, York YO1 7HB", 7)
    read = extract([page(buyer, seller, foot)])
    assert names(read.content) == ("Pennant Design", "City Limousines")


def test_title_with_its_number_over_an_address_is_no_name() -> None:
    block = column(
        320, 110, ["Fattura 118/A", "Cantine Morello S.p.A.", "Corso Asti 9", "14100 Asti"]
    )
    seller = [
        text(40, 30, "Officine Brenta S.r.l.", 14),
        *column(40, 52, ["Via Po 1", "35010 Vigonza"]),
    ]
    assert names(extract([page(seller, block)]).content)[1] == "Cantine Morello S.p.A."


def test_street_of_the_senders_line_is_not_the_buyer() -> None:
    read = extract(
        [
            page(
                column(400, 40, ["Beispiel Design UG", "Lindenweg 34", "20095 Hamburg"]),
                text(40, 120, "Beispiel Design UG · Lindenweg 34 · 20095 Hamburg", 7),
                column(40, 140, ["Kundenfirma AG", "Am Markt 7", "50667 Köln"]),
            )
        ]
    )
    assert names(read.content) == ("Beispiel Design UG", "Kundenfirma AG")


def test_irish_addresses_are_blocks_of_an_address() -> None:
    read = extract(
        [
            page(
                text(40, 120, "Corrib Tools DAC · 14 Main Street · Dublin D02 XY45", 7),
                column(40, 140, ["Liffey Data Ltd", "3 Harbour View", "Cork T12 AB34"]),
            )
        ]
    )
    assert names(read.content) == ("Corrib Tools DAC", "Liffey Data Ltd")


def test_recipient_is_the_buyer_where_no_label_names_one() -> None:
    recipient = column(40, 120, ["Odbiorca:", "Wartex Sp. j.", "ul. Prosta 7", "30-001 Kraków"])
    buyer = column(300, 120, ["Nabywca:", "Kowal S.A.", "ul. Długa 9", "61-001 Poznań"])
    assert names(extract([page(recipient)]).content)[1] == "Wartex Sp. j."
    assert names(extract([page(recipient, buyer)]).content)[1] == "Kowal S.A."


def test_iban_that_goes_on_in_the_next_line_of_a_paragraph_is_whole() -> None:
    printed = (
        text(40, 780, "Example GmbH | Bank of Examples | IBAN DE02 1203 0000 0000"),
        text(60, 791, "2020 51 | BIC BYLADEM1001"),
    )
    [transfer] = transfers(extract([page(*printed)]).content)
    assert transfer.account_identifier == "DE02120300000000202051"


@pytest.mark.parametrize(
    "address",
    ["Ruth Aldous · 24 Castle Gate · Stirling FK8 2ET", "Lange Reihe 32 · 86150 Augsburg · Land"],
)
def test_address_right_under_a_large_name_has_no_name_of_its_own(address: str) -> None:
    head = [text(200, 40, "Pennine Catering Ltd", 17), text(190, 62, address, 8)]
    buyer = column(40, 120, ["Customer:", "Brackwater Supplies plc", "47 Castle Gate"])
    assert names(extract([page(head, buyer)]).content) == (
        "Pennine Catering Ltd",
        "Brackwater Supplies plc",
    )


@pytest.mark.parametrize("foot", ["Hollin & Marsh International LLP", "Somebody Else LLP"])
def test_two_lines_are_one_name_where_the_foot_says_both(foot: str) -> None:
    head = column(400, 60, ["Hollin & Marsh", "International LLP", "171 Castle Gate"])
    buyer = column(40, 160, ["Customer:", "Pennine Catering Ltd", "76 Mill Lane"])
    seller, _ = names(extract([page(head, buyer, text(40, 780, foot, 7))]).content)
    assert (seller == "Hollin & Marsh International LLP") is foot.startswith("Hollin")


def test_word_that_is_a_label_begins_a_name_with_a_number() -> None:
    lines = ["Afzender:", "Van Dalen Installatie 2000 B.V.", "Oudegracht 3", "6211 CX Maastricht"]
    assert names(extract([page(column(40, 100, lines))]).content)[0] == lines[1]


def test_legal_form_over_two_lines_is_one_name() -> None:
    lines = ["Rechnung an:", "Brüggemann & Söhne GmbH &", "Co. KG", "Lange Reihe 32"]
    assert names(extract([page(column(40, 100, lines))]).content)[1] == " ".join(lines[1:3])


def test_street_beside_a_logo_that_is_a_label_is_no_name() -> None:
    head = [
        text(40, 30, "Van Dalen Installatie B.V."),
        text(40, 44, "Van", 11),
        text(120, 44, "Molenweg 18"),
        text(120, 57, "3511 LN Utrecht"),
    ]
    seller, _ = names(extract([page(head, text(40, 780, "Van Dalen Installatie B.V.", 7))]).content)
    assert seller == "Van Dalen Installatie B.V."


def test_name_over_three_lines_ends_as_the_foot_says() -> None:
    head = column(400, 60, ["Cortiças Douro", "International Unipessoal", "Lda.", "Rua 121"])
    whole = "Cortiças Douro International Unipessoal Lda."
    seller, _ = names(extract([page(head, text(40, 780, whole, 7))]).content)
    assert seller == whole


def test_legal_form_that_goes_on_in_the_next_line_belongs_to_the_name() -> None:
    head = [
        text(40, 60, "Nordhang Energie GmbH"),
        text(40, 71, "& Co. KG"),
        text(40, 84, "Hafenweg 9"),
    ]
    found = extract([page(*head, text(40, 300, "Rechnung 17"))])
    assert found.content.seller is not None
    assert found.content.seller.name == "Nordhang Energie GmbH & Co. KG"


def test_logo_is_completed_by_the_name_with_an_austrian_legal_form() -> None:
    head = [text(40, 60, "Steinfeld", 20.0), text(40, 100, "Murtal Bau GmbH")]
    address = [text(40, 112, "Am Ring 164"), text(40, 124, "5020 Salzburg")]
    foot = [text(40, 800, "Steinfeld Elektro OG"), text(300, 800, "IBAN AT39 1204 6687 5942 4188")]
    found = extract([page(*head, *address, *foot)])
    assert names(found.content) == ("Steinfeld Elektro OG", "Murtal Bau GmbH")


def test_sentence_with_a_date_is_no_name() -> None:
    line = "Esta nota refere-se SE à fatura R-06561 de 13/04/2023."
    found = extract([page(text(40, 60, line), text(40, 800, "Mondego Sistemas Lda."))])
    assert names(found.content)[0] == "Mondego Sistemas Lda."


def test_street_that_stands_again_at_the_foot_is_no_name() -> None:
    head = [
        text(40, 40, "Van Dalen V.O.F."),
        text(300, 44, "Oudegracht 143"),
        text(300, 56, "3511 LN Utrecht"),
    ]
    foot = [
        text(40, 800, "Van Dalen V.O.F."),
        text(300, 800, "Oudegracht 143"),
        text(300, 811, "3511 LN Utrecht"),
    ]
    assert names(extract([page(*head, *foot)]).content)[0] == "Van Dalen V.O.F."


def test_name_under_the_label_after_the_next_is_not_the_buyers() -> None:
    heads = [text(40, 100, "Kunde:"), text(40, 111, "73091"), text(40, 126, "Ansprechpartner:")]
    found = extract([page(*heads, text(40, 137, "Nina Keller"))])
    assert names(found.content)[1] is None
