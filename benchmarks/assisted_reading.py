"""What becomes of fields that are unsure, where a model points at words: the labelled documents of pages are read with it.

`--answers right` and `wrong` are answers that are made from the truth: the most that pointing can bring, and what a model
that errs or lies in every field can do. `model` asks the one of scripts/install-inference, or that of --model-url.
"""

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from reading_quality.labelled import Labelled, Outcome, labelled
from reading_quality.pointing import right_answer, wrong_answer
from reading_quality.readings import PATHS
from served_model import add_model_arguments, asked_model

from en16931.field_path import leaves
from invoice_reading.annotation import AnnotationReason
from invoice_reading.errors import DocumentUnreadable
from invoice_reading.extract.field_values import canonical_text
from invoice_reading.reading import Reading
from invoice_summarizer.adapters.memory.language_model import MemoryLanguageModel
from invoice_summarizer.cli.predictions import prediction
from invoice_summarizer.document_reading import opened_document_reader
from invoice_summarizer.ports.document_reader import AskingDocumentReader
from invoice_summarizer.ports.language_model import LanguageModel
from invoice_summarizer.settings import ReadingSettings
from invoice_summarizer.use_cases.assisted_reading import AssistedDocumentReader

_ANSWER_SECONDS = 300.0
_MADE = {"right": right_answer, "wrong": wrong_answer}


@dataclass(slots=True)
class Tally:
    """`before`, `after`: of the fields asked about whose value is known. `taken`, `offered`: of what was pointed at."""

    documents: int = 0
    asked: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    before: Counter[Outcome] = field(default_factory=Counter)
    after: Counter[Outcome] = field(default_factory=Counter)
    taken: Counter[Outcome] = field(default_factory=Counter)
    offered: Counter[Outcome] = field(default_factory=Counter)
    made_to_pass: int = 0


def main() -> None:
    arguments = _arguments()
    tally = asyncio.run(_measured(arguments))
    print(_report(tally))
    sys.exit(1 if tally.made_to_pass else 0)


async def _measured(arguments: argparse.Namespace) -> Tally:
    documents = [each for each in labelled(arguments.manifest) if each.is_of_pages]
    if arguments.documents:
        documents = documents[:: max(1, len(documents) // arguments.documents)]
    tally = Tally()
    async with (
        opened_document_reader(ReadingSettings(processes=1)) as reader,
        _pointing(arguments) as model_for,
    ):
        for number, document in enumerate(documents, 1):
            data = (arguments.manifest.parent / document.file).read_bytes()
            await _count(tally, document, data, reader, model_for(document))
            if sys.stderr.isatty():
                print(f"\r{number} of {len(documents)}", end="", file=sys.stderr, flush=True)
    return tally


@asynccontextmanager
async def _pointing(
    arguments: argparse.Namespace,
) -> AsyncIterator[Callable[[Labelled], LanguageModel]]:
    """Yields what gives the model that is asked about a document."""
    made = _MADE.get(arguments.answers)
    if made is not None:
        yield lambda document: MemoryLanguageModel(lambda request: [made(request, document)])
        return
    async with asked_model(arguments) as model:
        yield lambda document: model


async def _count(
    tally: Tally,
    document: Labelled,
    data: bytes,
    reader: AskingDocumentReader,
    model: LanguageModel,
) -> None:
    tally.documents += 1
    try:
        asked = await reader.ask(data)
    except DocumentUnreadable:
        tally.answers["NOT_READ"] += 1
        return
    if asked.question is None:
        return
    tally.asked += 1
    assisted = AssistedDocumentReader(
        reader,
        model,
        answer_seconds=_ANSWER_SECONDS,
        counted=lambda outcome: tally.answers.update([outcome]),
    )
    [packed] = await assisted.read(data)
    before, after = asked.readings[0].unpacked(), packed.unpacked()
    tally.made_to_pass += bool(before.review_reasons) and not after.review_reasons
    known = [
        name for name in document.expected if name in PATHS and PATHS[name] in asked.question.fields
    ]
    was, became = (_outcomes(document, known, reading) for reading in (before, after))
    tally.before.update(was.values())
    tally.after.update(became.values())
    for name in known:
        annotation = after.annotations.get(PATHS[name])
        if annotation is None or AnnotationReason.POINTED_AT_BY_MODEL not in annotation.reasons:
            continue
        offer = _offer(before, after, PATHS[name])
        if offer is None:
            tally.taken[became[name]] += 1
        else:
            tally.offered[document.outcome(name, offer)] += 1


def _offer(before: Reading, after: Reading, path: str) -> str | None:
    """Returns the value that was pointed at, where it is a candidate that there was not before; None where it was taken."""
    known = before.annotations.get(path)
    own = dict(leaves(before.content)).get(path)
    values = {each.value for each in known.candidates} if known is not None else set()
    values |= {canonical_text(own)} if own is not None else set()
    candidates = after.annotations[path].candidates
    return next((each.value for each in candidates if each.value not in values), None)


def _outcomes(document: Labelled, names: Sequence[str], reading: Reading) -> dict[str, Outcome]:
    values = prediction(document.file, reading, 0.0).fields
    return {name: document.outcome(name, values.get(name)) for name in names}


def _report(tally: Tally) -> str:
    def row(what: str, counts: Counter[Outcome]) -> str:
        return f"{what:10}" + "".join(f"{counts[outcome]:10}" for outcome in Outcome)

    return "\n".join(
        [
            f"{tally.asked} of {tally.documents} documents are asked about",
            *(f"  {outcome:28}{count:6}" for outcome, count in tally.answers.most_common()),
            "their unsure fields".ljust(20) + "".join(f"{outcome:>10}" for outcome in Outcome)[10:],
            *(row(what, getattr(tally, what)) for what in ("before", "after", "taken", "offered")),
            f"{tally.made_to_pass} documents pass that did not before",
        ]
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("manifest", type=Path, help="of labelled or generated documents")
    parser.add_argument("--answers", choices=[*_MADE, "model"], default="model")
    parser.add_argument("--documents", type=int, help="about so many of them; else all")
    add_model_arguments(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
