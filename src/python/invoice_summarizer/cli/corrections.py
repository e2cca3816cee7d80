"""Corrections as people type them: `totals.amount_due=1190.00`."""

from invoice_summarizer.cli.failures import wrong_usage
from invoices.v1 import correction_pb2


def correction(typed: str) -> correction_pb2.Correction:
    """Returns the correction; with nothing behind the sign, it clears what stands there.

    Raises CommandFailed where there is no sign. Whether field and value are right, the server knows.
    """
    path, sign, text = typed.partition("=")
    if not sign:
        raise wrong_usage(f"{typed!r} is not of the form field=value")
    path, text = path.strip().removeprefix("content."), text.strip()
    if not text:
        return correction_pb2.Correction(field_path=path, clear=True)
    return correction_pb2.Correction(field_path=path, value=text)
