"""A refused call says what there is, and what to do."""

import pytest

from invoice_summarizer.cli.refusal_words import refusal_words


@pytest.mark.parametrize(
    ("reason", "metadata", "said"),
    [
        (
            "CLAIM_NOT_FOUND",
            {"claims": "13"},
            "the summary has no figure of this number; it has 13",
        ),
        ("CLAIM_NOT_FOUND", {}, "no"),
        ("PDF_PAGE_NOT_FOUND", {"pages": "2"}, "the PDF has no page of this number; it has 2"),
        ("FORCE_MISSING", {"status": "approved"}, "no: use --force"),
        ("COMMENT_MISSING", {}, "no: use --comment"),
        (
            "COMMENT_MISSING",
            {"review_reasons": "RULE_FAILED:BR-CO-15, LOW_CONFIDENCE:seller.name"},
            "a comment must say why the invoice is approved although it waits for review (the total with VAT is not "
            "the total without VAT plus the VAT (BR-CO-15); the name of seller is not sure): use --comment",
        ),
        ("ETAG_MISMATCH", {}, "no: `invoicectl get` shows it as it is now"),
        ("WRONG_STATE", {"status": "approved", "wanted": "approved"}, "no"),
        (
            "WRONG_STATE",
            {"status": "approved", "wanted": "rejected"},
            "no: take that back first, by `invoicectl reopen INVOICE --comment TEXT`",
        ),
        (
            "WRONG_STATE",
            {"status": "failed"},
            "no: `invoicectl get` says why, and `invoicectl reprocess` reads it once more",
        ),
        (
            "WRONG_STATE",
            {"status": "failed", "operation": "o-1"},
            "no: `invoicectl operations wait o-1` waits for it",
        ),
        ("WRONG_STATE", {"status": "review_pending"}, "no"),
        ("WRONG_STATE", {}, "no"),
        ("NEW_REASON", {}, "no"),
    ],
)
def test_refusal_says_what_there_is_and_what_to_do(
    reason: str, metadata: dict[str, str], said: str
) -> None:
    assert refusal_words(reason, "no", metadata) == said
