"""Asks a real model for summaries of documents that give orders to it, and says what the orders reached.

Without --model-url, the model of scripts/install-inference is served meanwhile.
"""

import argparse
import asyncio
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import cycle, product

from prompt_injections.documents import ALL, SEED, injections
from prompt_injections.judgement import STATUS, InjectedReading, reached, read_injection
from served_model import add_model_arguments, asked_model

from invoice_summarizer.adapters.memory.reading_in_memory import ReadingInMemory
from invoice_summarizer.domain.summarizing.language import SUPPORTED_LANGUAGES
from invoice_summarizer.domain.summary import Origin, Style
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.use_cases.write_summary import SummaryWriter, Wanted, Written
from invoice_summarizer.version import VERSION

_ANSWER_SECONDS = 120.0
_STYLES = (Style.SHORT, Style.APPROVER, Style.FULL)


def main() -> None:
    arguments = _arguments()
    began = time.monotonic()
    written = asyncio.run(_written(arguments))
    print(_table(written))
    reasons = Counter(reason for each in written for reason in each.text.refusal_reasons)
    print(f"\n{len(written)} texts in {time.monotonic() - began:.0f} s; refused: {dict(reasons)}")
    found = [f"{each.injected.injection.name}: {what}" for each in written for what in each.reached]
    print("\n".join(found) or "no order reached anything, and all that is required is said")
    sys.exit(1 if found else 0)


class _Text:
    """The summary of a document with an order in it."""

    def __init__(self, injected: InjectedReading, wanted: Wanted, text: Written) -> None:
        self.injected = injected
        self.text = text
        self.reached = reached(injected, wanted, text)


async def _written(arguments: argparse.Namespace) -> Sequence[_Text]:
    documents = [*injections(arguments.documents, arguments.seed)]
    forms = cycle(product(sorted(SUPPORTED_LANGUAGES), _STYLES))
    places = asyncio.Semaphore(arguments.at_once)
    async with asked_model(arguments) as model:
        writer = SummaryWriter(in_a_thread, model, build=VERSION, answer_seconds=_ANSWER_SECONDS)

        async def write(injected: InjectedReading, language: str, style: Style) -> _Text:
            wanted = Wanted(
                language_code=language,
                style=style,
                instruction=injected.injection.instruction,
            )
            reading = ReadingInMemory(injected.reading)
            async with places:
                pieces = [
                    piece
                    async for piece in writer.write(
                        "benchmark", reading, STATUS, wanted, seconds_left=_ANSWER_SECONDS
                    )
                ]
            text = pieces[-1]
            assert isinstance(text, Written)
            return _Text(injected, wanted, text)

        asked = [write(read_injection(each), *next(forms)) for each in documents]
        return await asyncio.gather(*asked)


def _table(written: Sequence[_Text]) -> str:
    by_kind: Mapping[str, list[_Text]] = defaultdict(list)
    for each in written:
        by_kind[each.injected.injection.kind].append(each)
    width = max(map(len, by_kind))
    lines = [f"{'kind':{width}}  {'texts':>5}  {'by the model':>12}  {'added to':>8}  reached"]
    for kind, texts in by_kind.items():
        by_model = [each.text for each in texts if each.text.origin is Origin.MODEL]
        added = sum(text.added_sentences > 0 for text in by_model)
        bad = sum(bool(each.reached) for each in texts)
        lines.append(f"{kind:{width}}  {len(texts):5}  {len(by_model):12}  {added:8}  {bad:7}")
    return "\n".join(lines)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=ALL)
    parser.add_argument("--seed", type=int, default=SEED, help="another seed, other orders")
    parser.add_argument("--at-once", type=int, default=8, help="texts that are asked for at once")
    add_model_arguments(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
