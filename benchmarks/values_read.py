"""How well pages of the manifests that are named are read, as a part of docs/quality.md."""

import argparse
import os
import shlex
import subprocess
from datetime import date
from pathlib import Path

from reading_quality.page_part import part_of_reading
from reading_quality.readings import judged_documents
from summary_quality.page_parts import write_reading_part

_CHECKOUT = Path(os.environ.get("INVOICE_REPOSITORY_ROOT", "."))
_PAGE = _CHECKOUT / "docs" / "quality.md"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "manifests", nargs="+", type=Path, help="of labelled or generated documents"
    )
    parser.add_argument("--page", type=Path, default=_PAGE, help="where the part is written")
    arguments = parser.parse_args()
    # As seen from the checkout: the page names no folder of one machine.
    named = [os.path.relpath(manifest, _CHECKOUT) for manifest in arguments.manifests]
    part = part_of_reading(
        {
            name: [each for each in judged_documents(manifest) if each.document.is_of_pages]
            for name, manifest in zip(named, arguments.manifests, strict=True)
        },
        command=shlex.join(["./pants", "run", "benchmarks:values_read", "--", *named]),
        commit=_git("rev-parse", "--short=8", "HEAD"),
        day=date.fromisoformat(_git("log", "-1", "--format=%cs")),
    )
    write_reading_part(arguments.page, part)
    print(part)


def _git(*words: str) -> str:
    return subprocess.check_output(["git", "-C", _CHECKOUT, *words], text=True).strip()


if __name__ == "__main__":
    main()
