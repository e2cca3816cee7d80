"""What is said of checks: their place, their weight, and what they mean for the sums."""

import io

from rich.console import RenderableType

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.presentation.document import DocumentOutcome
from invoice_summarizer.cli.presentation.findings import findings_view
from invoice_summarizer.cli.presentation.invoice import review_reasons_view
from invoice_summarizer.cli.presentation.sum_notes import sum_notes
from invoice_summarizer.cli.presentation.terminal import terminal
from invoices.v1 import assurance_pb2, invoice_pb2, query_service_pb2, validate_service_pb2

_Finding = assurance_pb2.Finding
_Status = invoice_pb2.Invoice.Status


def _lines(renderable: RenderableType, width: int = 100) -> list[str]:
    console = terminal()
    console.file = io.StringIO()
    console.width = width
    console.print(renderable)
    return console.file.getvalue().splitlines()


def _row(number: int) -> assurance_pb2.Finding:
    paths = [f"vat_breakdown[{number}].{name}" for name in ("tax_amount", "rate")]
    return _Finding(rule_id="BR-CO-17", outcome=_Finding.PASSED, field_paths=paths, left="1.00")


def test_findings_of_one_rule_are_told_apart_by_their_place() -> None:
    single = _Finding(rule_id="BR-CO-10", outcome=_Finding.PASSED, field_paths=["lines"])
    due, net = (
        _Finding(rule_id="OWN", outcome=_Finding.PASSED, field_paths=["currency_code", path])
        for path in ("totals.amount_due", "totals.amount_without_vat")
    )
    _, _, *rows = _lines(findings_view([single, _row(0), _row(1), due, net]))
    assert [row.partition("passed")[0].rstrip() for row in rows] == [
        "BR-CO-10",
        "BR-CO-17 vat_breakdown[0]",
        "BR-CO-17 vat_breakdown[1]",
        "OWN totals.amount_due",
        "OWN totals.amount_without_vat",
    ]


def test_failed_information_is_told_from_what_sends_an_invoice_to_a_person() -> None:
    information = _Finding(
        rule_id="LINES-DIFFER-01",
        outcome=_Finding.FAILED,
        severity=_Finding.INFORMATION,
        message="m",
    )
    counted, _, row, *_ = _lines(findings_view([information, _row(0)]))
    assert counted == "Checks: 1 failed (information only), 1 passed"
    assert row == "LINES-DIFFER-01  failed (information only)"
    answer = validate_service_pb2.ValidateInvoiceResponse(findings=[information])
    assert DocumentOutcome("file", answer).exit_code is ExitCode.OK
    error = _Finding(rule_id="E", outcome=_Finding.FAILED, severity=_Finding.ERROR)
    assert _lines(findings_view([information, error]))[0] == (
        "Checks: 1 failed, 1 failed (information only)"
    )


def test_decided_invoice_no_longer_needs_a_person() -> None:
    reasons = ["RULE_FAILED:BR-CO-15"]
    assert _lines(review_reasons_view(reasons, _Status.REVIEW_PENDING))[0] == "Needs a person:"
    for status in (_Status.APPROVED, _Status.REJECTED):
        assert _lines(review_reasons_view(reasons, status)) == [
            "Why a person had to look:",
            "  the total with VAT is not the total without VAT plus the VAT (BR-CO-15) [RULE_FAILED]",
        ]


def test_sums_that_do_not_add_up_name_who_declares_so() -> None:
    failed = _Finding(rule_id="BR-CO-15", outcome=_Finding.FAILED)
    invoices = [
        _invoice("wrong.xml", "EUR", failed),
        _invoice("fine.xml", "EUR"),
        _invoice("g", "GBP"),
    ]
    sums = [_sum("EUR", "119.00"), _sum("GBP", "110.00")]
    [euros] = sum_notes(sums, invoices)
    assert euros.startswith("EUR: with VAT is 9.00 more than without VAT + VAT")
    assert euros.endswith("BR-CO-15 failed for wrong.xml.")
    [less] = sum_notes([_sum("EUR", "109.50")], invoices)
    assert "is 0.50 less than" in less


def _sum(currency: str, with_vat: str) -> query_service_pb2.InvoiceAggregate:
    return query_service_pb2.InvoiceAggregate(
        currency_code=currency,
        amount_without_vat="100.00",
        vat_amount="10.00",
        amount_with_vat=with_vat,
    )


def _invoice(
    file_name: str, currency: str, *findings: assurance_pb2.Finding
) -> invoice_pb2.Invoice:
    invoice = invoice_pb2.Invoice(findings=findings)
    invoice.document.file_name = file_name
    invoice.content.currency_code = currency
    return invoice


def test_failed_rule_is_told_by_its_text_with_what_to_change_and_where() -> None:
    text = validate_service_pb2.RuleText(rule_id="R-1", text="So ist es.", remedy="Tun Sie das.")
    node = assurance_pb2.XmlNode(xpath="/ubl:Invoice/cbc:ID", line=3)
    told, untold = (
        _Finding(rule_id=rule, outcome=_Finding.FAILED, message="m", xml_node=node)
        for rule in ("R-1", "R-2")
    )
    *_, first, second = _lines(findings_view([told, untold], texts=[text]))
    assert first == "  R-1: So ist es. Tun Sie das. (XML line 3: /ubl:Invoice/cbc:ID)"
    assert second == "  R-2: m (XML line 3: /ubl:Invoice/cbc:ID)"
