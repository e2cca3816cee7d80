"""The components of the manifests, and which of them go together.

`python3.11 -m deploy.component_combinations` prints sets of many in which each two that do are together, one a line. It
needs nothing but Python.
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


def sets_of_components() -> list[tuple[str, ...]]:
    """Returns large sets that go together, few of them: every pair is in one."""
    pairs = pairs_of_components()
    left = set(pairs)
    found = []
    while left:
        chosen = set(min(left))
        while candidates := [
            name
            for name in components()
            if all(tuple(sorted((name, other))) in pairs for other in chosen)
        ]:
            # The one by which most pairs come in that are in no set yet.
            chosen.add(max(candidates, key=lambda name: len(_pairs({*chosen, name}) & left)))
        left -= _pairs(chosen)
        found.append(tuple(sorted(chosen)))
    return found


def combinations_of_components() -> list[tuple[str, ...]]:
    """Returns none, each, each two that go together, and sets of many."""
    singles = ((name,) for name in components())
    return [(), *singles, *pairs_of_components(), *sets_of_components()]


def _pairs(names: set[str]) -> set[tuple[str, ...]]:
    return {*combinations(sorted(names), 2)}


if __name__ == "__main__":
    for names in sets_of_components():
        print(*names)
