"""German."""

from invoice_reading.annotation import FieldStatus
from invoice_summarizer.domain.summarizing.phrases import Phrases

_HEADLINE = "[ {invoice_number}][ vom {issue_date}][ von {seller.name}][ an {buyer.name}]"

GERMAN = Phrases(
    headline=("{kind}" + _HEADLINE, "Dokument" + _HEADLINE),
    tail=(
        "Zahlbetrag {totals.amount_due}[, fällig am {payment_due_date}]",
        "Gesamtbetrag {totals.amount_with_vat}[, fällig am {payment_due_date}]",
        "fällig am {payment_due_date}",
    ),
    separator=": ",
    totals=(
        "Der Gesamtbetrag einschließlich Umsatzsteuer ist {totals.amount_with_vat}"
        "[, davon {totals.vat_amount} Umsatzsteuer].",
        "Die Umsatzsteuer beträgt {totals.vat_amount}.",
    ),
    net=("Der Betrag ohne Umsatzsteuer ist {totals.amount_without_vat}.",),
    vat_row=(
        "Die Umsatzsteuer zum Satz von {vat.rate} auf {vat.taxable_amount} beträgt {vat.tax_amount}.",
        "Die Umsatzsteuer zum Satz von {vat.rate} beträgt {vat.tax_amount}.",
    ),
    amount_due=(
        "Der Zahlbetrag ist {totals.amount_due}[, fällig am {payment_due_date}].",
        "Die Zahlung ist am {payment_due_date} fällig.",
    ),
    paid=("Bereits gezahlt wurde der Betrag {totals.paid_amount}.",),
    account=(
        "Die Zahlung geht auf das Konto {transfer.account_identifier}"
        "[, Kontoinhaber {transfer.account_name}].",
    ),
    direct_debit=(
        "Der Betrag wird per Lastschrift vom Konto "
        "{debit.debited_account_identifier} eingezogen"
        "[, Mandat {debit.mandate_reference_identifier}].",
    ),
    remittance=("Der Verwendungszweck ist {payment_instructions.remittance_information}.",),
    purchase_order=("Die Bestellung ist {purchase_order_reference}.",),
    preceding=(
        "Das Dokument bezieht sich auf die frühere Rechnung {preceding.reference}"
        "[ vom {preceding.issue_date}].",
    ),
    one_line=("Es gibt {lines} Position:",),
    many_lines=("Es gibt {lines} Positionen:",),
    largest_lines=("Es gibt {lines} Positionen, die größten davon sind:",),
    line=(
        "{line.item.name}[, Menge {line.invoiced_quantity}][, Betrag {line.net_amount}]",
        "{line.item.description}[, Menge {line.invoiced_quantity}][, Betrag {line.net_amount}]",
        "Position {line.identifier}[, Menge {line.invoiced_quantity}], Betrag {line.net_amount}",
        "Betrag {line.net_amount}",
    ),
    rule=(
        "Die Regel {finding.rule} ist verletzt: {finding.left} steht gegen {finding.right}, "
        "Differenz {finding.residual}.",
        "Die Regel {finding.rule} ist verletzt.",
    ),
    more_rules="Weitere Regeln sind verletzt.",
    no_rule_failed="Keine der geprüften Regeln ist verletzt.",
    subjects={
        "invoice_number": "Die Rechnungsnummer",
        "issue_date": "Das Rechnungsdatum",
        "payment_due_date": "Das Fälligkeitsdatum",
        "currency_code": "Die Währung",
        "seller.name": "Der Verkäufer",
        "buyer.name": "Der Käufer",
        "totals.amount_without_vat": "Der Betrag ohne Umsatzsteuer",
        "totals.vat_amount": "Der Umsatzsteuerbetrag",
        "totals.amount_with_vat": "Der Gesamtbetrag einschließlich Umsatzsteuer",
        "totals.amount_due": "Der Zahlbetrag",
        "payment_instructions.credit_transfers[0].account_identifier": "Die Bankverbindung",
    },
    other_subject="Ein weiteres Feld",
    predicates={
        FieldStatus.ABSENT: "ist nicht angegeben.",
        FieldStatus.ILLEGIBLE: "ist nicht lesbar.",
        FieldStatus.AMBIGUOUS: "ist nicht eindeutig.",
        FieldStatus.CONFLICT: "steht im Widerspruch zu anderen Teilen des Dokuments.",
    },
    low_confidence="wurde mit geringer Sicherheit gelesen.",
    left_out="ist angegeben, lässt sich hier aber nicht wiedergeben.",
    reasons={
        "COMPLETENESS_PARTIAL": "Das Dokument wurde nicht vollständig gelesen.",
        "COMPLETENESS_UNKNOWN": (
            "Es ließ sich nicht nachweisen, dass das Dokument vollständig gelesen wurde."
        ),
    },
    other_reason="Ein weiterer Prüfgrund ist bei der Rechnung vermerkt.",
    nothing="Nichts in diesem Dokument ließ sich mit seiner Stelle belegen.",
    quotes=("„", "“"),
)
