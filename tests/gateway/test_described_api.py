"""Requests made at random of the description of the API: answers are as it says, and none is a fault of the server."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import hypothesis
import hypothesis.strategies as st
import pytest
import pytest_asyncio
import schemathesis
from rest_stack import Rest, rest
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hostile_documents import plain_pdf
from invoice_summarizer.local_stack import TENANT
from small_invoice import ubl_invoice

__all__ = ["rest"]

pytestmark = pytest.mark.asyncio(loop_scope="module")

REQUESTS = 20  # of each method and of each kind, well-formed and not
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# What is right for one invoice and wrong for another, and what is away, has these too.
_REFUSED = {400, 401, 403, 404, 405, 406, 408, 409, 411, 412, 413, 415, 429, 501}
# What nobody says by chance: a document, the hash of a file, a source of a batch, a place of a claim, a reason to reject.
_NEVER_BY_CHANCE = {
    "GET /v1/tenants/{tenant}/invoices/{invoice}/summaries/{summary}:explain",
    "GET /v1/tenants/{tenant}/invoices/{invoice}:renderPage",
    "GET /v1/tenants/{tenant}/invoices/{invoice}:attachment",
    "POST /v1/invoices:upload",
    "POST /v1/invoices:validate",
    "POST /v1/tenants/{tenant}/batches",
    "POST /v1/tenants/{tenant}/invoices/{invoice}:correct",
    "POST /v1/tenants/{tenant}/invoices/{invoice}:reject",
    "POST /v1/tenants/{tenant}/operations/{operation}:cancel",
}
_SETTINGS = hypothesis.settings(
    max_examples=REQUESTS,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)

Names = Mapping[str, list[str]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def names(rest: Rest) -> Names:
    """What there is, by the names of the parts of a path: a printed invoice, an e-invoice, and their summaries."""
    found: dict[str, list[str]] = {
        "tenant": [TENANT],
        "invoice": [],
        "operation": [],
        "summary": [],
    }
    for document, media_type in (
        (ubl_invoice("F-1"), "application/xml"),
        (plain_pdf("Invoice number: 4711"), "application/pdf"),
    ):
        done = await rest.done(await rest.upload(document, media_type))
        found["operation"].append(done.json["name"].rpartition("/")[2])
        invoice = done.json["metadata"]["invoice"].rpartition("/")[2]
        found["invoice"].append(invoice)
        summary = await rest.post(f"{rest.parent}/invoices/{invoice}:summarize", {})
        assert summary.status == 200, summary.body
        found["summary"].append(summary.json["name"].rpartition("/")[2])
    batch = await rest.post(f"{rest.parent}/batches", {"filter": "form:*"})
    assert batch.status == 200, batch.body
    found["batch"] = [batch.json["name"].rpartition("/")[2]]
    return found


def named(names: Names, data: st.DataObject, part: str, made: str) -> str:
    """Returns the name of something that there is, and now and then what was made at random."""
    there = st.sampled_from(names[part])
    return data.draw(there if part == "tenant" else st.one_of(there, there, there, st.just(made)))


def tried(operation: Any, names: Names, token: str) -> Counter[int]:
    """Returns how often which status came. Raises where an answer is not as described, or a refusal has no reason."""
    statuses = Counter[int]()

    def request(case: Any, data: st.DataObject) -> None:
        case.path_parameters = {
            part: named(names, data, part, made)
            for part, made in (case.path_parameters or {}).items()
        }
        response = case.call(headers={"Authorization": f"Bearer {token}"}, timeout=60)
        case.validate_response(response, checks=CHECKS)
        statuses[response.status_code] += 1
        if response.status_code >= 400:
            assert response.status_code in _REFUSED
            assert reason_of(response.json()), case.as_curl_command()

    for mode in schemathesis.GenerationMode:
        strategy = operation.as_strategy(generation_mode=mode)
        trying: Callable[[], None] = _SETTINGS(hypothesis.given(strategy, st.data())(request))
        trying()
    return statuses


def reason_of(status: Any) -> str:
    infos = [detail for detail in status["details"] if detail["@type"].endswith(".ErrorInfo")]
    return str(infos[0]["reason"]) if infos else ""


async def test_answers_are_as_described(rest: Rest, names: Names) -> None:
    description = (await rest.get("/openapi.json")).json
    schema = schemathesis.openapi.from_dict(description)
    schema.config.update(base_url=f"http://127.0.0.1:{rest.gateway.port}")
    described = [*schema.get_all_operations()]
    operations = [each.ok() for each in described if isinstance(each, Ok)]
    assert len(operations) == len(described) > 25, "what cannot be tried is described wrongly"
    # What deletes comes last, so that the others find something.
    operations.sort(key=lambda each: each.method == "delete")
    answered = set[str]()
    for operation in operations:
        statuses = await asyncio.to_thread(partial(tried, operation, names, rest.token))
        assert statuses.total() >= REQUESTS, operation.label
        if statuses[200]:
            answered.add(operation.label)
    assert {operation.label for operation in operations} - answered <= _NEVER_BY_CHANCE
