"""The RayServices among the manifests are those of the settings, and what goes with them is of one mind."""

import pytest

from deploy.manifests import DEPLOY, Manifests, Object, of_components
from invoice_inference.ray_service import main

MODELS = {"cpu": "smollm2-135m-instruct", "gpu": "qwen2.5-14b-instruct"}


@pytest.fixture(params=sorted(MODELS))
def profile(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def manifests(profile: str) -> Manifests:
    return of_components((f"inference-{profile}",))


def ray_service(manifests: Manifests) -> Object:
    [found] = manifests.of_kind("RayService")
    return found


def templates(manifests: Manifests) -> list[Object]:
    cluster = ray_service(manifests)["spec"]["rayClusterConfig"]
    groups = [cluster["headGroupSpec"], *cluster["workerGroupSpecs"]]
    return [group["template"] for group in groups]


def test_file_is_what_the_program_writes(
    profile: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INFERENCE_PROFILE", profile)
    monkeypatch.setenv("INFERENCE_MODEL__SOURCE", f"/models/{MODELS[profile]}")
    main()
    written = (DEPLOY / "components" / f"inference-{profile}" / "ray-service.yaml").read_text()
    assert capsys.readouterr().out == written


def test_services_ask_for_the_model_that_is_served_where_it_is_served(
    profile: str, manifests: Manifests
) -> None:
    served = ray_service(manifests)
    assert f"name: {MODELS[profile]}\n" in served["spec"]["serveConfigV2"]
    # KubeRay names the service so.
    address = f"http://{served['metadata']['name']}-serve-svc:8000/v1"
    for name in ("summarize", "worker"):
        [container] = manifests.named("Deployment", name)["spec"]["template"]["spec"]["containers"]
        variables = {each["name"]: each.get("value") for each in container["env"]}
        assert variables["INVOICES_MODEL__NAME"] == MODELS[profile]
        assert variables["INVOICES_MODEL__URL"] == address


def test_pods_of_ray_are_restricted_and_say_what_they_need(manifests: Manifests) -> None:
    """The profile `restricted`; Ray writes to its root."""
    for template in templates(manifests):
        spec = template["spec"]
        assert spec["securityContext"]["runAsNonRoot"] is True
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        for container in spec["containers"]:
            assert container["securityContext"]["allowPrivilegeEscalation"] is False
            assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
            assert {"cpu", "memory"} <= container["resources"]["limits"].keys()


def test_policies_are_about_the_pods_of_ray(profile: str) -> None:
    manifests = of_components((f"inference-{profile}", "network-policies"))
    labels = manifests.named("NetworkPolicy", "model")["spec"]["podSelector"]["matchLabels"]
    assert labels
    for template in templates(manifests):
        assert labels.items() <= template["metadata"]["labels"].items()


def test_ray_scales_it_and_nothing_else(manifests: Manifests) -> None:
    assert ray_service(manifests)["spec"]["rayClusterConfig"]["enableInTreeAutoscaling"] is True
    targets = {
        each["spec"]["scaleTargetRef"]["kind"]
        for each in manifests.of_kind("HorizontalPodAutoscaler")
    }
    assert targets == {"Deployment"}
