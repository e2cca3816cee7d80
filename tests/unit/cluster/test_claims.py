"""What counts as a document that was taken over from a pod that was killed."""

import dataclasses

import pytest

from cluster.claims import Ending, held_of, require_taken_over
from cluster.commands import Failed

SENT = ["a", "b", "c"]
ENDED = {
    "a": Ending("succeeded", 1, "worker-x-1", 1, 1),
    "b": Ending("succeeded", 2, "worker-y-1", 1, 1),
    "c": Ending("succeeded", 1, "worker-y-1", 1, 1),
}


def test_a_document_that_another_pod_ended_was_taken_over() -> None:
    told = require_taken_over(SENT, frozenset("b"), "worker-x", ENDED)
    assert told == (
        "the pod had 1 document in hand when it was killed, which 1 other pod ended at a later attempt;"
        " 3 of 3 documents are stored once each"
    )


def test_pods_hold_what_their_processes_do() -> None:
    rows = [("worker-5c-x-1", "a"), ("worker-5c-x-7", "b"), ("worker-5c-y-1", "c")]
    assert held_of(rows) == {"worker-5c-x": frozenset("ab"), "worker-5c-y": frozenset("c")}


@pytest.mark.parametrize(
    ("held", "operation", "change", "message"),
    [
        ("", "b", {}, "no document of these in hand"),
        ("z", "b", {}, "no document of these in hand"),
        ("b", "b", {"attempt": 1}, "was not taken over"),
        ("b", "b", {"worker": "worker-x-9"}, "was not taken over"),
        ("b", "c", {"state": "running"}, "is lost"),
        ("b", "c", {"state": "failed"}, "is lost"),
        ("b", "c", {"times_stored": 2}, "is not stored once"),
        ("b", "c", {"invoices": 0}, "is not stored once"),
    ],
)
def test_what_is_no_proof_fails_the_step(
    held: str, operation: str, change: dict[str, object], message: str
) -> None:
    found = {**ENDED, operation: dataclasses.replace(ENDED[operation], **change)}  # type: ignore[arg-type]
    with pytest.raises(Failed, match=message):
        require_taken_over(SENT, frozenset(held), "worker-x", found)


def test_an_operation_of_which_the_database_knows_nothing_is_lost() -> None:
    found = {name: ending for name, ending in ENDED.items() if name != "c"}
    with pytest.raises(Failed, match="c is lost"):
        require_taken_over(SENT, frozenset("b"), "worker-x", found)
