"""The process that serves a model on one machine: a Ray of its own on loopback, and the application on it.

Started by `local_cluster.py` with the Python of the inference environment; says on standard output, a JSON object a line,
how far it is. It ends on SIGTERM, or where whoever started it is gone: its standard input ends with them. What it
started ends with it.
"""

import argparse
import json
import os
import shutil
import signal
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from invoice_inference.leftover_processes import end_cluster
from invoice_inference.model_folder import BrokenModelFolder, verify_model_folder

_PATIENCE_SECONDS = 15.0


class _AskedToEnd(BaseException):
    """Somebody wants the process to end, or is gone."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--metrics-port", type=int, required=True)
    parser.add_argument("--dashboard-port", type=int)
    chosen = parser.parse_args(arguments)
    reports = _Reports()
    _end_on_sigterm()
    _end_with_standard_input()
    try:
        _serve(chosen, reports)
    except _AskedToEnd:
        return 0
    except BrokenModelFolder as error:
        reports.say("failed", reason=str(error))
        return 1
    except Exception as error:
        traceback.print_exc()
        reports.say("failed", reason=f"the model does not start: {_first_line(error)}")
        return 1
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        end_cluster(str(chosen.scratch), patience_seconds=_PATIENCE_SECONDS)
        shutil.rmtree(chosen.scratch, ignore_errors=True)
    return 0


class _Reports:
    """The standard output that there was, for reports alone: Ray's own words go to standard error."""

    def __init__(self) -> None:
        self._descriptor = os.dup(1)
        os.dup2(2, 1)

    def say(self, state: str, **more: str) -> None:
        os.write(self._descriptor, (json.dumps({"state": state, **more}) + "\n").encode())


def _serve(chosen: argparse.Namespace, reports: _Reports) -> None:
    """Serves until the process is asked to end."""
    manifest = verify_model_folder(chosen.model)
    reports.say("starting", step="Ray")
    # Here, since their import takes seconds, and Ray reads its environment then.
    from invoice_inference.local_certificates import create_certificates
    from invoice_inference.local_ray import LOOPBACK, ray_arguments
    from invoice_inference.settings import cpu_settings

    os.environ.update(create_certificates(chosen.scratch / "certificates", LOOPBACK))
    import ray  # pants: no-infer-dep
    from ray import serve  # pants: no-infer-dep

    from invoice_inference.first_answer import ask_for_first_answer
    from invoice_inference.serve_app import build

    settings = cpu_settings(chosen.model, name=manifest.name)
    ray.init(
        **ray_arguments(
            chosen.scratch,
            metrics_port=chosen.metrics_port,
            dashboard_port=chosen.dashboard_port,
        )
    )
    # Ray has put a handler of its own in the place of ours.
    _end_on_sigterm()
    try:
        serve.start(http_options={"host": LOOPBACK, "port": chosen.port})
        try:
            reports.say("starting", step=f"the model {manifest.name}")
            serve.run(build(settings.model_dump(mode="json")), name="inference")
            ask_for_first_answer(f"http://{LOOPBACK}:{chosen.port}/v1", manifest.name)
            reports.say("ready")
            while True:
                signal.pause()
        finally:
            serve.shutdown()
    finally:
        ray.shutdown()


def _end_on_sigterm() -> None:
    def end(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise _AskedToEnd

    signal.signal(signal.SIGTERM, end)


def _end_with_standard_input() -> None:
    def watch() -> None:
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


if __name__ == "__main__":
    raise SystemExit(main())
