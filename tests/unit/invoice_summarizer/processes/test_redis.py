"""The Redis that a process opens by its settings, and what it says of settings that cannot be used."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from invoice_summarizer.environment import read_settings
from invoice_summarizer.processes.named_things import problems_of
from invoice_summarizer.processes.redis import (
    CACHE_LOOKS,
    NOTHING_SHARED,
    STATE_LOOKS,
    cached_reader,
    opened_cache,
    opened_state,
)
from invoice_summarizer.settings import (
    CacheSettings,
    QuerySettings,
    StateSettings,
    WrongSetting,
)
from invoice_summarizer.telemetry import Metrics

# Nothing answers on the port: whether Redis is there is no matter of settings.
URL = SecretStr("redis://:secret@127.0.0.1:1/0")
WRONG_URL = SecretStr("localhost:6379 secret")
WORDS = "must be redis:// or rediss:// (TLS), such as redis://:password@host:6379/0"


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "key"
    path.write_text("00" * 32 + "\n")
    return path


async def test_without_settings_nothing_is_kept_and_nothing_shared() -> None:
    async with opened_cache(None, Metrics()) as cache, opened_state(None, Metrics()) as state:
        assert cache is None
        assert state is NOTHING_SHARED
        reader = object()
        assert cached_reader(reader, cache) is reader  # type: ignore[arg-type]


async def test_redis_that_is_not_there_is_done_without(key_file: Path) -> None:
    metrics = Metrics()
    async with (
        opened_cache(CacheSettings(url=URL, key_file=key_file), metrics),
        opened_state(StateSettings(url=URL), metrics) as state,
    ):
        metrics.redis_up.labels("state").set(1)
        state.places.leave(await state.places.take("acme", is_upload=True))
        assert state.wake_ups is not None
        assert not await state.wake_ups.tell("channel", "")
    assert metrics.registry.get_sample_value("redis_up", {"role": "state"}) == 0


async def test_url_that_names_no_redis_is_a_wrong_setting_without_its_value(key_file: Path) -> None:
    with pytest.raises(WrongSetting) as of_cache:
        async with opened_cache(CacheSettings(url=WRONG_URL, key_file=key_file), Metrics()):
            pass
    with pytest.raises(WrongSetting) as of_state:
        async with opened_state(StateSettings(url=WRONG_URL), Metrics()):
            pass
    assert of_cache.value.problems == (("INVOICES_CACHE__URL", WORDS),)
    assert of_state.value.problems == (("INVOICES_STATE__URL", WORDS),)


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    key, authority = tmp_path / "key", tmp_path / "authority"
    key.write_text("00" * 5)
    authority.write_text("no certificate")
    given = {
        "INVOICES_CACHE__URL": "localhost",
        "INVOICES_CACHE__KEY_FILE": str(key),
        "INVOICES_CACHE__AUTHORITY_FILE": str(authority),
        "INVOICES_STATE__URL": "localhost",
        "INVOICES_STATE__AUTHORITY_FILE": str(tmp_path / "none"),
    }
    assert [*problems_of({**CACHE_LOOKS, **STATE_LOOKS}, given)] == [
        ("INVOICES_CACHE__URL", WORDS),
        ("INVOICES_CACHE__AUTHORITY_FILE", f"{authority} holds no certificate in PEM"),
        ("INVOICES_CACHE__KEY_FILE", f"{key} must hold 64 hex digits and nothing else"),
        ("INVOICES_STATE__URL", WORDS),
        (
            "INVOICES_STATE__AUTHORITY_FILE",
            f"cannot read {tmp_path / 'none'}: No such file or directory",
        ),
    ]


def test_cache_without_its_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INVOICES_CACHE__URL", URL.get_secret_value())
    with pytest.raises(WrongSetting) as raised:
        read_settings(QuerySettings)
    assert ("INVOICES_CACHE__KEY_FILE", "is missing") in raised.value.problems
