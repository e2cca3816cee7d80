"""A start that fails, or is broken off, says why in one line and leaves nothing running."""

import asyncio
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from invoice_inference.local_cluster import InferenceFailed, LocalCluster
from invoice_inference.place import InferencePlace
from local_ray.leftover_processes import cluster_processes
from small_cluster import few_at_once

_PROGRAM = """
import asyncio, pathlib, sys
from invoice_inference.local_cluster import LocalCluster
from invoice_inference.place import InferencePlace
cluster = LocalCluster(InferencePlace(pathlib.Path(sys.argv[1])), log=pathlib.Path(sys.argv[2]))
asyncio.run(cluster.start(lambda step: print(step, cluster.child.scratch, flush=True)))
"""


async def test_damaged_model_is_refused_in_one_line(place: InferencePlace, tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(place.random_model, model)
    with (model / "model.safetensors").open("r+b") as weights:
        weights.seek(-1, 2)
        weights.write(b"\xff")
    cluster = LocalCluster(place, log=tmp_path / "log", model=model, environment=few_at_once())
    with pytest.raises(InferenceFailed) as refusal:
        await cluster.start(print)
    assert str(refusal.value) == (
        f"model.safetensors of the model in {model} is damaged: run scripts/install-inference"
    )


async def test_start_that_is_broken_off_leaves_nothing_running(
    place: InferencePlace, tmp_path: Path
) -> None:
    model = place.random_model
    cluster = LocalCluster(place, log=tmp_path / "log", model=model, environment=few_at_once())
    far_enough = asyncio.Event()
    start = asyncio.create_task(
        cluster.start(lambda step: far_enough.set() if "model" in step else None)
    )
    await asyncio.wait_for(far_enough.wait(), 300)
    scratch = cluster.child.scratch
    assert scratch is not None and list(cluster_processes(str(scratch)))
    start.cancel()
    with pytest.raises(asyncio.CancelledError):
        await start
    assert list(cluster_processes(str(scratch))) == []
    assert not scratch.exists()


def test_server_ends_when_whoever_started_it_is_killed(
    place: InferencePlace, tmp_path: Path
) -> None:
    starter = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, str(place.folder), str(tmp_path / "log")],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert starter.stdout is not None
    scratch = Path(starter.stdout.readline().split()[-1])
    assert list(cluster_processes(str(scratch)))
    starter.send_signal(signal.SIGKILL)
    starter.wait()
    deadline = time.monotonic() + 60
    while list(cluster_processes(str(scratch))) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert list(cluster_processes(str(scratch))) == []
    assert not scratch.exists()
