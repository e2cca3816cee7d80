"""Worker processes that die by SIGKILL where they are told to, each followed by the next.

    python -m killable_workers '{"lease_seconds": 1, "kills": [["claimed", 3], ["committed", 1]]}'

The settings come from the environment, as a worker's do. The first worker kills itself when it reaches the first step
for the third time, the second one after that; the last has no such place. The process id of each is a line on standard
output, once it takes signals. SIGTERM goes to the worker that runs; the exit code is that worker's.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from types import FrameType

from invoice_summarizer.environment import read_settings
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.processes.database import opened_database
from invoice_summarizer.processes.worker import opened_worker_adapters, work
from invoice_summarizer.services.process import stop_on_signals
from invoice_summarizer.settings import WorkerProcessSettings
from invoice_summarizer.telemetry import Metrics, configure_logging
from invoice_summarizer.use_cases.process_operation import Step


def main() -> None:
    plan = json.loads(sys.argv[1])
    lease = timedelta(seconds=plan["lease_seconds"])
    kills = [(Step(step), times) for step, times in plan["kills"]]
    sys.exit(supervise(lease, kills))


def supervise(lease: timedelta, kills: list[tuple[Step, int]]) -> int:
    """Starts the workers one after the other; returns the exit code of the first that ends by itself."""
    current = 0

    def pass_on(_: int, __: FrameType | None) -> None:
        os.kill(current, signal.SIGTERM)

    while True:
        # A fork has everything imported already: the next worker is there as soon as the last one has died.
        current = os.fork()
        if current == 0:
            asyncio.run(run_worker(lease, *kills[:1]))
            os._exit(0)
        signal.signal(signal.SIGTERM, pass_on)
        _, status = os.waitpid(current, 0)
        if not os.WIFSIGNALED(status):
            return os.waitstatus_to_exitcode(status)
        kills = kills[1:]


async def run_worker(lease: timedelta, *kill: tuple[Step, int]) -> None:
    configure_logging("worker", "ERROR")
    settings = read_settings(WorkerProcessSettings)
    stop = stop_on_signals()
    print(os.getpid(), flush=True)
    async with (
        opened_database(settings.database, "worker", in_a_thread) as database,
        opened_worker_adapters(settings, database, in_a_thread, Metrics()) as adapters,
    ):
        loop = work(
            adapters,
            Metrics(),
            worker=f"worker-{os.getpid()}",
            slots=settings.worker.slots,
            lease=lease,
            reached=dying_at(*kill[0]) if kill else lambda step: None,
        )
        await loop(stop)


def dying_at(step: Step, times: int) -> Callable[[Step], None]:
    left = times

    def reached(now: Step) -> None:
        nonlocal left
        left -= now is step
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    return reached


if __name__ == "__main__":
    main()
