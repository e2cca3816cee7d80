"""Real invoices to attack with: labelled ones where they are there, else the samples."""

import os
from dataclasses import dataclass
from pathlib import Path
from random import Random

from invoice_summarizer.samples.catalogue import sample_invoices

_LARGEST_BYTES = 300_000
_KINDS = (".xml", ".pdf")


@dataclass(frozen=True, slots=True)
class Documents:
    """Documents by their names in order, and in words where they come from."""

    source: str
    documents: tuple[bytes, ...]


def labelled_data() -> Path | None:
    """Returns the folder of labelled documents; None where there is none."""
    named = os.environ.get("INVOICE_SHARED_DATA")
    checkout = Path(os.environ.get("INVOICE_REPOSITORY_ROOT", ".")).absolute()
    folder = Path(named) if named else checkout.parent / "shared" / "data"
    return folder if folder.is_dir() else None


def real_documents(chance: Random, of_each_kind: int) -> Documents:
    """Returns labelled documents drawn at random, as many of each kind, or all samples where there are none."""
    folder = labelled_data()
    if folder is None:
        samples = tuple(sample.data for sample in sample_invoices())
        return Documents("the samples, as no labelled documents are there", samples)
    chosen = [path for kind in _KINDS for path in _drawn(folder, kind, chance, of_each_kind)]
    return Documents("labelled documents", tuple(path.read_bytes() for path in chosen))


def _drawn(folder: Path, kind: str, chance: Random, count: int) -> list[Path]:
    paths = sorted(folder.rglob(f"*{kind}"))
    small = [path for path in paths if path.stat().st_size <= _LARGEST_BYTES]
    return chance.sample(small, min(count, len(small)))
