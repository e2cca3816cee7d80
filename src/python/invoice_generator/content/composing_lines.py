"""Composes the lines of a document."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from invoice_generator.content.document import CENT, Line
from invoice_generator.content.identifiers import filled
from invoice_generator.languages.language import Language

MAXIMUM_LINES = 3000
_ARTICLES = ("99999", "AA-9999", "999.999", "A99999-9")


def line_count(rng: random.Random) -> int:
    """Returns how many lines a document has: mostly a few, seldom hundreds, now and then thousands."""
    roll = rng.random()
    if roll < 0.72:
        return rng.randint(1, 9)
    if roll < 0.94:
        return rng.randint(10, 40)
    if roll < 0.995:
        return rng.randint(41, 200)
    return rng.randint(201, MAXIMUM_LINES)


def lines_of(
    count: int, sign: int, rates: Sequence[Decimal], language: Language, rng: random.Random
) -> tuple[Line, ...]:
    """Returns lines whose net amounts follow from their other cells."""
    article = rng.choice(_ARTICLES)
    sections = rng.sample(language.sections, 2) if count >= 5 and rng.random() < 0.2 else []
    discounts = rng.random() < 0.3
    wordy = rng.choice((0.0, 0.15, 0.5))
    lines = []
    for index in range(count):
        name, unit, listed = rng.choice(language.items)
        price = Decimal(listed) * rng.randint(85, 130) / 100
        price = price.quantize(Decimal("0.0001") if price < 1 else CENT, ROUND_HALF_UP)
        base = 100 if price < 1 else 1
        if base == 100:
            price = (price * 100).quantize(CENT, ROUND_HALF_UP)
        quantity = sign * _quantity(unit, base, rng)
        percent = (
            Decimal(rng.choice((5, 10, 15))) if discounts and rng.random() < 0.5 else Decimal(0)
        )
        net = (quantity * price / base * (100 - percent) / 100).quantize(CENT, ROUND_HALF_UP)
        rate = rates[0] if rng.random() < 0.7 else rng.choice(rates)
        section = ""
        if sections and index in (0, count // 2):
            section = sections[0 if index == 0 else 1]
        details = tuple(
            rng.sample(language.details, rng.randint(1, 3)) if rng.random() < wordy else ()
        )
        lines.append(
            Line(
                position=str(index + 1),
                article=filled(article, rng),
                name=name,
                details=details,
                quantity=quantity,
                unit=unit,
                price=price,
                price_base=base,
                percent=percent,
                rate=rate,
                code=str(rates.index(rate) + 1),
                net=net,
                gross=(net * (100 + rate) / 100).quantize(CENT, ROUND_HALF_UP),
                section=section,
            )
        )
    return tuple(lines)


def open_items(
    count: int, language: Language, issued: date, rng: random.Random
) -> tuple[Line, ...]:
    """Returns the open invoices that a reminder or a statement lists."""
    lines = []
    for index in range(count):
        amount = Decimal(rng.randint(2_000, 400_000)) / 100
        day = issued - timedelta(days=rng.randint(20, 200))
        name = language.phrases["open_item"][0].format(
            number=filled("R-99999", rng), date=f"{day.day:02}.{day.month:02}.{day.year}"
        )
        lines.append(
            Line(
                str(index + 1), "", name, (), Decimal(1), "piece", amount, 1,
                Decimal(0), Decimal(0), "", amount, amount,
            )  # fmt: skip
        )
    return tuple(lines)


def _quantity(unit: str, base: int, rng: random.Random) -> Decimal:
    if base == 100:
        return Decimal(rng.choice((100, 200, 250, 500, 1000, 2500)))
    if unit in ("hour", "kilo", "metre") and rng.random() < 0.6:
        return Decimal(rng.randint(2, 400)) / 4
    return Decimal(rng.choice((1, 1, 1, 2, 2, 3, 4, 5, 6, 8, 10, 12, 24, 40)))
