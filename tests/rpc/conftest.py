"""The API over the memory adapters."""

from rpc_fixture import api, idle_api

__all__ = ["api", "idle_api"]
