"""The object store that the settings name."""

import os
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from importlib.util import find_spec
from pathlib import Path

import structlog

from invoice_summarizer.adapters.filesystem.object_store import FilesystemObjectStore
from invoice_summarizer.domain.errors import Unavailable
from invoice_summarizer.ports.object_store import ObjectStore
from invoice_summarizer.processes.key_files import require_authority
from invoice_summarizer.processes.named_things import Looks
from invoice_summarizer.settings import BucketSettings, ObjectStoreSettings, WrongSetting

_FOLDER = "INVOICES_OBJECT_FOLDER"
_BUCKET = "INVOICES_OBJECTS__BUCKET"
_AUTHORITY = "INVOICES_OBJECTS__AUTHORITY_FILE"

_log = structlog.get_logger()


@asynccontextmanager
async def opened_object_store(settings: ObjectStoreSettings) -> AsyncIterator[ObjectStore]:
    """Yields the store until the block ends. Raises WrongSetting where there is none, or it cannot be used."""
    if settings.objects is None:
        assert settings.object_folder is not None, "the settings have one of the two"
        yield object_folder(settings.object_folder)
    else:
        async with _opened_bucket(settings.objects) as store:
            yield store


def object_folder(folder: Path) -> FilesystemObjectStore:
    """Returns the store in the folder. Raises WrongSetting where it is not there, or cannot be written to.

    A folder that is not there is not made: where one of three services had a name that the others have not, each would
    run, and documents would not be found.
    """
    if not folder.exists():
        raise WrongSetting(
            (
                _FOLDER,
                f"there is no folder {folder}: name the one that all services share, or make it by mkdir -m 700",
            )
        )
    if not folder.is_dir():
        raise WrongSetting((_FOLDER, f"{folder} is no folder"))
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise WrongSetting((_FOLDER, f"{folder} cannot be written to"))
    return FilesystemObjectStore(folder)


@asynccontextmanager
async def _opened_bucket(settings: BucketSettings) -> AsyncIterator[ObjectStore]:
    """A bucket of which S3 does not say now what it is may be usable later, so that the process goes on."""
    if find_spec("boto3") is None:
        raise WrongSetting((_BUCKET, "needs boto3: pip install 'ai-invoice-summarizer[s3]'"))
    # Only here: boto3 takes time and memory of every process that imports it.
    from invoice_summarizer.adapters.s3.client import AccessKey, S3Endpoint, s3_client
    from invoice_summarizer.adapters.s3.failures import WrongBucket
    from invoice_summarizer.adapters.s3.object_store import S3ObjectStore, S3Place

    if settings.authority_file is not None:
        require_authority(_AUTHORITY, settings.authority_file)
    key_id, secret = settings.access_key_id, settings.secret_access_key
    endpoint = S3Endpoint(
        url=settings.endpoint_url,
        region=settings.region,
        path_style=settings.path_style,
        access_key=AccessKey(key_id, secret.get_secret_value()) if key_id and secret else None,
        authority_file=settings.authority_file,
        connections=settings.connections,
        answer_seconds=settings.answer_seconds,
    )
    place = S3Place(
        bucket=settings.bucket,
        prefix=settings.prefix or "",
        encryption=None if settings.encryption == "bucket" else settings.encryption,
        kms_key=settings.kms_key,
    )
    try:
        store = S3ObjectStore(
            s3_client(endpoint),
            place,
            connections=settings.connections,
            call_seconds=settings.call_seconds,
        )
        async with aclosing(store):
            try:
                await store.require()
            except Unavailable as error:
                _log.warning("object_store_unavailable", reason=error.message)
            yield store
    except WrongBucket as error:
        raise WrongSetting((_BUCKET, str(error))) from None


OBJECT_LOOKS: Looks = {
    (_FOLDER,): lambda folder: object_folder(Path(folder)),
    (_AUTHORITY,): lambda file: require_authority(_AUTHORITY, Path(file)),
}
