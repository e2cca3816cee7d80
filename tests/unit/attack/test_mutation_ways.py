"""Changed documents are the same for the same seed, and are changed."""

import zlib
from random import Random

import pytest

from attack import mutation_ways
from attack.mutation_ways import Way, mutated
from invoice_summarizer.samples.catalogue import sample_invoices

SAMPLES = {sample.file_name: sample.data for sample in sample_invoices()}
XML = SAMPLES["garonne-ubl.xml"]
PDF = SAMPLES["fenwick-two-pages.pdf"]


def test_same_seed_gives_the_same_changes_and_another_seed_others() -> None:
    first, again, other = ([mutated(XML, Random(seed)) for _ in range(3)] for seed in (1, 1, 2))
    assert first == again != other


@pytest.mark.parametrize("document", [XML, PDF], ids=["XML", "PDF"])
def test_nearly_every_document_is_changed(document: bytes) -> None:
    chance = Random(3)
    same = sum(mutated(document, chance) == document for _ in range(300))
    assert same < 3  # a change may undo another


def test_document_without_two_bytes_stays() -> None:
    assert [mutated(data, Random(1)) for data in (b"", b"<")] == [b"", b"<"]


@pytest.mark.parametrize("way", mutation_ways._BYTES)
@pytest.mark.parametrize("document", [XML, PDF], ids=["XML", "PDF"])
def test_bytes_of_any_document_can_be_changed(way: Way, document: bytes) -> None:
    assert any(way(document, Random(seed)) != document for seed in range(5))


@pytest.mark.parametrize("way", dict.fromkeys(mutation_ways._XML))
def test_xml_has_something_of_every_kind_to_change(way: Way) -> None:
    assert any(way(XML, Random(seed)) not in (None, XML) for seed in range(5))


@pytest.mark.parametrize(
    "way",
    [way for way in dict.fromkeys(mutation_ways._PDF) if way is not mutation_ways.changed_stream],
)
def test_pdf_has_something_of_every_kind_to_change(way: Way) -> None:
    assert any(way(PDF, Random(seed)) not in (None, PDF) for seed in range(5))


def test_stream_of_a_pdf_is_changed_unpacked() -> None:
    packed = zlib.compress(b"BT (Invoice) Tj ET")
    document = b"%PDF-1.7\n1 0 obj\n<<>>\nstream\n" + packed + b"\nendstream\nendobj\n"
    changed = mutation_ways.changed_stream(document, Random(1))
    assert changed is not None
    start, end = changed.index(b"stream\n") + 7, changed.index(b"\nendstream")
    assert zlib.decompress(changed[start:end]) != b"BT (Invoice) Tj ET"
