"""Where the rules of a VAT category look: at the invoice, at each tax that states the category, at each row that has it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from en16931.rules.cen_rule import cen_rule
from en16931.rules.term_rule import CII, E_INVOICES, EVERY_SYNTAX, INVOICE, UBL, TermRule, Verdict
from en16931.rules.vat_categories.parties import Identified, if_used
from en16931.rules.vat_categories.rates import Rate, has_rate
from en16931.rules.vat_categories.use import Use
from en16931.terms.stated_group import StatedGroup

Holds = Callable[[StatedGroup], Verdict]


@dataclass(frozen=True, slots=True)
class VatCategory:
    """A category by the code that invoices state (UNTDID 5305). Each method returns the rule, or the rules, of one id.

    Where `is_any_tax_in_cii`, the artefact for CII does not look whether the tax of a row is VAT.
    """

    code: str
    is_any_tax_in_cii: bool = False

    def in_breakdown(self, rule_id: str, text: str, holds: Callable[[str], Holds]) -> TermRule:
        """-01: `holds` is made for the category, and asked of the invoice."""
        return cen_rule(rule_id, INVOICE, "BT-118 BT-151 BT-95 BT-102", text, holds(self.code))

    def with_use(self, rule_id: str, use: Use, text: str, identified: Identified) -> TermRule:
        """-02 to -04: the parties are `identified` where a line, an allowance or a charge is of the category."""
        return cen_rule(
            rule_id, INVOICE, use.category, text, if_used(self.code, use.group, identified)
        )

    def rate_of_use(self, rule_id: str, use: Use, text: str, rate: Rate) -> Iterator[TermRule]:
        """-05 to -07: the artefacts also ask it of the allowances and charges of lines."""
        for at, syntaxes in ((use.tax, EVERY_SYNTAX), (use.tax_elsewhere, E_INVOICES)):
            if at:
                yield cen_rule(
                    rule_id,
                    at,
                    f"{use.category} {use.rate}",
                    text,
                    has_rate(rate, self.code, use.rate),
                    syntaxes=syntaxes,
                    where=(use.category, self.code),
                )

    def in_row(
        self,
        rule_id: str,
        terms: str,
        text: str,
        holds: Holds,
        *,
        is_read: Callable[[StatedGroup], bool] | None = None,
    ) -> Iterator[TermRule]:
        """-08 to -10: asked of each row of the breakdown that has the category; in UBL, of the tax in the row."""
        of_cii = "any-category" if self.is_any_tax_in_cii else "BT-118"
        for at, syntaxes, term in (("BG-23/tax", UBL, "BT-118"), ("BG-23", CII, of_cii)):
            yield cen_rule(
                rule_id,
                at,
                terms,
                text,
                holds,
                syntaxes=syntaxes,
                where=(term, self.code),
                is_read=is_read,
            )

    def where_in_breakdown(
        self, rule_id: str, terms: str, text: str, holds: Holds
    ) -> Iterator[TermRule]:
        """-11 and up: asked of the invoice in UBL, and in CII of each row of the breakdown that has the category."""
        yield cen_rule(rule_id, INVOICE, terms, text, holds, syntaxes=UBL)
        yield cen_rule(
            rule_id, "BG-23", terms, text, holds, syntaxes=CII, where=("BT-118", self.code)
        )
