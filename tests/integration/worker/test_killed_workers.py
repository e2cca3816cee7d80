"""SIGKILL of workers, at every step and at any time: no document is lost, none is done twice."""

import asyncio
import json
import os
import random
import signal
from collections import Counter

import killable_workers
from invoice_summarizer.use_cases.process_operation import Step
from small_invoice import ubl_invoice
from worker_fixture import Backlog

DOCUMENTS = 200
LEASE_SECONDS = 1
KILLS_PER_STEP = 3
KILLS_FROM_OUTSIDE = 6
NEVER = 10_000  # a step is not reached as often


async def test_workers_that_are_killed_lose_no_document_and_double_none(backlog: Backlog) -> None:
    await backlog.add(ubl_invoice(f"R-{number}") for number in range(DOCUMENTS))
    environment = {"INVOICES_WORKER__MAX_ATTEMPTS": "20", "INVOICES_WORKER__SLOTS": "2"}
    backlog.environment.update(environment)
    steps = [*Step] * KILLS_PER_STEP
    chance = random.Random(8)
    chance.shuffle(steps)
    plans = [
        [(step, chance.randint(1, 5)) for step in steps[0::2]],
        [(step, chance.randint(1, 5)) for step in steps[1::2]],
    ]
    # Each kill from outside brings the next worker of the plan on, so it takes a place of its own in the plan.
    for _ in range(KILLS_FROM_OUTSIDE):
        plans[0].insert(chance.randint(0, len(plans[0])), (Step.COMMITTED, NEVER))
    supervisors = [
        await backlog.start(
            killable_workers.__name__,
            json.dumps({"lease_seconds": LEASE_SECONDS, "kills": plan}),
        )
        for plan in plans
    ]
    started = [
        asyncio.create_task(_all_started(supervisor, plan, chance))
        for supervisor, plan in zip(supervisors, plans, strict=True)
    ]
    await backlog.until(
        "SELECT WHERE NOT EXISTS (SELECT FROM operations WHERE state IN ('pending', 'running'))",
        seconds=120,
    )
    async with asyncio.timeout(
        30
    ):  # were all documents done before the last kill, this would not end
        await asyncio.gather(*started)
        for supervisor in supervisors:
            supervisor.send_signal(signal.SIGTERM)
        assert [await supervisor.wait() for supervisor in supervisors] == [0, 0]
    await _nothing_is_lost_or_doubled(backlog)


async def _all_started(
    supervisor: asyncio.subprocess.Process, plan: list[tuple[Step, int]], chance: random.Random
) -> None:
    """Returns when the last worker of the plan is there; kills on the way those that are to be killed from outside."""
    assert supervisor.stdout is not None
    for _, times in plan:
        process_id = int(await supervisor.stdout.readline())
        if times == NEVER:
            await asyncio.sleep(chance.uniform(0, 0.3))
            os.kill(process_id, signal.SIGKILL)
    assert await supervisor.stdout.readline()


async def _nothing_is_lost_or_doubled(backlog: Backlog) -> None:
    assert await backlog.rows("SELECT status, count(*)::int FROM invoices GROUP BY 1") == [
        ("ready", DOCUMENTS)
    ]
    assert await backlog.rows("SELECT state, count(*)::int FROM operations GROUP BY 1") == [
        ("succeeded", DOCUMENTS)
    ]
    assert await backlog.rows(
        "SELECT count(DISTINCT invoice_number)::int, sum(totals_amount_due)::text FROM invoices"
    ) == [(DOCUMENTS, f"{119 * DOCUMENTS}.00")]
    audited = await backlog.rows("SELECT kind, invoice_id FROM audit_log")
    entries = Counter(audited)
    assert set(entries.values()) == {1}, "an invoice was completed twice"
    assert Counter(kind for kind, _ in audited) == {
        "invoice.received": DOCUMENTS,
        "invoice.ready": DOCUMENTS,
    }
    [(again,)] = await backlog.rows("SELECT count(*)::int FROM operations WHERE attempt > 1")
    # A worker that dies after its commit has nothing left behind that could be claimed again.
    assert again >= KILLS_PER_STEP * (len(Step) - 1) / 2
    [(open_leases,)] = await backlog.rows(
        "SELECT count(*)::int FROM operations WHERE claimable_at IS NOT NULL"
    )
    assert open_leases == 0
