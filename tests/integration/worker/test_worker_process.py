"""The process `worker` as operators run it: SIGTERM drains, wrong settings end it, the log has no content."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from invoice_summarizer.services import worker
from invoice_summarizer.use_cases.sweep_objects import GRACE
from small_invoice import ubl_invoice
from worker_fixture import Backlog

COMMAND = (sys.executable, "-m", worker.__name__)
FAR_OFF = datetime(9999, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_worker_that_is_told_to_stop_ends_what_it_has_begun_and_begins_nothing(
    backlog: Backlog, number: signal.Signals
) -> None:
    backlog.environment["INVOICES_WORKER__SLOTS"] = "1"
    # Large enough to be in the middle of it when the signal comes.
    large, waiting = await backlog.add([ubl_invoice("R-1", lines=4_000), ubl_invoice("R-2")])
    process = await backlog.start(worker.__name__)
    await backlog.until("SELECT FROM operations WHERE state = 'running'")
    process.send_signal(number)
    assert await process.wait() == 0
    states = dict(await backlog.rows("SELECT id, state || ' ' || attempt FROM operations"))
    assert states == {large.id: "succeeded 1", waiting.id: "pending 0"}


async def test_worker_that_has_nothing_to_do_stops_at_once(backlog: Backlog) -> None:
    process = await backlog.start(worker.__name__)
    await backlog.until(
        "SELECT FROM pg_stat_activity WHERE starts_with(query, 'LISTEN') AND datname = current_database()"
    )
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(20):
        assert await process.wait() == 0


async def test_worker_with_one_connection_keeps_house(backlog: Backlog) -> None:
    """It needs that connection within the sweep, so that the sweep itself holds none."""
    backlog.environment["INVOICES_DATABASE__POOL_SIZE"] = "1"
    await backlog.add([ubl_invoice()])
    [kept] = [each async for each in backlog.objects.list(FAR_OFF)]
    await backlog.objects.put("acme", _once(b"of nobody"), limit_bytes=9)
    _make_old(backlog.environment["INVOICES_OBJECT_FOLDER"])
    process = await backlog.start(worker.__name__)
    await backlog.until(
        "SELECT WHERE (SELECT count(finished_at) FROM scheduled_tasks) = 3"
        " AND EXISTS (SELECT FROM operations WHERE state = 'succeeded')"
    )
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0
    left = [each.sha256 async for each in backlog.objects.list(FAR_OFF)]
    assert left == [kept.sha256]


async def test_worker_with_wrong_settings_says_which_and_ends(backlog: Backlog) -> None:
    del backlog.environment["INVOICES_OBJECT_FOLDER"]
    backlog.environment["INVOICES_WORKER__SLOTS"] = "many"
    secret = backlog.environment["INVOICES_DATABASE__DSN"]
    process = await asyncio.create_subprocess_exec(
        *COMMAND, env=backlog.environment, stderr=asyncio.subprocess.PIPE
    )
    _, errors = await process.communicate()
    told = errors.decode()
    assert process.returncode == 2
    assert "INVOICES_OBJECT_FOLDER" in told and "INVOICES_WORKER__SLOTS" in told
    assert secret not in told and "many" not in told and "Traceback" not in told


async def test_worker_logs_json_events_without_content(backlog: Backlog) -> None:
    marker = "Zaunkönigsgasse"
    await backlog.add(
        [
            ubl_invoice("R-1", seller=marker),
            f"<{marker}/>".encode(),
            f"<a>{marker}".encode(),
            f"%PDF-1.7 {marker}".encode(),
        ]
    )
    process = await asyncio.create_subprocess_exec(
        *COMMAND,
        env=backlog.environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    await backlog.until(
        "SELECT WHERE NOT EXISTS (SELECT FROM operations WHERE state IN ('pending', 'running'))"
    )
    process.send_signal(signal.SIGTERM)
    told = (await process.communicate())[0].decode()
    events = [json.loads(line) for line in told.splitlines()]
    assert sum(event["event"] == "operation_ended" for event in events) == 4
    [confined] = [event for event in events if event["event"] == "reading_confined"]
    assert "seccomp" in confined["walls"]
    assert {event["service"] for event in events} == {"worker"}
    assert marker[:5] not in told
    reasons = await backlog.rows("SELECT failure_reason FROM invoices WHERE status = 'failed'")
    assert {reason for (reason,) in reasons} == {
        "XML_SYNTAX_UNKNOWN",
        "XML_NOT_WELL_FORMED",
        "PDF_DAMAGED",
    }


async def _once(data: bytes) -> AsyncIterator[bytes]:
    yield data


def _make_old(folder: str) -> None:
    time = (datetime.now(UTC) - GRACE - timedelta(minutes=1)).timestamp()
    for path in Path(folder).glob("acme/*/*"):
        os.utime(path, (time, time))
