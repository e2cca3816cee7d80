"""The images that pods run, brought to the nodes as a registry would give them."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cluster.commands import Failed, run
from cluster.node import Node
from cluster.places import FOLDER

ARCHIVES = Path("dist/images")
# What pods call them, and the archives of scripts/build-images.
PRODUCT = ("api-gateway", "ingest", "migrate", "query", "summarize", "worker")
_STORES = ("docker.io/library/postgres:15", "docker.io/library/redis:7")


def require_archives(names: Sequence[str]) -> None:
    """Raises Failed where one is not built."""
    missing = [name for name in names if not (ARCHIVES / f"{name}.oci.tar").exists()]
    if missing:
        raise Failed(f"scripts/build-images --export {' '.join(missing)} has to run first")


def bring_product(nodes: Sequence[Node], version: str) -> None:
    """Our images are on the nodes, under their version."""
    for name in PRODUCT:
        bring(nodes, name, f"docker.io/invoice-summarizer/{name}:{version}")


def bring_stores(nodes: Sequence[Node]) -> None:
    """An image that stands for those of PostgreSQL and Redis is on the nodes."""
    bring(nodes, "stores", *_STORES)


def bring(nodes: Sequence[Node], name: str, *references: str) -> None:
    """The archive of that name is on the nodes, under all of the references."""
    packed = ARCHIVES / f"{name}.oci.tar"
    first, *others = references
    if not others:
        with ThreadPoolExecutor() as pool:
            command = ("images", "import", "--index-name", first, packed)
            list(pool.map(lambda node: node.ctr(*command), nodes))
        return
    # What comes under several names has to have them in its archive: the kubelet does not see those that are added.
    archive = FOLDER / f"{name}.docker.tar"
    run(
        *("skopeo", "copy", "--quiet", *(f"--additional-tag={each}" for each in others)),
        *(f"oci-archive:{packed}", f"docker-archive:{archive}:{first}"),
        timeout=600,
    )
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda node: node.ctr("images", "import", archive), nodes))
    archive.unlink()
