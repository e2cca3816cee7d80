"""Computing that can take long, away from whoever answers others meanwhile."""

import asyncio
from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from invoice_summarizer.domain.errors import Unavailable
from invoice_summarizer.ports.packed import Packed

P = ParamSpec("P")
T = TypeVar("T")
PackedT = TypeVar("PackedT", bound=Packed[object])


class WorkLost(Unavailable):
    """What worked on something large has ended before it was done; nothing of it was stored."""

    reason = "WORK_LOST"

    def __init__(self) -> None:
        super().__init__("what worked on a large invoice has ended")


class LongWork(Protocol):
    """Works on packed values; any number of calls at a time, which may have to wait for each other.

    Those who wait take turns, by the tenants that they work for (`whose`).
    """

    async def __call__(
        self,
        whose: str,
        packed: PackedT,
        function: Callable[Concatenate[PackedT, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Returns what the function gives for the packed value and the arguments, and raises what it raises.

        It may be called in another process: it is a function of a module or a `partial` of one, it keeps nothing, and
        what goes in and comes out can be pickled. After a cancelled call nothing of it is left running once it has
        begun in another process. Raises WorkLost; the next call works.
        """
        ...


async def in_a_thread(
    whose: str,
    packed: PackedT,
    function: Callable[Concatenate[PackedT, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """A LongWork for what is not large, and for a process that answers nobody else meanwhile."""
    return await asyncio.to_thread(function, packed, *args, **kwargs)
