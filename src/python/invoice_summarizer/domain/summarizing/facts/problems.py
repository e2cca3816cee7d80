"""What is wrong: the rules that do not hold, in plain words and with their figures."""

from collections.abc import Iterator, Mapping

from en16931.finding import Finding
from invoice_reading.completeness import Verdict
from invoice_summarizer.domain.summarizing.facts.fact import Fact, FieldName, Filling
from invoice_summarizer.domain.summarizing.facts.kind import FactKind
from invoice_summarizer.domain.summarizing.facts.plan_context import (
    ACCOUNTS_ON_PAGE,
    CHECK_DIGITS,
    PAGE_AND_XML,
    PlanContext,
)
from invoice_summarizer.domain.summarizing.finding_binding import FindingPart
from invoice_summarizer.domain.summarizing.roles import role_of_path
from invoice_summarizer.domain.summarizing.segments import FindingSlot, Slot

_K = FactKind
# What is said where the left side of the sum is the larger one, and where it is the smaller.
_SUMS: Mapping[str, tuple[FactKind, FactKind]] = {
    "BR-CO-10": (_K.LINES_BELOW_SUM, _K.LINES_EXCEED_SUM),
    "BR-CO-11": (_K.ALLOWANCES_BELOW_SUM, _K.ALLOWANCES_EXCEED_SUM),
    "BR-CO-12": (_K.CHARGES_BELOW_SUM, _K.CHARGES_EXCEED_SUM),
    "BR-CO-13": (_K.NET_TOO_HIGH, _K.NET_TOO_LOW),
    "BR-CO-14": (_K.VAT_TOO_HIGH, _K.VAT_TOO_LOW),
    "BR-CO-15": (_K.TOTAL_TOO_HIGH, _K.TOTAL_TOO_LOW),
    "BR-CO-16": (_K.DUE_TOO_HIGH, _K.DUE_TOO_LOW),
    "BR-CO-17": (_K.VAT_ROW_TOO_HIGH, _K.VAT_ROW_TOO_LOW),
    "FATTURAPA-02": (_K.TOTAL_TOO_HIGH, _K.TOTAL_TOO_LOW),
}
_OF_DOCUMENT: Mapping[str, FactKind] = {
    "HIDDEN-TEXT-01": _K.HIDDEN_TEXT,
    "SEVERAL-INVOICES-01": _K.SEVERAL_INVOICES,
    "CARRIED-SUM-01": _K.CARRIED_SUMS_DIFFER,
    "EMBEDDED-XML-01": _K.XML_BROKEN,
    "EMBEDDED-XML-02": _K.XMLS_DIFFER,
    "HYBRID-06": _K.PROFILES_DIFFER,
    "PAGE-XML-08": _K.PAGES_PROVE_NOTHING,
}
_ACCOUNT = ".account_identifier"
_DATE_ORDER = "DUE-DATE-01"
_LINES_AND_NET = "LINES-NET-01"
# The parts of a sum that a sentence gives beside its sides, by the ends of their paths.
_PARTS: Mapping[str, Mapping[str, str]] = {
    "BR-CO-15": {"net": "totals.amount_without_vat", "vat": "totals.vat_amount"},
    "BR-CO-17": {"rate": ".rate", "base": ".taxable_amount"},
}


def problems(context: PlanContext, *, with_rule: bool) -> Iterator[Fact]:
    """Yields a fact for each rule that does not hold; `with_rule` has it name the rule as well."""
    said: set[tuple[str, str]] = set()
    for finding in context.failed_checks:
        fact = _problem(finding, context, with_rule=with_rule)
        # Of many lines that differ from those of the page, one is told.
        name = fact.slots.get("subject") if fact.kind is FactKind.NOT_ON_PAGE else None
        if isinstance(name, FieldName):
            if (finding.rule_id, name.field_path) in said:
                continue
            said.add((finding.rule_id, name.field_path))
        yield fact


def information(context: PlanContext) -> Iterator[Fact]:
    """Yields what is worth knowing and no error."""
    is_whole = context.reading.completeness.verdict is not Verdict.PARTIAL
    if is_whole and any(finding.rule_id == _LINES_AND_NET for finding in context.failed):
        yield Fact(FactKind.LINES_DIFFER_FROM_NET)


def _problem(finding: Finding, context: PlanContext, *, with_rule: bool) -> Fact:
    rule: dict[str, Filling] = {"rule": FindingSlot(finding, FindingPart.RULE)}
    said = rule if with_rule else {}
    residual = finding.residual
    if finding.rule_id in _SUMS and residual is not None and residual.is_finite() and residual:
        higher, lower = _SUMS[finding.rule_id]
        return Fact(higher if residual > 0 else lower, _sides(finding, context) | said)
    if finding.rule_id in _OF_DOCUMENT:
        return Fact(_OF_DOCUMENT[finding.rule_id], said)
    if finding.rule_id in PAGE_AND_XML and len(finding.field_paths) == 1:
        [path] = finding.field_paths
        if finding.rule_id == ACCOUNTS_ON_PAGE and path.endswith(_ACCOUNT):
            return Fact(FactKind.OTHER_ACCOUNT_ON_PAGE, {"account": Slot(path), **said})
        name = FieldName(_told_role(path))
        return Fact(FactKind.NOT_ON_PAGE, {"subject": name, **said})
    if finding.rule_id in CHECK_DIGITS and len(finding.field_paths) == 1:
        [path] = finding.field_paths
        name = FieldName(role_of_path(path))
        return Fact(FactKind.CHECK_DIGITS_WRONG, {"subject": name, "value": Slot(path), **said})
    if finding.rule_id == _DATE_ORDER:
        dates = {"due": Slot("payment_due_date"), "issued": Slot("issue_date")}
        return Fact(FactKind.DUE_BEFORE_ISSUE, dates | said)
    return Fact(FactKind.RULE_BROKEN, rule)


def _told_role(path: str) -> str:
    """Returns the role of the field, or that of the address that it is a part of."""
    role = role_of_path(path)
    whole, _, part = role.rpartition(".")
    return whole if whole.endswith("_address") and part else role


def _sides(finding: Finding, context: PlanContext) -> dict[str, Filling]:
    residual = finding.residual or 0
    difference = FindingPart.EXCESS if residual > 0 else FindingPart.SHORTFALL
    slots: dict[str, Filling] = {
        "left": FindingSlot(finding, FindingPart.LEFT),
        "right": FindingSlot(finding, FindingPart.RIGHT),
        "difference": FindingSlot(finding, difference),
    }
    for hole, end in _PARTS.get(finding.rule_id, {}).items():
        path = next((path for path in finding.field_paths if path.endswith(end)), None)
        if path is not None and context.stated(path) is not None:
            slots[hole] = Slot(path)
    return slots
