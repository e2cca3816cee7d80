"""The page on quality has three parts, and each is written by a command of its own."""

from pathlib import Path

MODEL_HEADING = "## Texts that a model chooses"
READING_HEADING = "## Values read from pages"


def template_part(page: Path) -> str:
    """Returns what the page says of the templates' texts."""
    return _parts(page)[0]


def model_part(page: Path) -> str:
    """Returns what the page says of a model's texts, from its heading on; empty where it says nothing."""
    return _parts(page)[1]


def write_page(page: Path, of_templates: str, of_model: str) -> None:
    """The page has both parts; what it says of reading stays."""
    _write(page, of_templates, of_model, _parts(page)[2])


def write_reading_part(page: Path, of_reading: str) -> None:
    """The page says this of reading, from its heading on; the other parts stay."""
    _write(page, template_part(page), model_part(page), of_reading)


def _write(page: Path, *parts: str) -> None:
    page.write_text("\n\n".join(part.strip() for part in parts if part.strip()) + "\n", "utf-8")


def _parts(page: Path) -> tuple[str, str, str]:
    text = page.read_text("utf-8") if page.exists() else ""
    of_summaries, reading_heading, of_reading = text.partition(READING_HEADING)
    of_templates, model_heading, of_model = of_summaries.partition(MODEL_HEADING)
    return of_templates, model_heading + of_model, reading_heading + of_reading
