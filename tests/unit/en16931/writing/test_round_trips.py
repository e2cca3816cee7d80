"""Every e-invoice of the labelled data, written and read again: in its own syntax, and in the other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from unit.en16931.writing.said_values import said, told

from en16931.field_path import leaves
from en16931.hardened_xml import parse_xml
from en16931.judgement import read_judged
from en16931.writing.attachments import attachments_of
from en16931.writing.writer import write_cii, write_ubl
from en16931.writing.written import LeftOutReason, WrittenInvoice
from en16931.xml_reading import Syntax, UnknownSyntax, XmlReading
from shared_data import shared_data
from small_invoice import ubl_invoice

_UBL = (Syntax.UBL_INVOICE, Syntax.UBL_CREDIT_NOTE)

# UBL states a gross price in a discount that must have an amount, and CII a discount below a gross price.
_PRICES = {"lines[*].price.gross_price", "lines[*].price.discount"}

# VAT rows without a total: UBL requires the total (BT-110), CII does not.
_WITHOUT_VAT_TOTAL = {"cen-en16931__CII_example7.xml", "cen-en16931__XRechnung-O.xml"}
# What the artefacts ask in one syntax only: the scheme of an object, one name for all supporting documents, that total,
# and, in CII, an accounting currency (BT-6) that is another one than the invoice's.
_OF_ONE_SYNTAX = {"BR-CL-07", "CII-SR-475", "BR-CO-14", "BR-CO-15", "BR-53"}


@dataclass(frozen=True, slots=True)
class _Invoice:
    name: str
    document: bytes
    reading: XmlReading


def _invoices(of: Callable[[Syntax], bool]) -> Sequence[_Invoice]:
    found = tuple(each for each in _all() if of(each.reading.syntax))
    assert found
    return found


def _all() -> Iterator[_Invoice]:
    for path in sorted(Path(shared_data() / "invoices" / "xml").glob("*.xml")):
        document = path.read_bytes()
        try:
            yield _Invoice(path.name, document, read_judged(document))
        except UnknownSyntax:
            continue  # FatturaPA


def _written(
    write: Callable[..., WrittenInvoice], invoice: _Invoice
) -> tuple[WrittenInvoice, XmlReading]:
    attachments = attachments_of(parse_xml(invoice.document))
    written = write(invoice.reading.content, attachments)
    return written, read_judged(written.xml)


def _rules(reading: XmlReading) -> set[str]:
    return {finding.rule_id for finding in reading.broken}


@pytest.mark.parametrize(("write", "own"), [(write_ubl, _UBL), (write_cii, (Syntax.CII,))])
def test_in_its_own_syntax_an_invoice_is_read_again_as_it_was(
    write: Callable[..., WrittenInvoice], own: Sequence[Syntax]
) -> None:
    for invoice in _invoices(lambda syntax: syntax in own):
        written, read = _written(write, invoice)
        assert dict(leaves(read.content)) == dict(leaves(invoice.reading.content)), invoice.name
        assert read.syntax is invoice.reading.syntax, invoice.name
        assert (read.unreadable, written.left_out, written.missing) == ((), (), ()), invoice.name
        assert _rules(read) <= _rules(invoice.reading), invoice.name


@pytest.mark.parametrize(("write", "other"), [(write_ubl, (Syntax.CII,)), (write_cii, _UBL)])
def test_in_the_other_syntax_it_says_the_same_but_for_what_is_told(
    write: Callable[..., WrittenInvoice], other: Sequence[Syntax]
) -> None:
    for invoice in _invoices(lambda syntax: syntax in other):
        written, read = _written(write, invoice)
        content = invoice.reading.content
        unsaid = told(content, written.left_out)
        assert said(content) - said(read.content) == unsaid, invoice.name
        assert not said(read.content) - said(content), invoice.name
        assert {path for path, _ in unsaid} <= _PRICES, invoice.name
        assert bool(written.missing) == (invoice.name in _WITHOUT_VAT_TOTAL), invoice.name
        assert _rules(read) - _rules(invoice.reading) <= _OF_ONE_SYNTAX, invoice.name


@pytest.mark.parametrize("scheme", ["", ' schemeID="AAA"', ' schemeID="none"'])
def test_the_object_of_a_line_comes_back_also_where_it_had_no_type(scheme: str) -> None:
    reference = f"<cac:DocumentReference><cbc:ID{scheme}>O-2</cbc:ID></cac:DocumentReference>"
    document = ubl_invoice().replace(b"<cac:Item>", f"{reference}<cac:Item>".encode(), 1)
    reading = read_judged(document)
    found = reading.content.lines[0].object_identifier
    assert found is not None and found.value == "O-2"
    for write in (write_ubl, write_cii):
        written = write(reading.content)
        read = read_judged(written.xml)
        assert read.content.lines[0].object_identifier == found
        assert not {path for path in written.left_out if "object" in path.field_path}
        assert _rules(read) - _rules(reading) <= _OF_ONE_SYNTAX
    assert _rules(read_judged(write_ubl(reading.content).xml)) <= _rules(reading)


def test_there_and_back_nothing_else_is_lost() -> None:
    for invoice in _invoices(lambda syntax: syntax is Syntax.CII):
        _, there = _written(write_ubl, invoice)
        attachments = attachments_of(parse_xml(invoice.document))
        back = read_judged(write_cii(there.content, attachments).xml)
        lost = said(invoice.reading.content) - said(back.content)
        assert {path for path, _ in lost} <= _PRICES, invoice.name
        assert not said(back.content) - said(invoice.reading.content), invoice.name


def test_a_document_inside_whose_bytes_are_not_given_is_left_out_and_told() -> None:
    [invoice] = (
        each
        for each in _invoices(lambda syntax: syntax is Syntax.CII)
        if "fullmodel" in each.name and attachments_of(parse_xml(each.document))
    )
    written = write_cii(invoice.reading.content)
    assert {each.reason for each in written.left_out} == {LeftOutReason.NO_ATTACHMENT}
    read = read_judged(written.xml).content
    assert [each.attached_document for each in read.supporting_documents] == [None] * len(
        invoice.reading.content.supporting_documents
    )


def test_italian_invoices_say_the_same_in_both_syntaxes_but_for_what_is_told() -> None:
    for invoice in _invoices(lambda syntax: syntax is Syntax.FATTURAPA):
        content = invoice.reading.content
        for write in (write_ubl, write_cii):
            written, read = _written(write, invoice)
            unsaid = told(content, written.left_out)
            assert said(content) - said(read.content) == unsaid, invoice.name
            assert not said(read.content) - said(content), invoice.name
            fields = {path.partition("[")[0].partition(".")[0] for path, _ in unsaid}
            assert fields <= {"extras", "supporting_documents"}, invoice.name


def test_parts_of_lines_stand_below_their_lines_in_ubl() -> None:
    document = (shared_data() / "cases" / "02-ubl-sub-invoice-lines" / "in.xml").read_bytes()
    content = read_judged(document).content
    written = write_ubl(content)
    assert dict(leaves(read_judged(written.xml).content)) == dict(leaves(content))
    assert (written.left_out, written.missing) == ((), ())
    # In CII a part would count: it is left out, and told with all that it says.
    parts = [
        index
        for index, line in enumerate(content.lines)
        if line.extras is not None and line.extras.counts_in_sums is False
    ]
    in_cii = write_cii(content)
    assert parts
    assert len(read_judged(in_cii.xml).content.lines) == len(content.lines) - len(parts)
    assert {f"lines[{index}].net_amount" for index in parts} <= {
        each.field_path for each in in_cii.left_out
    }
