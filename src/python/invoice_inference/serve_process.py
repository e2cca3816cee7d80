"""The process that serves a model on one machine: a Ray of its own on loopback, and the application on it.

Started by `local_cluster.py` with the Python of the inference environment; says how far it is, and ends with whoever
started it (`local_ray/reports.py`).
"""

import argparse
import os
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from invoice_inference.model_folder import BrokenModelFolder, verify_model_folder
from local_ray.ray_settings import LOOPBACK
from local_ray.reports import ChildProblem, Reports, end_on_sigterm, run_until_asked_to_end

# The replica is placed on two processors and the rest of Serve on more; where there are fewer, Ray must not wait for them.
_PLACES = 8
_PATIENCE_SECONDS = 15.0
_LOOK_SECONDS = 2.0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--host", default=LOOPBACK, help="where callers find the endpoint")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--metrics-port", type=int, required=True)
    parser.add_argument("--name", default="")
    chosen = parser.parse_args(arguments)
    return run_until_asked_to_end(
        "the model",
        chosen.scratch,
        partial(_serve, chosen),
        patience_seconds=_PATIENCE_SECONDS,
    )


def _serve(chosen: argparse.Namespace, reports: Reports) -> None:
    """Serves until the process is asked to end."""
    try:
        manifest = verify_model_folder(chosen.model)
    except BrokenModelFolder as error:
        raise ChildProblem(str(error)) from None
    reports.starting("Ray")
    # Here, since their import takes seconds, and Ray reads its environment then.
    from invoice_inference.local_certificates import create_certificates
    from invoice_inference.settings import cpu_settings
    from local_ray.ray_settings import ray_arguments

    os.environ.update(create_certificates(chosen.scratch / "certificates", LOOPBACK))
    import ray  # pants: no-infer-dep
    from ray import serve  # pants: no-infer-dep

    from invoice_inference.first_answer import ask_for_first_answer
    from invoice_inference.serve_app import build

    name = chosen.name or manifest.name
    settings = cpu_settings(chosen.model, name=name)
    ray.init(**ray_arguments(chosen.scratch, places=_PLACES, metrics_port=chosen.metrics_port))
    # Ray has put a handler of its own in the place of ours.
    end_on_sigterm()
    try:
        serve.start(http_options={"host": chosen.host, "port": chosen.port})
        reports.starting(f"the model {name}")
        serve.run(build(settings.model_dump(mode="json")), name="inference")
        ask_for_first_answer(f"http://{LOOPBACK}:{chosen.port}/v1", name)
        reports.ready()
        # Ray tells nobody that its node has died, and the proxy still listens then.
        while any(node["Alive"] for node in ray.nodes()):
            time.sleep(_LOOK_SECONDS)
    except BaseException:
        serve.shutdown()
        ray.shutdown()
        raise
    # There is no Ray to shut down any more: asking it to would wait for ever.
    raise ChildProblem("Ray has ended")


if __name__ == "__main__":
    # At once: where Ray has ended, its own part of the end of a process would wait for it.
    os._exit(main())
