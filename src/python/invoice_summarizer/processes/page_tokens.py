"""What a server that lists knows its own page tokens by."""

from pathlib import Path

from aip.page_token import KEY_BYTES, PageTokenCodec
from invoice_summarizer.processes.named_things import Looks
from invoice_summarizer.settings import WrongSetting

_VARIABLE = "INVOICES_PAGE_TOKEN_KEY_FILE"


def page_token_codec(path: Path) -> PageTokenCodec:
    """Raises WrongSetting where the file cannot be used."""
    try:
        return PageTokenCodec(bytes.fromhex(path.read_text().strip()))
    except OSError as error:
        problem = f"cannot read {path}: {error.strerror}"
    except ValueError:
        problem = f"{path} must hold {2 * KEY_BYTES} hex digits and nothing else"
    raise WrongSetting((_VARIABLE, problem))


PAGE_TOKEN_LOOKS: Looks = {(_VARIABLE,): lambda file: page_token_codec(Path(file))}
