"""Documents go in as they are and come out as they are; pictures and streams come as what they are."""

import asyncio
import base64
import json
import uuid
from urllib.parse import urlencode

import pytest
from rest_stack import Rest

from en16931.reader import read_xml
from files_attached import ubl_with_files
from invoice_summarizer.samples.catalogue import sample_invoices
from process_facts import peak_memory_bytes
from small_invoice import ubl_invoice

pytestmark = pytest.mark.asyncio(loop_scope="module")
MEBIBYTE = 1 << 20
XML = "application/xml"
PDF = next(s.data for s in sample_invoices() if s.file_name == "fenwick-two-pages.pdf")


async def ingested(rest: Rest, number: str) -> str:
    done = await rest.done(await rest.upload(ubl_invoice(number), XML, file_name=f"{number}.xml"))
    return str(done.json["response"]["name"])


async def test_idempotency_key_gives_the_operation_that_it_first_got(rest: Rest) -> None:
    key = {"Idempotency-Key": str(uuid.uuid4())}
    first = await rest.upload(ubl_invoice("K-1"), XML, headers=key)
    again = await rest.upload(ubl_invoice("K-1"), XML, headers=key)
    other = await rest.upload(ubl_invoice("K-2"), XML, headers=key)
    assert first.json["name"] == again.json["name"]
    assert (other.status, other.reason) == (409, "REQUEST_ID_REUSED")
    unfit = await rest.upload(ubl_invoice("K-1"), XML, headers={"Idempotency-Key": "mine"})
    assert (unfit.status, unfit.reason) == (400, "INVALID_REQUEST_ID")


async def test_form_is_an_upload(rest: Rest) -> None:
    document = ubl_invoice("F-1")
    body = (
        b'--b\r\nContent-Disposition: form-data; name="parent"\r\n\r\ntenants/default\r\n'
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="f 1.xml"\r\n'
        b"Content-Type: application/xml\r\n\r\n" + document + b"\r\n--b--\r\n"
    )
    sent = await rest.upload(body, "multipart/form-data; boundary=b", to="/v1/invoices:upload")
    invoice = (await rest.done(sent)).json["response"]
    assert invoice["document"]["file_name"] == "f 1.xml"
    assert (await rest.get(f"/v1/{invoice['name']}:document")).body == document


async def test_document_in_chunks_of_60_mebibytes_takes_little_memory(rest: Rest) -> None:
    before = peak_memory_bytes(rest.gateway.pid)
    piece = b"x" * MEBIBYTE
    whole = (b"%PDF-1.7\n", *(piece for _ in range(60)))
    sent = await rest.upload(iter(whole), "application/pdf")
    assert sent.status == 200, sent.body
    assert peak_memory_bytes(rest.gateway.pid) - before < 32 * MEBIBYTE


async def test_document_that_is_too_large_leaves_nothing(rest: Rest) -> None:
    listed = await rest.get(f"{rest.parent}/invoices?page_size=1")
    piece = b"x" * MEBIBYTE
    for declared in (True, False):
        headers = {"Content-Length": str(65 * MEBIBYTE)} if declared else {}
        whole = (b"%PDF-1.7\n" + piece[9:], *(piece for _ in range(64)))
        sent = await rest.upload(iter(whole), "application/pdf", headers=headers)
        assert (sent.status, sent.reason) == (413, "DOCUMENT_TOO_LARGE")
    after = await rest.get(f"{rest.parent}/invoices?page_size=1")
    assert after.json["total_size"] == listed.json["total_size"]


@pytest.mark.parametrize(
    ("media_type", "document"),
    [
        ("image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
        ("text/html", b"<html><script>1</script></html>"),
        ("image/gif", b"GIF89a"),
    ],
)
async def test_what_is_no_invoice_is_refused(rest: Rest, media_type: str, document: bytes) -> None:
    sent = await rest.upload(document, media_type)
    assert sent.status == 400
    assert sent.reason in ("MEDIA_TYPE_MISMATCH", "DOCUMENT_TYPE_UNSUPPORTED")


async def test_svg_said_to_be_xml_fails_and_is_never_shown(rest: Rest) -> None:
    document = b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
    done = await rest.done(await rest.upload(document, XML))
    [detail] = [each for each in done.json["error"]["details"] if "reason" in each]
    assert detail["reason"] == "XML_SYNTAX_UNKNOWN"
    invoice = done.json["metadata"]["invoice"]
    answer = await rest.get(f"/v1/{invoice}:document")
    assert answer.body == document
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


async def test_document_comes_in_ranges_and_once(rest: Rest) -> None:
    document = ubl_invoice("D-1")
    name = await ingested(rest, "D-1")
    whole = await rest.get(f"/v1/{name}:document")
    assert (whole.body, whole.headers["Content-Type"]) == (document, XML)
    invoice = await rest.get(f"/v1/{name}")
    assert whole.headers["ETag"] == f'"{invoice.json["document"]["sha256"]}"'
    part = await rest.get(f"/v1/{name}:document", Range="bytes=100-")
    assert (part.status, part.body) == (206, document[100:])
    known = await rest.get(f"/v1/{name}:document", **{"If-None-Match": whole.headers["ETag"]})
    assert (known.status, known.body) == (304, b"")


async def test_page_is_a_picture(rest: Rest) -> None:
    done = await rest.done(await rest.upload(PDF, "application/pdf"))
    name = done.json["metadata"]["invoice"]
    picture = await rest.get(f"/v1/{name}:renderPage?page=1&dots_per_inch=50")
    assert (picture.status, picture.headers["Content-Type"]) == (200, "image/png")
    assert picture.body.startswith(b"\x89PNG")
    missing = await rest.get(f"/v1/{name}:renderPage?page=9")
    assert (missing.status, missing.reason) == (400, "PDF_PAGE_NOT_FOUND")


async def test_file_that_an_e_invoice_carries_is_saved_as_it_is(rest: Rest) -> None:
    file = b"<script>1</script>"
    data = ubl_with_files(file, name="hours 1.html", mime_type="text/html", number="F-2")
    done = await rest.done(await rest.upload(data, XML))
    name = done.json["metadata"]["invoice"]
    [said] = (await rest.get(f"/v1/{name}")).json["content"]["supporting_documents"]
    answer = await rest.get(f"/v1/{name}:attachment?sha256={said['attached_document']['sha256']}")
    assert (answer.status, answer.body) == (200, file)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="hours 1.html"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for sha256, status, reason in (
        ("0" * 64, 404, "ATTACHMENT_NOT_FOUND"),
        ("..", 400, "INVALID_SHA256"),
    ):
        refused = await rest.get(f"/v1/{name}:attachment?sha256={sha256}")
        assert (refused.status, refused.reason) == (status, reason)


async def test_summary_streams_as_lines_and_as_events(rest: Rest) -> None:
    name = await ingested(rest, "S-1")
    lines = await rest.post(f"/v1/{name}:streamSummary", {})
    assert lines.headers["Content-Type"] == "application/x-ndjson"
    *segments, last = (json.loads(line) for line in lines.body.splitlines())
    assert "".join(each["segment"]["text"] for each in segments) == last["summary"]["text"]
    events = await rest.post(f"/v1/{name}:streamSummary", {}, Accept="text/event-stream")
    assert events.headers["Content-Type"] == "text/event-stream"
    told = [json.loads(each.removeprefix(b"data: ")) for each in events.body.split(b"\n\n") if each]
    assert told[-1]["summary"]["text"] == last["summary"]["text"]


async def test_upload_that_breaks_off_leaves_nothing(rest: Rest) -> None:
    before = await rest.get(f"{rest.parent}/invoices?page_size=1")
    _, writer = await asyncio.open_connection("127.0.0.1", rest.gateway.port)
    writer.write(
        f"POST {rest.parent}/invoices:ingest HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {rest.token}\r\n"
        "Content-Type: application/pdf\r\nContent-Length: 1000000\r\n\r\n%PDF-1.7".encode()
    )
    await writer.drain()
    writer.transport.abort()
    async with asyncio.timeout(60):
        while (
            'grpc_code="CANCELLED",grpc_method="UploadInvoice"' not in await rest.gateway.metrics()
        ):
            await asyncio.sleep(0.02)
    after = await rest.get(f"{rest.parent}/invoices?page_size=1")
    assert after.json.get("total_size") == before.json.get("total_size")


async def test_invoices_are_exported_as_lines_of_json(rest: Rest) -> None:
    name = await ingested(rest, "X-1")
    query = urlencode({"format": "CII", "filter": 'invoice_number = "X-1"'})
    answer = await rest.get(f"{rest.parent}/invoices:export?{query}")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/x-ndjson")
    begun, *chunks, page = (json.loads(line) for line in answer.body.splitlines())
    assert begun["invoice"]["name"] == name
    assert page == {"page": {"total_size": 1}}
    document = b"".join(base64.b64decode(chunk["chunk"]) for chunk in chunks)
    assert len(document) == int(begun["invoice"]["size_bytes"])
    assert read_xml(document).content == read_xml(ubl_invoice("X-1")).content
    refused = await rest.get(f"{rest.parent}/invoices:export")
    assert (refused.status, refused.reason) == (400, "UNKNOWN_ENUM_VALUE")
