"""A child that can open no file reads as a process that can."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator

import pytest

from invoice_reading.errors import DocumentUnreadable
from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read
from invoice_reading.reading import Reading
from invoice_reading.stages import Stages
from invoice_summarizer.adapters.reading_process.reader import ProcessDocumentReader
from invoice_summarizer.samples.catalogue import SampleInvoice, sample_invoices
from shared_data import shared_data
from small_invoice import ubl_invoice

_FOLDERS = ("pdf", "pdf-facturx", "xml")
_ENCODINGS = ("windows-1252", "iso-8859-15", "koi8-r", "utf-16", "shift_jis", "x-unknown")

# Reads every document of a folder once everything is loaded, and names what is opened or imported meanwhile.
_PROGRAM = """
import pathlib, sys
from invoice_reading.errors import DocumentUnreadable
from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read
from invoice_reading.stages import Stages
from invoice_summarizer.adapters.reading_process.child import load_everything

documents = [file.read_bytes() for name in sys.argv[1:] for file in sorted(pathlib.Path(name).iterdir())]
load_everything()
late = set()

def note(event, arguments):
    if event in ("open", "import", "os.listdir", "os.scandir"):
        late.add((event, str(arguments[0])))

sys.addaudithook(note)
count = 0
for data in documents:
    try:
        read(data, "", Stages(pdf_engine=MuPdfEngine()))
        count += 1
    except DocumentUnreadable:
        pass
found = sorted(late)
print(count, found)
"""


_IMPORT = """
import sys
from invoice_summarizer.adapters.reading_process.warm_up import import_nothing_more

import_nothing_more()
looked = set()
sys.addaudithook(lambda event, _: looked.add(event) if event in ("open", "os.listdir") else None)
sys.path_importer_cache.clear()
try:
    "".encode("cp037")
except LookupError:
    print(*looked, "unknown")
"""


def outcome_here(data: bytes) -> Reading | str:
    try:
        return read(data, "", Stages(pdf_engine=MuPdfEngine()))
    except DocumentUnreadable as unreadable:
        return unreadable.reason


async def outcome_in(reader: ProcessDocumentReader, data: bytes) -> Reading | str:
    try:
        return (await reader.read(data))[0].unpacked()
    except DocumentUnreadable as unreadable:
        return unreadable.reason


@pytest.fixture
async def reader() -> AsyncIterator[ProcessDocumentReader]:
    made = ProcessDocumentReader(processes=1)
    yield made
    await made.aclose()


def printed_by(program: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout.strip()


def test_module_that_is_not_there_is_not_looked_for() -> None:
    assert printed_by(_IMPORT) == "unknown"


def test_reading_loads_nothing_late() -> None:
    folders = [str(shared_data() / "invoices" / name) for name in _FOLDERS]
    count, _, late = printed_by(_PROGRAM, *folders).partition(" ")
    assert int(count) > 80
    assert late == "[]"


@pytest.mark.parametrize("sample", sample_invoices(), ids=lambda sample: sample.file_name)
async def test_sample_is_read_in_a_child_as_it_is_here(
    reader: ProcessDocumentReader, sample: SampleInvoice
) -> None:
    assert await outcome_in(reader, sample.data) == outcome_here(sample.data)


@pytest.mark.parametrize("encoding", _ENCODINGS)
async def test_encoding_is_read_in_a_child_as_it_is_here(
    reader: ProcessDocumentReader, encoding: str
) -> None:
    text = ubl_invoice().decode().replace("UTF-8", encoding)
    data = text.encode("utf-16" if encoding == "utf-16" else "ascii")
    outcome = outcome_here(data)
    known = encoding not in ("shift_jis", "x-unknown")
    assert isinstance(outcome, Reading) if known else outcome == "XML_NOT_WELL_FORMED"
    assert await outcome_in(reader, data) == outcome
    assert isinstance(await outcome_in(reader, ubl_invoice()), Reading)
