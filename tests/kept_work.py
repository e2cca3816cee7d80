"""Work for many texts on one reading, in one style and language: what they share is done once."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from invoice_summarizer.use_cases.write_summary import verification_of

P = ParamSpec("P")
T = TypeVar("T")
PackedT = TypeVar("PackedT")


def _judges_one_text(function: object) -> bool:
    return function is verification_of


class KeptWork:
    """A LongWork for many texts on one reading: the gate judges each, and what they share is made once."""

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
        if _judges_one_text(function):
            return function(packed, *args, **kwargs)
        if function not in self._kept:
            self._kept[function] = function(packed, *args, **kwargs)
        result: T = self._kept[function]
        return result
