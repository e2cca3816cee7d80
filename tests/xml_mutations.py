"""E-invoices changed by their structure: elements moved, doubled, renamed, emptied, with values that no program likes.

The same seed gives the same documents.
"""

import random
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

Element = ElementTree.Element
# Values that are no amount, no date, no code, or one beyond every bound.
HOSTILE_TEXTS = (
    *(
        "",
        " ",
        "\n\t ",
        "-",
        ".",
        ",",
        "+",
        "0",
        "-0",
        "-0.00",
        "00012",
        "1.",
        ".5",
        "+7",
        "--1",
        "1-",
    ),
    *(
        "1.234,56",
        "1,234.56",
        "1'234.56",
        "1 234.56",
        "1e3",
        "1E400",
        "NaN",
        "Infinity",
        "-INF",
        "0x10",
    ),
    *(
        "٣",
        "१२",
        "１２．５０",
        "1٫5",
        "½",
        "−5",
        "9" * 50,
        "-" + "9" * 50,
        "0." + "0" * 60 + "1",
        "1" * 400,
    ),
    *(
        "2026-02-30",
        "20260230",
        "2026-13-01",
        "0000-00-00",
        "9999-12-31",
        "1-1-1",
        "2026-02-29Z",
        "2026-1-1",
    ),
    *(
        "20269999",
        "2026-02-28T25:61:00",
        "99999999",
        "102",
        "610",
        "true",
        "TRUE",
        "yes",
        "1 0",
        "XX",
        "EUR ",
        "eur",
    ),
    *(
        "380",
        "381",
        "S",
        "s",
        "Z",
        "O",
        "AE",
        "\u202eabc",
        "\ufeff",
        "a\u0301" * 50,
        "=1+1",
        "<![CDATA[x]]>",
        "&amp;",
    ),
    *(
        "DE02120300000000202051",
        "#SKONTO#TAGE=14#PROZENT=2.00#\n",
        "#SKONTO#TAGE=#",
        "x" * 5_000,
        "\n" * 300,
    ),
    *(
        "urn:cen.eu:en16931:2017",
        "urn:factur-x.eu:1p0:minimum",
        "14 days 2 %, 30 days net",
        "9" * 18 + " days",
    ),
)
_MOST_COPIES = 60
_DEEPEST = 40
_ENCODINGS = ("utf-8", "utf-16", "iso-8859-1", "ascii", "utf-7", "ebcdic", "x-none")


@dataclass(frozen=True, slots=True)
class Mutations:
    """Documents to begin with; every change of one takes parts of the others."""

    documents: Sequence[bytes]

    def of(self, seed: int, count: int) -> Iterator[bytes]:
        """Yields that many changed documents."""
        source = random.Random(seed)
        for _ in range(count):
            data = source.choice(self.documents)
            if source.random() < 0.12:
                yield _bytes_changed(source, data)
                continue
            tree = _parsed(data)
            other = _parsed(source.choice(self.documents))
            for _ in range(source.choice((1, 1, 1, 2, 3, 8))):
                source.choice(_WAYS)(source, tree, other)
            yield ElementTree.tostring(tree, encoding=source.choice(("utf-8", "utf-8", "utf-16")))


def _parsed(data: bytes) -> Element:
    return ElementTree.fromstring(data)


def _pick(source: random.Random, tree: Element) -> tuple[Element, Element]:
    """Returns an element and the one that it stands in."""
    pairs = [(parent, child) for parent in tree.iter() for child in parent]
    return source.choice(pairs) if pairs else (tree, tree)


def _delete(source: random.Random, tree: Element, other: Element) -> None:
    parent, child = _pick(source, tree)
    if child is not parent:
        parent.remove(child)


def _double(source: random.Random, tree: Element, other: Element) -> None:
    parent, child = _pick(source, tree)
    if child is parent:
        return
    for _ in range(source.choice((1, 1, 2, _MOST_COPIES))):
        copy = deepcopy(child)
        if source.random() < 0.5:
            _set_text(source, copy)
        parent.insert(source.randrange(len(parent) + 1), copy)


def _move(source: random.Random, tree: Element, other: Element) -> None:
    parent, child = _pick(source, tree)
    if child is parent:
        return
    parent.remove(child)
    source.choice([*tree.iter()]).insert(0, child)


def _shuffle(source: random.Random, tree: Element, other: Element) -> None:
    parent, _ = _pick(source, tree)
    children = [*parent]
    source.shuffle(children)
    parent[:] = children


def _rename(source: random.Random, tree: Element, other: Element) -> None:
    _, child = _pick(source, tree)
    child.tag = source.choice([each.tag for each in (*tree.iter(), *other.iter())])


def _splice(source: random.Random, tree: Element, other: Element) -> None:
    parent, child = _pick(source, tree)
    _, stranger = _pick(source, other)
    if child is not parent:
        parent[[*parent].index(child)] = deepcopy(stranger)


def _nest(source: random.Random, tree: Element, other: Element) -> None:
    _, child = _pick(source, tree)
    for _ in range(source.randrange(1, _DEEPEST)):
        inner = Element(child.tag, child.attrib)
        inner.text = child.text
        child.append(inner)
        child = inner


def _set_text(source: random.Random, element: Element) -> None:
    leaves = [each for each in element.iter() if not len(each)]
    if leaves:
        source.choice(leaves).text = source.choice(HOSTILE_TEXTS)


def _retext(source: random.Random, tree: Element, other: Element) -> None:
    for _ in range(source.choice((1, 1, 2, 20))):
        _set_text(source, tree)


def _reattribute(source: random.Random, tree: Element, other: Element) -> None:
    _, child = _pick(source, tree)
    names = [
        "unitCode",
        "currencyID",
        "schemeID",
        "format",
        "listID",
        "mimeCode",
        "filename",
        *child.attrib,
    ]
    name = source.choice(names)
    if name in child.attrib and source.random() < 0.3:
        del child.attrib[name]
    else:
        child.set(name, source.choice(HOSTILE_TEXTS))


def _mix(source: random.Random, tree: Element, other: Element) -> None:
    """Puts text beside child elements, where no syntax has any."""
    parent, child = _pick(source, tree)
    parent.text = source.choice(HOSTILE_TEXTS)
    child.tail = source.choice(HOSTILE_TEXTS)


_WAYS: tuple[Callable[[random.Random, Element, Element], None], ...] = (
    *(_delete, _double, _move, _shuffle, _rename, _splice, _nest, _reattribute, _mix),
    *(_retext, _retext, _retext, _retext),
)


def _bytes_changed(source: random.Random, data: bytes) -> bytes:
    at = source.randrange(len(data))
    return source.choice(
        (
            data[:at],
            data[at:],
            data[:at] + b"\0" + data[at:],
            data[:at] + bytes([source.randrange(256)]) + data[at + 1 :],
            data + data,
            b"\xef\xbb\xbf" + data,
            data.replace(b"UTF-8", source.choice(_ENCODINGS).encode(), 1),
            data.replace(b"<?xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><?xml", 1),
            data.replace(b"</", b"&b;</", 1),
        )
    )
