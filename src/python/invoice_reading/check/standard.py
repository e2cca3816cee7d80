"""Which rules of EN 16931 are asked of content, beside its sums: those by which money is counted, and those without
which nobody knows who bought what.

The content is what was understood of a document, and what people have made of it since: a date in an odd form, or a VAT
total without its currency, is right here. What the official artefacts say of an e-invoice as it was written, about these
and all other rules, stands beside it (`en16931.judgement`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from en16931.finding import Finding, Severity
from en16931.judgement import first_places
from en16931.rules.business_rules import BUSINESS_RULES
from en16931.rules.decimals import DECIMAL_RULES
from en16931.rules.declared import Declared
from en16931.rules.rule import PackName
from en16931.rules.sums import SUMS
from en16931.rules.term_rule import TermRule

# Whether a term is stated. A page cannot tell: what is not read there is not a breach.
_PRESENCE = frozenset(
    (
        "BR-06 BR-07 BR-12 BR-13 BR-14 BR-15 BR-21 BR-22 BR-23 BR-24 BR-25 BR-26 BR-31 BR-32 BR-36 BR-37 "
        "BR-41 BR-43 BR-45 BR-46 BR-47 BR-48 BR-49 BR-50 BR-55 BR-61 BR-CO-04 BR-CO-18 BR-CO-19 BR-CO-20 "
        "BR-IC-11 BR-IC-12"
    ).split()
)
# How an e-invoice writes an amount: a page may have three decimals, as of dinars.
_DECIMALS = frozenset(rule.rule_id for rule in DECIMAL_RULES)
# BR-DEC-15 asks for a total in the accounting currency, by which nobody pays.
_WEIGHED = (
    {"BR-27", "BR-28", "BR-29", "BR-30", "BR-CO-03", "BR-B-02"}
    | {"BR-O-11", "BR-O-12", "BR-O-13", "BR-O-14"}
    | _PRESENCE
    | (_DECIMALS - {"BR-DEC-15"})
    | {
        f"BR-{family}-{number:02}"
        for family in ("S", "Z", "E", "AE", "IC", "G", "O", "AF", "AG")
        for number in (1, 5, 6, 7, 8, 9)
    }
)


@dataclass(frozen=True, slots=True)
class OnContent:
    """A rule on business terms as a `Rule` on declared content.

    Of content that claims EN 16931 it says whether it holds, fails or cannot be decided; of other content, such as that of
    a page, only that it fails, where every term that it needs was read.
    """

    rule: TermRule

    @property
    def rule_id(self) -> str:
        return self.rule.rule_id

    @property
    def pack(self) -> PackName:
        return self.rule.pack

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    @property
    def text(self) -> str:
        return self.rule.text

    @property
    def fields(self) -> tuple[str, ...]:
        return self.rule.fields

    def check(self, declared: Declared) -> Iterator[Finding]:
        if declared.stated.is_complete:
            yield from first_places(self.rule.check(declared.stated))
        elif self.rule_id not in _PRESENCE | _DECIMALS:
            yield from first_places(self.rule.broken(declared.stated))


STANDARD_RULES: tuple[OnContent, ...] = tuple(
    OnContent(rule)
    for rule in BUSINESS_RULES
    if rule.rule_id in _WEIGHED - SUMS.rule_ids and None in rule.syntaxes
)

# Those rules are asked of the content as it is now, corrected or not; all others of an e-invoice as it came.
ASKED_OF_CONTENT = SUMS.rule_ids | {rule.rule_id for rule in STANDARD_RULES}
