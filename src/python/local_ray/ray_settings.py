"""A Ray of one machine: everything on loopback, callers hold a token, nothing is told to anybody."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

LOOPBACK = "127.0.0.1"
OBJECT_STORE_BYTES = 200_000_000


def ray_environment(token: str) -> Mapping[str, str]:
    """Returns what the environment of every process of such a Ray must hold."""
    return {
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN": token,
        # Without it Ray takes an address of the machine in the place of loopback, and listens there.
        "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
        "RAY_USAGE_STATS_ENABLED": "0",
        # Else a loaded machine slows only what Ray runs.
        "RAY_worker_niceness": "0",
        # What runs here may be ended at any time: nobody waits for it.
        "RAY_GRACEFUL_SHUTDOWN_DRAIN_TIMEOUT_S": "0",
        # A worker that waits for work has loaded what it worked with already.
        "RAY_num_workers_soft_limit": "0",
    }


def ray_arguments(
    scratch: Path, *, places: int, metrics_port: int | None = None
) -> Mapping[str, Any]:
    """Returns the arguments of `ray.init`; `places` is how many processors Ray takes the machine to have.

    Metrics are at the port, at a free one without it.
    """
    return {
        "address": "local",
        "num_cpus": places,
        "object_store_memory": OBJECT_STORE_BYTES,
        "include_dashboard": False,
        "dashboard_host": LOOPBACK,
        "log_to_driver": False,
        "_metrics_export_port": metrics_port,
        "_node_ip_address": LOOPBACK,
        "_temp_dir": str(scratch),
    }
