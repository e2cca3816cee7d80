"""The RayServices among the manifests are those of the settings, and what goes with them is of one mind."""

import pytest

from deploy.component_combinations import DEPLOY
from deploy.manifests import Manifests, Object, of_components
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


def test_account_is_for_the_autoscaler_alone(profile: str, manifests: Manifests) -> None:
    """Kubernetes mounts none by itself, and the container of the model has no mount of it."""
    head, worker = manifests.ray_pods
    accounts = {each["metadata"]["name"] for each in manifests.of_kind("ServiceAccount")}
    options = manifests.of_autoscaler()
    assert (options is not None) == (profile == "gpu")
    if options is not None:
        assert head.spec["serviceAccountName"] in accounts
        [volume] = head.spec["volumes"]
        [mount] = options["volumeMounts"]
        assert mount["name"] == volume["name"] and mount["readOnly"] is True
        assert "serviceAccountToken" in volume["projected"]["sources"][0]
    for pod in (head, worker):
        [container] = pod.containers
        assert pod.spec["automountServiceAccountToken"] is False
        assert not [
            mount
            for mount in container.get("volumeMounts", ())
            if mount["mountPath"].startswith("/var/run/secrets")
        ]


def test_policies_of_admission_are_about_the_account_that_the_head_has() -> None:
    manifests = of_components(("inference-gpu",))
    [account] = {pod.spec["serviceAccountName"] for pod in manifests.ray_pods[:1]}
    user = f"system:serviceaccount:invoice-summarizer:{account}"
    policies = manifests.of_kind("ValidatingAdmissionPolicy")
    bound = {
        each["spec"]["policyName"]: each["spec"]["validationActions"]
        for each in manifests.of_kind("ValidatingAdmissionPolicyBinding")
    }
    assert bound == {each["metadata"]["name"]: ["Deny"] for each in policies}
    resources = set()
    for policy in policies:
        [condition] = policy["spec"]["matchConditions"]
        assert condition["expression"] == f"request.userInfo.username == '{user}'"
        [rule] = policy["spec"]["matchConstraints"]["resourceRules"]
        resources |= {*rule["resources"]}
    assert resources == {"pods", "pods/*", "rayclusters"}


def test_policies_are_about_the_pods_of_ray(profile: str) -> None:
    manifests = of_components((f"inference-{profile}", "network-policies"))
    labels = manifests.named("NetworkPolicy", "model")["spec"]["podSelector"]["matchLabels"]
    assert labels
    for template in templates(manifests):
        assert labels.items() <= template["metadata"]["labels"].items()


def test_ray_scales_it_and_nothing_else(manifests: Manifests) -> None:
    cluster = ray_service(manifests)["spec"]["rayClusterConfig"]
    [group] = cluster["workerGroupSpecs"]
    varies = group["minReplicas"] < group["maxReplicas"]
    assert cluster["enableInTreeAutoscaling"] is varies
    assert ("autoscalerOptions" in cluster) is varies
    targets = {
        each["spec"]["scaleTargetRef"]["kind"]
        for each in manifests.of_kind("HorizontalPodAutoscaler")
    }
    assert targets == {"Deployment"}
