"""`invoicectl serve` with a cluster that is its own process: real storage and real reading, and jobs as its tasks.

python -m serve_batches FOLDER IMPORT_FOLDER
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from batch_rig import run_whole_batch

from invoice_summarizer.adapters.memory.batch_jobs import MemoryBatchJobs
from invoice_summarizer.local_stack import local_stack
from invoice_summarizer.ports.batch_jobs import BatchJobs
from invoice_summarizer.processes.batch import opened_batch_runner
from invoice_summarizer.services.process import stop_on_signals
from invoice_summarizer.settings import WholeSettings


@asynccontextmanager
async def jobs_here(settings: WholeSettings) -> AsyncIterator[BatchJobs]:
    async with opened_batch_runner(settings) as runner:
        jobs = MemoryBatchJobs(partial(run_whole_batch, runner))
        try:
            yield jobs
        finally:
            await jobs.aclose()


async def serve(folder: Path, import_folder: Path) -> None:
    stop = stop_on_signals()
    async with local_stack(
        folder, throwaway=True, import_folder=import_folder, open_jobs=jobs_here, stop=stop
    ) as stack:
        (folder / "address").write_text(f"127.0.0.1:{stack.ingest_port}\n")
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), Path(sys.argv[2])))
