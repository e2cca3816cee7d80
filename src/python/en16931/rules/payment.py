"""How it is paid: BR-49 to BR-51 and BR-61; by when: BR-CO-25."""

from collections.abc import Callable

from en16931.finding import Severity
from en16931.rules.cen_rule import cen_rule, has
from en16931.rules.term_rule import CII, INVOICE, UBL
from en16931.terms.stated_group import StatedGroup

PAYMENT, ACCOUNT, CARD = "BG-16", "BG-16/BG-17", "BG-16/BG-18"
CREDIT_TRANSFERS = ("30", "58")  # UNTDID 4461: credit transfer, SEPA credit transfer

_MOST_CARD_DIGITS = 10  # the first six and the last four


def _is_credit_transfer(payment: StatedGroup | None) -> bool:
    return payment is not None and any(
        code.strip() in CREDIT_TRANSFERS for code in payment.texts("BT-81")
    )


def _of_credit_transfer(holds: Callable[[StatedGroup], bool]) -> Callable[[StatedGroup], bool]:
    """Returns what is asked of the account of a credit transfer, whose code is compared as it is written."""
    return lambda account: (
        account.parent is None
        or not any(code in CREDIT_TRANSFERS for code in account.parent.texts("BT-81"))
        or holds(account)
    )


def _names_account(account: StatedGroup) -> bool:
    return any(text.strip() for text in account.texts("BT-84"))


def _has_account(payment: StatedGroup) -> bool:
    return not _is_credit_transfer(payment) or any(
        account.has("BT-84") for account in payment.groups("BG-17")
    )


_TRANSFER_HAS_ACCOUNT = "A credit transfer (BT-81 is 30 or 58) names the account (BT-84)."

PAYMENT_RULES = (
    cen_rule(
        "BR-49",
        PAYMENT,
        "BT-81",
        "Payment instructions name the means of payment (BT-81).",
        has("BT-81"),
    ),
    cen_rule("BR-50", ACCOUNT, "BT-84", _TRANSFER_HAS_ACCOUNT, _of_credit_transfer(_names_account)),
    *(
        cen_rule(
            "BR-51",
            CARD,
            "BT-87",
            "At most the first six and the last four digits of a payment card (BT-87) are stated.",
            lambda card: all(
                len(" ".join(number.split())) <= _MOST_CARD_DIGITS for number in card.texts("BT-87")
            ),
            severity=severity,
            syntaxes=syntaxes,
        )
        for severity, syntaxes in ((Severity.WARNING, UBL), (Severity.ERROR, CII))
    ),
    cen_rule("BR-61", PAYMENT, "BT-84", _TRANSFER_HAS_ACCOUNT, _has_account, syntaxes=UBL),
    cen_rule(
        "BR-61",
        ACCOUNT,
        "BT-84",
        _TRANSFER_HAS_ACCOUNT,
        _of_credit_transfer(has("BT-84")),
        syntaxes=CII,
    ),
    # The standard has this rule. The artefacts 1.3.16 do not ask it, and so neither does the pack.
    cen_rule(
        "BR-CO-25",
        INVOICE,
        "BT-9 BT-20",
        "Where something is due, the due date (BT-9) or payment terms (BT-20) are stated; the artefacts do not ask it.",
        lambda _: True,
    ),
)
