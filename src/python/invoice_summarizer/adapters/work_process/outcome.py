"""What has become of a call in the other process."""

import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Failed:
    """An exception, taken apart: not every one can be made by calling its class with its arguments."""

    kind: type[Exception]
    args: tuple[Any, ...]
    state: Mapping[str, Any]

    @classmethod
    def of(cls, error: Exception) -> "Failed":
        # Where it was raised, in lines of code; nothing of what was worked on.
        error.add_note("".join(traceback.format_tb(error.__traceback__)))
        return cls(type(error), error.args, dict(error.__dict__))

    def error(self) -> Exception:
        error = self.kind.__new__(self.kind)
        error.args = self.args
        error.__dict__.update(self.state)
        return error


@dataclass(frozen=True, slots=True)
class Returned:
    value: Any


Outcome = Failed | Returned
