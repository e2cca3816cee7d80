"""A server of S3's protocol in a process of its own, and buckets in it.

from s3_fixture import bucket, s3_server
"""

from __future__ import annotations  # the client has a type in its stubs only

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

import s3_server_program
from invoice_summarizer.adapters.s3.client import AccessKey, S3Endpoint, s3_client
from invoice_summarizer.adapters.s3.object_store import S3ObjectStore, S3Place
from service_process import search_path

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

ACCESS_KEY = AccessKey("an-access-key", "its-secret")


class S3Server:
    """Runs until it is killed."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", s3_server_program.__name__],
            env=search_path(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdout is not None
        self.url = f"http://127.0.0.1:{int(self._process.stdout.readline())}"

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


class Bucket:
    """A bucket of its own in the server; `client` looks into it past the store."""

    def __init__(self, url: str, *, versions: bool = True) -> None:
        self.url = url
        self.name = f"documents-{uuid4().hex[:12]}"
        self.client: S3Client = s3_client(endpoint(url))
        self.client.create_bucket(Bucket=self.name)
        if versions:
            self.set_versioning("Enabled")

    def settings(self) -> dict[str, str]:
        """Returns the variables by which processes keep documents in it."""
        return {
            "INVOICES_OBJECTS__BUCKET": self.name,
            "INVOICES_OBJECTS__ENDPOINT_URL": self.url,
            "INVOICES_OBJECTS__PATH_STYLE": "true",
            "INVOICES_OBJECTS__ACCESS_KEY_ID": ACCESS_KEY.id,
            "INVOICES_OBJECTS__SECRET_ACCESS_KEY": ACCESS_KEY.secret,
        }

    def set_versioning(self, status: str) -> None:
        self.client.put_bucket_versioning(
            Bucket=self.name,
            VersioningConfiguration={"Status": status},  # type: ignore[typeddict-item]
        )

    def versions(self) -> list[tuple[str, str]]:
        """Returns the key and the id of every version, of a key the latest first."""
        listed = self.client.list_object_versions(Bucket=self.name).get("Versions", [])
        return [(version["Key"], version["VersionId"]) for version in listed]

    def object_keys(self) -> set[str]:
        """Returns the keys of all objects but the mark of the store."""
        return {key for key, _ in self.versions() if not key.endswith(".objects")}


def endpoint(url: str, *, answer_seconds: float = 20.0) -> S3Endpoint:
    return S3Endpoint(
        url=url, path_style=True, access_key=ACCESS_KEY, answer_seconds=answer_seconds
    )


@asynccontextmanager
async def opened_store(
    place: S3Place,
    of: S3Endpoint,
    *,
    call_seconds: float = 60.0,
) -> AsyncIterator[S3ObjectStore]:
    async with aclosing(
        S3ObjectStore(s3_client(of), place, connections=8, call_seconds=call_seconds)
    ) as store:
        yield store


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    server = S3Server()
    try:
        yield server
    finally:
        server.kill()


@pytest.fixture
def bucket(s3_server: S3Server) -> Bucket:
    return Bucket(s3_server.url)
