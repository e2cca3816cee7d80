"""Invoices with one thing changed, and every rule that the official artefacts then report as broken."""

import copy
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from lxml import etree

from invoice_summarizer.cli.conformance.case import Case

VERDICTS = "en16931/mutants/verdicts.jsonl"
DOCUMENTS = "invoices"


def changed_invoices(data: Path) -> Iterator[Case]:
    """Yields a case for each line of the verdicts. Raises ValueError for a change that is not known."""
    trees: dict[str, etree._ElementTree] = {}
    with (data / VERDICTS).open() as lines:
        for number, line in enumerate(lines, start=1):
            change: dict[str, Any] = json.loads(line)
            file = change["file"]
            if file not in trees:
                trees = {file: etree.parse(data / DOCUMENTS / file)}
            where = " ".join(str(change.get(key, "")) for key in ("op", "at", "value")).rstrip()
            yield Case(
                name=f"{number} {file} {where}",
                document=_changed(trees[file], change),
                breaks=dict.fromkeys(change["broken"], 0),
                is_whole=True,
            )


def _changed(tree: etree._ElementTree, change: Mapping[str, Any]) -> bytes:
    tree = copy.deepcopy(tree)
    root = tree.getroot()
    if change["op"] != "none":
        prefixes = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
        default = {"default": root.nsmap.get(None, "none:")}
        nodes = cast(
            "list[etree._Element]", root.xpath(change["at"], namespaces=prefixes | default)
        )
        _change(nodes[0], change)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8")


def _change(node: etree._Element, change: Mapping[str, Any]) -> None:
    parent = node.getparent()
    match change["op"]:
        case "remove" if parent is not None:
            parent.remove(node)
        case "repeat":
            node.addnext(copy.deepcopy(node))
        case "text":
            node.text = change["value"]
        case "attribute":
            name, _, value = change["value"].partition("=")
            node.set(name, value)
        case "without-attribute":
            del node.attrib[change["value"]]
        case other:
            raise ValueError(f"unknown change {other}")
