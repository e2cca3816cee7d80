"""Names that operators type, and that their runbooks and dashboards hold: each is there under just this name.

Names of what comes with operations (archives, backups, alerts, a database for tests) are held where those are built.
"""

import re

import pytest

from deploy.manifests import OVERLAYS, Manifests, of_components, of_overlay
from invoice_summarizer.adapters.postgres.tables import metadata
from invoice_summarizer.domain.invoice import InvoiceStatus
from markdown_page import ROOT, page, repository_path

_EVERY_OVERLAY = pytest.mark.parametrize("overlay", OVERLAYS)
_WITH_POSTGRES = pytest.mark.parametrize("overlay", ["local", "staging"])


@_EVERY_OVERLAY
def test_gateway_is_found_by_its_name_label_and_container(overlay: str) -> None:
    manifests = of_overlay(overlay)
    namespace = manifests.named("Namespace", "invoice-summarizer")
    assert namespace["metadata"]["name"] == "invoice-summarizer"
    gateway = manifests.named("Deployment", "api-gateway")
    assert gateway["metadata"]["namespace"] == "invoice-summarizer"
    assert gateway["spec"]["selector"]["matchLabels"] == {"app": "api-gateway"}
    assert gateway["spec"]["template"]["metadata"]["labels"]["app"] == "api-gateway"
    [container] = gateway["spec"]["template"]["spec"]["containers"]
    assert container["name"] == "api-gateway"
    assert re.match(r"invoice-summarizer/api-gateway[:@]", container["image"])


@_EVERY_OVERLAY
def test_gateway_is_scaled_by_its_autoscaler_and_may_be_five_by_hand(overlay: str) -> None:
    spec = of_overlay(overlay).named("HorizontalPodAutoscaler", "api-gateway-hpa")["spec"]
    assert (spec["scaleTargetRef"]["kind"], spec["scaleTargetRef"]["name"]) == (
        "Deployment",
        "api-gateway",
    )
    assert spec["minReplicas"] <= 3 and spec["maxReplicas"] >= 5
    if overlay != "staging":
        assert spec["minReplicas"] == 3


def test_each_workload_is_found_by_the_label_app() -> None:
    for overlay in OVERLAYS:
        for pod in of_overlay(overlay).pods:
            assert pod.labels["app"] == pod.name


@_WITH_POSTGRES
def test_database_is_found_by_its_names(overlay: str) -> None:
    manifests = of_overlay(overlay)
    postgres = manifests.named("StatefulSet", "postgres")
    [container] = postgres["spec"]["template"]["spec"]["containers"]
    assert (container["name"], container["image"]) == ("postgres", "postgres:15")
    claims = {
        volume["persistentVolumeClaim"]["claimName"]
        for volume in postgres["spec"]["template"]["spec"]["volumes"]
        if "persistentVolumeClaim" in volume
    }
    assert claims == {"postgres-pvc"}
    assert manifests.named("PersistentVolumeClaim", "postgres-pvc")
    assert manifests.named("Service", "postgres")
    # The official image calls its superuser `postgres` unless it is told otherwise.
    assert not {"POSTGRES_USER", "POSTGRES_DB"} & {each["name"] for each in container["env"]}
    roles = (ROOT / "deploy/components/postgres-in-cluster/roles.sql").read_text()
    assert re.search(r"^CREATE DATABASE invoices\b", roles, re.MULTILINE)


def test_invoices_are_counted_by_status_and_time_in_the_database() -> None:
    table = metadata.tables["invoices"]
    assert {"status", "created_at"} <= set(table.columns.keys())
    assert InvoiceStatus.REVIEW_PENDING.value == "review_pending"
    folder = ROOT / "src/python/invoice_summarizer/adapters/postgres/migrations/versions"
    migrations = "".join(file.read_text() for file in sorted(folder.glob("v*.py")))
    assert "CREATE INDEX idx_invoice_status ON invoices (status, created_at)" in migrations
    assert "DROP INDEX idx_invoice_status" not in migrations


def test_image_of_the_tools_has_its_name() -> None:
    script = (ROOT / "scripts/build-images").read_text()
    assert "[tools]=invoicectl" in script and "prefix=invoice-summarizer " in script


@pytest.mark.parametrize(
    "name",
    [
        "docs/architecture/SYSTEM_ARCHITECTURE.md",
        "docs/api-specs/API_SPECIFICATION.md",
        "docs/deployment/PRODUCTION_DEPLOYMENT.md",
    ],
)
def test_pages_lie_where_they_are_linked_from(name: str) -> None:
    assert repository_path(name) is not None


def test_metrics_of_the_gateway_have_their_names_and_labels() -> None:
    """What it serves under them is tried by the gateway's own tests; here it is what operators are told."""
    text = page("docs/configuration.md").text
    assert re.search(r"^\| `http_requests_total` \|.*`status`", text, re.MULTILINE)
    assert re.search(r"^\| `http_request_duration_seconds` \|", text, re.MULTILINE)


@_EVERY_OVERLAY
def test_certificates_and_policies_are_of_the_kinds_that_are_asked_for(overlay: str) -> None:
    manifests = of_overlay(overlay)
    certificates = manifests.of_kind("Certificate")
    assert certificates and all(each["apiVersion"] == "cert-manager.io/v1" for each in certificates)
    assert manifests.of_kind("NetworkPolicy")


def test_rest_of_the_names_holds_whatever_an_overlay_chooses() -> None:
    base: Manifests = of_components(())
    assert base.named("Deployment", "api-gateway")
    assert base.named("HorizontalPodAutoscaler", "api-gateway-hpa")
