"""What the errors of boto3 mean. None of their texts is passed on: keys stand in them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    NoCredentialsError,
    PartialCredentialsError,
    SSLError,
)
from urllib3.exceptions import HTTPError

from invoice_summarizer.domain.errors import Unavailable

_CODE = re.compile(r"[A-Za-z0-9]{1,64}")
# What these refuse may be taken up the next time.
_PASSING = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})


class WrongBucket(Exception):
    """What the settings say of the bucket cannot be used. The message says why, in one line."""


@contextmanager
def unavailable_where_it_fails() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        raise Unavailable(f"the object store refuses what is asked ({code_of(error)})") from None
    except (BotoCoreError, HTTPError, OSError) as error:
        raise Unavailable(f"the object store fails ({type(error).__name__})") from None


@contextmanager
def wrong_where_it_is_refused(bucket: str) -> Iterator[None]:
    """Raises WrongBucket where what failed would fail again, whenever it is asked."""
    try:
        yield
    except (NoCredentialsError, PartialCredentialsError):
        raise WrongBucket("there are no credentials to ask S3 with") from None
    except SSLError:
        raise WrongBucket("the certificate of the endpoint is not trusted") from None
    except ClientError as error:
        if code_of(error) == "NoSuchBucket":
            raise WrongBucket(f"there is no bucket {bucket}") from None
        if _is_lasting(error):
            raise WrongBucket(f"S3 refuses to say what {bucket} is ({code_of(error)})") from None
        raise


def code_of(error: ClientError) -> str:
    """Returns the word that S3 has for the error."""
    code = str(error.response.get("Error", {}).get("Code", ""))
    return code if _CODE.fullmatch(code) else "no code"


def status_of(error: ClientError) -> int:
    """Returns the HTTP status of the answer."""
    return error.response.get("ResponseMetadata", {}).get(
        "HTTPStatusCode", HTTPStatus.INTERNAL_SERVER_ERROR
    )


def _is_lasting(error: ClientError) -> bool:
    status = status_of(error)
    return status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in _PASSING
