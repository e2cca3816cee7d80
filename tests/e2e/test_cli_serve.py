"""`invoicectl serve` on the real embedded stack, as a process: how it starts, and how it ends."""

import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import grpc
import pytest
from e2e.cli_process import (
    LONGEST_SECONDS,
    await_file,
    command,
    environment,
    invoicectl,
    on_server,
    processes_of,
)
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from invoice_summarizer.adapters.embedded_postgres.server import EmbeddedPostgres
from invoice_summarizer.cli.exit_codes import ExitCode


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_ends_on_a_signal_and_keeps_its_data(
    number: signal.Signals, short_folder: Path, sample_folder: Path
) -> None:
    for expected in ("0 invoices", "1 invoice"):
        process = subprocess.Popen(
            command("serve", "--data", short_folder, "--port", "0"),
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        try:
            await_file(short_folder / "address", process)
            assert expected in on_server(short_folder, "list").out
            on_server(short_folder, "ingest", sample_folder / "garonne-ubl.xml")
            process.send_signal(number)
            out, err = process.communicate(timeout=LONGEST_SECONDS)
        finally:
            process.kill()
        assert (process.returncode, err) == (0, b"")
        assert b"token file" in out
        assert _logged(short_folder)[-2:] == ["draining", "stopped"]
        assert {"serving", "working"} <= set(_logged(short_folder))
        assert not (short_folder / "address").exists()
        assert not processes_of(str(short_folder))


def test_second_serve_on_the_same_folder_is_refused(server: Path) -> None:
    ran = invoicectl("serve", "--data", server, "--port", "0")
    assert ran.exit_code == ExitCode.CONFLICT
    address = (server / "address").read_text().strip()
    assert ran.err == f"invoicectl: already serving this folder at {address} [ALREADY_SERVING]\n"
    assert (server / "address").exists(), "the first goes on"


def test_tokens_that_cannot_be_read_are_named_at_the_start_and_while_it_runs(
    short_folder: Path,
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        http = str(probe.getsockname()[1])
    process, _ = _started(short_folder, "--metrics-port", http)
    tokens = short_folder / "tokens.json"
    problem = f"{tokens} is no list of tokens: it is no JSON"
    try:
        tokens.write_text("{")
        end = time.monotonic() + LONGEST_SECONDS
        while _readyz(http) != (503, problem):
            assert time.monotonic() < end, _readyz(http)
            time.sleep(0.1)
        process.terminate()
        assert process.wait(LONGEST_SECONDS) == 0
    finally:
        process.kill()
    ran = invoicectl("serve", "--data", short_folder, "--port", "0")
    assert (ran.exit_code, ran.err) == (
        ExitCode.UNAVAILABLE,
        f"invoicectl: {problem} [NOT_STARTED]\n",
    )
    tokens.unlink()
    (short_folder / "token").unlink()
    assert invoicectl("list", "--data", short_folder).exit_code == ExitCode.UNAVAILABLE


def test_token_that_is_lost_is_said_to_be(short_folder: Path) -> None:
    (short_folder / "tokens.json").write_text('{"tokens": []}')
    ran = invoicectl("serve", "--data", short_folder, "--port", "0")
    assert ran.err.startswith(f"invoicectl: {short_folder}/token is not there: take ")


def test_second_serve_is_refused_also_where_the_first_has_left_no_address(
    short_folder: Path,
) -> None:
    with EmbeddedPostgres(short_folder / "postgres", throwaway=True):
        ran = invoicectl("serve", "--data", short_folder, "--port", "0")
    assert ran.exit_code == ExitCode.CONFLICT
    assert "already serving this folder" in ran.err


def test_serve_ends_and_names_the_part_that_has_ended(short_folder: Path) -> None:
    process, _ = _started(short_folder)
    try:
        postmaster = (short_folder / "postgres" / "data" / "postmaster.pid").read_text()
        os.kill(int(postmaster.splitlines()[0]), signal.SIGKILL)
        _, err = process.communicate(timeout=LONGEST_SECONDS)
    finally:
        process.kill()
    assert process.returncode == ExitCode.FAULT
    assert b"PostgreSQL has ended by itself" in err
    assert len(err.splitlines()) == 1
    assert not (short_folder / "address").exists()
    assert not processes_of(str(short_folder))


def test_serve_takes_its_ports_and_reflection_from_options_and_nothing_from_the_environment(
    short_folder: Path,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    variables = {"INVOICES_HTTP__HOST": "0.0.0.0", "INVOICES_SERVER__GRACE_SECONDS": "never"}
    process, address = _started(
        short_folder, "--metrics-port", str(port), "--reflection", **variables
    )
    try:
        for path in ("livez", "readyz", "metrics"):
            with urlopen(f"http://127.0.0.1:{port}/{path}", timeout=20) as answer:
                assert answer.status == 200
        assert _listening_addresses(port) == {"0100007F"}, "loopback"
        with grpc.insecure_channel(address) as channel:
            stub: Any = reflection_pb2_grpc.ServerReflectionStub(channel)
            asked = reflection_pb2.ServerReflectionRequest(list_services="")
            [answered] = stub.ServerReflectionInfo(iter([asked]), timeout=20)
        services = {service.name for service in answered.list_services_response.service}
        assert "invoices.v1.QueryService" in services
    finally:
        process.terminate()
        process.communicate(timeout=LONGEST_SECONDS)
    assert process.returncode == 0


@pytest.mark.parametrize("option", ["--port", "--metrics-port", "--rest-port"])
def test_port_that_is_in_use_is_said_before_anything_is_started(
    short_folder: Path, option: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        data = short_folder / "data"
        ran = invoicectl("serve", "--data", data, "--port", "0", option, str(port))
    assert (ran.exit_code, ran.out) == (ExitCode.PORT_TAKEN, "")
    [line] = ran.err.splitlines()
    assert line == (
        f"invoicectl: cannot listen on port {port} (Address already in use): choose one by {option}"
        " [PORT_UNAVAILABLE]"
    )
    assert not data.exists()


@pytest.mark.parametrize("option", ["--metrics-port", "--rest-port"])
def test_one_port_for_two_is_wrong_usage(short_folder: Path, option: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    ran = invoicectl("serve", "--data", short_folder, "--port", port, option, port)
    assert (ran.exit_code, ran.out) == (ExitCode.USAGE, "")
    assert f"--port and {option} are both {port}" in ran.err
    assert not (short_folder / "postgres").exists()


def _logged(folder: Path) -> list[str]:
    """Returns the events of the log."""
    return [json.loads(line)["event"] for line in (folder / "serve.log").read_text().splitlines()]


def _started(
    folder: Path, *options: str, **variables: str
) -> tuple["subprocess.Popen[bytes]", str]:
    """Returns a `serve` that answers, and its address."""
    process = subprocess.Popen(
        command("serve", "--data", folder, "--port", "0", *options),
        env=environment(**variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    await_file(folder / "address", process)
    return process, (folder / "address").read_text().strip()


def _readyz(port: str) -> tuple[int, str]:
    """Returns the status and the line of the answer."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=20) as answer:
            return answer.status, answer.read().decode().strip()
    except HTTPError as refused:
        return refused.code, refused.read().decode().strip()


def _listening_addresses(port: int) -> set[str]:
    """Returns the addresses, as the kernel writes them, at which somebody listens on the port."""
    sockets = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
    ]
    listening = [fields[1].split(":") for fields in sockets if fields[3] == "0A"]
    return {host for host, number in listening if int(number, 16) == port}
