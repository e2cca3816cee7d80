"""Codes that must be of a list, BR-CL-01 to BR-CL-26, in UBL and in CII; their places are in `ubl.codes` and `cii.codes`."""

import re

from en16931.cii.codes import CII_CODES
from en16931.cii.terms import CII_CONDITIONS
from en16931.code_lists.note_subjects import NOTE_SUBJECTS
from en16931.hardened_xml import NAME_SEPARATOR, XmlElement
from en16931.namespaces import NAMESPACES
from en16931.rules.cen import CEN
from en16931.rules.coded import code_rule
from en16931.rules.element_rule import ElementRule
from en16931.ubl.codes import SEPA, UBL_CODES
from en16931.ubl.terms import UBL_CONDITIONS
from en16931.xml_reading import Syntax

_UBL, _CII = NAMESPACES[Syntax.UBL_INVOICE], NAMESPACES[Syntax.CII]
_SUBJECT = re.compile(r"[^#]*#([^#]{3})#", re.DOTALL)
_CAC = _UBL["cac"] + NAME_SEPARATOR
_IDENTIFICATION = f"{_CAC}PartyIdentification"
_ROOTS = ("Invoice", "CreditNote")


def _note_has_known_subject(note: XmlElement, parent: XmlElement) -> bool:
    """A note of UBL begins with its subject, as in `#AAI#text`; what has another form has none."""
    if parent.name.rpartition(NAME_SEPARATOR)[2] not in _ROOTS:
        return True
    subject = _SUBJECT.match(note.text)
    return subject is None or subject[1] in NOTE_SUBJECTS


def _is_not_of_sepa(identifier: XmlElement, parent: XmlElement) -> bool:
    return parent.name != _IDENTIFICATION or (
        identifier.attributes.get("schemeID", "").strip() != SEPA
    )


_NOTE_SUBJECT = ElementRule(
    rule_id="BR-CL-08",
    pack=CEN,
    text="The subject of a note (BT-21) is a code of UNTDID 4451.",
    names=(f"{_UBL['cbc']}{NAME_SEPARATOR}Note",),
    holds=_note_has_known_subject,
)

_SEPA_PARTIES = ElementRule(
    rule_id="BR-CL-10",
    pack=CEN,
    text="The scheme SEPA is for identifiers of the seller and of the payee only (BT-90).",
    names=(f"{_UBL['cbc']}{NAME_SEPARATOR}ID",),
    holds=_is_not_of_sepa,
    outside=(f"{_CAC}AccountingSupplierParty", f"{_CAC}PayeeParty"),
)

UBL_CODE_RULES: tuple[ElementRule, ...] = (
    *(rule for coded in UBL_CODES for rule in code_rule(coded, _UBL, UBL_CONDITIONS)),
    _NOTE_SUBJECT,
    _SEPA_PARTIES,
)
CII_CODE_RULES: tuple[ElementRule, ...] = tuple(
    rule for coded in CII_CODES for rule in code_rule(coded, _CII, CII_CONDITIONS)
)
