"""What a server knows its callers by."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from invoice_summarizer.adapters.token_file.token_list import TokenFileError
from invoice_summarizer.adapters.token_file.verifier import TokenFileVerifier
from invoice_summarizer.processes.named_things import Looks
from invoice_summarizer.settings import WrongSetting

_VARIABLE = "INVOICES_TOKEN_FILE"


def token_verifier(path: Path) -> TokenFileVerifier:
    """Raises WrongSetting where the file cannot be used."""
    try:
        return TokenFileVerifier(path)
    except TokenFileError as error:
        raise WrongSetting((_VARIABLE, str(error))) from None


def looking_at(
    tokens: TokenFileVerifier, database_problem: Callable[[], Awaitable[str]]
) -> Callable[[], Awaitable[str]]:
    """Returns a look at both that a server cannot answer without: who calls, and what it answers from."""

    async def problem() -> str:
        return tokens.problem() or await database_problem()

    return problem


TOKEN_LOOKS: Looks = {(_VARIABLE,): lambda file: token_verifier(Path(file))}
