"""`evaluate`: what is read of every document of a manifest, for the scorer."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import msgspec
import typer

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed, wrong_usage
from invoice_summarizer.cli.options import options_of
from invoice_summarizer.cli.predictions import ManifestEntry, Prediction, read_manifest
from invoice_summarizer.cli.presentation.output import Output
from invoice_summarizer.cli.presentation.progress import reading_progress

if TYPE_CHECKING:
    from invoice_reading.reading import Reading


def evaluate(
    context: typer.Context,
    manifest: Annotated[
        Path, typer.Argument(metavar="MANIFEST", help="JSON lines with `file` and `kind`.")
    ],
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="For the predictions, one JSON object a line.")
    ],
    kinds: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KINDS", help="Only these kinds; several by comma or by giving it again."
        ),
    ] = None,
    jobs: Annotated[
        int, typer.Option(min=1, max=64, metavar="COUNT", help="Documents at once.")
    ] = 1,
    truth: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="truth.jsonl of `generate`: rows and words are held to it."
        ),
    ] = None,
) -> None:
    """Read every document of a manifest, for the scorer.

    A document that cannot be read gets no fields and its reason, and the run goes on. `auto` in a prediction says that
    the invoice would be ready without a person: everything it needs was read surely, and no check failed that keeps it from passing.
    """
    output = options_of(context).output()
    wanted = {kind.strip() for given in kinds or () for kind in given.split(",") if kind.strip()}
    entries = [entry for entry in _manifest(manifest) if not wanted or entry.kind in wanted]
    if not entries:
        raise wrong_usage("the manifest has no document of these kinds")
    grounding = _Grounding(_truth(truth)) if truth is not None else None
    with _opened(out) as file:
        rows = asyncio.run(_evaluate(entries, manifest.parent, file, jobs, output, grounding))
    _say(rows, out, output)
    for line in grounding.lines() if grounding is not None else ():
        output.console.print(line, soft_wrap=True)


class _Grounding:
    """Holds each reading to its truth, where there is one."""

    def __init__(self, truths: Mapping[str, Any]) -> None:
        # Here, for the same reason as below.
        from invoice_summarizer.cli.grounding.totals import GroundingTotals
        from invoice_summarizer.cli.grounding.truth import decoded

        self._truths, self._totals, self._decoded = truths, GroundingTotals(), decoded

    def __call__(self, file: str, reading: "Reading") -> None:
        if file in self._truths:
            self._totals.add(reading, self._decoded(self._truths[file]))

    def lines(self) -> Iterable[str]:
        return self._totals.lines()


def _truth(path: Path) -> Mapping[str, Any]:
    from invoice_summarizer.cli.grounding.truth import read_truth

    try:
        return read_truth(path.read_bytes())
    except OSError as error:
        raise wrong_usage(f"cannot read {path}: {error.strerror}") from None
    except msgspec.DecodeError as error:
        raise wrong_usage(f"{path} is no truth: {error}") from None


async def _evaluate(
    entries: Sequence[ManifestEntry],
    folder: Path,
    file: BinaryIO,
    jobs: int,
    output: Output,
    grounding: "_Grounding | None",
) -> list[Prediction]:
    # Here, so that commands that only call a server start without what reads documents.
    from invoice_summarizer.cli.evaluation import predictions

    rows = []
    with reading_progress(output, "reading", len(entries)) as bar:
        async for row in predictions(entries, folder, jobs, grounding, bar.pages):
            file.write(msgspec.json.encode(row) + b"\n")
            rows.append(row)
            bar.advance(row.file)
    return rows


def _say(rows: Sequence[Prediction], out: Path, output: Output) -> None:
    failures = Counter(row.error for row in rows if row.error)
    unread = failures.total()
    auto = sum(row.auto for row in rows)
    console = output.console
    console.print(f"{len(rows)} documents: {len(rows) - unread} read, {unread} not, {auto} auto")
    console.print("auto: would be ready without a person")
    for reason, count in failures.most_common():
        console.print(f"  {reason}: {count}")
    console.print(f"predictions in {out}", soft_wrap=True)


def _manifest(path: Path) -> list[ManifestEntry]:
    try:
        return read_manifest(path.read_bytes())
    except FileNotFoundError:
        raise CommandFailed(ExitCode.NOT_FOUND, "FILE_NOT_FOUND", f"no file {path}") from None
    except OSError as error:
        raise wrong_usage(f"cannot read {path}: {error.strerror}") from None
    except msgspec.DecodeError as error:
        raise wrong_usage(f"{path} is no manifest: {error}") from None


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("wb")
    except OSError as error:
        raise wrong_usage(f"cannot write {path}: {error.strerror}") from None
