"""Writes the golden summaries anew; what has changed is then read in the diff, aloud."""

import os
from pathlib import Path

from golden_summaries.golden_text import FOLDER, golden_path, golden_text

from invoice_summarizer.domain.summarizing.language import SUPPORTED_LANGUAGES


def main() -> None:
    # Under Pants, the working directory is the checkout, and the code is a copy of it.
    folder = Path(os.getcwd()) / "tests" / FOLDER.name
    for language in SUPPORTED_LANGUAGES:
        (folder / golden_path(language).name).write_text(golden_text(language), encoding="utf-8")


if __name__ == "__main__":
    main()
