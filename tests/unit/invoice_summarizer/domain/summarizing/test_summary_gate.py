"""What the gate refuses, and by which code."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from unit.invoice_summarizer.domain.summarizing.bound_invoices import (
    changed,
    ordinary,
    present,
    without,
)
from unit.invoice_summarizer.domain.summarizing.summary_texts import codes as codes_in
from unit.invoice_summarizer.domain.summarizing.summary_texts import composed

from invoice_reading.annotation import Derivation, FieldAnnotation, FieldStatus
from invoice_reading.reading import Reading
from invoice_summarizer.domain.summarizing.gate import verify_summary
from invoice_summarizer.domain.summarizing.refusal import Refusal, RefusalCode
from invoice_summarizer.domain.summarizing.template import summarize_by_template
from invoice_summarizer.domain.summary import BoundText, Claim, Style


def asked() -> Reading:
    """Returns an invoice of which only the total is stated."""
    return without("totals.amount_due", "payment_due_date")


def codes(bound: BoundText, invoice: Reading | None = None, language: str = "en") -> set[str]:
    return {str(code) for code in codes_in(bound, invoice or asked(), language)}


def due(before: str = "The total of ", after: str = " is to be paid.") -> BoundText:
    return composed(asked(), before, "{totals.amount_with_vat}", after)


def with_claim(**changes: object) -> BoundText:
    bound = due()
    return replace(bound, claims=(replace(bound.claims[0], **changes),))  # type: ignore[arg-type]


def derived(text: str, expression: str, value: str, *paths: str) -> BoundText:
    evidence = (Derivation(expression=expression, value=Decimal(value)),)
    claim = Claim(begin=0, end=len(text), field_paths=paths, evidence=evidence)
    return BoundText(text=text, claims=(claim,))


def test_bound_amount_is_accepted() -> None:
    assert codes(due()) == set()


@pytest.mark.parametrize(
    "after",
    [
        " in 30 days.",
        " and ５０.",
        " for two months.",
        " EUR.",
        " ½.",
        "0.",
        "%.",
        " k€.",
        " pay@x.com",
    ],
)
def test_figure_beside_the_claims_is_refused(after: str) -> None:
    assert codes(due(after=after)) & {RefusalCode.FIGURE_UNBOUND, RefusalCode.FIGURE_ACROSS_CLAIMS}


@pytest.mark.parametrize("sign", ["-", "−", "9", "€", "T", "(", "thousand", "minus "])
def test_sign_or_digit_that_changes_a_bound_amount_is_refused(sign: str) -> None:
    bound = due()
    text = bound.text.replace("total of ", f"total of {sign}")
    shift = len(text) - len(bound.text)
    [claim] = bound.claims
    moved = replace(claim, begin=claim.begin + shift, end=claim.end + shift)
    assert codes(BoundText(text=text, claims=(moved,)))


def test_amount_in_accounting_brackets_is_refused() -> None:
    assert codes(due("The total of (", ") is to be paid.")) == {
        RefusalCode.FIGURE_ACROSS_CLAIMS,
        RefusalCode.WORDING_UNLISTED,
    }


@pytest.mark.parametrize(
    "character", ["\u202e", "\u200b", "\u00ad", "\x00", "\x7f", "\ufe0f", "\r"]
)
def test_character_that_cannot_be_seen_is_refused(character: str) -> None:
    assert codes(due(after=f" as agreed{character}.")) == {RefusalCode.FORBIDDEN_CHARACTER}


def test_refusal_of_a_character_names_its_place() -> None:
    bound = due(after=" as agreed\u200b.")
    [refusal] = verify_summary(bound, ordinary(), "en", Style.SHORT).refusals
    assert bound.text[refusal.begin : refusal.end] == "\u200b"


@pytest.mark.parametrize("text", ["", "  \n"])
def test_empty_text_is_refused(text: str) -> None:
    assert codes(BoundText(text=text, claims=())) == {RefusalCode.TEXT_EMPTY}


@pytest.mark.parametrize(("begin", "end"), [(-1, 3), (3, 3), (5, 4), (0, 99), (99, 100)])
def test_claim_out_of_range_is_refused(begin: int, end: int) -> None:
    assert codes(with_claim(begin=begin, end=end)) == {RefusalCode.CLAIM_OUT_OF_RANGE}


def test_claims_that_overlap_or_stand_out_of_order_are_refused() -> None:
    bound = due()
    assert codes(replace(bound, claims=bound.claims * 2)) == {RefusalCode.CLAIM_OVERLAP}
    two = composed(asked(), "{type_code}", " ", "{invoice_number}", ".")
    assert codes(replace(two, claims=two.claims[::-1])) == {RefusalCode.CLAIM_OVERLAP}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"field_paths": ()}, RefusalCode.CLAIM_UNFOUNDED),
        ({"field_paths": ("totals.vat_amount", "currency_code")}, RefusalCode.EVIDENCE_MISMATCH),
        (
            {"field_paths": ("totals.amount_with_vat", "invoice_number")},
            RefusalCode.CLAIM_UNFOUNDED,
        ),
        ({"field_paths": ("totals.paid_amount",)}, RefusalCode.FIELD_NOT_PRESENT),
        ({"field_paths": ("no.such.field",)}, RefusalCode.FIELD_NOT_PRESENT),
        ({"field_paths": ("totals",)}, RefusalCode.FIELD_NOT_PRESENT),
        ({"evidence": ()}, RefusalCode.EVIDENCE_MISSING),
        ({"evidence": present(999).evidence}, RefusalCode.EVIDENCE_MISMATCH),
        (
            {"evidence": asked().annotations["currency_code"].evidence},
            RefusalCode.EVIDENCE_MISMATCH,
        ),
        ({"finding_rule_ids": ("BR-CO-99",)}, RefusalCode.FINDING_UNKNOWN),
        ({"finding_rule_ids": ("BR-CO-15", "BR-CO-16")}, RefusalCode.CLAIM_UNFOUNDED),
    ],
)
def test_claim_that_does_not_bear_its_text_is_refused(
    changes: dict[str, object], code: RefusalCode
) -> None:
    assert codes(with_claim(**changes)) - {RefusalCode.CLAIM_MISPLACED} == {code}


def test_text_that_is_not_the_value_is_refused() -> None:
    bound = due()
    assert codes(replace(bound, text=bound.text.replace("1,190", "1,180"))) == {
        RefusalCode.VALUE_MISMATCH
    }


def test_name_that_is_not_the_value_is_refused() -> None:
    invoice = changed(type_code=None, invoice_number=None, issue_date=None, buyer=None)
    bound = composed(invoice, "Document from “", "{seller.name}", "”.")
    other = replace(bound, text=bound.text.replace("Hansen", "Jansen"))
    assert codes(bound, invoice) == set()
    assert codes(other, invoice) == {RefusalCode.VALUE_MISMATCH}


@pytest.mark.parametrize("status", [status for status in FieldStatus if status != "PRESENT"])
def test_field_that_is_no_longer_present_is_refused(status: FieldStatus) -> None:
    invoice = asked()
    annotation = FieldAnnotation(status=status, evidence=present().evidence)
    annotations = {**invoice.annotations, "totals.amount_with_vat": annotation}
    refused = codes(due(), replace(invoice, annotations=annotations))
    assert RefusalCode.FACT_UNFOUNDED in refused
    assert refused & {RefusalCode.FIELD_NOT_PRESENT, RefusalCode.CLAIM_UNFOUNDED}


@pytest.mark.parametrize(
    "name",
    [
        "Hansen Werkzeuge GmbH",
        "hansen  werkzeuge, GMBH",
        "Hansenwerkzeuge",
        "Werkzeuge Hansen",
        "Hansens",
        "Beratung vor Ort",
    ],
)
def test_value_that_stands_in_the_text_without_a_claim_is_refused(name: str) -> None:
    assert codes(due(after=f", says {name}.")) == {RefusalCode.WORDING_UNLISTED}
    assert codes(due(after=f". {name}")) == {RefusalCode.WORDING_UNLISTED}


def test_text_in_another_language_than_asked_for_is_refused() -> None:
    assert codes(due(), language="de") == {
        RefusalCode.VALUE_MISMATCH,
        RefusalCode.WORDING_UNLISTED,
    }


@pytest.mark.parametrize(
    ("bound", "expected"),
    [
        (derived("2", "count(lines)", "2", "lines"), set()),
        (derived("3", "count(lines)", "3", "lines"), {RefusalCode.DERIVATION_MISMATCH}),
        (derived("3", "count(lines)", "2", "lines"), {RefusalCode.VALUE_MISMATCH}),
        (derived("1", "count(vat_breakdown)", "1", "lines"), {RefusalCode.CLAIM_UNFOUNDED}),
        (derived("0", "count(allowances)", "0", "allowances"), {RefusalCode.FIELD_NOT_PRESENT}),
        (
            derived(
                "EUR 1,000.00",
                "sum(lines[*].net_amount)",
                "1000.00",
                "lines[0].net_amount",
                "lines[1].net_amount",
                "currency_code",
            ),
            {RefusalCode.DERIVATION_MISMATCH},  # it is right, and no figure of the plan
        ),
        (derived("7", "lines +", "7", "lines"), {RefusalCode.DERIVATION_MISMATCH}),
        (
            derived("EUR 850.00", "lines[0].net_amount + 0", "850.00", "lines[0].net_amount"),
            {RefusalCode.DERIVATION_MISMATCH},
        ),
    ],
)
def test_derivation_is_evaluated_again(bound: BoundText, expected: set[str]) -> None:
    of_words = {RefusalCode.WORDING_UNLISTED, RefusalCode.CLAIM_MISPLACED}
    assert codes(bound) - of_words == expected


def approver() -> BoundText:
    invoice = ordinary()
    return summarize_by_template(invoice, Style.APPROVER, "en")


def test_residual_that_is_not_the_findings_is_refused() -> None:
    bound = approver()
    other = replace(bound, text=bound.text.replace("EUR\u00a01.00", "EUR\u00a02.00"))
    assert codes_in(bound, ordinary(), style=Style.APPROVER) == set()
    assert codes_in(other, ordinary(), style=Style.APPROVER) == {RefusalCode.VALUE_MISMATCH}


def test_finding_that_the_invoice_no_longer_has_is_refused() -> None:
    invoice = replace(ordinary(), findings=())
    assert codes_in(approver(), invoice, style=Style.APPROVER) == {
        RefusalCode.FINDING_UNKNOWN,
        RefusalCode.FACT_UNFOUNDED,
    }


@pytest.mark.parametrize(
    "change",
    [
        lambda bound: replace(bound, text=f"{bound.text} 99"),
        lambda bound: replace(bound, claims=()),
    ],
)
def test_refusals_name_places_and_hold_no_text(change: Callable[[BoundText], BoundText]) -> None:
    bound = change(due())
    refusals = verify_summary(bound, asked(), "en", Style.FULL).refusals
    assert refusals == tuple(sorted(refusals))
    assert all(isinstance(refusal, Refusal) for refusal in refusals)
    assert all(
        refusal.begin < refusal.end <= len(bound.text)
        for refusal in refusals
        if refusal.code is not RefusalCode.FACT_MISSING
    )


@pytest.mark.parametrize("locale", ["en-GB", "en-IN", "de-AT", "de-CH", "fr-CA", "fr-CH"])
@pytest.mark.parametrize("style", list(Style))
def test_summary_in_the_forms_of_a_region_is_accepted_there(locale: str, style: Style) -> None:
    invoice = ordinary()
    bound = summarize_by_template(invoice, style, locale)
    assert verify_summary(bound, invoice, locale, style).accepted


def test_summary_in_the_forms_of_another_region_is_refused() -> None:
    invoice = ordinary()
    bound = summarize_by_template(invoice, Style.SHORT, "en-GB")
    assert codes_in(bound, invoice, "en-US", Style.SHORT) == {RefusalCode.VALUE_MISMATCH}
