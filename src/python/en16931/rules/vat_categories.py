"""The categories of VAT, each with its rules: BR-S, BR-Z, BR-E, BR-AE, BR-IC, BR-G, BR-O, BR-AF, BR-AG and BR-B.

The standard writes the same ten rules for nearly every category: -01 that the breakdown has it, -02 to -04 which
identifiers of the parties a line, an allowance and a charge need, -05 to -07 which rate they have, -08 the taxable
amount, -09 the tax, -10 the reason for which no tax is due. A `VatCategory` says in what they differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from en16931.rules import vat_checks
from en16931.rules.cen_rule import cen_rule
from en16931.rules.term_rule import CII, E_INVOICES, EVERY_SYNTAX, INVOICE, UBL, TermRule
from en16931.rules.uses_read import uses_are_read
from en16931.rules.vat_checks import Parties, Rate
from en16931.xml_reading import Syntax


class Rows(Enum):
    """How many rows of the breakdown a category that is used has."""

    ONE = auto()
    ONE_FOR_EACH_RATE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class VatCategory:
    """`family` is how the rules are named, `code` what invoices state (UNTDID 5305)."""

    family: str
    code: str
    name: str
    rows: Rows
    parties: Parties
    rate: Rate
    has_reason: bool


CATEGORIES = (
    VatCategory(
        family="S",
        code="S",
        name="standard rated",
        rows=Rows.ONE_FOR_EACH_RATE,
        parties=Parties.SELLER,
        rate=Rate.POSITIVE,
        has_reason=False,
    ),
    VatCategory(
        family="Z",
        code="Z",
        name="zero rated",
        rows=Rows.ONE,
        parties=Parties.SELLER,
        rate=Rate.ZERO,
        has_reason=False,
    ),
    VatCategory(
        family="E",
        code="E",
        name="exempt from VAT",
        rows=Rows.ONE,
        parties=Parties.SELLER,
        rate=Rate.ZERO,
        has_reason=True,
    ),
    VatCategory(
        family="AE",
        code="AE",
        name="reverse charge",
        rows=Rows.ONE,
        parties=Parties.SELLER_AND_BUYER,
        rate=Rate.ZERO,
        has_reason=True,
    ),
    VatCategory(
        family="IC",
        code="K",
        name="intra-community supply",
        rows=Rows.ONE,
        parties=Parties.VAT_OF_SELLER_AND_BUYER,
        rate=Rate.ZERO,
        has_reason=True,
    ),
    VatCategory(
        family="G",
        code="G",
        name="export outside the EU",
        rows=Rows.ONE,
        parties=Parties.VAT_OF_SELLER,
        rate=Rate.ZERO,
        has_reason=True,
    ),
    VatCategory(
        family="O",
        code="O",
        name="not subject to VAT",
        rows=Rows.ONE,
        parties=Parties.NO_VAT,
        rate=Rate.NONE,
        has_reason=True,
    ),
    VatCategory(
        family="AF",
        code="L",
        name="IGIC of the Canary Islands",
        rows=Rows.ONE_FOR_EACH_RATE,
        parties=Parties.SELLER,
        rate=Rate.NOT_NEGATIVE,
        has_reason=False,
    ),
    VatCategory(
        family="AG",
        code="M",
        name="IPSI of Ceuta and Melilla",
        rows=Rows.ONE_FOR_EACH_RATE,
        parties=Parties.SELLER,
        rate=Rate.NOT_NEGATIVE,
        has_reason=False,
    ),
)

# A line, an allowance and a charge: the group, its category and its rate.
_USES = (
    ("BG-25", "BT-151", "BT-152", "line"),
    ("BG-20", "BT-95", "BT-96", "allowance"),
    ("BG-21", "BT-102", "BT-103", "charge"),
)

_Asked = tuple[str, frozenset[Syntax | None], tuple[str, str] | None]

# Where the taxes of these stand; the artefacts also ask of allowances and charges of lines.
_TAXES_OF: dict[str, tuple[tuple[str, frozenset[Syntax | None]], ...]] = {
    "BG-25": (("BG-25/BG-30", EVERY_SYNTAX),),
    "BG-20": (("BG-20/tax", EVERY_SYNTAX), ("allowance-tax-elsewhere", E_INVOICES)),
    "BG-21": (("BG-21/tax", EVERY_SYNTAX), ("charge-tax-elsewhere", E_INVOICES)),
}


def _rules(category: VatCategory) -> Iterator[TermRule]:
    code, name, family = category.code, category.name, category.family
    by_rate = category.rows is Rows.ONE_FOR_EACH_RATE
    yield cen_rule(
        f"BR-{family}-01",
        INVOICE,
        "BT-118 BT-151 BT-95 BT-102",
        f"What is {name} ({code}) has {'a row' if by_rate else 'exactly one row'} in the VAT breakdown.",
        vat_checks.has_rows(code) if by_rate else vat_checks.has_one_row(code),
    )
    for number, (at, stated, _, use) in enumerate(_USES, start=2):
        yield cen_rule(
            f"BR-{family}-{number:02}",
            INVOICE,
            stated,
            f"With a {use} that is {name} ({code}), the invoice {category.parties.value}.",
            vat_checks.parties_are_identified(category.parties, code, at),
        )
    for number, (at, stated, rate, use) in enumerate(_USES, start=5):
        text = f"The VAT rate ({rate}) of a {use} that is {name} ({code}) {category.rate.value}."
        holds = vat_checks.has_rate(category.rate, code, rate)
        for where, syntaxes in _TAXES_OF[at]:
            yield cen_rule(
                f"BR-{family}-{number:02}",
                where,
                f"{stated} {rate}",
                text,
                holds,
                syntaxes=syntaxes,
                where=(stated, code),
            )
    yield from _rules_of_row(category)


def _rules_of_row(category: VatCategory) -> Iterator[TermRule]:
    code, name, family = category.code, category.name, category.family
    by_rate = category.rows is Rows.ONE_FOR_EACH_RATE
    for at, syntaxes in (("BG-23/tax", UBL), ("BG-23", CII)):
        # Of what is standard or zero rated, the artefact for CII does not look whether the tax is VAT.
        is_any_tax = syntaxes is CII and code in ("S", "Z")
        where = ("any-category" if is_any_tax else "BT-118", code)
        yield cen_rule(
            f"BR-{family}-08",
            at,
            "BT-116 BT-131 BT-92 BT-99 BT-151 BT-95 BT-102",
            f"The taxable amount (BT-116) of what is {name} ({code}) is the sum of lines, less allowances, plus "
            f"charges{' at its rate' if by_rate else ''}.",
            vat_checks.base_at_rate(code) if by_rate else vat_checks.base(code),
            syntaxes=syntaxes,
            where=where,
            is_read=uses_are_read(by_rate=by_rate),
        )
        yield cen_rule(
            f"BR-{family}-09",
            at,
            "BT-117 BT-116 BT-119" if by_rate else "BT-117",
            f"The tax (BT-117) on what is {name} ({code}) is "
            f"{'the taxable amount times the rate' if by_rate else 'zero'}.",
            vat_checks.tax_is_computed(code) if by_rate else vat_checks.tax_is_zero,
            syntaxes=syntaxes,
            where=where,
        )
        yield cen_rule(
            f"BR-{family}-10",
            at,
            "BT-120 BT-121",
            f"What is {name} ({code}) has {'a' if category.has_reason else 'no'} reason for which no tax is due "
            "(BT-120, BT-121).",
            vat_checks.has_reason if category.has_reason else vat_checks.has_no_reason,
            syntaxes=syntaxes,
            where=where,
        )


# In UBL these are asked of the invoice, in CII of each row of the category.
_OF_SUPPLY: tuple[_Asked, ...] = ((INVOICE, UBL, None), ("BG-23", CII, ("BT-118", "K")))
_OF_OUTSIDE_VAT: tuple[_Asked, ...] = ((INVOICE, UBL, None), ("BG-23", CII, ("BT-118", "O")))

VAT_CATEGORY_RULES = (
    *(rule for category in CATEGORIES for rule in _rules(category)),
    *(
        cen_rule(
            rule_id,
            at,
            terms,
            f"An intra-community supply (K) states {what}.",
            holds,
            syntaxes=syntaxes,
            where=where,
        )
        for rule_id, terms, what, holds in (
            (
                "BR-IC-11",
                "BT-72 BG-14",
                "when it was delivered (BT-72) or for which period (BG-14)",
                vat_checks.supply_is_dated,
            ),
            (
                "BR-IC-12",
                "BT-80",
                "to which country it was delivered (BT-80)",
                vat_checks.supply_has_country,
            ),
        )
        for at, syntaxes, where in _OF_SUPPLY
    ),
    *(
        cen_rule(
            rule_id,
            at,
            term,
            f"Where something is not subject to VAT (O), every {use} is so.",
            vat_checks.all_are_outside_vat(term),
            syntaxes=syntaxes,
            where=where,
        )
        for rule_id, term, use in (
            ("BR-O-11", "BT-118", "row of the VAT breakdown"),
            ("BR-O-12", "BT-151", "line"),
            ("BR-O-13", "BT-95", "allowance"),
            ("BR-O-14", "BT-102", "charge"),
        )
        for at, syntaxes, where in _OF_OUTSIDE_VAT
    ),
    cen_rule(
        "BR-B-01",
        INVOICE,
        "BT-40 BT-55",
        "Split payment (B) is for invoices within Italy.",
        vat_checks.split_payment_is_italian,
    ),
    cen_rule(
        "BR-B-02",
        INVOICE,
        "BT-118",
        "With split payment (B), nothing is standard rated (S).",
        vat_checks.split_payment_has_no_standard_rate,
    ),
)
