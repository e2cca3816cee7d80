"""How good the texts are that a model chooses, on invoices of the folder: the model's part of the page on quality.

Without --model-url, the model of scripts/install-inference is served meanwhile.
"""

import argparse
import asyncio
import os
import shlex
import sys
import time
from collections import defaultdict
from itertools import product
from pathlib import Path

from served_model import add_model_arguments, asked_model
from summary_quality.judgement import judged
from summary_quality.model_judgement import (
    Measured,
    ModelText,
    model_goals_missed,
    quality_of_model,
)
from summary_quality.page_parts import template_part, write_page

from invoice_reading.reading import Reading
from invoice_summarizer.adapters.memory.reading_in_memory import ReadingInMemory
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.summarizing.facts.plan import InvoicePlan
from invoice_summarizer.domain.summarizing.language import SUPPORTED_LANGUAGES
from invoice_summarizer.domain.summary import Style
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.use_cases.write_summary import SummaryWriter, Wanted, Written
from invoice_summarizer.version import VERSION
from summary_corruptions.readings import readings_in

_CHECKOUT = Path(os.environ.get("INVOICE_REPOSITORY_ROOT", "."))
_PAGE = _CHECKOUT / "docs" / "quality.md"
_ANSWER_SECONDS = 120.0
_STYLES = [style for style in Style if style is not Style.ONE_LINE]  # which the templates write


def main() -> None:
    arguments = _arguments()
    measured = asyncio.run(_measured(arguments))
    part = quality_of_model(measured)
    write_page(arguments.page, template_part(arguments.page), part)
    print(part)
    sys.exit(1 if model_goals_missed(measured) else 0)


async def _measured(arguments: argparse.Namespace) -> Measured:
    readings = _spread([r for _, r in readings_in(arguments.folder)], arguments.invoices)
    texts = defaultdict[tuple[str, Style], list[ModelText]](list)
    async with asked_model(arguments) as model:
        writer = SummaryWriter(in_a_thread, model, build=VERSION, answer_seconds=_ANSWER_SECONDS)
        places = asyncio.Semaphore(arguments.at_once)

        async def judge(reading: Reading, language: str, style: Style) -> None:
            async with places:
                texts[language, style].append(await _text(writer, reading, language, style))

        cells = [*product(SUPPORTED_LANGUAGES, _STYLES)]
        texts.update({cell: [] for cell in cells})
        async with asyncio.TaskGroup() as group:
            for reading, (language, style) in product(readings, cells):
                group.create_task(judge(reading, language, style))
        return Measured(
            texts=texts,
            documents=f"{len(readings)} documents of the labelled data set",
            identity=model.identity,
            command=_command(arguments),
            at_once=arguments.at_once,
        )


async def _text(writer: SummaryWriter, reading: Reading, language: str, style: Style) -> ModelText:
    status = InvoiceStatus.REVIEW_PENDING if reading.review_reasons else InvoiceStatus.READY
    wanted = Wanted(language_code=language, style=style)
    began = time.monotonic()
    pieces = [
        piece
        async for piece in writer.write(
            "benchmark", ReadingInMemory(reading), status, wanted, seconds_left=_ANSWER_SECONDS
        )
    ]
    seconds = time.monotonic() - began
    written = pieces[-1]
    assert isinstance(written, Written)
    plan = InvoicePlan(reading, status)
    judgement = judged(plan, written.text, style, language, wanted.freedom)
    return ModelText(written, judgement, seconds)


def _spread(readings: list[Reading], most: int) -> list[Reading]:
    """Returns so many of the readings, of all kinds of documents: files of a kind lie beside each other."""
    step = max(1, len(readings) // most)
    return readings[::step][:most]


def _command(arguments: argparse.Namespace) -> str:
    # As seen from the checkout: the page names no folder of one machine.
    folder = os.path.relpath(arguments.folder, _CHECKOUT)
    model = (
        ["--model-url", arguments.model_url, "--model-name", arguments.model_name]
        if arguments.model_url
        else []
    )
    options = ["--invoices", str(arguments.invoices), *model]
    return shlex.join(["./pants", "run", "benchmarks:model_summaries", "--", folder, *options])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="of XML and PDF invoices")
    parser.add_argument("--invoices", type=int, default=40, help="how many of them")
    parser.add_argument("--at-once", type=int, default=8, help="texts that are asked for at once")
    parser.add_argument("--page", type=Path, default=_PAGE, help="whose part on a model is written")
    add_model_arguments(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
