"""What callers are told where S3 refuses, lingers, breaks off or is not the one, and what is stored then."""

import asyncio
import hashlib
import socket
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from botocore.awsrequest import AWSPreparedRequest

from invoice_summarizer.adapters.s3.client import S3Endpoint, s3_client
from invoice_summarizer.adapters.s3.failures import WrongBucket
from invoice_summarizer.adapters.s3.object_store import S3ObjectStore, S3Place
from invoice_summarizer.domain.errors import InvoiceSummarizerError, Unavailable
from invoice_summarizer.ports.object_store import ObjectNotFound
from s3_fixture import Bucket, S3Server, endpoint, opened_store
from s3_front import Fault, S3Front, cut_answer, drop_upload, held, refusal, s3_front
from tls_identity import Authority, identity

DATA = b"a document"
SHA256 = hashlib.sha256(DATA).hexdigest()
LARGE = bytes(16 << 20)
LIMIT = 64 << 20
TRIES = 3
SECONDS = 30
SLOW_DOWN = refusal(503, "SlowDown")


async def whole(data: bytes = DATA) -> AsyncIterator[bytes]:
    for begin in range(0, len(data), 1 << 20):
        yield data[begin : begin + (1 << 20)]


async def put(store: S3ObjectStore, data: bytes = DATA) -> None:
    await store.put("acme", whole(data), limit_bytes=LIMIT)


def says_nothing_of_the_document(error: InvoiceSummarizerError) -> bool:
    return not any(word in str(error) for word in ("acme", SHA256, "document "))


@pytest.fixture
def front(bucket: Bucket) -> Iterator[S3Front]:
    with s3_front(bucket.url) as opened:
        yield opened


@pytest.fixture
async def store(bucket: Bucket, front: S3Front) -> AsyncIterator[S3ObjectStore]:
    async with opened_store(S3Place(bucket=bucket.name), endpoint(front.url)) as opened:
        yield opened


@pytest.mark.parametrize("fault", [SLOW_DOWN, refusal(500, "InternalError"), drop_upload])
async def test_put_that_fails_once_is_made_again(
    store: S3ObjectStore, front: S3Front, fault: Fault
) -> None:
    front.fail("PUT", fault)
    await put(store, LARGE)
    assert await store.get("acme", hashlib.sha256(LARGE).hexdigest()) == LARGE


@pytest.mark.parametrize("fault", [SLOW_DOWN, refusal(500, "InternalError"), drop_upload])
async def test_put_that_fails_each_time_stores_nothing(
    store: S3ObjectStore, bucket: Bucket, front: S3Front, fault: Fault
) -> None:
    front.fail("PUT", *[fault] * TRIES)
    with pytest.raises(Unavailable) as caught:
        await put(store, LARGE)
    assert says_nothing_of_the_document(caught.value)
    assert bucket.object_keys() == set()


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (403, "AccessDenied"),
        (403, "InvalidAccessKeyId"),
        (403, "SignatureDoesNotMatch"),
        (400, "BadDigest"),
        (404, "NoSuchBucket"),
    ],
)
async def test_what_is_refused_is_unavailable_and_asked_once(
    store: S3ObjectStore, bucket: Bucket, front: S3Front, status: int, code: str
) -> None:
    for method in ("PUT", "GET"):
        front.fail(method, refusal(status, code))
    with pytest.raises(Unavailable, match=code) as caught:
        await put(store)
    assert says_nothing_of_the_document(caught.value)
    with pytest.raises(Unavailable, match=code) as caught:
        await store.get("acme", SHA256)
    assert says_nothing_of_the_document(caught.value)
    assert bucket.object_keys() == set()


async def test_code_that_is_no_word_is_not_told(store: S3ObjectStore, front: S3Front) -> None:
    front.fail("GET", refusal(403, "Denied to acme"))
    with pytest.raises(Unavailable, match="no code") as caught:
        await store.get("acme", SHA256)
    assert says_nothing_of_the_document(caught.value)


async def test_answer_that_breaks_off_is_unavailable_before_a_byte_is_handed_out(
    store: S3ObjectStore, front: S3Front
) -> None:
    await put(store, LARGE)
    sha256 = hashlib.sha256(LARGE).hexdigest()
    front.fail("GET", cut_answer, cut_answer)
    with pytest.raises(Unavailable):
        await store.get("acme", sha256)
    with pytest.raises(Unavailable):
        await anext(store.chunks("acme", sha256, chunk_bytes=1))
    assert await store.get("acme", sha256) == LARGE


async def test_server_that_is_not_there_is_unavailable(bucket: Bucket) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        async with opened_store(S3Place(bucket=bucket.name), endpoint(url)) as store:
            for asked in (put(store), store.get("acme", SHA256), store.require()):
                with pytest.raises(Unavailable):
                    await asked


async def test_server_that_is_killed_in_the_middle_of_an_upload_is_unavailable() -> None:
    server = S3Server()
    try:
        bucket = Bucket(server.url)

        async def killing() -> AsyncIterator[bytes]:
            yield LARGE
            server.kill()
            yield DATA

        async with opened_store(S3Place(bucket=bucket.name), endpoint(server.url)) as store:
            await put(store)
            with pytest.raises(Unavailable):
                await store.put("acme", killing(), limit_bytes=LIMIT)
            with pytest.raises(Unavailable):
                await store.get("acme", SHA256)
    finally:
        server.kill()


@pytest.mark.parametrize(
    ("answer_seconds", "call_seconds", "problem"),
    [(0.2, SECONDS, "ReadTimeoutError"), (SECONDS, 0.5, "does not answer in time")],
)
async def test_server_that_does_not_answer_is_unavailable(
    bucket: Bucket, front: S3Front, answer_seconds: float, call_seconds: float, problem: str
) -> None:
    waits = [held() for _ in range(TRIES)]
    front.fail("GET", *waits)
    async with opened_store(
        S3Place(bucket=bucket.name),
        endpoint(front.url, answer_seconds=answer_seconds),
        call_seconds=call_seconds,
    ) as store:
        try:
            with pytest.raises(Unavailable, match=problem):
                await store.get("acme", SHA256)
        finally:
            for wait in waits:
                wait.go_on.set()


async def test_put_that_is_cancelled_while_it_is_sent_stores_nothing(
    store: S3ObjectStore, bucket: Bucket, front: S3Front
) -> None:
    wait = held()
    front.fail("PUT", wait)
    task = asyncio.create_task(put(store, LARGE))
    assert await asyncio.to_thread(wait.begun.wait, SECONDS)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    wait.go_on.set()
    assert await asyncio.to_thread(wait.ended.wait, SECONDS)
    assert bucket.object_keys() == set()


@pytest.mark.parametrize("waiting", [1, 5])
async def test_requests_beyond_the_connections_wait_and_are_not_lost(
    bucket: Bucket, front: S3Front, waiting: int
) -> None:
    wait = held()
    front.fail("PUT", wait)
    client = s3_client(endpoint(front.url))
    store = S3ObjectStore(client, S3Place(bucket=bucket.name), connections=1, call_seconds=SECONDS)
    try:
        first = asyncio.create_task(put(store))
        assert await asyncio.to_thread(wait.begun.wait, SECONDS)
        others = [asyncio.create_task(put(store, b"%d" % number)) for number in range(waiting)]
        wait.go_on.set()
        await asyncio.gather(first, *others)
    finally:
        await store.aclose()
    assert len(bucket.object_keys()) == 1 + waiting


async def test_place_where_nothing_was_ever_put_is_no_loss_of_its_documents(
    store: S3ObjectStore, bucket: Bucket, front: S3Front
) -> None:
    """A bucket that was made anew, or another prefix than that of the other processes."""
    await put(store)
    elsewhere = S3Place(bucket=bucket.name, prefix="invioces/")
    async with opened_store(elsewhere, endpoint(front.url)) as misled:
        with pytest.raises(Unavailable):
            await misled.get("acme", SHA256)
        with pytest.raises(Unavailable):
            await anext(misled.chunks("acme", SHA256, chunk_bytes=1))
    with pytest.raises(ObjectNotFound):
        await store.get("other", SHA256)


async def test_bucket_that_keeps_no_versions_any_more_takes_no_documents(
    store: S3ObjectStore, bucket: Bucket
) -> None:
    await put(store)
    bucket.set_versioning("Suspended")
    with pytest.raises(Unavailable, match="versions"):
        await put(store)
    with pytest.raises(WrongBucket, match="versions"):
        await store.require()


async def test_full_disk_is_unavailable(
    store: S3ObjectStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    await put(store, LARGE)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(Unavailable):
        await put(store, LARGE)
    with pytest.raises(Unavailable):
        sha256 = hashlib.sha256(LARGE).hexdigest()
        await anext(store.chunks("acme", sha256, chunk_bytes=1))


async def test_bucket_that_is_there_and_keeps_versions_will_do(store: S3ObjectStore) -> None:
    await store.require()


async def test_bucket_that_is_not_there_or_keeps_no_versions_is_wrong(s3_server: S3Server) -> None:
    unversioned = Bucket(s3_server.url, versions=False)
    for name, problem in (
        ("nowhere", "there is no bucket nowhere"),
        (unversioned.name, "versions"),
    ):
        async with opened_store(S3Place(bucket=name), endpoint(s3_server.url)) as store:
            with pytest.raises(WrongBucket, match=problem):
                await store.require()


async def test_bucket_that_credentials_do_not_open_is_wrong(
    store: S3ObjectStore, front: S3Front
) -> None:
    front.fail("GET", refusal(403, "InvalidAccessKeyId"))
    with pytest.raises(WrongBucket, match="InvalidAccessKeyId"):
        await store.require()


async def test_bucket_of_which_s3_says_nothing_now_is_not_wrong(
    store: S3ObjectStore, front: S3Front
) -> None:
    front.fail("GET", *[SLOW_DOWN] * TRIES)
    with pytest.raises(Unavailable):
        await store.require()


async def test_no_credentials_are_told(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for variable in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(variable, str(tmp_path / "none"))
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(variable, raising=False)
    of = S3Endpoint(url=bucket.url, path_style=True)
    async with opened_store(S3Place(bucket=bucket.name), of) as store:
        with pytest.raises(WrongBucket, match="no credentials"):
            await store.require()
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    with pytest.raises(WrongBucket, match="ProfileNotFound"):
        s3_client(of)


def test_url_that_is_no_address_is_told() -> None:
    with pytest.raises(WrongBucket, match="address"):
        s3_client(S3Endpoint(url="http://-"))


async def test_certificate_of_the_endpoint_must_come_from_the_authority(
    bucket: Bucket, tmp_path: Path
) -> None:
    own, stranger = identity("localhost"), identity("localhost")
    files = (tmp_path / "own.pem", tmp_path / "own.key")
    files[0].write_bytes(own.certificate)
    files[1].write_bytes(own.key)
    (tmp_path / "stranger.pem").write_bytes(stranger.certificate)
    with s3_front(bucket.url, files) as front:
        for authority, is_trusted in ((files[0], True), (tmp_path / "stranger.pem", False)):
            of = S3Endpoint(
                url=front.url,
                path_style=True,
                access_key=endpoint("").access_key,
                authority_file=authority,
            )
            async with opened_store(S3Place(bucket=bucket.name), of) as store:
                if is_trusted:
                    await put(store, LARGE)
                    assert await store.get("acme", hashlib.sha256(LARGE).hexdigest()) == LARGE
                else:
                    with pytest.raises(WrongBucket, match="not trusted"):
                        await store.require()
                    with pytest.raises(Unavailable):
                        await put(store)


@pytest.mark.parametrize(
    ("path_style", "address"),
    [
        (True, "https://s3.eu-central-1.amazonaws.com/documents/key"),
        (False, "https://documents.s3.eu-central-1.amazonaws.com/key"),
    ],
)
def test_bucket_stands_in_the_path_or_in_the_host(path_style: bool, address: str) -> None:
    of = S3Endpoint(
        region="eu-central-1", path_style=path_style, access_key=endpoint("").access_key
    )
    asked: list[str] = []

    class NotSent(Exception):
        pass

    def note(request: AWSPreparedRequest, **_: object) -> None:
        asked.append(request.url)
        raise NotSent

    client = s3_client(of)
    client.meta.events.register("before-send.s3", note)
    with pytest.raises(NotSent):
        client.get_object(Bucket="documents", Key="key")
    assert asked == [address]


async def test_new_authority_is_trusted_without_a_restart(bucket: Bucket, tmp_path: Path) -> None:
    before, after = Authority(), Authority()
    own = after.identity("localhost")
    files = (tmp_path / "own.pem", tmp_path / "own.key")
    files[0].write_bytes(own.certificate)
    files[1].write_bytes(own.key)
    authority = tmp_path / "authority.pem"
    authority.write_bytes(before.certificate)
    with s3_front(bucket.url, files) as front:
        of = S3Endpoint(
            url=front.url,
            path_style=True,
            access_key=endpoint("").access_key,
            authority_file=authority,
        )
        async with opened_store(S3Place(bucket=bucket.name), of) as store:
            with pytest.raises(WrongBucket, match="not trusted"):
                await store.require()
            authority.write_bytes(after.certificate)
            await store.require()
            await put(store, LARGE)
