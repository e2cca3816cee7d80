"""Documents that were damaged on their way: read, refused with a reason, and never the end of a child."""

import random

import hostile_documents
from invoice_reading.errors import DocumentUnreadable
from invoice_reading.reading import DocumentForm
from invoice_summarizer.adapters.reading_process.reader import ProcessDocumentReader
from invoice_summarizer.ports.document_reader import ReaderCrashed
from invoice_summarizer.samples.catalogue import sample_invoices


async def test_damaged_documents_are_read_or_refused() -> None:
    chance = random.Random(16931)
    whole = [s.data for s in sample_invoices() if s.media_type == "application/pdf"]
    whole.append(hostile_documents.encrypted_pdf(""))
    outcomes = set()
    reader = ProcessDocumentReader(processes=1)
    for _ in range(400):
        try:
            [read] = await reader.read(_damaged(chance.choice(whole), chance))
            reading = read.unpacked()
            completeness = reading.completeness
            # Where damage left no word, the page waits for OCR, which is not here.
            unread = reading.form is DocumentForm.SCAN
            assert completeness.pages >= completeness.pages_read >= (0 if unread else 1)
            outcomes.add("read")
        except DocumentUnreadable as refused:
            assert not isinstance(refused, ReaderCrashed)
            outcomes.add(refused.reason)
    await reader.aclose()
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
