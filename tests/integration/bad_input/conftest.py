"""The whole system on one machine."""

from whole_stack import stack

__all__ = ["stack"]
