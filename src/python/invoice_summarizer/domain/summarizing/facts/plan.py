"""The plan of a summary: which facts a style says, in which order, and which of them it may leave out.

Everything that a reader must not miss is REQUIRED, in every style: which way the money goes, and what is wrong.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import chain, islice

from invoice_reading.reading import Reading
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.summarizing.facts.amounts import additions, totals, vat_rows
from invoice_summarizer.domain.summarizing.facts.direction import direction
from invoice_summarizer.domain.summarizing.facts.doubts import doubts, not_given
from invoice_summarizer.domain.summarizing.facts.due import discounts, terms
from invoice_summarizer.domain.summarizing.facts.fact import Fact, Planned
from invoice_summarizer.domain.summarizing.facts.ground import Ground
from invoice_summarizer.domain.summarizing.facts.kind import FactKind
from invoice_summarizer.domain.summarizing.facts.lines import purchases, single_purchases
from invoice_summarizer.domain.summarizing.facts.next_step import next_step
from invoice_summarizer.domain.summarizing.facts.parties import identity, references
from invoice_summarizer.domain.summarizing.facts.payment import accounts, payee, remittance
from invoice_summarizer.domain.summarizing.facts.problems import information, problems
from invoice_summarizer.domain.summary import Style


class Group(StrEnum):
    """What an approver asks."""

    WRONG = "WRONG"
    WHO = "WHO"
    DIRECTION = "DIRECTION"
    PAYEE = "PAYEE"
    FOR_WHAT = "FOR_WHAT"
    TOTAL = "TOTAL"
    VAT = "VAT"
    NO_VAT = "NO_VAT"
    ADDITIONS = "ADDITIONS"
    DISCOUNTS = "DISCOUNTS"
    TERMS = "TERMS"
    ACCOUNTS = "ACCOUNTS"
    REMITTANCE = "REMITTANCE"
    REFERENCES = "REFERENCES"
    NOT_GIVEN = "NOT_GIVEN"
    INFORMATION = "INFORMATION"
    NEXT = "NEXT"


class Freedom(StrEnum):
    """How far a writer may depart from the style's own choice of facts."""

    NONE = "NONE"
    ADD = "ADD"  # any further fact may be said
    SELECT = "SELECT"  # a reader said what matters: of the style only the core is required


_G = Group
_REQUIRED, _OPTIONAL = True, False

# In the order of the text. Of what is optional, what comes first is said as long as there is room.
_STYLES: Mapping[Style, Mapping[Group, bool]] = {
    Style.ONE_LINE: {
        _G.WHO: _REQUIRED,
        _G.DIRECTION: _REQUIRED,
        _G.PAYEE: _REQUIRED,
        _G.WRONG: _REQUIRED,
    },
    Style.SHORT: {
        _G.WHO: _REQUIRED,
        _G.DIRECTION: _REQUIRED,
        _G.PAYEE: _REQUIRED,
        _G.WRONG: _REQUIRED,
        _G.DISCOUNTS: _OPTIONAL,
        _G.TERMS: _OPTIONAL,
        _G.FOR_WHAT: _OPTIONAL,
        _G.NO_VAT: _OPTIONAL,
        _G.ACCOUNTS: _OPTIONAL,
        _G.TOTAL: _OPTIONAL,
        _G.NEXT: _OPTIONAL,
    },
    Style.APPROVER: {
        _G.WRONG: _REQUIRED,
        _G.WHO: _REQUIRED,
        _G.DIRECTION: _REQUIRED,
        _G.PAYEE: _REQUIRED,
        _G.DISCOUNTS: _REQUIRED,
        _G.TERMS: _REQUIRED,
        _G.FOR_WHAT: _REQUIRED,
        _G.TOTAL: _REQUIRED,
        _G.NO_VAT: _REQUIRED,
        _G.ADDITIONS: _REQUIRED,
        _G.ACCOUNTS: _REQUIRED,
        _G.NOT_GIVEN: _OPTIONAL,
        _G.REFERENCES: _OPTIONAL,
        _G.REMITTANCE: _OPTIONAL,
        _G.NEXT: _REQUIRED,
    },
    Style.FULL: dict.fromkeys(
        (
            _G.WHO,
            _G.DIRECTION,
            _G.PAYEE,
            _G.WRONG,
            _G.DISCOUNTS,
            _G.TERMS,
            _G.ACCOUNTS,
            _G.REMITTANCE,
            _G.TOTAL,
            _G.VAT,
            _G.NO_VAT,
            _G.ADDITIONS,
            _G.REFERENCES,
            _G.NOT_GIVEN,
            _G.INFORMATION,
            _G.NEXT,
            _G.FOR_WHAT,
        ),
        _REQUIRED,
    ),
}
# What no reader may miss, whatever they ask for.
_CORE = frozenset({_G.WHO, _G.DIRECTION, _G.PAYEE, _G.WRONG})
_MOST_WRONG = {Style.ONE_LINE: 1, Style.SHORT: 3, Style.APPROVER: 6, Style.FULL: 25}
_MOST_LINES = {Style.ONE_LINE: 1, Style.SHORT: 2, Style.APPROVER: 3, Style.FULL: 10}
_MOST_LINES_TO_SELECT = 30
_LONG_STYLES = frozenset({Style.APPROVER, Style.FULL})


def plan(
    reading: Reading,
    style: Style,
    status: InvoiceStatus | None,
    freedom: Freedom = Freedom.NONE,
) -> tuple[Planned, ...]:
    """Returns the facts of the reading that may be said, in order; the same reading gives the same plan.

    `status` is that of the invoice, None of a document that is not stored.
    """
    facts = _facts(Ground(reading), style, status, freedom)
    return tuple(
        Planned(fact, required)
        for group, required in _groups(style, freedom).items()
        for fact in facts[group]
    )


def _groups(style: Style, freedom: Freedom) -> Mapping[Group, bool]:
    own = _STYLES[style]
    if freedom is Freedom.NONE:
        return own
    if freedom is Freedom.SELECT:
        own = {group: required and group in _CORE for group, required in own.items()}
    further = (group for group in _STYLES[Style.FULL] if group not in own)
    return {**own, **dict.fromkeys(further, _OPTIONAL)}


def _facts(
    ground: Ground, style: Style, status: InvoiceStatus | None, freedom: Freedom
) -> Mapping[Group, Iterable[Fact]]:
    """Returns the facts by group; those of groups that nobody asks for are not looked for."""
    [way] = direction(ground)
    rows = [*vat_rows(ground)]
    return {
        _G.WRONG: _wrong(ground, style),
        _G.WHO: identity(ground),
        _G.DIRECTION: (way,),
        _G.PAYEE: payee(ground, way.kind),
        _G.FOR_WHAT: (
            single_purchases(ground, _MOST_LINES_TO_SELECT)
            if freedom is Freedom.SELECT
            else purchases(ground, _MOST_LINES[style], as_list=style is Style.FULL)
        ),
        _G.TOTAL: totals(ground),
        _G.VAT: (row for row in rows if row.kind is FactKind.VAT_ROW),
        _G.NO_VAT: (row for row in rows if row.kind is FactKind.NO_VAT),
        _G.ADDITIONS: additions(ground, way.kind),
        _G.DISCOUNTS: discounts(ground, way.kind),
        _G.TERMS: terms(ground, way.kind, understood_too=style is Style.FULL),
        _G.ACCOUNTS: accounts(ground, way.kind),
        _G.REMITTANCE: remittance(ground, way.kind),
        _G.REFERENCES: references(ground, way.kind),
        _G.NOT_GIVEN: not_given(ground, way.kind),
        _G.INFORMATION: information(ground),
        _G.NEXT: next_step(status),
    }


def _wrong(ground: Ground, style: Style) -> Iterator[Fact]:
    """Yields what is wrong or unsure, as much of it as the style has room for, and that there is more."""
    facts = chain(problems(ground, with_rule=style in _LONG_STYLES), doubts(ground))
    yield from islice(facts, _MOST_WRONG[style])
    if next(facts, None) is not None:
        yield Fact(FactKind.MORE_TO_CHECK)
