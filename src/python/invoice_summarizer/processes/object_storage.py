"""The object store that the settings name."""

import os
from pathlib import Path

from invoice_summarizer.adapters.filesystem.object_store import FilesystemObjectStore
from invoice_summarizer.processes.named_things import Looks
from invoice_summarizer.settings import WrongSetting

_VARIABLE = "INVOICES_OBJECT_FOLDER"


def object_store(folder: Path) -> FilesystemObjectStore:
    """Returns the store in the folder. Raises WrongSetting where it is not there, or cannot be written to.

    A folder that is not there is not made: where one of three services had a name that the others have not, each would
    run, and documents would not be found.
    """
    if not folder.exists():
        raise WrongSetting(
            (
                _VARIABLE,
                f"there is no folder {folder}: name the one that all services share, or make it by mkdir -m 700",
            )
        )
    if not folder.is_dir():
        raise WrongSetting((_VARIABLE, f"{folder} is no folder"))
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise WrongSetting((_VARIABLE, f"{folder} cannot be written to"))
    return FilesystemObjectStore(folder)


OBJECT_LOOKS: Looks = {(_VARIABLE,): lambda folder: object_store(Path(folder))}
