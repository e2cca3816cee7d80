"""Values that can be large, as bytes that nobody has decoded yet."""

from typing import Protocol, TypeVar

T_co = TypeVar("T_co", covariant=True)


class Packed(Protocol[T_co]):
    """A value as it came: it can be handed on to another process, and is unpacked where it is worked on."""

    @property
    def size_bytes(self) -> int:
        """How large the value is, encoded and not compressed: what unpacking it costs grows with this."""

    def unpacked(self) -> T_co:
        """Returns the value. A large one takes a second, in which little else of the process runs."""
