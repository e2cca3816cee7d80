"""The components of the manifests, and which of them go together.

`python3.11 -m deploy.component_combinations` prints each two that do, one pair a line. It needs nothing but Python.
"""

from itertools import combinations

from markdown_page import ROOT

DEPLOY = ROOT / "deploy"
# Of these there is one or the other.
EXCLUSIVE = {
    ("object-folder", "object-store"),
    *combinations(("inference-cpu", "inference-gpu", "inference-none"), 2),
    ("worker-hpa-queue", "worker-keda-queue"),
}


def components() -> list[str]:
    return sorted(folder.name for folder in (DEPLOY / "components").iterdir())


def pairs_of_components() -> list[tuple[str, ...]]:
    """Returns each two that go together."""
    return sorted({*combinations(components(), 2)} - EXCLUSIVE)


def combinations_of_components() -> list[tuple[str, ...]]:
    """Returns none, each, and each two that go together."""
    return [(), *((name,) for name in components()), *pairs_of_components()]


if __name__ == "__main__":
    for pair in pairs_of_components():
        print(*pair)
