"""What `serve` makes of the options that are about a model."""

from pathlib import Path

from typer.testing import CliRunner

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.main import app
from invoice_summarizer.cli.serving import with_assistance
from invoice_summarizer.settings import ModelSettings

MODEL = ModelSettings(url="http://127.0.0.1:8000/v1", name="small")


def test_model_assists_reading_where_that_is_asked_for() -> None:
    assisting = with_assistance(MODEL, True)
    assert assisting is not None and assisting.assists_reading
    assert with_assistance(MODEL, False) == MODEL
    assert with_assistance(None, True) is None


def test_assistance_without_a_model_is_refused(tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, ["--data", str(tmp_path), "serve", "--assist-reading"])
    assert ran.exit_code == ExitCode.USAGE
    assert "wants a model" in ran.output
    assert not list(tmp_path.iterdir()), "nothing was started"
