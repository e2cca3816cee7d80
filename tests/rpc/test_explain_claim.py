"""ExplainClaim: what a claim of a stored summary rests on."""

import grpc
import pytest

from invoices.v1 import (
    assurance_pb2,
    correction_pb2,
    review_service_pb2,
    summarize_service_pb2,
    summary_pb2,
)
from refusal import refusal_of
from rpc_fixture import OWNER, STRANGER, Api, bearer
from small_invoice import ubl_invoice

Code = grpc.StatusCode
Request = summarize_service_pb2.ExplainClaimRequest
Response = summarize_service_pb2.ExplainClaimResponse


async def summarized(api: Api, data: bytes) -> summary_pb2.Summary:
    invoice = await api.read(data)
    request = summarize_service_pb2.SummarizeInvoiceRequest(
        name=invoice.name, style=summary_pb2.Summary.FULL
    )
    return await api.summarize.SummarizeInvoice(request, metadata=OWNER)


async def explained(api: Api, request: Request) -> Response:
    return await api.summarize.ExplainClaim(request, metadata=bearer("viewer"))


def invoice_of(summary: summary_pb2.Summary) -> str:
    return summary.name.partition("/summaries/")[0]


async def test_claim_is_explained_by_index_and_by_position_alike(api: Api) -> None:
    summary = await summarized(api, ubl_invoice(declared_total="128.00"))
    for index, claim in enumerate(summary.claims):
        answer = await explained(api, Request(name=summary.name, claim=index))
        assert answer.index == index
        assert answer.text == summary.text[claim.begin : claim.end]
        assert answer.claim == claim
        assert [each.annotation.field_path for each in answer.fields] == [*claim.field_paths]
        assert answer.field_count == len(claim.field_paths)
        assert not answer.invoice_changed
        for position in (claim.begin, claim.end - 1):
            assert answer == await explained(api, Request(name=summary.name, position=position))


async def test_field_finding_and_expression_are_told(api: Api) -> None:
    summary = await summarized(api, ubl_invoice(declared_total="128.00"))
    answers = [
        await explained(api, Request(name=summary.name, claim=index))
        for index in range(len(summary.claims))
    ]
    [number] = [each for each in answers if each.claim.field_paths == ["invoice_number"]]
    [field] = number.fields
    assert field.value == "R-1"
    assert field.annotation.status == assurance_pb2.FieldAnnotation.PRESENT
    assert "ID" in field.annotation.evidence[0].xml_node.xpath
    [difference] = [a for a in answers if a.text.endswith("9.00") and a.findings]
    [finding], [worked_out] = difference.findings, difference.recomputations
    assert (finding.rule_id, finding.residual) == ("BR-CO-15", "9.00")
    assert worked_out.with_values == "abs(128.00 - round(100.00 + 19.00, 2))"
    assert worked_out.value == "9.00"


async def test_summary_of_an_earlier_state_is_explained_by_the_invoice_as_it_is(api: Api) -> None:
    summary = await summarized(api, ubl_invoice())
    correction = correction_pb2.Correction(field_path="invoice_number", value="R-9")
    await api.review.CorrectInvoice(
        review_service_pb2.CorrectInvoiceRequest(
            name=invoice_of(summary), corrections=[correction]
        ),
        metadata=OWNER,
    )
    at = summary.text.index("R-1")
    answer = await explained(api, Request(name=summary.name, position=at))
    assert (answer.text, answer.fields[0].value, answer.invoice_changed) == ("R-1", "R-9", True)
    assert answer.claim.evidence[0].HasField("xml_node")
    assert answer.fields[0].annotation.evidence[0].HasField("human_edit")


@pytest.mark.parametrize("place", [{"claim": 99}, {"claim": -1}, {"position": 7}, {"position": -1}])
async def test_claim_that_is_not_there_is_not_found(api: Api, place: dict[str, int]) -> None:
    summary = await summarized(api, ubl_invoice())
    assert not any(claim.begin <= 7 < claim.end for claim in summary.claims)
    refusal = await refusal_of(explained(api, Request(name=summary.name, **place)))
    assert (refusal.code, refusal.reason) == (Code.NOT_FOUND, "CLAIM_NOT_FOUND")
    assert refusal.metadata == {"claims": str(len(summary.claims))}


async def test_a_claim_has_to_be_named(api: Api) -> None:
    summary = await summarized(api, ubl_invoice())
    refusal = await refusal_of(explained(api, Request(name=summary.name)))
    assert (refusal.code, refusal.reason) == (Code.INVALID_ARGUMENT, "CLAIM_MISSING")


async def test_summary_of_another_tenant_is_not_found(api: Api) -> None:
    summary = await summarized(api, ubl_invoice())
    for name, metadata in (
        (summary.name, STRANGER),
        (f"{invoice_of(summary)}/summaries/none", OWNER),
    ):
        request = Request(name=name, claim=0)
        refusal = await refusal_of(api.summarize.ExplainClaim(request, metadata=metadata))
        assert (refusal.code, refusal.reason) == (Code.NOT_FOUND, "RESOURCE_NOT_FOUND")
