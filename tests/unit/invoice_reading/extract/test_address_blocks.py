"""Addresses are found by their towns, and names by what is no field, no street and no town."""

import pytest

from invoice_reading.extract.address_blocks import AddressBlock, address_blocks, sender_name
from invoice_reading.extract.column_text import has_legal_form, is_name, same_name
from invoice_reading.extract.lexicon import Label
from invoice_reading.extract.marked_rows import marked_rows
from page_builder import Printed, column, page, text


def blocks(*printed: Printed | list[Printed]) -> list[AddressBlock]:
    return [*address_blocks(marked_rows([page(*printed)]))]


@pytest.mark.parametrize(
    "town",
    [
        "80333 München",
        "D-80333 München",
        "1025 RX Amsterdam",
        "Redmond WA, 98052",
        "London SW1B 3BN",
    ],
)
def test_name_is_the_first_line_above_a_town_of_any_country(town: str) -> None:
    [block] = blocks(column(40, 40, ["Anna Blume GmbH", "Ringweg 12", town]))
    assert (block.name.text, block.town.text) == ("Anna Blume GmbH", town)
    assert block.owner == frozenset()


def test_label_above_an_address_owns_it_and_is_not_its_name() -> None:
    [block] = blocks(column(40, 40, ["Bill to:", "Anna Blume GmbH", "Ringweg 12", "80333 München"]))
    assert (block.name.text, block.owner) == ("Anna Blume GmbH", frozenset({Label.BUYER}))


def test_addresses_side_by_side_are_told_apart() -> None:
    left, right = blocks(
        column(40, 40, ["Seller", "Anna Blume GmbH", "Ringweg 12", "80333 München"]),
        column(320, 40, ["Ship to", "Kurt Korn KG", "Ufergasse 3", "20095 Hamburg"]),
    )
    assert (left.name.text, left.owner) == ("Anna Blume GmbH", frozenset({Label.SELLER}))
    assert (right.name.text, right.owner) == ("Kurt Korn KG", frozenset({Label.OTHER_PARTY}))


def test_line_far_above_or_on_another_page_is_no_part_of_the_address() -> None:
    address = column(40, 200, ["Anna Blume GmbH", "Ringweg 12", "80333 München"])
    [block] = blocks(text(40, 40, "Kurt Korn KG"), address)
    assert block.name.text == "Anna Blume GmbH"
    pages = [page(text(40, 40, "Kurt Korn KG")), page(text(40, 40, "80333 München"), number=2)]
    assert [*address_blocks(marked_rows(pages))] == []


@pytest.mark.parametrize(
    "name", ["Anna Blume", "Blume & Korn GmbH", "Café Zwölf", "4 Farben KG", "L'Atelier"]
)
def test_what_can_be_a_name(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "line",
    [
        "X",
        "80333 München",
        "+49 89 1234567",
        "anna@blume.example",
        "www.blume.example",
        "Tel: 1234",
        "Rechnung",
        "A4711-2",
        "Blume " * 16,
    ],
)
def test_what_is_no_name(line: str) -> None:
    assert not is_name(line)


@pytest.mark.parametrize(
    ("name", "has_form"),
    [
        ("Blume GmbH", True),
        ("Blume GmbH & Co. KG", True),
        ("BLUME LTD.", True),
        ("Fleur SARL", True),
        ("Bloem B.V.", True),
        ("Agnes Blume", False),
        ("Sabine Kgosi", False),
        ("Incendio", False),
    ],
)
def test_legal_form_is_a_word_of_its_own(name: str, has_form: bool) -> None:
    assert has_legal_form(name) is has_form


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Anna Blume GmbH • Ringweg 12 • 80333 München", "Anna Blume GmbH"),
        ("Anna Blume GmbH, Ringweg 12, 80333 München", "Anna Blume GmbH"),
        ("Anna Blume GmbH - Ringweg 12 - D-80333 München", "Anna Blume GmbH"),
        ("Anna Blume GmbH • Ringweg 12 • München", None),
        ("Anna Blume GmbH • 80333 München", None),
        ("Anna Blume, Ringweg 12, 80333 München", "Anna Blume"),
        ("Westend, Nordstadt, 80333 München", None),
        ("anna@blume.example • Ringweg 12 • 80333 München", None),
    ],
)
def test_line_of_a_sender_has_its_name_before_street_and_town(line: str, name: str | None) -> None:
    [row] = marked_rows([page(text(40, 40, line))])
    found = sender_name(row)
    assert (found.text if found else None) == name


def test_same_name_whatever_case_accents_and_last_full_stop() -> None:
    assert same_name("Müller Ltd.", "MULLER LTD")
    assert not same_name("Müller Ltd.", "Müller Inc.")
