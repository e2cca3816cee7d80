"""Which status code each error has: every class has its row, and no row comes too late."""

from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, RetryInfo

import aip.errors
from aip.errors import AipError, FilterError
from invoice_summarizer import local_stack
from invoice_summarizer.adapters.postgres.failures import DatabaseRefused
from invoice_summarizer.domain.errors import (
    DocumentRejected,
    InvalidInput,
    InvoiceSummarizerError,
    NotFound,
    Unavailable,
)
from invoice_summarizer.domain.summarizing.segments import UnboundSlot
from invoice_summarizer.rpc.errors import AIP_REASONS, STATUS_CODES, CallRefused, status_of

# Defects of this program: whoever calls can do nothing about them and learns nothing of them.
DEFECTS = {DatabaseRefused, UnboundSlot}


def subclasses(kind: type[Any]) -> Iterator[type[Any]]:
    below: type[Any]
    for below in kind.__subclasses__():
        yield below
        yield from subclasses(below)


def of_this_program(kind: type) -> bool:
    return kind.__module__.startswith("invoice_summarizer.")


def test_every_error_of_ours_has_a_row() -> None:
    assert local_stack  # has imported every module in which there are errors
    without = {
        kind
        for kind in filter(of_this_program, subclasses(InvoiceSummarizerError))
        if not any(issubclass(kind, row) for row, _ in STATUS_CODES)
    }
    assert without == DEFECTS | {kind for kind in without if kind.__name__ == "Conflict"}


def test_no_row_stands_behind_one_that_hides_it() -> None:
    rows = [kind for kind, _ in STATUS_CODES]
    hidden = [
        (above, below)
        for index, above in enumerate(rows)
        for below in rows[index + 1 :]
        if issubclass(below, above)
    ]
    assert hidden == []


def test_every_reason_is_a_word_of_its_own() -> None:
    reasons: dict[str, type] = {}
    for kind in filter(of_this_program, subclasses(InvoiceSummarizerError)):
        reason = kind.reason
        assert reason.replace("_", "").isalnum() and reason == reason.upper() and len(reason) < 64
        known = reasons.setdefault(reason, kind)
        assert issubclass(kind, known) or reason in ("INTERNAL", "DOCUMENT_TOO_LARGE"), kind


def test_every_error_of_aip_has_its_reason_and_field() -> None:
    raised = {
        kind
        for kind in subclasses(AipError)
        if kind.__module__ == aip.errors.__name__ and not kind.__subclasses__()
    }
    assert raised == AIP_REASONS.keys()


@pytest.mark.parametrize(
    ("error", "code", "reason", "field"),
    [
        (NotFound("no such invoice"), grpc.StatusCode.NOT_FOUND, "RESOURCE_NOT_FOUND", None),
        (
            InvalidInput("must be short", field="comment", reason="COMMENT_TOO_LONG"),
            grpc.StatusCode.INVALID_ARGUMENT,
            "COMMENT_TOO_LONG",
            "comment",
        ),
        (
            DocumentRejected("empty", reason="DOCUMENT_EMPTY"),
            grpc.StatusCode.INVALID_ARGUMENT,
            "DOCUMENT_EMPTY",
            None,
        ),
        (FilterError("x", 3), grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FILTER", "filter"),
        (
            CallRefused(grpc.StatusCode.PERMISSION_DENIED, "ROLE_MISSING", "no role"),
            grpc.StatusCode.PERMISSION_DENIED,
            "ROLE_MISSING",
            None,
        ),
        (KeyError("secret"), grpc.StatusCode.INTERNAL, "INTERNAL", None),
    ],
)
def test_status_says_reason_field_and_request(
    error: Exception, code: grpc.StatusCode, reason: str, field: str | None
) -> None:
    found_code, found_reason, status = status_of(error, "order-7")
    info, bad = ErrorInfo(), BadRequest()
    for detail in status.details:
        detail.Unpack(info)
        detail.Unpack(bad)
    assert (found_code, found_reason, info.reason) == (code, reason, reason)
    assert (status.code, info.domain) == (code.value[0], "invoicesummarizer.com")
    assert [violation.field for violation in bad.field_violations] == ([field] if field else [])
    assert "secret" not in str(status)


@pytest.mark.parametrize("suggestion", ["status", ""])
def test_refused_filter_says_where_and_what_may_have_been_meant(suggestion: str) -> None:
    _, _, status = status_of(FilterError("no field statsu", 3, suggestion), "order-7")
    info = ErrorInfo()
    assert any(detail.Unpack(info) for detail in status.details)
    meant = {"suggestion": suggestion} if suggestion else {}
    assert dict(info.metadata) == {"position": "3", **meant}
    assert ("did you mean status?" in status.message) is bool(suggestion)


def test_unavailable_says_when_to_try_again() -> None:
    _, _, status = status_of(Unavailable("the database at 10.0.0.1 is away"), "order-7")
    retry = RetryInfo()
    assert any(detail.Unpack(retry) for detail in status.details)
    assert retry.retry_delay.seconds == 1
    assert "10.0.0.1" not in str(status)


def test_statement_of_the_database_is_not_shown() -> None:
    refused = DatabaseRefused("the database refused a statement: UPDATE invoices SET x")
    code, _, status = status_of(refused, "order-7")
    assert (code, status.message) == (grpc.StatusCode.INTERNAL, "an internal error occurred")
    assert "UPDATE" not in str(status)
