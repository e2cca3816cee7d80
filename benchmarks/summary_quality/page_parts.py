"""The page on quality has two parts, and each is written by a command of its own."""

from pathlib import Path

MODEL_HEADING = "## Texts that a model chooses"


def template_part(page: Path) -> str:
    """Returns what the page says of the templates' texts."""
    return _parts(page)[0]


def model_part(page: Path) -> str:
    """Returns what the page says of a model's texts, from its heading on; empty where it says nothing."""
    return _parts(page)[1]


def write_page(page: Path, of_templates: str, of_model: str) -> None:
    """The page has both parts."""
    parts = [part.strip() for part in (of_templates, of_model) if part]
    page.write_text("\n\n".join(parts) + "\n", "utf-8")


def _parts(page: Path) -> tuple[str, str]:
    text = page.read_text("utf-8") if page.exists() else ""
    before, heading, after = text.partition(MODEL_HEADING)
    return before, heading + after
