"""Files that commands write: none takes the place of another that somebody has not given up."""

from pathlib import Path
from typing import Annotated

import typer

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed, wrong_usage

ForceOption = Annotated[
    bool, typer.Option("--force", help="Write over a file that is there already.")
]


def require_new(file: Path, force: bool) -> None:
    """Raises CommandFailed where there is such a file, and nobody said that it may go."""
    if not force and (file.exists() or file.is_symlink()):
        raise wrong_usage(f"{file} is there already: --force writes over it", "FILE_EXISTS")


def write_new(file: Path, data: bytes, force: bool) -> None:
    """Writes the file; without `force` never over one that somebody has put there meanwhile. Raises CommandFailed."""
    try:
        with file.open("wb" if force else "xb") as opened:
            opened.write(data)
    except OSError as error:
        raise CommandFailed(
            ExitCode.USAGE, "FILE_UNWRITABLE", f"cannot write {file}: {error.strerror}"
        ) from None


def make_folder(folder: Path) -> None:
    """The folder is there. Raises CommandFailed where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandFailed(
            ExitCode.USAGE, "FILE_UNWRITABLE", f"{folder}: {error.strerror}"
        ) from None
