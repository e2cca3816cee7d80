"""What a server that lists knows its own page tokens by."""

from pathlib import Path

from aip.page_token import KEY_BYTES, PageTokenCodec
from invoice_summarizer.processes.key_files import key_of_file
from invoice_summarizer.processes.named_things import Looks

_VARIABLE = "INVOICES_PAGE_TOKEN_KEY_FILE"


def page_token_codec(path: Path) -> PageTokenCodec:
    """Raises WrongSetting where the file cannot be used."""
    return PageTokenCodec(key_of_file(_VARIABLE, path, KEY_BYTES))


PAGE_TOKEN_LOOKS: Looks = {(_VARIABLE,): lambda file: page_token_codec(Path(file))}
