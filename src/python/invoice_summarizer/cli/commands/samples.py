"""`samples`: documents to begin with."""

from pathlib import Path
from typing import Annotated

import typer

from invoice_summarizer.cli.failures import wrong_usage
from invoice_summarizer.cli.options import options_of
from invoice_summarizer.cli.presentation.printable import printable


def samples(
    context: typer.Context,
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="Where to put them; made where it is not there."),
    ],
) -> None:
    """Write the sample invoices: e-invoices, PDFs, a credit note, and one whose total is wrong on purpose.

    Overwrites nothing: where a file of that name is there already, none is written.
    """
    shown = options_of(context).output()
    # Here, so that commands that only call a server start without what makes documents.
    from invoice_summarizer.samples.catalogue import sample_invoices

    documents = {folder / sample.file_name: sample.data for sample in sample_invoices()}
    there = [path for path in documents if path.exists() or path.is_symlink()]
    if there:
        raise wrong_usage(f"{there[0]} is there already", "FILE_EXISTS")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, data in documents.items():
            with path.open("xb") as file:  # never over one that somebody has put there meanwhile
                file.write(data)
    except OSError as error:
        raise wrong_usage(
            f"cannot write to {folder}: {error.strerror}", "FILE_UNWRITABLE"
        ) from None
    shown.several(
        [{"file": str(path)} for path in documents],
        lambda: printable("\n".join(map(str, documents)), keep="\n"),
        soft_wrap=True,
    )
