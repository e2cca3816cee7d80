from collections.abc import AsyncIterator

import pytest

from invoice_summarizer.adapters.pymupdf.reader import PymupdfPdfReader


@pytest.fixture
async def reader() -> AsyncIterator[PymupdfPdfReader]:
    made = PymupdfPdfReader(processes=1)
    yield made
    await made.aclose()
