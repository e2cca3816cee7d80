"""A key of page tokens that cannot be used is refused, with the reason."""

from pathlib import Path

import pytest

from invoice_summarizer.processes.page_tokens import page_token_codec
from invoice_summarizer.settings import WrongSetting


def test_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(
        WrongSetting, match="INVOICES_PAGE_TOKEN_KEY_FILE: cannot read .*No such file"
    ):
        page_token_codec(tmp_path / "none")


@pytest.mark.parametrize("content", ["", "zz", "00" * 5])
def test_file_without_a_key_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "key"
    path.write_text(content)
    with pytest.raises(WrongSetting, match=f"{path} must hold 64 hex digits and nothing else"):
        page_token_codec(path)
