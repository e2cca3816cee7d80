"""Parties of an XRechnung, their addresses and contacts: BR-DE-2 to BR-DE-11, BR-DE-27 and BR-DE-28."""

import re

from en16931.finding import Severity
from en16931.rules.cen_rule import says
from en16931.rules.term_rule import TermRule
from en16931.rules.xrechnung.specification import xrechnung_rule

_LEAST_DIGITS = 3
_EMAIL = re.compile(r"[^@\s]+@([^@.\s]+\.)+[^@.\s]+")

# Rule, group, term, and what it is.
_STATED = (
    ("BR-DE-3", "BG-4/BG-5", "BT-37", "The seller's city"),
    ("BR-DE-4", "BG-4/BG-5", "BT-38", "The seller's post code"),
    ("BR-DE-5", "BG-4/BG-6", "BT-41", "The seller's contact"),
    ("BR-DE-6", "BG-4/BG-6", "BT-42", "The telephone number of the seller's contact"),
    ("BR-DE-7", "BG-4/BG-6", "BT-43", "The e-mail address of the seller's contact"),
    ("BR-DE-8", "BG-7/BG-8", "BT-52", "The buyer's city"),
    ("BR-DE-9", "BG-7/BG-8", "BT-53", "The buyer's post code"),
    ("BR-DE-10", "BG-15", "BT-77", "The city of delivery"),
    ("BR-DE-11", "BG-15", "BT-78", "The post code of delivery"),
)

PARTY_RULES: tuple[TermRule, ...] = (
    xrechnung_rule(
        "BR-DE-2",
        "BG-4",
        "BG-6",
        "The seller has a contact (BG-6).",
        lambda seller: seller.has_group("BG-6"),
    ),
    *(
        xrechnung_rule(rule_id, at, term, f"{what} is stated ({term}).", says(term))
        for rule_id, at, term, what in _STATED
    ),
    xrechnung_rule(
        "BR-DE-27",
        "BG-4/BG-6",
        "BT-42",
        "The telephone number of the seller's contact (BT-42) has three digits at least.",
        lambda contact: sum(sign.isdigit() for sign in contact.text("BT-42")) >= _LEAST_DIGITS,
        severity=Severity.WARNING,
    ),
    xrechnung_rule(
        "BR-DE-28",
        "BG-4/BG-6",
        "BT-43",
        "The e-mail address of the seller's contact (BT-43) has the form of one.",
        lambda contact: _EMAIL.fullmatch(contact.text("BT-43")) is not None,
        severity=Severity.WARNING,
    ),
)
