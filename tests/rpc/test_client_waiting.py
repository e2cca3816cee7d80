"""The command line sends documents and waits for each; what befalls one is not the end of the others."""

import asyncio
import signal
import sys
from collections.abc import Sequence
from contextlib import aclosing
from pathlib import Path

import grpc
import pytest

from invoice_summarizer.cli import main
from invoice_summarizer.cli.channels import Endpoint
from invoice_summarizer.cli.client import connected
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.ingestion import Fate, Ingested, Tally, ingested
from rpc_fixture import Api
from small_invoice import ubl_invoice

LONGEST_SECONDS = 60


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    names = ["A", "B", "A"]
    paths = [tmp_path / f"{place}.xml" for place in range(len(names))]
    for path, name in zip(paths, names, strict=True):
        path.write_bytes(ubl_invoice(name))
    return paths


async def outcomes(
    api: Api, files: Sequence[Path], tally: Tally, *, token: str = "owner", seconds: float = 20
) -> list[Ingested]:
    address = f"127.0.0.1:{api.port}"
    endpoint = Endpoint(
        ingest_address=address,
        summarize_address=address,
        query_address=address,
        token=token,
        tenant="acme",
    )
    async with (
        connected(endpoint) as client,
        aclosing(ingested(client, files, tally, wait_seconds=seconds)) as answers,
    ):
        return [answer async for answer in answers]


async def test_each_document_has_its_fate(api: Api, files: list[Path], tmp_path: Path) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_text("<Invoice>")
    scan = tmp_path / "scan.gif"
    scan.write_bytes(b"GIF89a")
    tally = Tally(6)
    answers = await outcomes(api, [*files, broken, scan, tmp_path / "none.pdf"], tally)
    fates = {Path(each.file).name: each.fate for each in answers}
    assert fates == {
        "0.xml": Fate.NEW,
        "1.xml": Fate.NEW,
        "2.xml": Fate.KNOWN,
        "broken.xml": Fate.FAILED,
        "scan.gif": Fate.REFUSED,
        "none.pdf": Fate.UNSENT,
    }
    assert (tally.sent, tally.open) == (4, 0)
    again = await outcomes(api, files, Tally(3))
    assert {each.fate for each in again} == {Fate.KNOWN}


async def test_what_is_refused_is_told_before_what_is_still_read(
    idle_api: Api, files: list[Path], tmp_path: Path
) -> None:
    answers = await outcomes(idle_api, [*files, tmp_path / "none.pdf"], Tally(4), seconds=0.2)
    assert Path(answers[0].file).name == "none.pdf"


async def test_document_that_is_not_read_in_time_does_not_end_the_waiting(
    idle_api: Api, files: list[Path]
) -> None:
    tally = Tally(3)
    answers = await outcomes(idle_api, files, tally, seconds=0)
    assert [each.fate for each in answers] == [Fate.OPEN] * 3
    assert str(tally).startswith("3 of 3 documents sent, 3 of them not known to be read; ")


async def test_what_meets_all_ends_the_run(api: Api, files: list[Path]) -> None:
    tally = Tally(3)
    with pytest.raises(CommandFailed) as lost:
        await outcomes(api, files, tally, token="nobody")
    assert lost.value.code is grpc.StatusCode.UNAUTHENTICATED
    assert tally.sent == 0


async def test_interrupted_run_says_how_far_it_came(
    idle_api: Api, files: list[Path], tmp_path: Path
) -> None:
    token = tmp_path / "token"
    token.write_text("owner\n")
    options = ("--address", f"127.0.0.1:{idle_api.port}", "--token-file", token, "--tenant", "acme")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", main.__name__, *map(str, options), "ingest", *map(str, files)),
        str(tmp_path / "none.pdf"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            first = await process.stdout.readline()
            process.send_signal(signal.SIGINT)
            out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    assert b"none.pdf: there is no such file" in first, "it comes at once"
    assert process.returncode == ExitCode.INTERRUPTED
    assert out == b"1 not taken in\n"
    assert err.decode() == (
        "invoicectl: interrupted; 3 of 4 documents sent, 3 of them not known to be read;"
        " running it again takes nothing in twice [INTERRUPTED]\n"
    )
