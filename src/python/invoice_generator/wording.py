"""How one document words what it says: which label of several, which form of dates and numbers."""

import random
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from invoice_generator.drawing.canvas import Span
from invoice_generator.languages.language import Language

_SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$", "PLN": "zł"}
_SEPARATORS = {"1,234.56": (",", "."), "1.234,56": (".", ","), "1 234,56": (" ", ","), "1'234.56": ("'", "."),
               "1234.56": ("", "."), "1234,56": ("", ","), "1.500,--": (".", ",")}  # fmt: skip


class Wording:
    """Chosen once for a document, so that it words a thing in the same way throughout."""

    def __init__(
        self, language: Language, country: str, currency_style: str, rng: random.Random
    ) -> None:
        self._language = language
        self._seed = rng.random()
        self._numbers = "1'234.56" if country == "CH" else _early(language.numbers, rng)
        self._dates = _early(language.dates, rng)
        self._negative = rng.choices(("front", "back", "CR"), (80, 14, 6))[0]
        if self._negative == "CR" and language.code != "en":
            self._negative = "front"
        self._currency_style = currency_style

    def label(self, key: str) -> str:
        return self._one(key, self._language.labels[key])

    def title(self, kind: str) -> str:
        return self._one(kind, self._language.titles[kind])

    def phrase(self, key: str, **spans: Span) -> list[Span]:
        """Returns the phrase with the spans in its holes."""
        rest, parts = self._one(key, self._language.phrases[key]), []
        while "{" in rest:
            before, _, after = rest.partition("{")
            hole, _, rest = after.partition("}")
            parts += [Span(before, f"phrase.{key}"), spans[hole]]
        return [*parts, Span(rest, f"phrase.{key}")]

    def unit(self, key: str) -> str:
        return self._one(key, self._language.units[key])

    def date(self, day: date) -> str:
        return self._dates.format(
            d=day.day,
            dd=f"{day.day:02}",
            m=day.month,
            mm=f"{day.month:02}",
            y=day.year,
            yy=f"{day.year % 100:02}",
            month=self._language.months[day.month - 1],
        )

    def number(self, value: Decimal) -> str:
        """Returns it with the decimals it has."""
        group, point = _SEPARATORS[self._numbers]
        whole, _, decimals = f"{abs(value):,f}".partition(".")
        text = whole.replace(",", group) + (point + decimals if decimals else "")
        return "-" + text if value < 0 else text

    def quantity(self, value: Decimal) -> str:
        return self.number(
            value.quantize(Decimal(1)) if value == value.to_integral_value() else value
        )

    def money(self, amount: Decimal) -> str:
        text = self.number(abs(amount))
        if self._numbers == "1.500,--" and text.endswith(",00"):
            text = text.removesuffix("00") + "--"
        if amount >= 0:
            return text
        return {"front": f"-{text}", "back": f"{text}-", "CR": f"{text} CR"}[self._negative]

    def priced(self, amount: Decimal, role: str, currency: str) -> list[Span]:
        """Returns the amount with its currency, as this document writes it."""
        money, symbol = Span(self.money(amount), role), _SYMBOLS.get(currency, currency)
        match self._currency_style:
            case "code_after":
                return [money, Span(" "), Span(currency, "currency")]
            case "code_before":
                return [Span(currency, "currency"), Span(" "), money]
            case "symbol_after":
                return [money, Span(" "), Span(symbol, "currency")]
            case "symbol_before":
                return [Span(symbol, "currency"), Span(" "), money]
            case _:
                return [money]

    @property
    def currency_in_head(self) -> bool:
        return self._currency_style == "head"

    def _one(self, key: str, alternatives: Sequence[str]) -> str:
        return random.Random(f"{self._seed}:{key}").choice(alternatives)


def _early(alternatives: Sequence[str], rng: random.Random) -> str:
    """Draws one, the first of them twice as often."""
    return rng.choice((alternatives[0], *alternatives))
