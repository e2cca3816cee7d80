"""A FatturaPA file with several invoices: each is read by itself, and its places lead into the file."""

import pytest
from lxml import etree

from en16931.hardened_xml import XmlLimits
from en16931.judgement import read_every_judged
from en16931.namespaces import NAMESPACES
from en16931.xml_reading import Syntax, XmlLimitExceeded
from small_invoice import fatturapa_invoices, ubl_invoice

_PREFIXES = {"p": NAMESPACES[Syntax.FATTURAPA]["p"]}
_DEFAULT = ("p:FatturaElettronica", "FatturaElettronica"), ("xmlns:p", "xmlns")


@pytest.mark.parametrize("is_default", [False, True])
def test_each_invoice_has_its_own_values_and_places(is_default: bool) -> None:
    data = fatturapa_invoices("7", "8", "9")
    for old, new in _DEFAULT if is_default else ():
        data = data.replace(old.encode(), new.encode())
    root = etree.fromstring(data)
    readings = [*read_every_judged(data)]
    assert [each.content.invoice_number for each in readings] == ["7", "8", "9"]
    assert [(each.part, each.parts) for each in readings] == [(1, 3), (2, 3), (3, 3)]
    for reading in readings:
        assert reading.content.seller is not None and reading.content.seller.name == "Alfa S.r.l."
        assert len(reading.content.lines) == 1
        for place in reading.places.values():
            for each in (place, *place.others):
                nodes = root.xpath(each.xpath, namespaces=_PREFIXES)
                assert isinstance(nodes, list) and len(nodes) == 1, each.xpath
                if each.raw_text:
                    text = nodes[0].text if isinstance(nodes[0], etree._Element) else nodes[0]
                    assert text == each.raw_text


def test_what_cannot_be_read_leads_to_its_own_invoice() -> None:
    data = fatturapa_invoices("7", "8")
    head, tail = data.rsplit(b"100.00</PrezzoTotale>", 1)
    _, second = read_every_judged(head + b"many</PrezzoTotale>" + tail)
    [unreadable] = second.unreadable
    assert "/FatturaElettronicaBody[2]/" in unreadable.place.xpath


def test_one_invoice_is_one_part_and_keeps_its_places() -> None:
    [reading] = read_every_judged(fatturapa_invoices("7"))
    assert (reading.part, reading.parts) == (1, 1)
    assert "[" not in reading.places["invoice_number"].xpath
    [other] = read_every_judged(ubl_invoice())
    assert other.parts == 1


def test_more_invoices_than_the_limit_are_refused() -> None:
    numbers = [str(number) for number in range(201)]
    assert len([*read_every_judged(fatturapa_invoices(*numbers[:200]))]) == 200
    with pytest.raises(XmlLimitExceeded) as refused:
        next(read_every_judged(fatturapa_invoices(*numbers)))
    assert refused.value.limit == "INVOICES"
    with pytest.raises(XmlLimitExceeded):
        next(read_every_judged(fatturapa_invoices("1", "2"), limits=XmlLimits(max_invoices=1)))
