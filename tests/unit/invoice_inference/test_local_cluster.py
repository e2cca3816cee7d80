"""What a start says where it cannot be, with real processes in the place of the environment's Python."""

import asyncio
from pathlib import Path

import pytest

from invoice_inference.local_cluster import InferenceFailed, LocalCluster
from invoice_inference.model_folder import write_manifest
from invoice_inference.place import FOLDER_VARIABLE, InferencePlace, default_place


@pytest.fixture
def place(tmp_path: Path) -> InferencePlace:
    return InferencePlace(tmp_path / "inference")


async def test_what_is_not_installed_is_said_in_one_line(
    place: InferencePlace, tmp_path: Path
) -> None:
    problem = await _problem(place, tmp_path)
    assert problem == f"nothing is installed in {place.folder}: run scripts/install-inference"


async def test_missing_model_is_said_in_one_line(place: InferencePlace, tmp_path: Path) -> None:
    _install(place, "exit 0")
    problem = await _problem(place, tmp_path)
    assert problem == f"{place.model} holds no model: run scripts/install-inference"


async def test_child_that_ends_early_is_said_with_its_log(
    place: InferencePlace, tmp_path: Path
) -> None:
    _install(place, "echo out of memory >&2; exit 3")
    _make_model(place)
    problem = await _problem(place, tmp_path)
    log = tmp_path / "inference.log"
    assert problem == f"it ended with exit code 3 while starting its environment: see {log}"
    assert log.read_text() == "out of memory\n"


async def test_reason_of_the_child_is_said_as_it_is(place: InferencePlace, tmp_path: Path) -> None:
    _install(place, """echo '{"state": "failed", "reason": "the port is taken"}'; exit 1""")
    _make_model(place)
    assert await _problem(place, tmp_path) == "the port is taken"


async def test_child_that_cannot_be_started_is_said_in_one_line(
    place: InferencePlace, tmp_path: Path
) -> None:
    _install(place, "exit 0")
    _make_model(place)
    place.python.chmod(0o600)
    problem = await _problem(place, tmp_path)
    log = tmp_path / "inference.log"
    assert problem == f"the child cannot be started: Permission denied: see {log}"


async def test_child_gets_our_code_and_no_secrets_of_ours(
    place: InferencePlace, tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    _install(
        place,
        f"""env > {seen}; ls "$PYTHONPATH" >> {seen}; echo '{{"state": "ready"}}'; exec cat""",
    )
    _make_model(place)
    environment = {"PATH": "/usr/bin:/bin", "INVOICES_DATABASE__DSN": "secret-of-ours"}
    cluster = LocalCluster(place, log=tmp_path / "log", environment=environment)
    await cluster.start(print)
    try:
        said = seen.read_text()
        assert "secret-of-ours" not in said
        assert said.endswith("invoice_inference\nlocal_ray\n")
        assert cluster.token in said and cluster.ray_token in said
        assert f"PATH={place.environment}/bin:" in said
    finally:
        await cluster.stop()
    assert cluster.child.scratch is None


async def test_variables_name_another_folder_and_the_name_that_callers_ask_for(
    place: InferencePlace, tmp_path: Path
) -> None:
    seen, other = tmp_path / "seen", tmp_path / "other"
    _install(place, f"""echo "$@" > {seen}; echo '{{"state": "ready"}}'; exec cat""")
    _make_model(place)
    other.mkdir()
    (other / "model.safetensors").write_bytes(b"other weights")
    made = write_manifest(other, name="other", licence="Apache-2.0", origin="a test")
    environment = {
        "PATH": "/usr/bin:/bin",
        "INFERENCE_MODEL__SOURCE": str(other),
        "INFERENCE_MODEL__NAME": "mine",
    }
    cluster = LocalCluster(place, log=tmp_path / "log", environment=environment)
    served = await cluster.start(print)
    await cluster.stop()
    assert (served.name, served.weights_digest) == ("mine", made.weights_digest)
    assert f"--model {other} " in seen.read_text() and "--name mine" in seen.read_text()


async def test_named_folder_without_a_model_is_said_with_what_names_it(
    place: InferencePlace, tmp_path: Path
) -> None:
    _install(place, "exit 0")
    _make_model(place)
    environment = {"INFERENCE_MODEL__SOURCE": str(tmp_path / "nothing")}
    cluster = LocalCluster(place, log=tmp_path / "log", environment=environment)
    with pytest.raises(InferenceFailed) as failure:
        await cluster.start(print)
    assert str(failure.value) == (
        f"{tmp_path}/nothing has no manifest.json that can be read: name a folder of a model by "
        "INFERENCE_MODEL__SOURCE, or none for the one that is installed"
    )


async def test_wait_returns_when_the_child_has_ended(place: InferencePlace, tmp_path: Path) -> None:
    _install(place, """echo '{"state": "ready"}'; sleep 0.2""")
    _make_model(place)
    cluster = LocalCluster(place, log=tmp_path / "log", environment={"PATH": "/usr/bin:/bin"})
    await cluster.start(print)
    await asyncio.wait_for(cluster.wait(), 20)
    await cluster.stop()


def test_variable_names_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    assert default_place().folder == tmp_path
    monkeypatch.delenv(FOLDER_VARIABLE)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert default_place().folder == tmp_path / "data" / "invoicectl-inference"


async def _problem(place: InferencePlace, tmp_path: Path) -> str:
    cluster = LocalCluster(place, log=tmp_path / "inference.log", environment={})
    with pytest.raises(InferenceFailed) as failure:
        await cluster.start(print)
    assert "\n" not in str(failure.value)
    return str(failure.value)


def _install(place: InferencePlace, commands: str) -> None:
    """A shell script stands where the Python of the environment would."""
    place.python.parent.mkdir(parents=True)
    place.python.write_text(f"#!/bin/sh\n{commands}\n")
    place.python.chmod(0o755)
    place.stamp.write_text("")


def _make_model(place: InferencePlace) -> None:
    place.model.mkdir(parents=True)
    (place.model / "model.safetensors").write_bytes(b"weights")
    write_manifest(place.model, name="small", licence="Apache-2.0", origin="a test")
