"""The steps of scripts/test-cluster: one after the other, with what was seen in each."""

import argparse
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from cluster import steps_losses, steps_model, steps_rollouts, steps_scaling, steps_start
from cluster.cluster import Cluster, running_cluster
from cluster.commands import Failed, run
from cluster.images import PRODUCT, require_archives
from cluster.places import FOLDER
from cluster.progress import say
from cluster.scenario import Scenario

_KEPT = Path("dist/test-cluster")
Step = Callable[[Scenario], str]
_START: tuple[Step, ...] = (
    steps_start.follow_the_page,
    steps_start.get_a_summary,
    steps_start.see_metrics,
)
_STEPS: tuple[Step, ...] = (
    steps_scaling.gateway_follows_load,
    steps_scaling.workers_follow_queue,
    steps_rollouts.restart_everything,
    steps_rollouts.roll_out_a_version,
    steps_rollouts.stop_a_bad_image,
    steps_rollouts.stop_a_missing_secret,
    steps_rollouts.stop_a_wrong_setting,
    steps_rollouts.stop_a_wrong_certificate,
    steps_losses.drain_a_node,
    steps_losses.kill_a_worker,
    steps_losses.kill_the_gateways,
    steps_losses.kill_redis,
    steps_losses.kill_the_database,
    steps_losses.fill_the_volume,
    steps_losses.lose_the_metric,
)
_MODEL: tuple[Step, ...] = (
    steps_model.serve_the_model,
    steps_model.get_a_summary_of_the_model,
    steps_model.kill_the_head_of_ray,
)


def main() -> int:
    options = _options()
    steps = _chosen(options)
    if options.check:
        return 0
    commit = _commit()
    seen: list[tuple[Step, str, float]] = []
    try:
        model = ("inference",) if _MODEL[0] in steps else ()
        require_archives([*PRODUCT, "stores", *model])
        with running_cluster(options.bin) as cluster:
            scenario = _prepared(cluster, options)
            for number, step in enumerate(steps, 1):
                say(f"{number} of {len(steps)}: {title(step)}")
                started = time.monotonic()
                try:
                    fact = step(scenario)
                except Exception:
                    _tell_state(scenario)
                    raise
                seen.append((step, fact, time.monotonic() - started))
                say(f"    {fact}")
            if options.proof:
                options.proof.write_text(_proof(scenario, seen, commit))
    except Failed as failure:
        print(f"scripts/test-cluster: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    say(f"{len(seen)} of {len(steps)} steps passed")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/test-cluster")
    parser.add_argument("--bin", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--version", help=argparse.SUPPRESS)
    parser.add_argument("--invoicectl", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--without-model", action="store_true", help="leaves out the steps of Ray")
    parser.add_argument(
        "--only",
        action="append",
        metavar="STEP",
        default=[],
        help="this step, after those of the start",
    )
    parser.add_argument("--check", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--proof", type=Path, help="writes what was seen into this file")
    return parser.parse_args()


def _chosen(options: argparse.Namespace) -> tuple[Step, ...]:
    later = _STEPS if options.without_model else (*_STEPS, *_MODEL)
    names = {step.__name__ for step in (*_STEPS, *_MODEL)}
    if options.proof and options.only:
        sys.exit("scripts/test-cluster: a proof is of all steps: leave --only out")
    for name in options.only:
        if name not in names:
            sys.exit(f"scripts/test-cluster: there is no step {name}: {', '.join(sorted(names))}")
    if options.only:
        later = tuple(step for step in (*_STEPS, *_MODEL) if step.__name__ in options.only)
        if set(later) & set(_MODEL) and _MODEL[0] not in later:
            later = (_MODEL[0], *later)
    return (*_START, *later)


def title(step: Step) -> str:
    """Returns the first line of what the step says of itself."""
    return (step.__doc__ or step.__name__).splitlines()[0]


def _prepared(cluster: Cluster, options: argparse.Namespace) -> Scenario:
    say(f"bringing the images of {options.version}")
    cluster.bring_product(options.version)
    scenario = Scenario(cluster, options.version)
    scenario.prepare(options.invoicectl)
    return scenario


def _left_out(seen: list[tuple[Step, str, float]]) -> str:
    done = [step for step, _, _ in seen]
    left = [title(step) for step in (*_START, *_STEPS, *_MODEL) if step not in done]
    return f"Left out in this run: {' '.join(left)}\n\n" if left else ""


def _tell_state(scenario: Scenario) -> None:
    """Prints what an operator would look at, and keeps the logs."""
    shutil.rmtree(_KEPT, ignore_errors=True)
    for folder in (FOLDER / "logs", *(node.folder / "logs" for node in scenario.cluster.nodes)):
        with suppress(OSError):  # a log of a pod that goes just now, or a disk that is full
            shutil.copytree(folder, _KEPT / folder.relative_to(FOLDER))
    print(f"the logs are in {_KEPT}", file=sys.stderr)
    for words in (
        ("get", "pods", "--output", "wide"),
        ("get", "hpa"),
        ("get", "events", "--field-selector", "type=Warning", "--sort-by", ".lastTimestamp"),
    ):
        try:
            print("\n".join(scenario.kubectl(*words).splitlines()[-25:]), file=sys.stderr)
        except Failed as failure:
            print(failure, file=sys.stderr)


def _commit() -> str:
    """Returns what is checked out, and says where it is not all of it."""
    changed = run("git", "status", "--porcelain", "--untracked-files=no").strip()
    return run("git", "rev-parse", "--short", "HEAD").strip() + (
        " and changes to it" if changed else ""
    )


def _proof(scenario: Scenario, seen: list[tuple[Step, str, float]], commit: str) -> str:
    processors = run("nproc").strip()
    nodes = scenario.kubectl.items("nodes")
    versions = sorted({node["status"]["nodeInfo"]["kubeletVersion"] for node in nodes})
    rows = "".join(
        f"| {title(step)} | {fact.replace('|', '/')} | {seconds:.0f} s |\n"
        for step, fact, seconds in seen
    )
    facts = "".join(
        f"## {name}\n\n```\n{text.strip()}\n```\n\n" for name, text in scenario.facts.items()
    )
    return (
        "# Proof\n\n"
        f"What `scripts/test-cluster` saw on {datetime.now(UTC):%Y-%m-%d}, at commit {commit}: a Kubernetes of"
        f" {len(nodes)} nodes, with real kubelets ({', '.join(versions)}) and containers, on one machine of {processors}"
        " processors. The script wrote this page.\n\n"
        "What is not real in it: PostgreSQL and Redis are Debian's, in the place of the official images; a program signs"
        " what cert-manager would; network policies are stored and not enforced; the “next version” is the same program"
        " under another tag. After the first two steps it is the overlay `local` with two of each server, less asked of"
        " processors, and HPAs that scale down after seconds, where the manifests say minutes. metrics-server, Prometheus,"
        " its adapter and KubeRay run beside the cluster.\n\n"
        f"{_left_out(seen)}"
        f"| step | seen | took |\n|---|---|---|\n{rows}\n{facts}"
    ).rstrip() + "\n"


if __name__ == "__main__":
    sys.exit(main())
