"""The official rule tests of XRechnung: invoices with instructions in them that change the element behind them.

`<?xmute mutator="remove" schematron-invalid="BR-DE-1" ?>` says what to do, and which rules then hold or are broken.
"""

import copy
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from invoice_summarizer.cli.conformance.case import Case

FOLDER = "xrechnung/tests"

_WORD = re.compile(r'([a-z-]+)\s*=\s*"([^"]*)"')
_PACKS = frozenset({"xrechnung"})
_TEXTS = {"empty": "", "whitespace": "  "}


def xrechnung_tests(data: Path) -> Iterator[Case]:
    """Yields a case for each rule that an instruction names. Raises ValueError for a mutator that is not known."""
    for path in sorted((data / FOLDER).rglob("*.xml")):
        tree = etree.parse(path)
        for index, instruction in enumerate(_instructions(tree)):
            words = dict(_WORD.findall(instruction.text or ""))
            holds, breaks = _rules(words, "schematron-valid"), _rules(words, "schematron-invalid")
            for number, value in enumerate(_values(words)):
                document = _changed(tree, index, words, value)
                name = f"{path.stem} {index}.{number}"
                for rule_id in holds:
                    yield Case(name, document, {}, frozenset({rule_id}), packs=_PACKS)
                for rule_id in breaks:
                    yield Case(name, document, {rule_id: 0}, packs=_PACKS)


def _instructions(tree: etree._ElementTree) -> list[etree._ProcessingInstruction]:
    return [
        node
        for node in tree.iter(etree.PI)
        if isinstance(node, etree._ProcessingInstruction) and node.target == "xmute"
    ]


def _rules(words: Mapping[str, str], key: str) -> list[str]:
    return [rule.partition(":")[2] or rule for rule in words.get(key, "").replace(",", " ").split()]


def _values(words: Mapping[str, str]) -> list[str | None]:
    if words["mutator"] != "code":
        return [None]
    separator = words.get("separator") or ","
    values = words["values"].split(separator)
    return [value.strip() if separator == "," else value for value in values]


def _changed(
    tree: etree._ElementTree, index: int, words: Mapping[str, str], value: str | None
) -> bytes:
    copied = copy.deepcopy(tree)
    target = _instructions(copied)[index].getnext()
    while target is not None and not isinstance(target.tag, str):
        target = target.getnext()
    root = copied.getroot()
    _change(root if target is None else target, words["mutator"], words.get("attribute"), value)
    for instruction in _instructions(copied):
        if instruction.getparent() is not None:
            _drop(instruction)
    return etree.tostring(copied, xml_declaration=True, encoding="UTF-8")


def _change(target: etree._Element, mutator: str, attribute: str | None, value: str | None) -> None:
    if mutator == "identity":
        return
    if mutator == "remove":
        if attribute:
            target.attrib.pop(attribute, "")
        else:
            _drop(target)
        return
    if mutator not in ("empty", "whitespace", "code"):
        raise ValueError(f"unknown mutator {mutator}")
    text = _TEXTS.get(mutator, value) or ""
    if attribute:
        target.set(attribute, text)
        return
    for child in list(target):
        target.remove(child)
    target.text = text


def _drop(node: etree._Element) -> None:
    """Removes the node and keeps the text behind it."""
    parent, before = node.getparent(), node.getprevious()
    assert parent is not None
    if node.tail and before is not None:
        before.tail = (before.tail or "") + node.tail
    elif node.tail:
        parent.text = (parent.text or "") + node.tail
    parent.remove(node)
