"""The whole system on one machine behind the gateway."""

from rest_stack import rest

__all__ = ["rest"]
