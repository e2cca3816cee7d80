import hashlib
import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from invoice_summarizer.adapters.token_file.creation import add_token, create_token_file
from invoice_summarizer.adapters.token_file.token_list import TokenFileError, read_token_list
from invoice_summarizer.adapters.token_file.verifier import TokenFileVerifier
from invoice_summarizer.domain.errors import Unavailable
from invoice_summarizer.domain.principal import Principal, Role

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def entry(token: str, **changes: object) -> dict[str, object]:
    sha256 = hashlib.sha256(token.encode()).hexdigest()
    return {
        "sha256": sha256, "subject": "s", "tenant": "acme", "roles": ["viewer"], **changes,
    }  # fmt: skip


def write(path: Path, *entries: dict[str, object]) -> None:
    new = path.with_suffix(".new")
    new.write_text(json.dumps({"tokens": entries}))
    new.replace(path)


def test_created_files_are_private_and_hold_the_token_once(tmp_path: Path) -> None:
    path = tmp_path / "made" / "tokens.json"
    os.umask(os.umask(0))
    token = create_token_file(path, subject="s", tenant="acme", roles=[Role.VIEWER])
    assert (path.parent / "token").read_text() == token + "\n"
    assert token not in path.read_text()
    modes = {stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    assert modes == {0o600}
    assert {each.name for each in path.parent.iterdir()} == {"token", "tokens.json"}


def test_file_of_tokens_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    token = create_token_file(path, subject="s", tenant="acme", roles=[])
    with pytest.raises(FileExistsError):
        create_token_file(path, subject="s", tenant="acme", roles=[])
    assert (tmp_path / "token").read_text() == token + "\n"


async def test_expired_token_proves_nobody(tmp_path: Path) -> None:
    path, now = tmp_path / "tokens.json", NOW
    create = {"subject": "s", "tenant": "acme", "roles": [Role.VIEWER]}
    token = create_token_file(path, expires=NOW + timedelta(hours=1), **create)  # type: ignore[arg-type]
    verifier = TokenFileVerifier(path, clock=lambda: now)
    assert await verifier.verify(token) is not None
    now = NOW + timedelta(hours=1)
    assert await verifier.verify(token) is None


async def test_changed_file_counts_at_once(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    write(path, entry("first"))
    verifier = TokenFileVerifier(path)
    assert await verifier.verify("second") is None
    write(path, entry("second", tenant="other"))
    assert await verifier.verify("first") is None
    principal = await verifier.verify("second")
    assert principal is not None
    assert principal.tenant == "other"


@pytest.mark.parametrize("broken", ["", "{", '{"tokens": [{}]}', None])
async def test_broken_change_lets_nobody_in_until_it_is_mended(
    tmp_path: Path, broken: str | None
) -> None:
    path = tmp_path / "tokens.json"
    write(path, entry("first"))
    verifier = TokenFileVerifier(path)
    if broken is None:
        path.unlink()
    else:
        path.write_text(broken)
    with pytest.raises(Unavailable):
        await verifier.verify("first")
    assert str(path) in verifier.problem()
    write(path, entry("first"))
    assert verifier.problem() == ""
    assert await verifier.verify("first") is not None


_TENANT = "tokens[0].tenant must be 1 to 63 lower-case letters, digits and inner hyphens"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"sha256": "0" * 63}, "tokens[0].sha256 must be 64 lower-case hex digits"),
        ({"sha256": "G" * 64}, "tokens[0].sha256 must be 64 lower-case hex digits"),
        ({"roles": ["king"]}, "tokens[0].roles[0] must be of viewer, editor, reviewer"),
        ({"roles": "king"}, "tokens[0].roles must be of viewer, editor, reviewer"),
        ({"tenant": ""}, _TENANT),
        ({"tenant": "Acme"}, _TENANT),
        ({"tenant": "acme\n"}, _TENANT),
        ({"expires": "2026-01-01T00:00:00"}, "tokens[0].expires must be a time with its offset"),
        ({"expirse": "2026-01-01T00:00:00Z"}, "tokens[0] has a field that there is not"),
    ],
)
def test_wrong_entry_is_refused_with_its_place_and_without_showing_it(
    tmp_path: Path, wrong: dict[str, object], why: str
) -> None:
    path = tmp_path / "tokens.json"
    write(path, entry("t", **wrong))
    with pytest.raises(TokenFileError) as raised:
        TokenFileVerifier(path)
    assert str(raised.value) == f"{path} is no list of tokens: {why}"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "it is no JSON"),
        ('{"tokens": [}', "it is no JSON, byte 12"),
        ("[]", "its object must be an object"),
        ("{}", "its object has no tokens"),
        ('{"tokens": 1}', "tokens must be a list of objects"),
        ('{"tokens": [{}]}', "tokens[0] has no sha256"),
    ],
)
def test_file_that_is_no_list_says_why_in_one_line(tmp_path: Path, written: str, why: str) -> None:
    path = tmp_path / "tokens.json"
    path.write_text(written)
    with pytest.raises(TokenFileError) as raised:
        TokenFileVerifier(path)
    assert str(raised.value) == f"{path} is no list of tokens: {why}"


async def test_added_tokens_stand_beside_those_that_were_there(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    first = add_token(path, subject="ledger", tenant="acme", roles=[Role.VIEWER])
    second = add_token(path, subject="clerk", tenant="other", roles=[Role.EDITOR, Role.REVIEWER])
    assert first != second
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["tokens.json"]
    verifier = TokenFileVerifier(path)
    principals = [await verifier.verify(token) for token in (first, second)]
    assert principals == [
        Principal(subject="ledger", tenant="acme", roles=frozenset({Role.VIEWER})),
        Principal(subject="clerk", tenant="other", roles=frozenset({Role.EDITOR, Role.REVIEWER})),
    ]


@pytest.mark.parametrize(
    ("subject", "tenant"), [("", "acme"), ("s", ""), ("s", "Acme"), ("s", "a/b"), ("s", "acme\n")]
)
def test_token_that_could_do_nothing_is_refused_and_changes_nothing(
    tmp_path: Path, subject: str, tenant: str
) -> None:
    path = tmp_path / "tokens.json"
    add_token(path, subject="ledger", tenant="acme", roles=[])
    before = path.read_bytes()
    with pytest.raises(TokenFileError):
        add_token(path, subject=subject, tenant=tenant, roles=[])
    assert path.read_bytes() == before


def test_tokens_that_are_added_at_once_are_all_there(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    subjects = [f"s{at}" for at in range(16)]
    with ThreadPoolExecutor(8) as pool:
        added = list(
            pool.map(lambda s: add_token(path, subject=s, tenant="acme", roles=[]), subjects)
        )
    assert len(set(added)) == len(subjects)
    assert sorted(one.subject for one in read_token_list(path).tokens) == sorted(subjects)


def test_file_that_is_no_list_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    path.write_text("something else")
    with pytest.raises(TokenFileError):
        add_token(path, subject="ledger", tenant="acme", roles=[])
    assert path.read_text() == "something else"
