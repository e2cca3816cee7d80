"""`generate`: invoices that nobody sent, with what is true of them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from invoice_summarizer.cli.failures import wrong_usage
from invoice_summarizer.cli.options import options_of
from invoice_summarizer.cli.presentation.output import Output
from invoice_summarizer.cli.presentation.progress import progress

if TYPE_CHECKING:
    from invoice_generator.generate import Generated, Wanted

_MANIFEST, _TRUTH = "manifest.jsonl", "truth.jsonl"


def generate(
    context: typer.Context,
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="Where to put them; made where it is not there."),
    ],
    count: Annotated[
        int, typer.Option(min=1, max=100_000, metavar="N", help="How many documents.")
    ] = 20,
    seed: Annotated[
        int, typer.Option(metavar="SEED", help="The same seed gives the same bytes.")
    ] = 1,
    first: Annotated[
        int, typer.Option(min=0, metavar="NUMBER", help="The number of the first document.")
    ] = 0,
    layout: Annotated[
        str | None, typer.Option(metavar="LAYOUT", help="Only this layout; else all take turns.")
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(metavar="LANGUAGE", help="Only this language; else all take turns."),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(metavar="KIND", help="invoice, credit_note, proforma, reminder and others."),
    ] = None,
    lines: Annotated[
        int | None, typer.Option(min=1, max=3000, metavar="N", help="How many lines each has.")
    ] = None,
    fault: Annotated[
        str, typer.Option(metavar="FAULT", help="What is wrong on purpose, such as dropped_row.")
    ] = "",
    scan: Annotated[bool, typer.Option("--scan", help="As scans and photos.")] = False,
) -> None:
    """Generate invoices with their truth: training data, tests of reading, a demo.

    Beside the documents are manifest.jsonl, for `evaluate`, and truth.jsonl, which says of every word of every page what it is.
    """
    output = options_of(context).output()
    # Here, so that commands that only call a server start without what makes documents.
    from invoice_generator.blocks.entries import FAULTS
    from invoice_generator.content.document import INVOICE_KINDS, OTHER_KINDS
    from invoice_generator.generate import Wanted
    from invoice_generator.languages.catalogue import LANGUAGES
    from invoice_generator.layouts.catalogue import LAYOUTS

    _known("layout", layout, tuple(LAYOUTS))
    _known("language", language, tuple(LANGUAGES))
    _known("kind", kind, (*INVOICE_KINDS, *OTHER_KINDS))
    _known("fault", fault or None, FAULTS)
    wanted = Wanted(layout=layout, language=language, kind=kind, lines=lines, fault=fault)
    make = _maker(seed, wanted, scan)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in (_MANIFEST, _TRUTH):
            if (folder / name).exists():
                raise wrong_usage(f"{folder / name} is there already", "FILE_EXISTS")
        _write(folder, range(first, first + count), make, output)
    except FileExistsError as error:
        raise wrong_usage(f"{error.filename} is there already", "FILE_EXISTS") from None
    except OSError as error:
        raise wrong_usage(
            f"cannot write to {folder}: {error.strerror}", "FILE_UNWRITABLE"
        ) from None
    output.console.print(f"{count} documents in {folder}", soft_wrap=True)
    output.console.print(f"for `evaluate`: {folder / _MANIFEST}", soft_wrap=True)
    output.console.print(f"what each word is: {folder / _TRUTH}", soft_wrap=True)


def _maker(seed: int, wanted: "Wanted", scan: bool) -> Callable[[int], "Generated"]:
    from invoice_generator.generate import generate as generated

    if not scan:
        return lambda number: generated(seed, number, wanted)
    try:
        from invoice_generator.scanning.scan import scanned
    except ModuleNotFoundError as error:
        raise wrong_usage(
            f"--scan needs {error.name}: install invoicectl with the extra `ocr`",
            "OCR_NOT_INSTALLED",
        ) from None
    return lambda number: scanned(generated(seed, number, wanted), seed, number)


def _write(
    folder: Path, numbers: Sequence[int], make: Callable[[int], "Generated"], output: Output
) -> None:
    with (
        (folder / _MANIFEST).open("xb") as manifest,
        (folder / _TRUTH).open("xb") as truth,
        progress(output, "generating", len(numbers)) as advance,
    ):
        for number in numbers:
            document = make(number)
            with (folder / document.file).open("xb") as file:
                file.write(document.data)
            manifest.write(msgspec.json.encode(document.manifest_record()) + b"\n")
            truth.write(msgspec.json.encode(document.truth_record()) + b"\n")
            advance()


def _known(option: str, value: str | None, names: Sequence[str]) -> None:
    if value is not None and value not in names:
        raise wrong_usage(f"no {option} {value!r}; there are {', '.join(names)}")
