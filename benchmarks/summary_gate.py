"""The gate on a summary of the templates, against rendering it, of the samples, of invoices made for it, and of a folder."""

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path

from invoice_reading.reading import Reading
from invoice_summarizer.domain.summarizing.facts.plan import InvoicePlan
from invoice_summarizer.domain.summarizing.gate import verify_by_plan
from invoice_summarizer.domain.summarizing.language import SUPPORTED_LANGUAGES
from invoice_summarizer.domain.summarizing.template import summarize_plan
from invoice_summarizer.domain.summary import Style
from measurement import Row, interleaved, ratios, report, row
from summary_corruptions.readings import made_readings, readings_in, sample_readings


async def _compare(readings: Sequence[Reading]) -> list[Row]:
    """Both ways begin with the plan of the facts, as they do where a text comes from elsewhere."""
    wanted = [(language, style) for language in SUPPORTED_LANGUAGES for style in Style]
    texts = [
        (reading, language, style, summarize_plan(InvoicePlan(reading, None), style, language))
        for reading in readings
        for language, style in wanted
    ]

    async def render() -> None:
        for reading, language, style, text in texts:
            assert summarize_plan(InvoicePlan(reading, None), style, language) == text

    async def verify() -> None:
        for reading, language, style, text in texts:
            assert verify_by_plan(text, InvoicePlan(reading, None), language, style).accepted

    seconds = await interleaved({"render": render, "verify": verify})
    return [
        row(
            f"{len(texts)} summaries {name}",
            "ms each",
            [s / len(texts) * 1000 for s in seconds[way]],
        )
        for name, way in (("rendered", "render"), ("looked at by the gate", "verify"))
    ] + [row("the gate to rendering", "ratio", ratios(seconds["verify"], seconds["render"]))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="of XML and PDF invoices")
    folders = parser.parse_args().folders
    sources = [sample_readings(), made_readings(), *map(readings_in, folders)]
    readings = [reading for source in sources for _, reading in source]
    report("summary_gate", asyncio.run(_compare(readings)))


if __name__ == "__main__":
    main()
