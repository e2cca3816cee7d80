"""What a refused call says to the person who made it, beyond the words of the server: the one table."""

from collections.abc import Mapping

from invoice_summarizer.cli.presentation.review_reasons import reason_words
from invoice_summarizer.cli.reasons import sentence_of

# What is missing in a request that a command makes is an option of the command.
_WHAT_TO_DO = {
    "COMMENT_MISSING": "use --comment",
    "FORCE_MISSING": "use --force",
    "CREDENTIALS_INVALID": "name a file with another by --token-file",
    "ETAG_MISMATCH": "`invoicectl get` shows it as it is now",
}
_OF_STATUS = {
    "received": "`invoicectl operations list --pending` shows what is being read",
    "failed": "`invoicectl get` says why, and `invoicectl reprocess` reads it once more",
    "approved": "take that back first, by `invoicectl reopen INVOICE --comment TEXT`",
    "rejected": "take that back first, by `invoicectl reopen INVOICE --comment TEXT`",
}


def refusal_words(reason: str, message: str, metadata: Mapping[str, str]) -> str:
    """Returns what is wrong, with how much of it there is where that is known, and what to do about it."""
    said = _sentence(reason, metadata) or sentence_of(reason, metadata) or message
    to_do = _what_to_do(reason, metadata)
    return f"{said}: {to_do}" if to_do else said


def _sentence(reason: str, metadata: Mapping[str, str]) -> str:
    if reason == "CLAIM_NOT_FOUND" and (claims := metadata.get("claims")):
        return f"the summary has no figure of this number; it has {claims}"
    if reason == "COMMENT_MISSING" and (reasons := metadata.get("review_reasons")):
        why = "; ".join(map(reason_words, reasons.split(", ")))
        return (
            f"a comment must say why the invoice is approved although it waits for review ({why})"
        )
    return ""


def _what_to_do(reason: str, metadata: Mapping[str, str]) -> str:
    if reason != "WRONG_STATE":
        return _WHAT_TO_DO.get(reason, "")
    if operation := metadata.get("operation"):
        return f"`invoicectl operations wait {operation}` waits for it"
    status = metadata.get("status", "")
    return "" if status == metadata.get("wanted") else _OF_STATUS.get(status, "")
