"""Payment in an XRechnung: BR-DE-18 to BR-DE-20, BR-DE-23-a to BR-DE-25-b, BR-DE-30 and BR-DE-31."""

import re
from collections.abc import Callable

from en16931.finding import Severity
from en16931.rules.term_rule import INVOICE, TermRule
from en16931.rules.xrechnung.specification import xrechnung_rule
from en16931.terms.stated_group import StatedGroup
from en16931.xml_reading import Syntax

_SEPA_TRANSFER, _SEPA_DEBIT = "58", "59"
_TRANSFERS, _CARDS, _DEBITS = ("30", "58"), ("48", "54", "55"), ("59",)

# A cash discount is a line of the payment terms (BT-20): `#SKONTO#TAGE=14#PROZENT=2.00#BASISBETRAG=100.00#`.
_DISCOUNT = re.compile(
    r"#SKONTO#TAGE=[0-9]+#PROZENT=[0-9]+\.[0-9]{2}(#BASISBETRAG=-?[0-9]+\.[0-9]{2})?#"
)
_BEHIND_DISCOUNTS = re.compile(r"#.+#")

_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{0,30}")

_DEBIT = "direct-debit"


def _discounts_have_form(invoice: StatedGroup) -> bool:
    """Each line that begins with # is a cash discount and ends with a line break."""
    terms = next(iter(invoice.texts("BT-20")), "")
    lines = [line for line in re.split(r"\r?\n", terms) if line.strip().startswith("#")]
    if not lines:
        return True
    behind = _BEHIND_DISCOUNTS.split(terms)[-1]
    return re.match(r"\s*\n", behind) is not None and all(
        _DISCOUNT.fullmatch(line.strip()) for line in lines
    )


def is_iban(text: str) -> bool:
    """Tells whether the text is an IBAN with the right check digits; white space in it does not count.

    As the artefact has it, of any length, and with the numbers of ASCII for small letters (`a` is 42).
    """
    plain = "".join(text.split())
    if not _IBAN.fullmatch(plain):
        return False
    digits = "".join(
        sign if sign.isdigit() else str(ord(sign) - 55) for sign in plain[4:] + plain[:4]
    )
    return int(digits) % 97 == 1


def _names_iban(payment: StatedGroup, group: str) -> bool:
    """What is stated more than once is right where all of it is."""
    stated = [text for account in payment.groups(group) for text in account.texts("IBAN")]
    return bool(stated) and all(map(is_iban, stated))


def _has_code(payment: StatedGroup, *codes: str) -> bool:
    return payment.text("BT-81") in codes


def _transfer_has_iban(payment: StatedGroup) -> bool:
    return not _has_code(payment, _SEPA_TRANSFER) or _names_iban(payment, "BG-17")


def _debit_has_iban(payment: StatedGroup) -> bool:
    return not _has_code(payment, _SEPA_DEBIT) or _names_iban(payment, "BG-19")


def _has_group(payment: StatedGroup, group: str) -> bool:
    """The instructions have BG-17, BG-18 or BG-19; of the first, CII has the bank, and of the last most, elsewhere."""
    if group == "BG-17":
        return payment.has_group(group) or payment.has("BT-86")
    if group == "BG-19" and payment.syntax is Syntax.CII:
        return payment.invoice.has(_DEBIT)
    return payment.has_group(group)


def _needs(group: str, codes: tuple[str, ...]) -> Callable[[StatedGroup], bool]:
    def holds(payment: StatedGroup) -> bool:
        if not _has_code(payment, *codes):
            return True
        if group == "BG-19" and payment.syntax is Syntax.CII:
            debits = payment.groups(group)
            return payment.invoice.has("BT-89", "BT-90") or any(
                debit.has("IBAN") for debit in debits
            )
        return payment.has_group(group)

    return holds


def _excludes(groups: tuple[str, str], codes: tuple[str, ...]) -> Callable[[StatedGroup], bool]:
    return lambda payment: not _has_code(payment, *codes) or not any(
        _has_group(payment, group) for group in groups
    )


def _debit_states(term: str) -> Callable[[StatedGroup], bool]:
    """In UBL, a mandate comes with the term. In CII, one of BT-89 to BT-91 comes with the term and another one."""
    others = [other for other in ("BT-89", "BT-90", "BT-91") if other != term]

    def holds(invoice: StatedGroup) -> bool:
        if invoice.syntax is not Syntax.CII:
            return not invoice.has(_DEBIT) or invoice.has(term)
        return invoice.has(term) == invoice.has(*others)

    return holds


PAYMENT_RULES: tuple[TermRule, ...] = (
    xrechnung_rule(
        "BR-DE-18",
        INVOICE,
        "BT-20",
        "A cash discount in the payment terms (BT-20) is written as #SKONTO#TAGE=n#PROZENT=n.nn#, and its line ends.",
        _discounts_have_form,
    ),
    xrechnung_rule(
        "BR-DE-19",
        "BG-16",
        "BT-84",
        "A SEPA credit transfer (BT-81 is 58) names a right IBAN (BT-84).",
        _transfer_has_iban,
        severity=Severity.WARNING,
    ),
    xrechnung_rule(
        "BR-DE-20",
        "BG-16",
        "BT-91",
        "A SEPA direct debit (BT-81 is 59) names a right IBAN (BT-91).",
        _debit_has_iban,
        severity=Severity.WARNING,
    ),
    xrechnung_rule(
        "BR-DE-23-a",
        "BG-16",
        "BG-17",
        "A means of payment (BT-81) of 30, 58 comes with the credit transfer (BG-17).",
        _needs("BG-17", _TRANSFERS),
    ),
    xrechnung_rule(
        "BR-DE-23-b",
        "BG-16",
        "BG-18 BG-19",
        "A means of payment (BT-81) of 30, 58 comes with no payment card (BG-18) and no direct debit (BG-19).",
        _excludes(("BG-18", "BG-19"), _TRANSFERS),
    ),
    xrechnung_rule(
        "BR-DE-24-a",
        "BG-16",
        "BG-18",
        "A means of payment (BT-81) of 48, 54, 55 comes with the payment card (BG-18).",
        _needs("BG-18", _CARDS),
    ),
    xrechnung_rule(
        "BR-DE-24-b",
        "BG-16",
        "BG-17 BG-19",
        "A means of payment (BT-81) of 48, 54, 55 comes with no credit transfer (BG-17) and no direct debit (BG-19).",
        _excludes(("BG-17", "BG-19"), _CARDS),
    ),
    xrechnung_rule(
        "BR-DE-25-a",
        "BG-16",
        "BG-19",
        "A means of payment (BT-81) of 59 comes with the direct debit (BG-19).",
        _needs("BG-19", _DEBITS),
    ),
    xrechnung_rule(
        "BR-DE-25-b",
        "BG-16",
        "BG-17 BG-18",
        "A means of payment (BT-81) of 59 comes with no credit transfer (BG-17) and no payment card (BG-18).",
        _excludes(("BG-17", "BG-18"), _DEBITS),
    ),
    xrechnung_rule(
        "BR-DE-30",
        INVOICE,
        "BT-90",
        "A direct debit (BG-19) names the creditor's identifier (BT-90).",
        _debit_states("BT-90"),
    ),
    xrechnung_rule(
        "BR-DE-31",
        INVOICE,
        "BT-91",
        "A direct debit (BG-19) names the account to debit (BT-91).",
        _debit_states("BT-91"),
    ),
)
