"""Where an invoice uses which VAT category, and how much of its money falls under each: worked out once for all rules.

The artefacts count a category wherever it stands in the document, in some rules only where its tax is said to be VAT, and
the amount of a line once, however often the line states the category.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from en16931.exact import EXACT
from en16931.rules.term_rule import places
from en16931.rules.xpath_numbers import round_to_cents
from en16931.terms.stated_group import StatedGroup
from en16931.xml_reading import Syntax

_NAME = "vat-use"
_ZERO = Decimal(0)

CATEGORY, RATE = "any-category", "any-rate"

# Of UNTDID 5305: the categories that the artefacts treat otherwise than the rest.
STANDARD, OUTSIDE_VAT, IGIC = "S", "O", "L"


@dataclass(slots=True)
class Stated:
    """How often each category is stated, whatever its tax; where the tax is VAT; and how it is written."""

    any: Counter[str] = field(default_factory=Counter)
    vat: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Net:
    """The money under a category: of lines, allowances and charges. Each of the three knows whether it has any."""

    lines: Decimal | None = None
    allowances: Decimal | None = None
    charges: Decimal | None = None

    def add(self, part: str, amount: Decimal) -> None:
        """Adds an amount to a part."""
        match part:
            case "lines":
                self.lines = EXACT.add(self.lines or _ZERO, amount)
            case "allowances":
                self.allowances = EXACT.add(self.allowances or _ZERO, amount)
            case "charges":
                self.charges = EXACT.add(self.charges or _ZERO, amount)

    def total(self) -> Decimal:
        lines, changes = self.lines or _ZERO, self.changes()
        return EXACT.add(lines, changes)

    def changes(self) -> Decimal:
        return EXACT.subtract(self.charges or _ZERO, self.allowances or _ZERO)

    def total_of_rounded(self) -> Decimal:
        """Returns the same as the artefact for CII adds it up: each of the three rounded."""
        lines, allowances, charges = (
            round_to_cents(part or _ZERO) for part in (self.lines, self.allowances, self.charges)
        )
        return EXACT.subtract(EXACT.add(lines, charges), allowances)


_NOTHING = Net()


@dataclass(slots=True)
class VatUse:
    """`changes` are all allowances and charges, `rows` those of the breakdown, `taxes` all but those of lines."""

    lines: Stated
    allowances: Stated
    charges: Stated
    changes: Stated
    rows: Stated
    taxes: Stated
    net_by_category: dict[str, Net] = field(default_factory=dict)
    net_by_rate: dict[tuple[str, Decimal], Net] = field(default_factory=dict)
    rates_of_changes: set[tuple[str, Decimal]] = field(default_factory=set)

    def net(self, category: str) -> Net:
        """Returns the money under the category."""
        return self.net_by_category.get(category, _NOTHING)

    def net_at(self, category: str, rate: Decimal) -> Net | None:
        """Returns the money under the category at one rate; None where nothing has it."""
        return self.net_by_rate.get((category, rate))

    def is_used(self, category: str) -> bool:
        """Tells whether a line, an allowance or a charge is of the category."""
        return bool(self.lines.any[category] or self.changes.any[category])


def vat_use(invoice: StatedGroup) -> VatUse:
    """Returns the use of VAT categories in the invoice."""
    known: VatUse | None = invoice.memo.get(_NAME)
    if known is None:
        known = invoice.memo[_NAME] = _worked_out(invoice)
    return known


def _worked_out(invoice: StatedGroup) -> VatUse:
    use = _of_content(invoice) if invoice.syntax is None else _of_document(invoice)
    for at, part, amount in (
        ("BG-25", "lines", "BT-131"),
        ("BG-20", "allowances", "BT-92"),
        ("BG-21", "charges", "BT-99"),
    ):
        for group in places(invoice, at):
            _add(use, group, part, group.number(amount) or _ZERO)
    return use


def _of_document(invoice: StatedGroup) -> VatUse:
    lines, allowances, charges, changes, rows, taxes = (
        _stated(invoice, name)
        for name in (
            "tax-of-line",
            "tax-of-allowance",
            "tax-of-charge",
            "tax-of-change",
            "tax-of-row",
            "tax",
        )
    )
    use = VatUse(lines, allowances, charges, changes, rows, taxes)
    if invoice.syntax is not Syntax.CII:
        for tax in places(invoice, "tax-of-change"):
            rate = tax.number("rate")
            if rate is not None:
                use.rates_of_changes.add((tax.code("category"), rate))
    return use


def _stated(invoice: StatedGroup, name: str) -> Stated:
    stated = Stated()
    is_cii = invoice.syntax is Syntax.CII
    # For UBL, a category without a code is one as well.
    without_code: set[str] = set() if is_cii else {""}
    for tax in places(invoice, name):
        is_vat = tax.has("is-VAT")
        texts = tax.texts("category")
        for text in texts if len(texts) == 1 else set(texts) or without_code:
            code = text if is_cii else text.strip()
            stated.any[code] += 1
            stated.written[text] += 1
            if is_vat:
                stated.vat[code] += 1
    return stated


def _of_content(invoice: StatedGroup) -> VatUse:
    """Returns the use in content, where a tax is VAT."""

    def stated(*names: str) -> Stated:
        codes = Counter(
            text.strip()
            for name in names
            for group in places(invoice, name)
            for text in group.texts(CATEGORY)
        )
        return Stated(codes, codes, codes)

    return VatUse(
        stated("BG-25"),
        stated("BG-20"),
        stated("BG-21"),
        stated("BG-20", "BG-21"),
        stated("BG-23"),
        stated("BG-20", "BG-21", "BG-23"),
    )


def _add(use: VatUse, group: StatedGroup, part: str, amount: Decimal) -> None:
    rates = group.numbers(RATE)
    for category in _distinct(group.texts(CATEGORY), group.syntax):
        use.net_by_category.setdefault(category, Net()).add(part, amount)
        for rate in rates if len(rates) < 2 else {*rates}:
            use.net_by_rate.setdefault((category, rate), Net()).add(part, amount)


def _distinct(texts: Sequence[str], syntax: Syntax | None) -> Collection[str]:
    if len(texts) > 1:
        return {*texts} if syntax is Syntax.CII else {text.strip() for text in texts}
    return texts if syntax is Syntax.CII else [text.strip() for text in texts]
