"""The client by which S3 is asked."""

from __future__ import annotations  # the client has a type in its stubs only

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from boto3.session import Session
from botocore.config import Config
from botocore.exceptions import BotoCoreError

from invoice_summarizer.adapters.s3.failures import WrongBucket

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

_TRIES = 3


@dataclass(frozen=True, slots=True)
class AccessKey:
    id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Endpoint:
    """Where S3 is, and how it is asked. What is None is found as boto3 finds it: in the environment, or by the role of
    the machine."""

    url: str | None = None
    region: str | None = None
    path_style: bool = False
    access_key: AccessKey | None = None
    authority_file: Path | None = None
    connections: int = 64
    answer_seconds: float = 10.0


def s3_client(endpoint: S3Endpoint) -> S3Client:
    """Returns a client for any number of threads; nothing has been asked yet. Raises WrongBucket where it cannot be made.

    What S3 does not take up, or leaves without an answer for `answer_seconds`, is asked three times at most, with
    growing pauses between.
    """
    try:
        return _client(endpoint)
    except BotoCoreError as error:  # what AWS's own variables and files say is wrong
        raise WrongBucket(f"boto3 cannot be set up ({type(error).__name__})") from None
    except ValueError:
        raise WrongBucket("the URL of the endpoint is no address") from None


def _client(endpoint: S3Endpoint) -> S3Client:
    key = endpoint.access_key
    session = Session(
        aws_access_key_id=key.id if key else None,
        aws_secret_access_key=key.secret if key else None,
    )
    return session.client(
        "s3",
        region_name=endpoint.region,
        endpoint_url=endpoint.url,
        verify=str(endpoint.authority_file) if endpoint.authority_file else None,
        config=Config(
            connect_timeout=endpoint.answer_seconds,
            read_timeout=endpoint.answer_seconds,
            max_pool_connections=endpoint.connections,
            retries={"mode": "standard", "total_max_attempts": _TRIES},
            s3={"addressing_style": "path" if endpoint.path_style else "auto"},
            # The hash of what is written we send ourselves, and that of what is read we check ourselves.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )
