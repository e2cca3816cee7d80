"""Of an e-invoice, every value has its node, and what cannot be read is said."""

from en16931.field_path import leaves
from en16931.reader import read_xml
from en16931.xml_reading import UnreadableReason
from invoice_reading.annotation import AnnotationReason, FieldStatus, XmlNode
from invoice_reading.extract.reading_context import NO_CONTEXT
from invoice_reading.extract.xml_extraction import xml_extraction
from small_invoice import ubl_invoice

SHA256 = "ab" * 32


def test_every_value_is_present_with_its_node() -> None:
    extraction = xml_extraction(read_xml(ubl_invoice(lines=3)))
    assert set(extraction.annotations) == {path for path, _ in leaves(extraction.content)}
    for annotation in extraction.annotations.values():
        [node] = annotation.evidence
        assert isinstance(node, XmlNode) and node.attachment_sha256 is None
        assert (annotation.status, annotation.confidence) == (FieldStatus.PRESENT, 1.0)
    assert (extraction.rows_seen, extraction.context) == (3, NO_CONTEXT)


def test_node_inside_a_pdf_names_its_file() -> None:
    extraction = xml_extraction(read_xml(ubl_invoice()), SHA256)
    nodes = {node for each in extraction.annotations.values() for node in each.evidence}
    assert {node.attachment_sha256 for node in nodes if isinstance(node, XmlNode)} == {SHA256}


def test_value_that_cannot_be_read_is_illegible_with_its_text() -> None:
    data = ubl_invoice().replace(b">2026-11-02<", b">soon<")
    annotation = xml_extraction(read_xml(data)).annotations["issue_date"]
    assert (annotation.status, annotation.raw_text, annotation.reasons) == (
        FieldStatus.ILLEGIBLE,
        "soon",
        ("NOT_A_DATE",),
    )


def test_every_reason_of_an_unreadable_value_is_one_of_annotations() -> None:
    assert set(UnreadableReason) <= set(map(str, AnnotationReason))
