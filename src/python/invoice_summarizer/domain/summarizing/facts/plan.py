"""The plan of a summary: which facts a style says, in which order, and which of them it may leave out.

Everything that a reader must not miss is REQUIRED, in every style: which way the money goes, what is wrong, and what a person has changed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import chain, islice

from invoice_reading.reading import Reading
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.summarizing.facts.amounts import additions, totals, vat_rows
from invoice_summarizer.domain.summarizing.facts.changes import changes, changes_in_brief
from invoice_summarizer.domain.summarizing.facts.direction import direction
from invoice_summarizer.domain.summarizing.facts.doubts import doubts, not_given
from invoice_summarizer.domain.summarizing.facts.due import discounts, terms
from invoice_summarizer.domain.summarizing.facts.fact import Fact, Planned
from invoice_summarizer.domain.summarizing.facts.kind import FactKind
from invoice_summarizer.domain.summarizing.facts.lines import (
    line_count,
    purchases,
    single_purchases,
)
from invoice_summarizer.domain.summarizing.facts.next_step import next_step
from invoice_summarizer.domain.summarizing.facts.parties import identity, references
from invoice_summarizer.domain.summarizing.facts.payment import accounts, payee, remittance
from invoice_summarizer.domain.summarizing.facts.plan_context import PlanContext
from invoice_summarizer.domain.summarizing.facts.problems import information, problems
from invoice_summarizer.domain.summary import Style


class Group(StrEnum):
    """What an approver asks."""

    WRONG = "WRONG"
    CHANGED = "CHANGED"
    WHO = "WHO"
    DIRECTION = "DIRECTION"
    PAYEE = "PAYEE"
    FOR_WHAT = "FOR_WHAT"
    HOW_MANY = "HOW_MANY"
    TOTAL = "TOTAL"
    VAT = "VAT"
    NO_VAT = "NO_VAT"
    ADDITIONS = "ADDITIONS"
    DISCOUNTS = "DISCOUNTS"
    TERMS = "TERMS"
    ACCOUNTS = "ACCOUNTS"
    SEVERAL_ACCOUNTS = "SEVERAL_ACCOUNTS"
    REMITTANCE = "REMITTANCE"
    REFERENCES = "REFERENCES"
    NOT_GIVEN = "NOT_GIVEN"
    INFORMATION = "INFORMATION"
    NEXT = "NEXT"


_G = Group
_REQUIRED, _OPTIONAL = True, False

# In the order of the text. Of what is optional, what comes first is said as long as there is room.
_STYLES: Mapping[Style, Mapping[Group, bool]] = {
    Style.ONE_LINE: {
        _G.WHO: _REQUIRED,
        _G.DIRECTION: _REQUIRED,
        _G.PAYEE: _REQUIRED,
        _G.WRONG: _REQUIRED,
        _G.CHANGED: _REQUIRED,
        _G.NOT_GIVEN: _OPTIONAL,
        _G.SEVERAL_ACCOUNTS: _OPTIONAL,
        _G.DISCOUNTS: _OPTIONAL,
    },
    # Whoever has only this one can pay, and knows for what.
    Style.SHORT: {
        _G.WHO: _REQUIRED,
        _G.DIRECTION: _REQUIRED,
        _G.PAYEE: _REQUIRED,
        _G.WRONG: _REQUIRED,
        _G.CHANGED: _REQUIRED,
        _G.NOT_GIVEN: _REQUIRED,
        _G.DISCOUNTS: _REQUIRED,
        _G.TERMS: _REQUIRED,
        _G.SEVERAL_ACCOUNTS: _REQUIRED,
        _G.ACCOUNTS: _REQUIRED,
        _G.FOR_WHAT: _REQUIRED,
        _G.NO_VAT: _REQUIRED,
        _G.ADDITIONS: _OPTIONAL,
        _G.TOTAL: _OPTIONAL,
        _G.NEXT: _OPTIONAL,
    },
    # Whoever approves is told first what is not as usual.
    Style.APPROVER: {
        _G.WRONG: _REQUIRED,
        _G.CHANGED: _REQUIRED,
        _G.PAYEE: _REQUIRED,
        _G.SEVERAL_ACCOUNTS: _REQUIRED,
        _G.NOT_GIVEN: _REQUIRED,
        _G.WHO: _REQUIRED,
        _G.DIRECTION: _REQUIRED,
        _G.DISCOUNTS: _REQUIRED,
        _G.TERMS: _REQUIRED,
        _G.FOR_WHAT: _REQUIRED,
        _G.TOTAL: _REQUIRED,
        _G.NO_VAT: _REQUIRED,
        _G.ADDITIONS: _REQUIRED,
        _G.ACCOUNTS: _REQUIRED,
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
            _G.CHANGED,
            _G.NOT_GIVEN,
            _G.DISCOUNTS,
            _G.TERMS,
            _G.SEVERAL_ACCOUNTS,
            _G.ACCOUNTS,
            _G.REMITTANCE,
            _G.TOTAL,
            _G.VAT,
            _G.NO_VAT,
            _G.ADDITIONS,
            _G.REFERENCES,
            _G.INFORMATION,
            _G.NEXT,
            _G.FOR_WHAT,
        ),
        _REQUIRED,
    ),
}
# What no reader may miss, whatever they ask for.
_CORE = frozenset({Group.WHO, Group.DIRECTION, Group.PAYEE, Group.WRONG, Group.CHANGED})
_MOST_WRONG = {Style.ONE_LINE: 1, Style.SHORT: 3, Style.APPROVER: 6, Style.FULL: 25}
_MOST_LINES = {Style.ONE_LINE: 1, Style.SHORT: 2, Style.APPROVER: 3, Style.FULL: 10}
_MOST_LINES_TO_SELECT = 30
_LONG_STYLES = frozenset({Style.APPROVER, Style.FULL})


class Freedom(StrEnum):
    """How far a writer may depart from the style's own choice of facts."""

    NONE = "NONE"
    ADD = "ADD"  # any further fact may be said
    SELECT = "SELECT"  # a reader said what matters: of the style only the core is required


class InvoicePlan:
    """The plans of one reading in all styles; what the styles share is looked for once, and no language matters.

    `status` is that of the invoice, None of a document that is not stored. The same reading gives the same plans.
    """

    def __init__(self, reading: Reading, status: InvoiceStatus | None) -> None:
        self.reading = reading
        self.status = status
        self._context = PlanContext(reading)
        self._made: dict[tuple[Style, Freedom], tuple[Planned, ...]] = {}

    def of(self, style: Style, freedom: Freedom = Freedom.NONE) -> tuple[Planned, ...]:
        """Returns the facts that may be said, in the order of the style."""
        if (style, freedom) not in self._made:
            self._made[style, freedom] = tuple(
                Planned(fact, required)
                for group, required in _groups(style, freedom).items()
                for fact in self._facts(group, style, freedom)
            )
        return self._made[style, freedom]

    @cached_property
    def _direction(self) -> Fact:
        [way] = direction(self._context)
        return way

    @cached_property
    def _accounts(self) -> Sequence[Fact]:
        return tuple(accounts(self._context, self._direction.kind))

    @cached_property
    def _vat_rows(self) -> Sequence[Fact]:
        return tuple(vat_rows(self._context))

    def _facts(self, group: Group, style: Style, freedom: Freedom) -> Iterable[Fact]:
        context, way = self._context, self._direction
        match group:
            case Group.WRONG:
                return _wrong(context, style)
            case Group.CHANGED:
                if style in _LONG_STYLES:
                    return changes(context)
                return changes_in_brief(context, with_declared=style is Style.SHORT)
            case Group.WHO:
                return identity(context)
            case Group.DIRECTION:
                return (way,)
            case Group.PAYEE:
                return payee(context, way.kind)
            case Group.HOW_MANY:
                return line_count(context)
            case Group.FOR_WHAT if freedom is Freedom.SELECT:
                return single_purchases(context, _MOST_LINES_TO_SELECT)
            case Group.FOR_WHAT:
                return purchases(context, _MOST_LINES[style], as_list=style is Style.FULL)
            case Group.TOTAL:
                return totals(context)
            case Group.VAT:
                return _of_kind(self._vat_rows, FactKind.VAT_ROW)
            case Group.NO_VAT:
                return _of_kind(self._vat_rows, FactKind.NO_VAT)
            case Group.ADDITIONS:
                return additions(context, way.kind)
            case Group.DISCOUNTS:
                return discounts(context, way.kind)
            case Group.TERMS:
                return terms(context, way.kind, understood_too=style is Style.FULL)
            case Group.ACCOUNTS:
                return _of_kind(self._accounts, FactKind.ACCOUNT)
            case Group.SEVERAL_ACCOUNTS:
                return _of_kind(self._accounts, FactKind.SEVERAL_ACCOUNTS)
            case Group.REMITTANCE:
                return remittance(context, way.kind)
            case Group.REFERENCES:
                return references(context, way.kind)
            case Group.NOT_GIVEN:
                return not_given(context, way.kind)
            case Group.INFORMATION:
                return information(context)
            case Group.NEXT:
                return next_step(context, self.status)


def _groups(style: Style, freedom: Freedom) -> Mapping[Group, bool]:
    own = _STYLES[style]
    if freedom is Freedom.NONE:
        return own
    if freedom is Freedom.SELECT:
        own = {group: required and group in _CORE for group, required in own.items()}
        own[_G.HOW_MANY] = _REQUIRED
    further = (group for group in _STYLES[Style.FULL] if group not in own)
    return {**own, **dict.fromkeys(further, _OPTIONAL)}


def _of_kind(facts: Sequence[Fact], kind: FactKind) -> Iterator[Fact]:
    return (fact for fact in facts if fact.kind is kind)


def _wrong(context: PlanContext, style: Style) -> Iterator[Fact]:
    """Yields what is wrong or unsure, as much of it as the style has room for, and that there is more."""
    facts = chain(problems(context, with_rule=style in _LONG_STYLES), doubts(context))
    yield from islice(facts, _MOST_WRONG[style])
    if next(facts, None) is not None:
        yield Fact(FactKind.MORE_TO_CHECK)
