"""Documents that were damaged on their way: read, refused with a reason, and never the end of a child."""

import random

import hostile_documents
from invoice_summarizer.adapters.pymupdf.reader import PymupdfPdfReader
from invoice_summarizer.ports.pdf_reader import (
    PdfDamaged,
    PdfEncrypted,
    PdfLimits,
    PdfTooManyPages,
    PdfWithoutPages,
)
from invoice_summarizer.samples.catalogue import sample_invoices


async def test_damaged_documents_are_read_or_refused(reader: PymupdfPdfReader) -> None:
    chance = random.Random(16931)
    whole = [s.data for s in sample_invoices() if s.media_type == "application/pdf"]
    whole.append(hostile_documents.encrypted_pdf(""))
    outcomes = set()
    for _ in range(400):
        data = _damaged(chance.choice(whole), chance)
        try:
            content = await reader.read(data, PdfLimits())
            assert content.pages_total >= len(content.pages) > 0
            outcomes.add("read")
        except (PdfDamaged, PdfEncrypted, PdfWithoutPages, PdfTooManyPages) as refused:
            outcomes.add(refused.reason)
    assert {"read", "PDF_DAMAGED"} <= outcomes


def _damaged(whole: bytes, chance: random.Random) -> bytes:
    data = bytearray(whole)
    for _ in range(chance.choice((1, 5, 30, 100))):
        place = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[place] = chance.randrange(256)
            case 1:
                data[place] = ord(chance.choice("0123456789<>[]()/ R"))
            case 2 if len(data) > 1000:
                del data[place : place + chance.randrange(100)]
            case _:
                start = chance.randrange(len(data))
                data[place:place] = data[start : start + chance.randrange(100)]
    return bytes(data)
