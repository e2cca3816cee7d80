"""A page of HTML that says whether invoices keep the rules, for whoever wrote them: it stands alone and runs nothing."""

from collections.abc import Sequence
from importlib.resources import files

import jinja2

from invoice_summarizer.cli.presentation.document import DocumentOutcome
from invoice_summarizer.cli.presentation.printable import printable
from invoice_summarizer.cli.validation_report.document import checked_document
from invoice_summarizer.cli.validation_report.labels import LABELS
from invoice_summarizer.domain.summarizing.language import language_of, supported_locale
from invoice_summarizer.version import VERSION

_FOLDER = files(__package__)


def validation_report(outcomes: Sequence[DocumentOutcome], language_code: str) -> str:
    """Returns the page in the language: of each document the verdict, and what is wrong, where, and what to change.

    What comes from a document is text on the page, whatever it holds. Raises UnsupportedLanguage.
    """
    language = language_of(supported_locale(language_code))
    labels = LABELS[language]
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["printable"] = printable
    template = environment.from_string((_FOLDER / "report.html.jinja").read_text("utf-8"))
    return template.render(
        documents=[checked_document(outcome, labels, language) for outcome in outcomes],
        labels=labels,
        language=language,
        version=VERSION,
        style=(_FOLDER / "report.css").read_text("utf-8"),
    )
