"""What `scripts/test-cluster` asks the database of a killed worker: the statements, over the schema as it is."""

import socket

from cluster.claims import ENDED, HELD, Ending, endings_of, held_of, pod_of, require_taken_over
from invoice_summarizer.services import worker
from small_invoice import ubl_invoice
from worker_fixture import Backlog


async def test_what_a_lost_worker_held_is_seen_to_be_ended_by_another(backlog: Backlog) -> None:
    lost, waiting = await backlog.add(ubl_invoice(f"R-{number}") for number in range(2))
    await backlog.change(
        "UPDATE operations SET state = 'running', worker = 'worker-x-1', attempt = 1,"
        " lease_expires_at = now() WHERE id = %s",
        lost.id,
    )
    held = held_of(await backlog.rows(HELD))
    assert held == {"worker-x": {lost.id}}
    process = await backlog.start(worker.__name__)
    await backlog.until(
        "SELECT WHERE NOT EXISTS (SELECT FROM operations WHERE state <> 'succeeded')"
    )
    found = endings_of(await backlog.rows(ENDED))
    name = f"{socket.gethostname()}-{process.pid}"
    assert found == {
        lost.id: Ending("succeeded", 2, name, 1, 1),
        waiting.id: Ending("succeeded", 1, name, 1, 1),
    }
    assert pod_of(name) == socket.gethostname()
    told = require_taken_over([lost.id, waiting.id], held["worker-x"], "worker-x", found)
    assert told.startswith("the pod had 1 document in hand")
