"""Work for many texts on one reading: what they share is done once."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
PackedT = TypeVar("PackedT")


class KeptWork:
    """A LongWork for many texts on one reading: what was asked before is not worked out again."""

    def __init__(self) -> None:
        self._kept = dict[object, Any]()

    async def __call__(
        self,
        whose: str,
        packed: PackedT,
        function: Callable[Concatenate[PackedT, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        asked = (function, args, *kwargs.items())
        if asked not in self._kept:
            self._kept[asked] = function(packed, *args, **kwargs)
        result: T = self._kept[asked]
        return result
