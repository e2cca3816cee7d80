"""What a server that lists knows its own page tokens by."""

from pathlib import Path

from aip.page_token import KEY_BYTES, PageTokenCodec
from invoice_summarizer.settings import WrongSetting


def page_token_codec(path: Path) -> PageTokenCodec:
    """Raises WrongSetting where the file cannot be used."""
    try:
        return PageTokenCodec(bytes.fromhex(path.read_text().strip()))
    except OSError as error:
        problem = f"cannot read {path}: {error.strerror}"
    except ValueError:
        problem = f"must name a file of {2 * KEY_BYTES} hex digits"
    raise WrongSetting(("INVOICES_PAGE_TOKEN_KEY_FILE", problem))
