"""`invoicectl serve --inference cpu`, as users start it, and what tests ask of it.

`INVOICECTL` names the program: a PEX, whose Python runs what calls gRPC without `invoicectl`.
"""

import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil  # pants: no-infer-dep

from local_ray.leftover_processes import CLUSTER_VARIABLE
from small_cluster import FEW_AT_ONCE

_START_SECONDS = 400.0
_CALL_SECONDS = 120.0
_STREAM = Path(__file__).with_name("stream_summary.py")
TOKEN = "token-of-these-tests"


@dataclass(frozen=True, slots=True)
class ServedProduct:
    """The running system. `said` is the file of what it says to whoever has started it."""

    process: "subprocess.Popen[bytes]"
    data: Path
    said: Path

    @property
    def base_url(self) -> str:
        return self._found(r"the model answers at (\S+);")

    @property
    def model_metrics_url(self) -> str:
        return self._found(r"its metrics: (\S+)")

    @property
    def metrics_url(self) -> str:
        return self._found(r"metrics +(http\S+)")

    def invoicectl(self, *arguments: str | Path) -> str:
        """Returns what the command printed. Fails where it failed."""
        done = subprocess.run(
            [os.environ["INVOICECTL"], "--data", self.data, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_CALL_SECONDS,
            check=False,
        )
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
        return done.stdout

    def answer(self, *arguments: str | Path) -> Any:
        return json.loads(self.invoicectl(*arguments, "--output", "json"))

    def stream(self, invoice: str, style: str, language: str) -> Iterator[dict[str, Any]]:
        """Yields the events of StreamSummary as they come."""
        address, token = (self.data / name for name in ("address", "token"))
        caller = subprocess.Popen(
            [os.environ["INVOICECTL"], _STREAM, address, token, invoice, style, language],
            env={**os.environ, "PEX_INTERPRETER": "1"},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert caller.stdout is not None
        with caller:
            yield from map(json.loads, caller.stdout)
        assert caller.returncode == 0

    def cluster(self) -> tuple[psutil.Process, str]:
        """Returns the child that serves the model, and the folder that names all processes of it."""
        for child in psutil.Process(self.process.pid).children():
            if scratch := child.environ().get(CLUSTER_VARIABLE):
                return child, scratch
        raise AssertionError("no model is served")

    def wait_until_said(self, words: str, seconds: float = _START_SECONDS) -> None:
        deadline = time.monotonic() + seconds
        while words not in (said := self.said.read_text()):
            assert self.process.poll() is None, said
            assert time.monotonic() < deadline, said
            time.sleep(0.1)

    def _found(self, pattern: str) -> str:
        found = re.search(pattern, self.said.read_text())
        assert found is not None
        return found[1]


def start(folder: Path) -> ServedProduct:
    """Returns the system once it serves."""
    data, said = folder / "data", folder / "said"
    with said.open("wb") as out:
        process = subprocess.Popen(
            [
                *(os.environ["INVOICECTL"], "--data", data, "serve", "--inference", "cpu"),
                *("--port", "0"),
            ],
            env={**os.environ, **FEW_AT_ONCE, "INFERENCE_TOKEN": TOKEN},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    product = ServedProduct(process, data, said)
    try:
        product.wait_until_said("until Ctrl-C")
    except BaseException:
        stop(product)
        raise
    return product


def stop(product: ServedProduct) -> None:
    product.process.terminate()
    product.process.wait(_CALL_SECONDS)
