"""What a summary may say, one table a language: sentences in the form of `pattern`, without a figure in them.

The template writes these sentences, and the gate accepts no others, whoever writes. A hole is the place of one business
term, so that the words around it are all that may be said of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from invoice_reading.annotation import FieldStatus

Alternatives = tuple[str, ...]
BULLET = "\n• "  # before each line of the list of lines


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
    left_out: str  # of a value that no text can show
    reasons: Mapping[str, str]  # by stable reason
    other_reason: str
    nothing: str
    quotes: tuple[str, str]

    def sentences(self) -> tuple[str, ...]:
        """Returns every sentence with a hole, but those of the list of lines."""
        headlines = tuple(f"{headline}." for headline in self.headline)
        one_lines = tuple(
            f"{headline}{self.separator}{tail}." for headline in self.headline for tail in self.tail
        )
        return (
            *one_lines,  # before their own beginnings, which may end in a name with a stop
            *headlines,
            *self.totals,
            *self.net,
            *self.vat_row,
            *self.amount_due,
            *self.paid,
            *self.account,
            *self.direct_debit,
            *self.remittance,
            *self.purchase_order,
            *self.preceding,
            *self.rule,
        )

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
