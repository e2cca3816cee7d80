"""How much each tenant has under way in all servers together."""

from enum import StrEnum
from typing import Protocol


class Counted(StrEnum):
    """What is counted; an upload is a call too."""

    CALLS = "calls"
    UPLOADS = "uploads"


class NoPlaceLeft(Exception):
    """The tenant has as many of these under way as it may."""

    def __init__(self, counted: Counted, limit: int) -> None:
        super().__init__(f"{counted} at their limit of {limit}")
        self.counted = counted
        self.limit = limit


class TenantPlaces(Protocol):
    async def take(self, tenant: str, *, is_upload: bool) -> str:
        """Counts a call of the tenant until `leave` is called with what is returned.

        Raises NoPlaceLeft where the tenant has none left in all servers. Where they cannot be counted together, nothing
        is counted, and each server has its own limits only. The places of a server that has died come back by
        themselves, within a minute.
        """

    def leave(self, place: str) -> None:
        """The call has ended; its place is free soon after."""


class OwnPlaces:
    """Of one server alone, whose own limits are enough."""

    async def take(self, tenant: str, *, is_upload: bool) -> str:
        return ""

    def leave(self, place: str) -> None:
        pass


OWN_PLACES = OwnPlaces()
