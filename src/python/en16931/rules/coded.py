"""Codes that must be of a list, wherever an element holds one."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from en16931.hardened_xml import NAME_SEPARATOR, XmlElement
from en16931.rules.cen import CEN
from en16931.rules.element_rule import ElementRule, Holds

_PLACE = re.compile(
    r"(?:!(?P<others>[\w!]+)/)?(?:(?P<parent>\w+:\w+)/)?(?P<name>\w+:\w+)(?:\[(?P<condition>[\w-]+)\])?"
    r"(?:/@(?P<attribute>\w+)(?P<optional>\?)?)?"
)

_BLANKS = " \t\r\n"  # what XML takes for white space

Condition = Callable[[XmlElement], bool]


class Coded(NamedTuple):
    """Elements that hold codes of a list, several separated by spaces.

    `cac:Country/cbc:IdentificationCode` is an element with its parent, `!One!Two/ram:ID` one that is not within these;
    `cbc:ID[object]` has a parent of which the condition holds. The code is the text, or an attribute: `/@schemeID` must
    be there, `/@schemeID?` is looked at where it is.
    """

    rule_id: str
    text: str
    codes: frozenset[str]
    elements: str
    ignores_case: bool = False
    as_written: bool = False  # blanks around a code are a part of it


def code_rule(
    coded: Coded, namespaces: Mapping[str, str], conditions: Mapping[str, Condition]
) -> tuple[ElementRule, ...]:
    """Returns a rule for each kind of element."""
    return tuple(_rule(coded, place, namespaces, conditions) for place in coded.elements.split())


def _rule(
    coded: Coded, place: str, namespaces: Mapping[str, str], conditions: Mapping[str, Condition]
) -> ElementRule:
    match = _PLACE.fullmatch(place)
    if match is None:
        raise ValueError(f"not a place of a code: {place}")

    def full(prefixed: str) -> str:
        prefix, local = prefixed.split(":")
        return f"{namespaces[prefix]}{NAME_SEPARATOR}{local}"

    parent = full(match["parent"]) if match["parent"] else None
    prefix = match["name"].partition(":")[0]
    outside = tuple(full(f"{prefix}:{name}") for name in (match["others"] or "").split("!") if name)
    condition = conditions[match["condition"]] if match["condition"] else None
    has_code = _has_code(coded, match["attribute"], bool(match["optional"]))

    def holds(element: XmlElement, above: XmlElement) -> bool:
        if parent is not None and above.name != parent:
            return True
        if condition is not None and not condition(above):
            return True
        return has_code(element, above)

    return ElementRule(
        rule_id=coded.rule_id,
        pack=CEN,
        text=coded.text,
        names=(full(match["name"]),),
        holds=has_code if not (parent or condition) else holds,
        outside=outside,
    )


def _has_code(coded: Coded, attribute: str | None, is_optional: bool) -> Holds:
    codes = coded.codes
    if coded.ignores_case:
        return lambda element, _: element.text.strip(_BLANKS).upper() in codes
    if attribute is None:
        return lambda element, _: element.text.strip(_BLANKS) in codes
    if coded.as_written:
        return lambda element, _: element.attributes.get(attribute) in (None, *codes)
    if is_optional:
        return lambda element, _: (
            attribute not in element.attributes
            or element.attributes[attribute].strip(_BLANKS) in codes
        )
    return lambda element, _: element.attributes.get(attribute, "").strip(_BLANKS) in codes
