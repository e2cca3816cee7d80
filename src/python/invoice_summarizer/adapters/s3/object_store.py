"""The object store in a bucket that keeps versions: `{prefix}{tenant}/{first two digits of the hash}/{hash}`."""

from __future__ import annotations  # the client has a type in its stubs only

import asyncio
import re
from base64 import b64encode
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import IO, TYPE_CHECKING, Literal, ParamSpec, TypeVar, cast

from botocore.exceptions import ClientError

from aip.resource_name import ID_PATTERN
from invoice_summarizer.adapters.s3.failures import (
    WrongBucket,
    code_of,
    status_of,
    unavailable_where_it_fails,
    wrong_where_it_is_refused,
)
from invoice_summarizer.adapters.s3.spooled_bytes import SpooledBytes
from invoice_summarizer.domain.errors import Unavailable
from invoice_summarizer.ports.object_store import (
    ListedObject,
    ObjectCorrupt,
    ObjectNotFound,
    ObjectTooLarge,
    StoredObject,
)

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_s3.type_defs import (
        ListObjectVersionsOutputTypeDef,
        ObjectVersionTypeDef,
        PutObjectRequestTypeDef,
    )

_TENANT = re.compile(ID_PATTERN)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_FIRST_DIGITS = 2
_WRITE_BYTES = 1 << 20
_READ_BYTES = 1 << 18
# No tenant's name begins with a dot.
_MARK = ".objects"
# Of an object that was put while its bucket kept no versions; the next such put takes its place.
_NO_VERSION = "null"

Encryption = Literal["AES256", "aws:kms"]

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Place:
    """A bucket and what the keys of all objects in it begin with: nothing, or words that end with a slash."""

    bucket: str
    prefix: str = ""
    encryption: Encryption | None = None  # None: as the bucket has it
    kms_key: str | None = None


class S3ObjectStore:
    """A put is one request of the whole object, and a new version; a version is removed by its id, so that one which is
    put meanwhile stays. Bytes wait in a temporary file, if they are many, until their hash is known or verified.

    At most `connections` requests are under way, in threads of the store's; the others wait. Raises Unavailable where
    S3 fails, and where a request and its repetitions take longer than `call_seconds`.
    """

    def __init__(
        self, client: S3Client, place: S3Place, *, connections: int, call_seconds: float
    ) -> None:
        self._client = client
        self._place = place
        self._call_seconds = call_seconds
        self._threads = ThreadPoolExecutor(connections, thread_name_prefix="s3")
        self._is_marked = False
        self._key = re.compile(
            re.escape(place.prefix)
            + rf"(?P<tenant>{ID_PATTERN})/(?P<digits>[0-9a-f]{{2}})/(?P<sha256>(?P=digits)[0-9a-f]{{62}})"
        )

    async def require(self) -> None:
        """The bucket is there and keeps versions. Raises WrongBucket where it does not, Unavailable where S3 does not say."""
        await self._asked(self._require)

    async def aclose(self) -> None:
        """No thread takes up another request, and no connection is kept."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._client.close()

    async def put(
        self, tenant: str, chunks: AsyncIterable[bytes], *, limit_bytes: int
    ) -> StoredObject:
        folder = self._folder(tenant)
        with closing(SpooledBytes()) as spooled:
            size, waiting = 0, bytearray()
            async for chunk in chunks:
                size += len(chunk)
                if size > limit_bytes:
                    raise ObjectTooLarge(f"the document is larger than {limit_bytes} bytes")
                waiting += chunk
                if len(waiting) >= _WRITE_BYTES:
                    with unavailable_where_it_fails():
                        await asyncio.to_thread(spooled.write, bytes(waiting))
                    waiting.clear()
            with unavailable_where_it_fails():
                await asyncio.to_thread(spooled.write, bytes(waiting))
            await self._asked(self._send, folder, spooled)
            return StoredObject(spooled.sha256.hex(), size)

    async def get(self, tenant: str, sha256: str) -> bytes:
        with closing(await self._fetched(tenant, sha256)) as spooled, unavailable_where_it_fails():
            return await asyncio.to_thread(spooled.read)

    async def chunks(
        self, tenant: str, sha256: str, *, chunk_bytes: int
    ) -> AsyncGenerator[bytes, None]:
        with closing(await self._fetched(tenant, sha256)) as spooled:
            while True:
                with unavailable_where_it_fails():
                    chunk = await asyncio.to_thread(spooled.read, chunk_bytes)
                if not chunk:
                    return
                yield chunk

    async def list(self, before: datetime) -> AsyncIterator[ListedObject]:
        pages = self._pages(self._place.prefix)
        while (page := await self._asked(next, pages, None)) is not None:
            for version in page.get("Versions", ()):
                named = self._key.fullmatch(version["Key"])
                if named and version["IsLatest"] and version["LastModified"] < before:
                    yield ListedObject(named["tenant"], named["sha256"], version["VersionId"])

    async def delete(self, listed: ListedObject) -> bool:
        key = _key(self._folder(listed.tenant), listed.sha256)
        return await self._asked(self._remove, key, listed.generation)

    async def _fetched(self, tenant: str, sha256: str) -> SpooledBytes:
        """Returns the verified bytes, to be read from their beginning. Raises ObjectNotFound, ObjectCorrupt."""
        folder = self._folder(tenant)
        if not _SHA256.fullmatch(sha256):
            raise _not_found()
        spooled = SpooledBytes()
        try:
            await self._asked(self._receive, _key(folder, sha256), spooled)
            if spooled.sha256.hex() != sha256:
                raise ObjectCorrupt("the stored bytes do not have their hash")
        except BaseException:
            spooled.close()
            raise
        return spooled

    async def _asked(
        self,
        function: Callable[_Arguments, _Result],
        *arguments: _Arguments.args,
        **named: _Arguments.kwargs,
    ) -> _Result:
        """Returns what the function does, in a thread; whoever stops waiting for it leaves the thread behind."""

        def ask() -> _Result:
            with unavailable_where_it_fails():
                return function(*arguments, **named)

        try:
            async with asyncio.timeout(self._call_seconds):
                return await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        except TimeoutError:
            raise Unavailable("the object store does not answer in time") from None

    def _require(self) -> None:
        bucket = self._place.bucket
        with wrong_where_it_is_refused(bucket):
            versioning = self._client.get_bucket_versioning(Bucket=bucket)
        if versioning.get("Status") != "Enabled":
            raise WrongBucket(f"{bucket} keeps no versions: enable its versioning")

    def _send(self, folder: str, spooled: SpooledBytes) -> None:
        self._mark()
        spooled.seek(0)
        request = self._put_request(_key(folder, spooled.sha256.hex()))
        request["Body"] = cast(IO[bytes], spooled)  # what boto3 asks of it, it has
        request["ContentLength"] = spooled.size_bytes
        # S3 stores nothing else. Not every store that speaks its protocol looks: what is read is verified.
        request["ChecksumSHA256"] = b64encode(spooled.sha256).decode()
        stored = self._client.put_object(**request)
        if stored.get("VersionId", _NO_VERSION) == _NO_VERSION:
            raise Unavailable("the bucket of the object store keeps no versions any more")

    def _receive(self, key: str, spooled: SpooledBytes) -> None:
        try:
            answer = self._client.get_object(Bucket=self._place.bucket, Key=key)
        except self._client.exceptions.NoSuchKey:
            self._require_mark()
            raise _not_found() from None
        with closing(answer["Body"]) as body:
            while data := body.read(_READ_BYTES):
                spooled.write(data)
        spooled.seek(0)

    def _remove(self, key: str, generation: str) -> bool:
        """Removes the versions up to that generation, itself last; returns False where there is a later one."""
        versions = [
            version
            for page in self._pages(key)
            for version in page.get("Versions", ())
            if version["Key"] == key
        ]
        if not _is_latest(generation, versions):
            return False
        for version in reversed(versions):
            self._client.delete_object(
                Bucket=self._place.bucket, Key=key, VersionId=version["VersionId"]
            )
        return True

    def _pages(self, prefix: str) -> Iterator[ListObjectVersionsOutputTypeDef]:
        """Yields versions by their keys, of a key the latest first."""
        paginator = self._client.get_paginator("list_object_versions")
        return iter(paginator.paginate(Bucket=self._place.bucket, Prefix=prefix))

    def _mark(self) -> None:
        """Below the prefix stands that objects are put there."""
        if self._is_marked:
            return
        request = self._put_request(self._place.prefix + _MARK)
        request["IfNoneMatch"] = "*"
        try:
            self._client.put_object(**request)
        except ClientError as error:
            if code_of(error) not in ("PreconditionFailed", "ConditionalRequestConflict"):
                raise
        self._is_marked = True

    def _require_mark(self) -> None:
        """A place without it, which the first put makes, is not the one: another prefix, or a bucket made anew."""
        try:
            self._client.head_object(Bucket=self._place.bucket, Key=self._place.prefix + _MARK)
        except ClientError as error:
            if status_of(error) == HTTPStatus.NOT_FOUND:
                raise Unavailable("the object store is empty or not there") from None
            raise

    def _put_request(self, key: str) -> PutObjectRequestTypeDef:
        request: PutObjectRequestTypeDef = {"Bucket": self._place.bucket, "Key": key}
        if self._place.encryption is not None:
            request["ServerSideEncryption"] = self._place.encryption
        if self._place.kms_key is not None:
            request["SSEKMSKeyId"] = self._place.kms_key
        return request

    def _folder(self, tenant: str) -> str:
        if not _TENANT.fullmatch(tenant):
            raise ValueError("the tenant's name cannot name a folder")
        return f"{self._place.prefix}{tenant}/"


def _key(folder: str, sha256: str) -> str:
    return f"{folder}{sha256[:_FIRST_DIGITS]}/{sha256}"


def _is_latest(generation: str, versions: list[ObjectVersionTypeDef]) -> bool:
    return any(each["IsLatest"] and each["VersionId"] == generation for each in versions)


def _not_found() -> ObjectNotFound:
    return ObjectNotFound("no object of that hash")
