"""Summaries that people have read: a change of words or facts shows in their diff."""

import pytest
from golden_summaries.golden_text import golden_path, golden_text

from invoice_summarizer.domain.summarizing.language import SUPPORTED_LANGUAGES


@pytest.mark.parametrize("language", SUPPORTED_LANGUAGES)
def test_summaries_are_those_that_were_read(language: str) -> None:
    written = golden_path(language).read_text(encoding="utf-8")
    assert golden_text(language).split("\n# ") == written.split("\n# ")
