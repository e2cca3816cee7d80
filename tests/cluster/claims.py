"""Which worker holds which document, and which has ended it: what the database knows of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cluster.commands import Failed
from cluster.kubectl import Kubectl

# A worker is called as its pod is, and by the number of its process.
HELD = "SELECT worker, id FROM operations WHERE state = 'running' ORDER BY worker, id"
# The last worker of an operation stays in its row. What was stored of a document is told once for each time.
ENDED = """
    SELECT operations.id, state, attempt, worker,
        coalesce(jsonb_array_length(result -> 'invoice_ids'), 0), count(audit_log.id)
    FROM operations LEFT JOIN audit_log
        ON audit_log.tenant = operations.tenant AND audit_log.operation_id = operations.id
        AND audit_log.kind IN ('invoice.ready', 'invoice.review_pending')
    WHERE worker IS NOT NULL
    GROUP BY operations.tenant, operations.id
"""


@dataclass(frozen=True, slots=True)
class Ending:
    """What became of an operation: who ended it at which attempt, and what was stored how often."""

    state: str
    attempt: int
    worker: str
    invoices: int
    times_stored: int


def held_by_pods(kubectl: Kubectl) -> Mapping[str, frozenset[str]]:
    """Returns, by pod, the operations that workers have in hand now."""
    return held_of(_rows(kubectl, HELD))


def held_of(rows: Sequence[Sequence[str]]) -> Mapping[str, frozenset[str]]:
    """Returns the operations by pod, of rows of HELD."""
    pods = {worker: pod_of(worker) for worker, _ in rows}
    return {
        pod: frozenset(operation for worker, operation in rows if pods[worker] == pod)
        for pod in pods.values()
    }


def endings(kubectl: Kubectl) -> Mapping[str, Ending]:
    """Returns, by operation, what became of those that a worker has had in hand."""
    return endings_of(_rows(kubectl, ENDED))


def endings_of(rows: Sequence[Sequence[str]]) -> Mapping[str, Ending]:
    """Returns them of rows of ENDED."""
    return {
        operation: Ending(state, int(attempt), worker, int(invoices), int(times_stored))
        for operation, state, attempt, worker, invoices, times_stored in rows
    }


def pod_of(worker: str) -> str:
    return worker.rpartition("-")[0]


def require_taken_over(
    sent: Sequence[str], held: frozenset[str], killed: str, found: Mapping[str, Ending]
) -> str:
    """Returns what became of the operations that were sent, and of those that the killed pod held.

    Raises Failed where one is lost or was stored twice, or where what was held was not ended by another pod.
    """
    if not held & set(sent):
        raise Failed(f"{killed} had no document of these in hand when it was killed")
    for operation in sent:
        ending = found.get(operation)
        if ending is None or ending.state != "succeeded":
            raise Failed(f"{operation} is lost: {ending}")
        if (ending.invoices, ending.times_stored) != (1, 1):
            raise Failed(f"{operation} is not stored once: {ending}")
    for operation in (held := held & set(sent)):
        ending = found[operation]
        if ending.attempt < 2 or pod_of(ending.worker) == killed:
            raise Failed(f"{operation}, which {killed} held, was not taken over: {ending}")
    heirs = {pod_of(found[operation].worker) for operation in held}
    return (
        f"the pod had {_documents(len(held))} in hand when it was killed, which {len(heirs)} other"
        f" {'pod' if len(heirs) == 1 else 'pods'} ended at a later attempt; {len(sent)} of {len(sent)}"
        " documents are stored once each"
    )


def _documents(count: int) -> str:
    return "1 document" if count == 1 else f"{count} documents"


def _rows(kubectl: Kubectl, query: str) -> Sequence[Sequence[str]]:
    """Returns the rows that a superuser sees, each value as PostgreSQL writes it."""
    said = kubectl(
        *("exec", "statefulset/postgres", "--container=postgres", "--"),
        *("psql", "--no-psqlrc", "--username=postgres", "--dbname=invoices", "--no-password"),
        *("--tuples-only", "--no-align", "--field-separator=\t", f"--command={query}"),
    )
    return [line.split("\t") for line in said.splitlines() if line]
