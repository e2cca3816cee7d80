"""A profile gives every setting, and the environment replaces single ones."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from invoice_inference.llm_config import engine_arguments, engine_environment, llm_config
from invoice_inference.place import default_place
from invoice_inference.profiles import PROFILES
from invoice_inference.settings import InferenceSettings, cpu_settings, profile_settings


@pytest.mark.parametrize("profile", PROFILES)
def test_profile_gives_every_setting(profile: str) -> None:
    settings = profile_settings(profile)
    assert settings.profile == profile
    assert settings.model.licence == "Apache-2.0"


def test_variable_replaces_one_value_of_the_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INFERENCE_PROFILE", "gpu")
    monkeypatch.setenv("INFERENCE_ENGINE__MAX_NUM_SEQS", "7")
    changed = InferenceSettings()
    monkeypatch.delenv("INFERENCE_ENGINE__MAX_NUM_SEQS")
    plain = InferenceSettings()
    assert changed.engine == plain.engine.model_copy(update={"max_num_seqs": 7})
    assert changed.model == plain.model


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("INFERENCE_PROFILE", "tpu"),
        ("INFERENCE_ENGINE__MAX_NUM_SEQS", "0"),
        ("INFERENCE_ENGINE__NO_SUCH", "1"),
        ("INFERENCE_SCALING__MAX_REPLICAS", "none"),
    ],
)
def test_wrong_variable_is_refused(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ValidationError):
        InferenceSettings()


def test_least_replicas_above_most_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INFERENCE_SCALING__MIN_REPLICAS", "3")
    with pytest.raises(ValidationError, match="min_replicas"):
        profile_settings("cpu")


@pytest.mark.parametrize("profile", PROFILES)
def test_engine_has_a_bound_for_its_cache(profile: str) -> None:
    """Else vLLM takes what the machine has."""
    arguments = engine_arguments(profile_settings(profile))
    bounds = {"kv_cache_memory_bytes", "gpu_memory_utilization"} & arguments.keys()
    assert len(bounds) == 1


@pytest.mark.parametrize("profile", PROFILES)
def test_prompts_stay_out_of_logs_and_the_hub_is_not_asked(profile: str) -> None:
    variables = engine_environment(profile_settings(profile))
    assert variables["RAYLLM_ENABLE_REQUEST_PROMPT_LOGS"] == "0"
    assert variables["HF_HUB_OFFLINE"] == "1"


def test_answers_are_batch_invariant_where_the_profile_says_so() -> None:
    assert engine_environment(profile_settings("gpu"))["VLLM_BATCH_INVARIANT"] == "1"
    assert "VLLM_BATCH_INVARIANT" not in engine_environment(profile_settings("cpu"))


def test_queue_of_a_replica_is_bounded() -> None:
    deployment = llm_config(profile_settings("gpu"))["deployment_config"]
    assert deployment["max_ongoing_requests"] == 128
    assert deployment["max_queued_requests"] == 256


def test_processor_and_accelerator_are_placed_each_in_its_way() -> None:
    assert llm_config(profile_settings("cpu"))["accelerator_config"] == {"kind": "cpu"}
    assert llm_config(profile_settings("gpu"))["accelerator_type"] == "H100"


def test_settings_come_back_from_what_a_manifest_says_of_them() -> None:
    settings = profile_settings("gpu")
    assert InferenceSettings(**settings.model_dump(mode="json")) == settings


def test_folder_and_name_of_a_model_go_before_the_profile() -> None:
    settings = cpu_settings(Path("/models/random"), name="random")
    assert (settings.model.source, settings.model.name) == ("/models/random", "random")


def test_folder_of_the_profile_is_the_one_that_the_installation_makes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for variable in ("INFERENCE_FOLDER", "XDG_DATA_HOME"):
        monkeypatch.delenv(variable, raising=False)
    assert profile_settings("cpu").model.source == str(default_place().model)
