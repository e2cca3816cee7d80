"""Who may begin a call: so many calls at once in all, a part of them for each tenant, and so many of it in all servers.

No call waits for a place: one that finds none is refused at once, and its caller told when to try again.
"""

from dataclasses import dataclass

import grpc

from invoice_summarizer.ports.tenant_places import OWN_PLACES, Counted, NoPlaceLeft, TenantPlaces
from invoice_summarizer.rpc.errors import LimitReached
from invoice_summarizer.use_cases.store_document import DOCUMENT_LIMIT_BYTES

# A tenant can always upload a document of any size, however it is cut into messages.
LEAST_UPLOAD_BYTES = 2 * DOCUMENT_LIMIT_BYTES

_Code = grpc.StatusCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much may be under way at once. Uploads are the calls that send a stream; they are calls too."""

    calls: int
    uploads: int
    upload_bytes: int  # that the uploads under way have brought

    def part(self, percent: int) -> "Limits":
        """Returns the limits of one tenant. They leave room for one upload at least."""
        return Limits(
            calls=max(1, self.calls * percent // 100),
            uploads=max(1, self.uploads * percent // 100),
            upload_bytes=max(LEAST_UPLOAD_BYTES, self.upload_bytes * percent // 100),
        )


@dataclass(slots=True)
class _UnderWay:
    """What one tenant, or all of them, have under way."""

    whose: str  # "tenant" or "server"
    limits: Limits
    calls: int = 0
    uploads: int = 0
    upload_bytes: int = 0


class Place:
    """A call that was admitted. It counts until `leave`."""

    __slots__ = ("_counts", "_is_upload", "_bytes", "_places", "_shared")

    def __init__(
        self,
        counts: tuple[_UnderWay, _UnderWay],
        places: TenantPlaces,
        *,
        is_upload: bool,
    ) -> None:
        self._counts = counts
        self._places = places
        self._shared: str | None = None  # its place among those of all servers
        self._is_upload = is_upload
        self._bytes = 0
        for count in counts:
            count.calls += 1
            count.uploads += is_upload

    async def share(self, tenant: str) -> None:
        """Counts it among the tenant's calls in all servers. Raises LimitReached where the tenant has none left there."""
        try:
            self._shared = await self._places.take(tenant, is_upload=self._is_upload)
        except NoPlaceLeft as full:
            refused = _too_many_uploads if full.counted is Counted.UPLOADS else _too_many_calls
            raise refused("this tenant", "tenant", full.limit, " in all servers") from None

    def bring(self, size_bytes: int) -> None:
        """Counts what an upload brings. Raises LimitReached where there is no room for it."""
        for count in self._counts:
            limit = count.limits.upload_bytes
            if count.upload_bytes + size_bytes > limit:
                raise LimitReached(
                    _Code.RESOURCE_EXHAUSTED,
                    "TOO_MANY_UPLOAD_BYTES",
                    f"{_subject(count)} has uploads of {limit} bytes under way: try again later",
                    whose=count.whose,
                    limit=limit,
                )
        for count in self._counts:
            count.upload_bytes += size_bytes
        self._bytes += size_bytes

    def leave(self) -> None:
        if self._shared is not None:
            self._places.leave(self._shared)
        for count in self._counts:
            count.calls -= 1
            count.uploads -= self._is_upload
            count.upload_bytes -= self._bytes


class Admission:
    """Counts the calls of callers who are known; whoever is not known takes no place."""

    def __init__(
        self, limits: Limits, places: TenantPlaces = OWN_PLACES, *, tenant_percent: int
    ) -> None:
        self._places = places
        self._server = _UnderWay("server", limits)
        self._tenant_limits = limits.part(tenant_percent)
        self._tenants: dict[str, _UnderWay] = {}  # as many as have credentials

    def admit(self, tenant: str, *, is_upload: bool) -> Place:
        """Returns the place of a call. Raises LimitReached where the tenant, or the server, has none left."""
        of_tenant = self._tenants.get(tenant)
        if of_tenant is None:
            of_tenant = self._tenants[tenant] = _UnderWay("tenant", self._tenant_limits)
        counts = (of_tenant, self._server)
        for count in counts:
            if count.calls >= count.limits.calls:
                raise _too_many_calls(_subject(count), count.whose, count.limits.calls)
            if is_upload and count.uploads >= count.limits.uploads:
                raise _too_many_uploads(_subject(count), count.whose, count.limits.uploads)
        return Place(counts, self._places, is_upload=is_upload)


def _subject(count: _UnderWay) -> str:
    return "the server" if count.whose == "server" else "this tenant"


def _too_many_calls(subject: str, whose: str, limit: int, where: str = "") -> LimitReached:
    return LimitReached(
        _Code.RESOURCE_EXHAUSTED,
        "TOO_MANY_CALLS",
        f"{subject} has {limit} calls under way{where}: try again later",
        whose=whose,
        limit=limit,
    )


def _too_many_uploads(subject: str, whose: str, limit: int, where: str = "") -> LimitReached:
    return LimitReached(
        _Code.RESOURCE_EXHAUSTED,
        "TOO_MANY_UPLOADS",
        f"{subject} has {limit} uploads under way{where}: try again later",
        whose=whose,
        limit=limit,
    )
