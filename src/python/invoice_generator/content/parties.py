"""Firms that buy and sell."""

import random
import re
import unicodedata
from dataclasses import dataclass

from invoice_generator.content.countries import COUNTRIES
from invoice_generator.content.identifiers import account, filled, vat_id


@dataclass(frozen=True, slots=True)
class Party:
    """`brand` is what a logo says, which is not always the name; `address` is its lines without the name."""

    name: str
    brand: str
    country: str
    address: tuple[str, ...]
    vat_id: str
    registration: str
    iban: str
    bic: str
    bank: str
    phone: str
    email: str
    web: str
    contact: str


_ADDITIONS = ("Group", "Service", "Trade", "International", "2000", "Plus")


def party(
    country_code: str, rng: random.Random, *, abroad: bool = False, unlike: str = "\0"
) -> Party:
    """Returns a firm of the country, of another name than `unlike` begins.

    `abroad` prints its country as the last line of its address.
    """
    country = COUNTRIES[country_code]
    firm = rng.choice([firm for firm in country.firms if not firm.startswith(unlike)])
    brand = firm.split()[0] if rng.random() < 0.6 else firm
    if rng.random() < 0.25:
        firm = f"{firm} {rng.choice(_ADDITIONS)}"
    form = rng.choice(country.forms)
    street, house = rng.choice(country.streets), str(rng.randint(1, 180))
    lines = [f"{house} {street}" if country.house_first else f"{street} {house}"]
    if rng.random() < 0.15:
        lines.insert(0, rng.choice(country.people))
    lines.append(rng.choice(country.cities))
    if abroad:
        lines.append(country.name)
    host = _host(firm) + {"GB": ".co.uk"}.get(country_code, f".{country_code.lower()}")
    return Party(
        name=f"{firm} {form}",
        brand=brand,
        country=country_code,
        address=tuple(lines),
        vat_id=vat_id(country_code, country.vat_id, rng),
        registration=filled(country.registration, rng),
        iban=account(country_code, country.bban, rng),
        bic=filled("AAAA", rng) + country_code + filled("AA", rng),
        bank=rng.choice(country.banks),
        phone=filled(country.phone, rng),
        email=f"{rng.choice(('info', 'accounts', 'office'))}@{host}",
        web=f"www.{host}",
        contact=rng.choice(country.people),
    )


def _host(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
