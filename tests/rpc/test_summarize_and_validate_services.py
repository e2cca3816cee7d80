"""SummarizeService and ValidateService: every figure of a text is bound; validating stores nothing."""

import grpc
import pytest

from invoice_summarizer.domain.event import EventKind
from invoices.v1 import (
    correction_pb2,
    invoice_pb2,
    review_service_pb2,
    summarize_service_pb2,
    summary_pb2,
    validate_service_pb2,
)
from refusal import refusal_of
from rpc_fixture import OWNER, Api, bearer, ingest_request, invoice_name
from small_invoice import ubl_invoice

Code = grpc.StatusCode
Style = summary_pb2.Summary.Style


async def summarized(
    api: Api, name: str, language_code: str = "", style: Style.ValueType = Style.STYLE_UNSPECIFIED
) -> summary_pb2.Summary:
    return await api.summarize.SummarizeInvoice(
        summarize_service_pb2.SummarizeInvoiceRequest(
            name=name, language_code=language_code, style=style
        ),
        metadata=OWNER,
    )


async def validated(
    api: Api, data: bytes, *, media_type: str = "", language_code: str = ""
) -> validate_service_pb2.ValidateInvoiceResponse:
    return await api.validate.ValidateInvoice(
        validate_service_pb2.ValidateInvoiceRequest(
            document=ingest_request(data, media_type=media_type).document,
            language_code=language_code,
        ),
        metadata=bearer("viewer"),
    )


@pytest.mark.parametrize("language_code", ["en", "de-AT", "fr", "it", "es-MX", "nl"])
@pytest.mark.parametrize("style", [Style.ONE_LINE, Style.SHORT, Style.FULL, Style.APPROVER])
async def test_summary_says_the_total_with_its_place(
    api: Api, language_code: str, style: Style.ValueType
) -> None:
    invoice = await api.read(ubl_invoice())
    summary = await summarized(api, invoice.name, language_code, style)
    totals = [
        (summary.text[claim.begin : claim.end], claim.evidence[0].xml_node.xpath)
        for claim in summary.claims
        if claim.field_paths[0] in ("totals.amount_with_vat", "totals.amount_due")
    ]
    assert totals and all(
        "119" in text and "Total" in path for text, path in totals if text[0].isdigit()
    )
    assert (summary.language_code, summary.style) == (language_code, style)
    assert (summary.origin, summary.invoice_etag) == (summary.TEMPLATE, invoice.etag)


async def test_summary_has_the_forms_of_the_region_that_was_asked_for(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    british, american = [
        (await summarized(api, invoice.name, code, Style.SHORT)).text for code in ("en-GB", "en-US")
    ]
    assert "of 2 November 2026" in british
    assert "of November 2, 2026" in american


async def test_stored_summary_is_given_where_nothing_that_it_depends_on_is_another(
    api: Api,
) -> None:
    invoice = await api.read(ubl_invoice())
    first = await summarized(api, invoice.name, "de", Style.FULL)
    again = await summarized(api, invoice.name, "de", Style.FULL)
    assert (first.stored_before, again.stored_before) == (False, True)
    again.stored_before = False  # said of the call, not of the summary
    assert again == first
    assert api.metrics.summaries.labels("TEMPLATE")._value.get() == 1
    written = [event for event in api.store.events if event.kind == EventKind.INVOICE_SUMMARIZED]
    assert len(written) == 1
    others = [
        await summarized(api, invoice.name, "fr", Style.FULL),
        await summarized(api, invoice.name, "de", Style.SHORT),
    ]
    correction = correction_pb2.Correction(field_path="invoice_number", value="R-9")
    await api.review.CorrectInvoice(
        review_service_pb2.CorrectInvoiceRequest(name=invoice.name, corrections=[correction]),
        metadata=OWNER,
    )
    others.append(await summarized(api, invoice.name, "de", Style.FULL))
    assert len({first.name, *(summary.name for summary in others)}) == 4
    assert "R-9" in others[-1].text


async def test_summary_is_short_and_english_unless_asked_otherwise(api: Api) -> None:
    summary = await summarized(api, (await api.read(ubl_invoice())).name)
    assert (summary.language_code, summary.style) == ("en", Style.SHORT)
    assert api.metrics.summaries.labels("TEMPLATE")._value.get() == 1


async def test_language_that_is_not_written_is_refused(api: Api) -> None:
    name = (await api.read(ubl_invoice())).name
    for call in (summarized(api, name, "tlh"), validated(api, ubl_invoice(), language_code="xx")):
        refusal = await refusal_of(call)
        assert (refusal.code, refusal.reason, refusal.fields) == (
            Code.INVALID_ARGUMENT,
            "LANGUAGE_UNSUPPORTED",
            ("language_code",),
        )
        assert refusal.metadata == {"supported": "de, en, es, fr, it, nl"}


async def test_invoice_that_is_not_read_is_not_summarized(idle_api: Api) -> None:
    name = invoice_name(await idle_api.ingested(ubl_invoice()))
    refusal = await refusal_of(summarized(idle_api, name))
    assert (refusal.code, refusal.reason) == (Code.FAILED_PRECONDITION, "WRONG_STATE")
    assert refusal.metadata == {"status": "received"}
    missing = await refusal_of(summarized(idle_api, "tenants/acme/invoices/x"))
    assert missing.code is Code.NOT_FOUND


async def test_validation_understands_what_ingestion_would_and_stores_nothing(api: Api) -> None:
    data = ubl_invoice(declared_total="1.00")
    answer = await validated(api, data)
    assert (api.row_count, api.object_count, api.store.events) == (0, 0, ())
    invoice = await api.read(data)
    assert (answer.content, answer.form) == (invoice.content, invoice_pb2.Document.XML)
    assert [*answer.annotations] == [*invoice.annotations]
    assert [*answer.findings] == [*invoice.findings]
    assert (answer.completeness, answer.review_reasons) == (
        invoice.completeness,
        invoice.review_reasons,
    )
    assert answer.summary.text and answer.summary.name == ""
    texts = {text.rule_id: text for text in answer.rule_texts}
    assert "total with VAT (BT-112)" in texts["BR-CO-15"].text
    assert texts["BR-CO-15"].remedy.startswith("Work the sum out again")
    assert texts.keys() <= {finding.rule_id for finding in answer.findings}


async def test_texts_of_rules_are_in_the_language_that_is_asked_for(api: Api) -> None:
    data = ubl_invoice(declared_total="1.00")
    answer = await validated(api, data, language_code="de-AT")
    [text] = [text for text in answer.rule_texts if text.rule_id == "BR-CO-15"]
    assert "Gesamtbetrag mit Umsatzsteuer (BT-112)" in text.text
    assert [*(await validated(api, ubl_invoice())).rule_texts] == []


@pytest.mark.parametrize(
    ("data", "media_type", "reason"),
    [
        (b"", "", "DOCUMENT_EMPTY"),
        (b"words", "", "DOCUMENT_TYPE_UNSUPPORTED"),
        (b"<a/>", "application/pdf", "MEDIA_TYPE_MISMATCH"),
        (b"<a>", "", "XML_NOT_WELL_FORMED"),
        (b"<a/>", "", "XML_SYNTAX_UNKNOWN"),
        (b"<!DOCTYPE a><a/>", "", "XML_FORBIDDEN_CONSTRUCT"),
        (b"%PDF-1.7 broken", "", "PDF_DAMAGED"),
        (b"<".ljust(5 << 20), "", "DOCUMENT_TOO_LARGE"),
    ],
)
async def test_document_that_cannot_be_read_is_refused_with_its_reason(
    api: Api, data: bytes, media_type: str, reason: str
) -> None:
    refusal = await refusal_of(validated(api, data, media_type=media_type))
    assert (refusal.code, refusal.reason) == (Code.INVALID_ARGUMENT, reason)
