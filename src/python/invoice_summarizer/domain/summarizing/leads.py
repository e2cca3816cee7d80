"""Words that may lead to a sentence, one table a language: they say what it is about, and no fact.

Only a writer who chooses sets them; the gate accepts each before sentences of its kinds alone. The keys are those by
which a model names them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from invoice_summarizer.domain.summarizing.facts.kind import DIRECTIONS
from invoice_summarizer.domain.summarizing.facts.kind import FactKind as K

_VAT = frozenset({K.VAT_ROW, K.NO_VAT, K.VAT_IN_ACCOUNTING_CURRENCY})
_PAYMENT = DIRECTIONS | {
    K.DISCOUNT,
    K.INSTALMENTS,
    K.PAYMENT_TERMS,
    K.ACCOUNT,
    K.SEVERAL_ACCOUNTS,
    K.REMITTANCE,
    K.PREPAID,
}
_REFERENCES = frozenset(
    {
        K.PRECEDING_INVOICE,
        K.PURCHASE_ORDER,
        K.CONTRACT,
        K.PROJECT,
        K.BUYER_REFERENCE,
        K.COST_CENTRE,
    }
)


@dataclass(frozen=True, slots=True)
class Lead:
    """`text` may stand before a sentence that says a fact of one of the `kinds`."""

    key: str
    text: str
    kinds: frozenset[K]


def _leads(*, payment: str, vat: str, references: str) -> tuple[Lead, ...]:
    return (
        Lead("payment", payment, _PAYMENT),
        Lead("vat", vat, _VAT),
        Lead("references", references, _REFERENCES),
    )


LEADS: Mapping[str, tuple[Lead, ...]] = {
    "de": _leads(payment="Zur Zahlung:", vat="Zur Umsatzsteuer:", references="Zur Zuordnung:"),
    "en": _leads(payment="On payment:", vat="On VAT:", references="For your files:"),
    "es": _leads(payment="Sobre el pago:", vat="Sobre el IVA:", references="Para su archivo:"),
    "fr": _leads(
        payment="Pour le paiement :", vat="Pour la TVA :", references="Pour le classement :"
    ),
    "it": _leads(payment="Sul pagamento:", vat="Sull’IVA:", references="Per l’archiviazione:"),
    "nl": _leads(payment="Over de betaling:", vat="Over de btw:", references="Voor het archief:"),
}
