"""Every labelled e-invoice: the fields that the scorer asks for, and the place of every value."""

import json
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from en16931.field_path import leaves
from en16931.namespaces import NAMESPACES
from en16931.reader import read_xml
from en16931.xml_reading import XmlReading
from shared_data import shared_data

KINDS = ("xml:CII", "xml:UBL-Invoice", "xml:UBL-CreditNote", "xml:FatturaPA")
MONEY = ("net_amount", "tax_amount", "total_amount")
_EMBEDDED = re.compile(r"\.attached_document\.(sha256|size_bytes)$")


def _labelled() -> Iterator[tuple[dict[str, Any], Path]]:
    folder = shared_data() / "invoices"
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        if document["kind"] in KINDS:
            yield document, folder / document["file"]


def _fields(reading: XmlReading) -> dict[str, object]:
    content = reading.content
    transfers = content.payment_instructions and content.payment_instructions.credit_transfers
    totals = content.totals
    return {
        "invoice_number": content.invoice_number,
        "issue_date": content.issue_date,
        "due_date": content.payment_due_date,
        "currency": content.currency_code,
        "seller_name": content.seller and content.seller.name,
        "buyer_name": content.buyer and content.buyer.name,
        "net_amount": totals and totals.amount_without_vat,
        "tax_amount": totals and totals.vat_amount,
        "total_amount": totals and totals.amount_with_vat,
        "iban": transfers[0].account_identifier if transfers else None,
        "line_count": len(content.lines),
    }


def _same(field: str, value: object, truth: object) -> bool:
    if value is None:
        return False
    if field in MONEY:
        return value == Decimal(str(truth))
    if field.endswith(("_date", "_count")):
        return str(value) == str(truth)
    return _squashed(value) == _squashed(truth)


def _squashed(text: object) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", str(text))).casefold()


def test_the_labelled_fields_are_right(capsys: pytest.CaptureFixture[str]) -> None:
    right, wrong = 0, []
    for document, path in _labelled():
        found = _fields(read_xml(path.read_bytes()))
        for field, truth in document["expected"].items():
            accepted = [truth, *document.get("also_accept", {}).get(field, [])]
            if any(_same(field, found[field], one) for one in accepted):
                right += 1
            else:
                wrong.append((document["file"], field))
    with capsys.disabled():
        print(f"\nlabelled e-invoices: {right} of {right + len(wrong)} fields right")
    assert right >= 500
    assert right / (right + len(wrong)) >= 0.97, wrong


def test_every_value_has_a_place_and_its_xpath_selects_it_again() -> None:
    checked = 0
    for document, path in _labelled():
        data = path.read_bytes()
        reading = read_xml(data)
        values = {field_path for field_path, _ in leaves(reading.content)}
        assert values == set(reading.places), document["file"]
        places = [*reading.places.items(), *((u.field_path, u.place) for u in reading.unreadable)]
        tree = etree.fromstring(data)
        lines = data.decode("utf-8-sig").splitlines()
        for field_path, place in places:
            nodes = tree.xpath(place.xpath, namespaces=dict(NAMESPACES[reading.syntax]))
            assert isinstance(nodes, list) and len(nodes) == 1, (document["file"], place.xpath)
            element, text = _element_and_text(nodes[0])
            assert f"{etree.QName(element).localname}" in lines[place.line - 1], place
            if not _EMBEDDED.search(field_path):
                assert text == place.raw_text, (document["file"], place)
            checked += 1
    assert checked > 5000


def _element_and_text(node: Any) -> tuple[Any, str]:
    """The element, and the text of the node; none where it only holds other elements."""
    if isinstance(node, str):
        return node.getparent(), str(node)  # type: ignore[attr-defined]
    own = "".join(node.xpath("text()"))
    return node, own if own.strip() else ""


def test_few_values_of_real_invoices_cannot_be_read() -> None:
    unreadable = {
        document["file"]: reading.unreadable
        for document, path in _labelled()
        if (reading := read_xml(path.read_bytes())).unreadable
    }
    assert not unreadable
