"""The files that every way is given: `SET.NUMBER.KIND.xml`."""

from pathlib import Path

import long_invoice
from en16931.hardened_xml import parse_xml
from en16931.judgement import stated_invoice
from en16931.xml_reading import Syntax, XmlReadingError

_KINDS = {
    Syntax.CII: "cii",
    Syntax.UBL_INVOICE: "invoice",
    Syntax.UBL_CREDIT_NOTE: "credit-note",
}
_LINES = (20, 100)


def write_documents(folder: Path, labelled: Path | None) -> None:
    """Writes invoices of 20 and 100 lines, and those XML of the folder of labelled invoices that rules speak of."""
    for lines in _LINES:
        for syntax, document in long_invoice.long_invoices(lines).items():
            _write(folder, f"{lines} lines {syntax}.1", document)
    files = sorted(labelled.glob("*.xml")) if labelled is not None else []
    for number, file in enumerate(files, start=1):
        _write(folder, f"data set.{number}", file.read_bytes())


def _write(folder: Path, name: str, document: bytes) -> None:
    try:
        invoice = stated_invoice(parse_xml(document))
    except XmlReadingError:
        return
    if invoice is not None and invoice.syntax is not None:
        (folder / f"{name}.{_KINDS[invoice.syntax]}.xml").write_bytes(document)
