"""The tables of error reasons hold every reason of the code, with its status, and no other."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from typing import TypeVar

from google.rpc.code_pb2 import Code

import invoice_summarizer.local_stack  # noqa: F401  # loads every class of errors
from en16931.xml_reading import XmlReadingError
from invoice_reading.errors import DocumentUnreadable
from invoice_summarizer.cli.reasons import REASONS
from invoice_summarizer.domain.batch import BatchFailure
from invoice_summarizer.domain.errors import DocumentRejected, InvoiceSummarizerError
from invoice_summarizer.domain.operation import OperationFailure
from invoice_summarizer.rpc.errors import AIP_REASONS, STATUS_CODES
from invoice_summarizer.rpc.mapping.operation import failure_status
from invoice_summarizer.use_cases.cancel_operation import CANCELLED
from markdown_page import code, codes, page
from syntax_trees import called, calls, keyword, text

SPECIFICATION = page("docs/api-specs/API_SPECIFICATION.md")
_LAYERS = (
    "invoice_reading",
    *(
        f"invoice_summarizer/{layer}"
        for layer in ("domain", "ports", "use_cases", "adapters", "rpc")
    ),
)
Error = TypeVar("Error", bound=Exception)


def test_every_reason_of_the_code_is_documented_with_its_status_and_no_other() -> None:
    documented = {code(row["reason"]): row["status"] for row in SPECIFICATION.rows("Errors")}
    assert documented == {
        reason: ", ".join(sorted(statuses)) for reason, statuses in _reasons().items()
    }


def test_no_reason_is_documented_twice() -> None:
    reasons = [code(row["reason"]) for row in SPECIFICATION.rows("Errors")]
    assert len(reasons) == len(set(reasons))


def test_reasons_of_methods_are_documented_reasons() -> None:
    known = {code(row["reason"]) for row in SPECIFICATION.rows("Errors")}
    methods = SPECIFICATION.rows("Methods")
    by_method = [row for row in methods if "reasons" in row]
    named = {reason for row in by_method for reason in codes(row["reasons"])}
    assert named <= known
    served = {code(row["method"]).rpartition("/")[2] for row in methods if "REST" in row}
    assert {row["method"] for row in by_method} <= served


def _reasons() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    statuses = {kind.__name__: _status(kind) for kind in _tree(InvoiceSummarizerError)}
    rejected = statuses[DocumentRejected.__name__]
    statuses |= {kind.__name__: rejected for kind in _tree(DocumentUnreadable)}
    for kind in _tree(InvoiceSummarizerError):
        found[kind.reason].add(statuses[kind.__name__])
    rejections = (
        *(kind.reason for kind in _tree(XmlReadingError)),
        *(kind.reason for kind in _tree(DocumentUnreadable)),
    )
    for reason in rejections:
        found[reason].add(rejected)
    for reason, _ in AIP_REASONS.values():
        found[reason].add("INVALID_ARGUMENT")
    found["INTERNAL"].add("INTERNAL")
    for reason, status in (*_literal_reasons(statuses), *_refused_calls(), *_failed_operations()):
        found[reason].add(status)
    return found


def _literal_reasons(statuses: dict[str, str]) -> Iterator[tuple[str, str]]:
    for call, module in calls(*_LAYERS):
        reason = text(keyword(call, "reason"), module)
        if reason is not None and called(call) in statuses:
            yield reason, statuses[called(call)]


def _refused_calls() -> Iterator[tuple[str, str]]:
    for call, module in calls("invoice_summarizer/rpc"):
        if called(call) in ("CallRefused", "LimitReached"):
            status, reason = call.args[0], text(call.args[1], module)
            assert isinstance(status, ast.Attribute) and reason
            yield reason, status.attr


def _failed_operations() -> Iterator[tuple[str, str]]:
    yield CANCELLED, "CANCELLED"
    for reason in (*OperationFailure, *BatchFailure):
        yield reason.value, Code.Name(failure_status(reason).code)


def _tree(kind: type[Error]) -> Iterator[type[Error]]:
    if kind.__module__.startswith(("en16931.", "invoice_reading.", "invoice_summarizer.")):
        yield kind
    for child in kind.__subclasses__():
        yield from _tree(child)


def _status(kind: type[InvoiceSummarizerError]) -> str:
    codes_of = (status.name for error, status in STATUS_CODES if issubclass(kind, error))
    return next(codes_of, "INTERNAL")


def test_every_reason_of_a_document_that_was_not_read_has_a_sentence() -> None:
    rows = (
        *SPECIFICATION.rows("Documents that cannot be read"),
        *SPECIFICATION.rows("Failed operations"),
    )
    ours = {"OBJECT_NOT_FOUND", "OBJECT_CORRUPT"}  # of failed operations too, in another table
    assert {code(row["reason"]) for row in rows} | ours == REASONS
