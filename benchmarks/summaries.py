"""How good the templates' summaries are of the samples, of invoices made for it, and of the folders that are named."""

import argparse
import os
import shlex
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from summary_quality.judgement import Judgement, judged
from summary_quality.page_parts import model_part, write_page
from summary_quality.quality_page import goals_missed, quality_page

from invoice_reading.reading import Reading
from invoice_summarizer.domain.summarizing.facts.plan import InvoicePlan
from invoice_summarizer.domain.summarizing.language import SUPPORTED_LANGUAGES
from invoice_summarizer.domain.summarizing.template import summarize_plan
from invoice_summarizer.domain.summary import Style
from summary_corruptions.readings import made_readings, readings_in, sample_readings

_CHECKOUT = Path(os.environ.get("INVOICE_REPOSITORY_ROOT", "."))
_PAGE = _CHECKOUT / "docs" / "quality.md"


def main() -> None:
    arguments = _arguments()
    documents: dict[str, int] = {}
    found = defaultdict[tuple[str, Style], list[Judgement]](list)
    for source, readings in _sources(arguments.folders):
        count = 0
        for _, reading in readings:
            count += 1
            plan = InvoicePlan(reading, None)
            for language in SUPPORTED_LANGUAGES:
                for style in Style:
                    bound = summarize_plan(plan, style, language)
                    found[language, style].append(judged(plan, bound, style, language))
        documents[source] = count
    # As seen from the checkout: the page names no folder of one machine.
    named = [os.path.relpath(folder, _CHECKOUT) for folder in arguments.folders]
    folders = ["--", *named] if named else []
    command = shlex.join(["./pants", "run", "benchmarks:summaries", *folders])
    page = quality_page(found, documents, command)
    # What was measured of a model stays: it takes a model to measure it anew.
    write_page(arguments.page, page, model_part(arguments.page))
    print(page)
    sys.exit(1 if goals_missed(found) else 0)


def _sources(
    folders: list[Path],
) -> Iterator[tuple[str, Iterator[tuple[str, Reading]]]]:
    yield "sample documents", sample_readings()
    yield "invoices made of every kind", made_readings()
    for folder in folders:
        yield "documents of the labelled data set", readings_in(folder)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="of XML and PDF invoices")
    parser.add_argument("--page", type=Path, default=_PAGE, help="where the page is written")
    return parser.parse_args()


if __name__ == "__main__":
    main()
