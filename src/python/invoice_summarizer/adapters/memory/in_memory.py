"""What the memory adapters have is never packed."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class InMemory(Generic[T]):
    """A Packed value that is there already."""

    value: T
    size_bytes: int = 0

    def unpacked(self) -> T:
        return self.value
