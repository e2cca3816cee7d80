"""The RayService is one that KubeRay takes, and says what the settings say."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import yaml  # pants: no-infer-dep
from jsonschema import Draft202012Validator  # pants: no-infer-dep

from invoice_inference.ray_service import manifest_yaml, ray_service
from invoice_inference.settings import InferenceSettings, profile_settings

_SCHEMA = json.loads(Path(__file__).with_name("rayservice_schema.json").read_text())


@pytest.mark.parametrize("profile", ["cpu", "gpu"])
def test_manifest_is_what_the_custom_resource_definition_allows(profile: str) -> None:
    manifest = yaml.safe_load(manifest_yaml(profile_settings(profile)))
    assert _problems(manifest) == []


def test_definition_refuses_a_field_that_there_is_not() -> None:
    manifest = copy.deepcopy(ray_service(profile_settings("gpu")))
    manifest["spec"]["rayClusterConfig"]["headGroupSpec"]["template"]["spec"]["container"] = []
    assert len(_problems(manifest)) == 1


def test_application_of_the_manifest_has_the_settings_as_they_are() -> None:
    settings = profile_settings("gpu")
    config = yaml.safe_load(ray_service(settings)["spec"]["serveConfigV2"])
    [application] = config["applications"]
    assert InferenceSettings(**application["args"]) == settings


def test_no_secret_stands_in_the_manifest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INFERENCE_TOKEN", "a-secret-of-the-environment")
    assert "a-secret" not in manifest_yaml(profile_settings("gpu"))


def _problems(manifest: dict[str, Any]) -> list[str]:
    validator = Draft202012Validator(_SCHEMA)
    return [error.message for error in validator.iter_errors(manifest)]
