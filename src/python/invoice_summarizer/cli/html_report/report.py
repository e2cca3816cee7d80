"""One page of HTML that shows documents as they were read: it stands alone, asks for nothing and runs nothing."""

from collections.abc import Sequence
from importlib.resources import files

import jinja2

from invoice_summarizer.cli.html_report.document import ReportedDocument
from invoice_summarizer.cli.presentation.printable import printable
from invoice_summarizer.version import VERSION

_FOLDER = files(__package__)


def html_report(documents: Sequence[ReportedDocument], language: str) -> str:
    """Returns the page; each figure of a summary is linked to its place in the document, and the place to the figure.

    What comes from a document is text on the page, whatever it holds.
    """
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["printable"] = printable
    template = environment.from_string((_FOLDER / "report.html.jinja").read_text("utf-8"))
    return template.render(
        documents=documents,
        language=language,
        version=VERSION,
        style=(_FOLDER / "report.css").read_text("utf-8"),
    )
