"""What the templates say, one table a language: sentences in the form of `pattern`, without a figure in them."""

from collections.abc import Mapping
from dataclasses import dataclass

from invoice_reading.annotation import FieldStatus

Alternatives = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    headline: Alternatives
    tail: Alternatives  # of the one line, after the headline and `separator`
    separator: str
    totals: Alternatives
    net: Alternatives
    vat_row: Alternatives
    amount_due: Alternatives
    paid: Alternatives
    account: Alternatives
    direct_debit: Alternatives
    remittance: Alternatives
    purchase_order: Alternatives
    preceding: Alternatives
    one_line: Alternatives
    many_lines: Alternatives
    largest_lines: Alternatives
    line: Alternatives
    rule: Alternatives
    more_rules: str
    no_rule_failed: str
    subjects: Mapping[str, str]  # by field path
    other_subject: str
    predicates: Mapping[FieldStatus, str]
    low_confidence: str
    reasons: Mapping[str, str]  # by stable reason
    other_reason: str
    nothing: str
    quotes: tuple[str, str]

    def literals(self) -> tuple[str, ...]:
        """Returns every pattern and literal of the table."""
        texts: list[str] = []
        for name in self.__slots__:
            value = getattr(self, name)
            if isinstance(value, str):
                texts.append(value)
            else:
                texts.extend(value.values() if isinstance(value, Mapping) else value)
        return tuple(texts)
