"""What a server knows its callers by."""

from pathlib import Path

from invoice_summarizer.adapters.token_file.token_list import TokenFileError
from invoice_summarizer.adapters.token_file.verifier import TokenFileVerifier
from invoice_summarizer.settings import WrongSetting


def token_verifier(path: Path) -> TokenFileVerifier:
    """Raises WrongSetting where the file cannot be used."""
    try:
        return TokenFileVerifier(path)
    except TokenFileError as error:
        raise WrongSetting(("INVOICES_TOKEN_FILE", str(error))) from None
