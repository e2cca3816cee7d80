"""The contract of TokenVerifier."""

from pathlib import Path

import pytest

from invoice_summarizer.adapters.memory.token_verifier import MemoryTokenVerifier
from invoice_summarizer.adapters.token_file.creation import create_token_file
from invoice_summarizer.adapters.token_file.verifier import TokenFileVerifier
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.ports.token_verifier import TokenVerifier

LEDGER = Principal(subject="ledger", tenant="acme", roles=frozenset({Role.VIEWER, Role.EDITOR}))


@pytest.fixture(params=["memory", "file"])
def known(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[TokenVerifier, str]:
    """A verifier, and the one token that it knows."""
    if request.param == "memory":
        return MemoryTokenVerifier({"secret": LEDGER}), "secret"
    path = tmp_path / "tokens.json"
    token = create_token_file(
        path, subject=LEDGER.subject, tenant=LEDGER.tenant, roles=LEDGER.roles
    )
    return TokenFileVerifier(path), token


async def test_known_token_proves_its_principal(known: tuple[TokenVerifier, str]) -> None:
    verifier, token = known
    assert await verifier.verify(token) == LEDGER


@pytest.mark.parametrize("bad", ["", "x", "é", "\x00", "half \ud800", "x" * 100_000])
async def test_unknown_token_proves_nobody(known: tuple[TokenVerifier, str], bad: str) -> None:
    verifier, token = known
    assert await verifier.verify(bad) is None
    assert await verifier.verify(token + bad) in ((LEDGER,) if not bad else (None,))
