"""The two roles of Redis that the settings name: what was read is kept in one, and all servers share the other."""

from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from invoice_summarizer.adapters.cached.invoice_reader import CachedInvoiceReader
from invoice_summarizer.ports.cache import Cache
from invoice_summarizer.ports.invoice_reader import InvoiceReader
from invoice_summarizer.ports.tenant_places import OWN_PLACES, TenantPlaces
from invoice_summarizer.ports.wake_ups import WakeUps
from invoice_summarizer.processes.key_files import (
    key_of_file,
    renewed_authority,
    require_authority,
)
from invoice_summarizer.processes.listening_failures import log_listening_failure
from invoice_summarizer.processes.named_things import Looks
from invoice_summarizer.rpc.invoice_views import ProtobufViewRenderer
from invoice_summarizer.settings import CacheSettings, RedisSettings, StateSettings, WrongSetting
from invoice_summarizer.telemetry import Metrics

if TYPE_CHECKING:
    from invoice_summarizer.adapters.redis.connections import RedisPlace

_CACHE, _STATE = "cache", "state"
_KEY = "INVOICES_CACHE__KEY_FILE"


@dataclass(frozen=True, slots=True)
class SharedState:
    """What servers share, where they share anything."""

    places: TenantPlaces
    wake_ups: WakeUps | None


NOTHING_SHARED = SharedState(OWN_PLACES, None)


@asynccontextmanager
async def opened_cache(
    settings: CacheSettings | None, metrics: Metrics
) -> AsyncIterator[Cache | None]:
    """Yields the cache of the settings, None where they have none. Raises WrongSetting."""
    if settings is None:
        yield None
        return
    # Here and below: whoever has no Redis does without what its client takes.
    from invoice_summarizer.adapters.redis.cache import CacheKeys, RedisCache
    from invoice_summarizer.adapters.redis.connections import RedisConnections

    keys = CacheKeys.of(_cache_key(settings.key_file))
    place = _place(_CACHE, settings)
    connections = RedisConnections(place, metrics.redis_up.labels(_CACHE).set)
    async with aclosing(connections):
        yield RedisCache(
            connections,
            keys,
            seconds=settings.seconds,
            counted=lambda kind, result: metrics.cache_requests.labels(kind, result).inc(),
        )


def cached_reader(reader: InvoiceReader, cache: Cache | None) -> InvoiceReader:
    """Returns the reader, of which the cache keeps what costs most."""
    if cache is None:
        return reader
    return CachedInvoiceReader(reader, cache, form=ProtobufViewRenderer().version)


@asynccontextmanager
async def opened_state(
    settings: StateSettings | None, metrics: Metrics
) -> AsyncIterator[SharedState]:
    """Yields what is shared by the settings. Raises WrongSetting."""
    if settings is None:
        yield NOTHING_SHARED
        return
    from invoice_summarizer.adapters.redis.connections import RedisConnections
    from invoice_summarizer.adapters.redis.tenant_places import RedisTenantPlaces, TenantLimits
    from invoice_summarizer.adapters.redis.wake_ups import RedisWakeUps

    place = _place(_STATE, settings)
    connections = RedisConnections(place, metrics.redis_up.labels(_STATE).set)
    limits = TenantLimits(calls=settings.tenant_calls, uploads=settings.tenant_uploads)
    places = RedisTenantPlaces(connections, limits)
    wake_ups = RedisWakeUps(place, connections, failed=log_listening_failure)
    async with aclosing(connections), places.kept():
        yield SharedState(places, wake_ups)


def _place(role: str, settings: RedisSettings) -> "RedisPlace":
    from invoice_summarizer.adapters.redis.connections import RedisPlace

    authority = None
    if settings.authority_file is not None:
        authority = renewed_authority(_variable(role, "AUTHORITY_FILE"), settings.authority_file)
    url = settings.url.get_secret_value()
    _require_url(role, url)
    return RedisPlace(url=url, authority=authority, answer_seconds=settings.answer_seconds)


def _require_url(role: str, url: str) -> None:
    from invoice_summarizer.adapters.redis.connections import RedisPlace, WrongRedisUrl, client_of

    try:
        client_of(RedisPlace(url=url))
    except WrongRedisUrl as error:
        raise WrongSetting((_variable(role, "URL"), str(error))) from None


def _variable(role: str, name: str) -> str:
    return f"INVOICES_{role.upper()}__{name}"


def _cache_key(path: Path) -> bytes:
    from invoice_summarizer.adapters.redis.cache import KEY_BYTES

    return key_of_file(_KEY, path, KEY_BYTES)


def _looks(role: str) -> Looks:
    authority = _variable(role, "AUTHORITY_FILE")
    return {
        (_variable(role, "URL"),): lambda url: _require_url(role, url),
        (authority,): lambda file: require_authority(authority, Path(file)),
    }


CACHE_LOOKS: Looks = {**_looks(_CACHE), (_KEY,): lambda file: _cache_key(Path(file))}
STATE_LOOKS: Looks = _looks(_STATE)
