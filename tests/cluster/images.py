"""The images that pods run, brought to the nodes as a registry would give them."""

from collections.abc import Sequence
from pathlib import Path

from cluster.machine import FOLDER, Failed, run
from cluster.node import Node

ARCHIVES = Path("dist/images")
# What pods call them, and the archives of scripts/build-images.
PRODUCT = ("api-gateway", "ingest", "migrate", "query", "summarize", "worker")
_STORES = ("docker.io/library/postgres:15", "docker.io/library/redis:7")


def require_archives(names: Sequence[str]) -> None:
    """Raises Failed where one is not built."""
    missing = [name for name in names if not (ARCHIVES / f"{name}.oci.tar").exists()]
    if missing:
        raise Failed(f"scripts/build-images --export {' '.join(missing)} has to run first")


def bring_product(node: Node, version: str) -> None:
    """Our images are on the node, under their version."""
    for name in PRODUCT:
        bring(node, name, f"docker.io/invoice-summarizer/{name}:{version}")


def bring_stores(node: Node) -> None:
    """An image that stands for those of PostgreSQL and Redis is on the node."""
    bring(node, "stores", *_STORES)


def bring(node: Node, name: str, *references: str) -> None:
    """The archive of that name is on the node, under all of the references."""
    archive = FOLDER / f"{name}.docker.tar"
    if not archive.exists():
        first, *others = references
        run(
            *("skopeo", "copy", "--quiet", *(f"--additional-tag={each}" for each in others)),
            *(f"oci-archive:{ARCHIVES / name}.oci.tar", f"docker-archive:{archive}:{first}"),
        )
    node.ctr("images", "import", archive)
