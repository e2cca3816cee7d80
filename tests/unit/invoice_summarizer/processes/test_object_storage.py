"""The store that a process opens by its settings, and what it says of a bucket that it cannot use."""

import hashlib
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from invoice_summarizer.processes.object_storage import opened_object_store
from invoice_summarizer.settings import BucketSettings, ObjectStoreSettings, WrongSetting
from s3_fixture import ACCESS_KEY, Bucket, S3Server

DATA = b"a document"
SHA256 = hashlib.sha256(DATA).hexdigest()


async def whole() -> AsyncIterator[bytes]:
    yield DATA


def of_bucket(url: str, name: str) -> ObjectStoreSettings:
    return ObjectStoreSettings(
        objects=BucketSettings(
            bucket=name,
            prefix="eu/",
            endpoint_url=url,
            path_style=True,
            access_key_id=ACCESS_KEY.id,
            secret_access_key=SecretStr(ACCESS_KEY.secret),
            answer_seconds=5,
        )
    )


async def test_documents_lie_in_the_bucket_of_the_settings(bucket: Bucket) -> None:
    async with opened_object_store(of_bucket(bucket.url, bucket.name)) as store:
        await store.put("acme", whole(), limit_bytes=100)
        assert await store.get("acme", SHA256) == DATA
    assert bucket.object_keys() == {f"eu/acme/{SHA256[:2]}/{SHA256}"}


async def test_documents_lie_in_the_folder_of_the_settings(tmp_path: Path) -> None:
    async with opened_object_store(ObjectStoreSettings(object_folder=tmp_path)) as store:
        await store.put("acme", whole(), limit_bytes=100)
    assert (tmp_path / "acme" / SHA256[:2] / SHA256).read_bytes() == DATA


async def test_bucket_that_is_not_there_is_a_wrong_setting(s3_server: S3Server) -> None:
    with pytest.raises(WrongSetting) as caught:
        async with opened_object_store(of_bucket(s3_server.url, "dokuments")):
            pass
    assert str(caught.value) == "INVOICES_OBJECTS__BUCKET: there is no bucket dokuments"


async def test_bucket_of_which_s3_says_nothing_is_opened_and_logged() -> None:
    with socket.socket() as taken, capture_logs() as logs:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        async with opened_object_store(of_bucket(url, "documents")):
            pass
    assert [(log["event"], log["log_level"]) for log in logs] == [
        ("object_store_unavailable", "warning")
    ]


async def test_bucket_without_boto3_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("invoice_summarizer.processes.object_storage.find_spec", lambda name: None)
    with pytest.raises(WrongSetting) as caught:
        async with opened_object_store(of_bucket("http://127.0.0.1:1", "documents")):
            pass
    assert str(caught.value) == (
        "INVOICES_OBJECTS__BUCKET: needs boto3: pip install 'ai-invoice-summarizer[s3]'"
    )
