"""French. No-break spaces stand where French typography wants them, before a colon and inside quotation marks."""

from invoice_reading.annotation import FieldStatus
from invoice_summarizer.domain.summarizing.phrases import Phrases

_HEADLINE = (
    "[ {invoice_number}][ du {issue_date}][, émetteur {seller.name}][, destinataire {buyer.name}]"
)
_COLON = "\N{NO-BREAK SPACE}:"

FRENCH = Phrases(
    headline=("{kind}" + _HEADLINE, "Document" + _HEADLINE),
    tail=(
        "montant à payer {totals.amount_due}[, échéance le {payment_due_date}]",
        "montant total {totals.amount_with_vat}[, échéance le {payment_due_date}]",
        "échéance le {payment_due_date}",
    ),
    separator=_COLON + " ",
    totals=(
        "Le montant total TVA comprise est de {totals.amount_with_vat}"
        "[, dont {totals.vat_amount} de TVA].",
        "La TVA s’élève à {totals.vat_amount}.",
    ),
    net=("Le montant hors TVA est de {totals.amount_without_vat}.",),
    vat_row=(
        "La TVA au taux de {vat.rate} sur {vat.taxable_amount} s’élève à {vat.tax_amount}.",
        "La TVA au taux de {vat.rate} s’élève à {vat.tax_amount}.",
    ),
    amount_due=(
        "Le montant à payer est de {totals.amount_due}[, échéance le {payment_due_date}].",
        "Le paiement est dû le {payment_due_date}.",
    ),
    paid=("Le montant déjà payé est de {totals.paid_amount}.",),
    account=(
        "Le paiement se fait sur le compte {transfer.account_identifier}"
        "[, titulaire {transfer.account_name}].",
    ),
    direct_debit=(
        "Le montant est prélevé sur le compte "
        "{debit.debited_account_identifier}"
        "[, mandat {debit.mandate_reference_identifier}].",
    ),
    remittance=("La référence de paiement est {payment_instructions.remittance_information}.",),
    purchase_order=("Le bon de commande est {purchase_order_reference}.",),
    preceding=(
        "Le document se rapporte à la facture antérieure {preceding.reference}"
        "[ du {preceding.issue_date}].",
    ),
    one_line=("Il y a {lines} ligne" + _COLON,),
    many_lines=("Il y a {lines} lignes" + _COLON,),
    largest_lines=("Il y a {lines} lignes, dont voici les plus importantes" + _COLON,),
    line=(
        "{line.item.name}[, quantité {line.invoiced_quantity}][, montant {line.net_amount}]",
        "{line.item.description}[, quantité {line.invoiced_quantity}][, montant {line.net_amount}]",
        "ligne {line.identifier}[, quantité {line.invoiced_quantity}], montant {line.net_amount}",
        "montant {line.net_amount}",
    ),
    rule=(
        "La règle {finding.rule} n’est pas respectée"
        + _COLON
        + " {finding.left} contre {finding.right}, soit un écart de {finding.residual}.",
        "La règle {finding.rule} n’est pas respectée.",
    ),
    more_rules="D’autres règles ne sont pas respectées.",
    no_rule_failed="Aucune des règles vérifiées n’est enfreinte.",
    subjects={
        "invoice_number": "Le numéro de facture",
        "issue_date": "La date d’émission",
        "payment_due_date": "La date d’échéance",
        "currency_code": "La devise",
        "seller.name": "Le nom du vendeur",
        "buyer.name": "Le nom du client",
        "totals.amount_without_vat": "Le montant hors TVA",
        "totals.vat_amount": "Le montant de la TVA",
        "totals.amount_with_vat": "Le montant total TVA comprise",
        "totals.amount_due": "Le montant à payer",
        "payment_instructions.credit_transfers[0].account_identifier": "Le compte bancaire",
    },
    other_subject="Une autre donnée",
    predicates={
        FieldStatus.ABSENT: "ne figure pas sur le document.",
        FieldStatus.ILLEGIBLE: "n’est pas lisible.",
        FieldStatus.AMBIGUOUS: "n’est pas univoque.",
        FieldStatus.CONFLICT: "ne concorde pas avec d’autres parties du document.",
    },
    low_confidence="présente un doute de lecture.",
    left_out="figure sur le document, mais n’est pas reproductible ici.",
    reasons={
        "COMPLETENESS_PARTIAL": "Le document n’a pas été lu en entier.",
        "COMPLETENESS_UNKNOWN": "Rien ne prouve que le document a été lu en entier.",
    },
    other_reason="Une autre raison de vérification est enregistrée avec la facture.",
    nothing="Rien dans ce document n’a pu être affirmé avec son emplacement.",
    quotes=("«\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}»"),
)
