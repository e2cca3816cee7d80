"""The object store that the settings name."""

import os
from pathlib import Path

from invoice_summarizer.adapters.filesystem.object_store import FilesystemObjectStore
from invoice_summarizer.settings import WrongSetting

_VARIABLE = "INVOICES_OBJECT_FOLDER"


def object_store(folder: Path) -> FilesystemObjectStore:
    """Makes the folder where there is none. Raises WrongSetting where it cannot be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise WrongSetting((_VARIABLE, error.strerror or "cannot be made")) from None
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise WrongSetting((_VARIABLE, "cannot be written to"))
    return FilesystemObjectStore(folder)
