"""German."""

from invoice_summarizer.domain.summarizing.facts.kind import FactKind as K
from invoice_summarizer.domain.summarizing.phrases import BULLET, ListWords, Phrases

_WHO = "[ {invoice_number}][ vom {issue_date}][ von {seller}][ an {buyer}]."
_BY = "[ bis zum {payment_due_date}]"
_RULE = "[ ({rule})]."
_LINES = (K.LINE, K.MORE_LINES)

GERMAN = Phrases(
    sentences={
        K.IDENTITY: ("{kind}" + _WHO, "Dokument" + _WHO),
        K.TO_PAY: (f"Zu zahlen sind {{amount}}{_BY}.",),
        K.TO_PAY_TOTAL: (f"Zu zahlen ist der Gesamtbetrag von {{amount}}{_BY}.",),
        K.TO_PAY_REST: (
            f"Zu zahlen sind {{amount}}{_BY}: der Gesamtbetrag abzüglich dessen, was schon gezahlt ist.",
        ),
        K.ASKED: (f"Gefordert werden {{amount}}{_BY}, doch die Summen gehen nicht auf.",),
        K.ASKED_IN_XML: (f"Das XML darin fordert {{amount}}{_BY}; die Seite zeigt das nicht.",),
        K.ASKED_IN_PART: (f"Soweit das Dokument gelesen wurde, werden {{amount}}{_BY} gefordert.",),
        K.NOT_ASKED: (
            "Als fällig sind {amount} angegeben, aber die Zahlungsbedingungen fordern keine Zahlung.",
        ),
        K.CREDITED: (
            "Uns werden {amount} gutgeschrieben[ (zur Rechnung {reference})]; es ist nichts zu zahlen.",
            "Es ist eine Gutschrift[ zur Rechnung {reference}]; es ist nichts zu zahlen.",
        ),
        K.IN_OUR_FAVOUR: (
            "Wir haben ein Guthaben von {amount}; es ist nichts zu zahlen.",
            "Der Saldo ist zu unseren Gunsten; es ist nichts zu zahlen.",
        ),
        K.COLLECTED: (
            "{amount} werden[ am {payment_due_date}] per Lastschrift[ vom Konto {account}] eingezogen"
            "[ (Mandat {mandate})]; zu überweisen ist nichts.",
        ),
        K.CHARGED_TO_CARD: (
            "Die Karte {card} wird mit {amount} belastet; zu überweisen ist nichts.",
            "Eine Karte wird mit {amount} belastet; zu überweisen ist nichts.",
        ),
        K.PAID_ALREADY: (
            "Es ist nichts mehr zu zahlen: {paid} sind schon gezahlt.",
            "Es ist nichts mehr zu zahlen.",
        ),
        K.NOTHING_DUE: ("Es ist nichts zu zahlen.",),
        K.NO_DEMAND: (
            "Das ist keine Rechnung, die zu bezahlen ist; der Betrag darauf ist {amount}.",
            "Das ist keine Rechnung, die zu bezahlen ist.",
        ),
        K.AMOUNT_UNKNOWN: (
            "Wie viel[ bis zum {payment_due_date}] zu zahlen ist, steht nicht fest.",
        ),
        K.PAYEE: ("Das Geld geht an {payee}, nicht an den Verkäufer.",),
        K.PRECEDING_INVOICE: (
            "Das Dokument bezieht sich auf die frühere Rechnung {reference}[ vom {issue_date}].",
        ),
        K.PURCHASE_ORDER: ("Die Bestellung ist {reference}.",),
        K.CONTRACT: ("Der Vertrag ist {reference}.",),
        K.PROJECT: ("Das Projekt ist {reference}.",),
        K.BUYER_REFERENCE: ("Die Referenz des Käufers ist {reference}.",),
        K.COST_CENTRE: ("Die Kostenstelle ist {reference}.",),
        K.PERIOD: (
            "Der Abrechnungszeitraum geht vom {begin} bis zum {end}.",
            "Der Abrechnungszeitraum beginnt am {begin}.",
            "Der Abrechnungszeitraum endet am {end}.",
        ),
        K.DELIVERED: ("Geliefert wurde am {date}.",),
        K.LINE: (
            "{name}[, {quantity}][, Menge {count}][, {amount}]",
            "Position {number}[, {quantity}][, Menge {count}][, {amount}]",
            "eine Position ohne Namen, {amount}",
            "eine Position ohne Namen",
        ),
        K.LINE_COUNT: ("Es sind insgesamt {count} Positionen.",),
        K.MORE_LINES: (
            "und {single} weitere Position für {amount}",
            "und {count} weitere Positionen für {amount}",
            "und {single} weitere Position",
            "und {count} weitere Positionen",
            "und weitere Positionen",
        ),
        K.TOTAL: (
            "Der Gesamtbetrag ist {total}, darin {vat} Umsatzsteuer, das sind {rate} von {net}.",
            "Der Gesamtbetrag ist {total}, darin {vat} Umsatzsteuer auf {net}.",
            "Der Gesamtbetrag ist {total}[, darin {vat} Umsatzsteuer].",
            "Die Umsatzsteuer beträgt {vat}.",
        ),
        K.TOTAL_OF_SEVERAL_RATES: (
            "Der Gesamtbetrag ist {total}, darin {vat} Umsatzsteuer zu verschiedenen Steuersätzen auf {net}.",
            "Der Gesamtbetrag ist {total}, darin {vat} Umsatzsteuer zu verschiedenen Steuersätzen.",
            "Die Umsatzsteuer zu verschiedenen Steuersätzen beträgt {vat}.",
        ),
        K.NET: ("Der Betrag ohne Umsatzsteuer ist {net}.",),
        K.VAT_ROW: ("Die Umsatzsteuer von {rate}[ auf {base}] beträgt {tax}.",),
        K.NO_VAT: (
            "Umsatzsteuer wird[ auf {base}] nicht berechnet, {category}[; als Grund ist angegeben: {reason}].",
        ),
        K.VAT_IN_ACCOUNTING_CURRENCY: (
            "In der Abrechnungswährung beträgt die Umsatzsteuer {amount}.",
        ),
        K.PREPAID: ("Im Voraus gezahlt sind {amount}.",),
        K.ALLOWANCE: ("Abgezogen werden {amount}[ für {reason}].",),
        K.CHARGE: ("Hinzu kommen {amount}[ für {reason}].",),
        K.ROUNDED_UP: ("Der Zahlbetrag ist um {amount} aufgerundet.",),
        K.ROUNDED_DOWN: ("Der Zahlbetrag ist um {amount} abgerundet.",),
        K.PRIOR_BALANCE: ("Aus früheren Rechnungen kommen {amount} hinzu.",),
        K.DISCOUNT: (
            "Wer bis zum {date} zahlt, überweist nur {amount} und spart mit {percentage} Skonto {saving}.",
            "Wer bis zum {date} zahlt, erhält {percentage} Skonto.",
            "Wer innerhalb von {days} Tagen zahlt, erhält {percentage} Skonto.",
            "Es gibt {percentage} Skonto.",
        ),
        K.DISCOUNT_OF_SEVERAL: (
            "{percentage} bei Zahlung bis zum {date}, zu überweisen sind dann {amount}, das spart {saving}",
            "{percentage} bei Zahlung bis zum {date}",
            "{percentage} bei Zahlung innerhalb von {days} Tagen",
            "{percentage}",
        ),
        K.INSTALMENT: ("{amount} am {date}", "{amount}"),
        K.PAYMENT_TERMS: ("Zur Zahlung steht auf der Rechnung {terms}.",),
        K.ACCOUNT: ("Die Zahlung geht auf das Konto {account}[, Inhaber {holder}].",),
        K.ACCOUNT_OF_SEVERAL: ("{account}[, Inhaber {holder}]",),
        K.REMITTANCE: ("Der Verwendungszweck ist {reference}.",),
        K.LINES_BELOW_SUM: (
            "Die Positionen ergeben {right}, das sind {difference} weniger als ihre angegebene Summe"
            + _RULE,
            "Die Positionen ergeben weniger als ihre angegebene Summe" + _RULE,
        ),
        K.LINES_EXCEED_SUM: (
            "Die Positionen ergeben {right}, das sind {difference} mehr als ihre angegebene Summe"
            + _RULE,
            "Die Positionen ergeben mehr als ihre angegebene Summe" + _RULE,
        ),
        K.ALLOWANCES_BELOW_SUM: (
            "Die Abzüge ergeben {right}, das sind {difference} weniger als ihre angegebene Summe"
            + _RULE,
            "Die Abzüge ergeben weniger als ihre angegebene Summe" + _RULE,
        ),
        K.ALLOWANCES_EXCEED_SUM: (
            "Die Abzüge ergeben {right}, das sind {difference} mehr als ihre angegebene Summe"
            + _RULE,
            "Die Abzüge ergeben mehr als ihre angegebene Summe" + _RULE,
        ),
        K.CHARGES_BELOW_SUM: (
            "Die Zuschläge ergeben {right}, das sind {difference} weniger als ihre angegebene Summe"
            + _RULE,
            "Die Zuschläge ergeben weniger als ihre angegebene Summe" + _RULE,
        ),
        K.CHARGES_EXCEED_SUM: (
            "Die Zuschläge ergeben {right}, das sind {difference} mehr als ihre angegebene Summe"
            + _RULE,
            "Die Zuschläge ergeben mehr als ihre angegebene Summe" + _RULE,
        ),
        K.NET_TOO_HIGH: (
            "Der Betrag ohne Umsatzsteuer ist {left}, das sind {difference} mehr, als Positionen, "
            "Abzüge und Zuschläge ergeben" + _RULE,
            "Der Betrag ohne Umsatzsteuer ist höher, als Positionen, Abzüge und Zuschläge ergeben"
            + _RULE,
        ),
        K.NET_TOO_LOW: (
            "Der Betrag ohne Umsatzsteuer ist {left}, das sind {difference} weniger, als Positionen, "
            "Abzüge und Zuschläge ergeben" + _RULE,
            "Der Betrag ohne Umsatzsteuer ist niedriger, als Positionen, Abzüge und Zuschläge ergeben"
            + _RULE,
        ),
        K.VAT_TOO_HIGH: (
            "Als Umsatzsteuer stehen {left} da, das sind {difference} mehr, als ihre Teile ergeben"
            + _RULE,
            "Als Umsatzsteuer steht mehr da, als ihre Teile ergeben" + _RULE,
        ),
        K.VAT_TOO_LOW: (
            "Als Umsatzsteuer stehen {left} da, das sind {difference} weniger, als ihre Teile ergeben"
            + _RULE,
            "Als Umsatzsteuer steht weniger da, als ihre Teile ergeben" + _RULE,
        ),
        K.TOTAL_TOO_HIGH: (
            "Der Gesamtbetrag ist um {difference} höher als netto {net} plus Umsatzsteuer {vat}"
            + _RULE,
            "Der Gesamtbetrag ist um {difference} höher als netto plus Umsatzsteuer" + _RULE,
            "Der Gesamtbetrag ist höher als netto plus Umsatzsteuer" + _RULE,
        ),
        K.TOTAL_TOO_LOW: (
            "Der Gesamtbetrag ist um {difference} niedriger als netto {net} plus Umsatzsteuer {vat}"
            + _RULE,
            "Der Gesamtbetrag ist um {difference} niedriger als netto plus Umsatzsteuer" + _RULE,
            "Der Gesamtbetrag ist niedriger als netto plus Umsatzsteuer" + _RULE,
        ),
        K.DUE_TOO_HIGH: (
            "Der Zahlbetrag von {left} ist um {difference} höher als der Gesamtbetrag abzüglich "
            "dessen, was schon gezahlt ist" + _RULE,
            "Der Zahlbetrag ist höher als der Gesamtbetrag abzüglich dessen, was schon gezahlt ist"
            + _RULE,
        ),
        K.DUE_TOO_LOW: (
            "Der Zahlbetrag von {left} ist um {difference} niedriger als der Gesamtbetrag abzüglich "
            "dessen, was schon gezahlt ist" + _RULE,
            "Der Zahlbetrag ist niedriger als der Gesamtbetrag abzüglich dessen, was schon gezahlt ist"
            + _RULE,
        ),
        K.VAT_ROW_TOO_HIGH: (
            "Die Umsatzsteuer von {left} ist um {difference} höher als {rate} von {base}" + _RULE,
            "Die Umsatzsteuer von {left} ist um {difference} höher, als ihr Satz ergibt" + _RULE,
            "Eine Umsatzsteuer ist höher, als ihr Satz ergibt" + _RULE,
        ),
        K.VAT_ROW_TOO_LOW: (
            "Die Umsatzsteuer von {left} ist um {difference} niedriger als {rate} von {base}"
            + _RULE,
            "Die Umsatzsteuer von {left} ist um {difference} niedriger, als ihr Satz ergibt"
            + _RULE,
            "Eine Umsatzsteuer ist niedriger, als ihr Satz ergibt" + _RULE,
        ),
        K.LINES_DIFFER_FROM_NET: (
            "Zur Kenntnis: Die Positionen ergeben nicht den Betrag ohne Umsatzsteuer; vielleicht "
            "enthalten sie Umsatzsteuer.",
        ),
        K.HIDDEN_TEXT: ("Auf der Seite steht unsichtbarer Text" + _RULE,),
        K.SEVERAL_INVOICES: ("Die Datei enthält vielleicht weitere Rechnungen" + _RULE,),
        K.CARRIED_SUMS_DIFFER: (
            "Überträge der Seiten stimmen nicht mit den Posten davor überein" + _RULE,
        ),
        K.XML_BROKEN: ("Eine E-Rechnung in der PDF-Datei ist nicht lesbar" + _RULE,),
        K.XMLS_DIFFER: ("Die E-Rechnungen in der PDF-Datei sagen Verschiedenes" + _RULE,),
        K.PROFILES_DIFFER: (
            "Die Metadaten der PDF-Datei nennen ein anderes Profil als das XML darin" + _RULE,
        ),
        K.PAGES_PROVE_NOTHING: (
            "Auf den Seiten steht nichts, womit sich das XML in der PDF-Datei vergleichen lässt"
            + _RULE,
        ),
        K.NOT_ON_PAGE: (
            "Aus dem XML in der PDF-Datei steht etwas anders auf der Seite: {subject}" + _RULE,
        ),
        K.OTHER_ACCOUNT_ON_PAGE: (
            "Die Seite und das XML darin nennen verschiedene Konten: im XML steht {account}, auf der Seite ein anderes; welches richtig ist, steht nicht fest"
            + _RULE,
            "Die Seite und das XML darin nennen verschiedene Konten; welches richtig ist, steht nicht fest"
            + _RULE,
        ),
        K.CHECK_DIGITS_WRONG: (
            "{subject} hat falsche Prüfziffern; angegeben ist {value}" + _RULE,
            "{subject} hat falsche Prüfziffern" + _RULE,
        ),
        K.DUE_BEFORE_ISSUE: (
            "Das Fälligkeitsdatum ({due}) liegt vor dem Rechnungsdatum ({issued})" + _RULE,
            "Das Fälligkeitsdatum liegt vor dem Rechnungsdatum" + _RULE,
        ),
        K.RULE_BROKEN: ("Die Regel {rule} ist verletzt.", "Eine Regel ist verletzt."),
        K.CHANGED_BY_PERSON: (
            "{subject} wurde von Hand geändert; im Dokument steht {declared}.",
            "{subject} wurde von Hand geändert.",
        ),
        K.CHANGED_FIELD: ("{field}",),
        K.CHANGED_FIELDS_MORE: ("und anderes",),
        K.UNSURE: (
            "{subject} ist nicht sicher; gelesen wurde {value}.",
            "{subject} wurde nicht sicher gelesen.",
        ),
        K.AMBIGUOUS: (
            "{subject} könnte {first} oder {other} sein.",
            "{subject} lässt sich verschieden lesen.",
        ),
        K.CONFLICT: ("{subject} widerspricht anderen Teilen des Dokuments.",),
        K.ILLEGIBLE: ("{subject} ist angegeben, aber nicht lesbar.",),
        K.NOT_STATED: ("{subject} ist nicht angegeben.",),
        K.NOT_FOUND: ("{subject} wurde auf der Seite nicht gefunden.",),
        K.NOT_SHOWN: ("{subject} ist angegeben, lässt sich hier aber nicht wiedergeben.",),
        K.PAGES_NOT_READ: (
            "Nicht alle Seiten wurden gelesen (nicht gelesen: {missing} von {whole}).",
            "Nicht alle Seiten wurden gelesen.",
        ),
        K.ROWS_NOT_READ: (
            "Nicht alle Zeilen der Tabelle ließen sich lesen (nicht gelesen: {missing} von {whole}).",
            "Nicht alle Zeilen der Tabelle ließen sich lesen.",
        ),
        K.PARTIAL: ("Das Dokument wurde nicht vollständig gelesen.",),
        K.NO_LINES: ("Es wurden keine Positionen gefunden.",),
        K.COMPLETENESS_UNKNOWN: ("Es ist nicht sicher, dass alle Positionen gelesen wurden.",),
        K.SUMS_UNCHECKED: ("Die Summen ließen sich nicht prüfen.",),
        K.DUPLICATE_SUSPECTED: ("Dieselbe Rechnung liegt vielleicht schon als andere Datei vor.",),
        K.OTHER_REASON: ("Es gibt noch einen Grund hinzusehen; er ist bei der Rechnung vermerkt.",),
        K.MORE_TO_CHECK: ("Es ist noch mehr zu prüfen.",),
        K.READY: ("Niemand muss das Dokument prüfen.",),
        K.READY_WITH_FAILED_CHECK: (
            "Niemand muss das Dokument prüfen, obwohl eine Prüfregel verletzt ist.",
        ),
        K.REVIEW_PENDING: ("Das Dokument wartet darauf, dass jemand es prüft.",),
        K.APPROVED: ("Das Dokument ist freigegeben.",),
        K.REJECTED: ("Das Dokument ist abgelehnt.",),
        K.ARCHIVED: ("Das Dokument ist archiviert.",),
    },
    briefly={
        K.IDENTITY: (
            "{kind} {invoice_number} von {seller}.",
            "{kind} {invoice_number}.",
            "{kind} von {seller}.",
            "{kind} vom {issue_date}.",
            "{kind}.",
        ),
        K.TO_PAY: ("Zu zahlen sind {amount}.",),
        K.ASKED: (f"Gefordert werden {{amount}}{_BY}.",),
        K.ASKED_IN_XML: (f"Das XML fordert {{amount}}{_BY}.",),
        K.ASKED_IN_PART: (f"Soweit gelesen, werden {{amount}}{_BY} gefordert.",),
        K.OTHER_ACCOUNT_ON_PAGE: ("Die Seite und das XML darin nennen verschiedene Konten.",),
        K.CHECK_DIGITS_WRONG: (
            "{subject} hat falsche Prüfziffern.",
            "{subject}: falsche Prüfziffern.",
        ),
        K.DUE_BEFORE_ISSUE: ("Das Fälligkeitsdatum liegt vor dem Rechnungsdatum.",),
        K.IN_OUR_FAVOUR: ("Wir haben ein Guthaben von {amount}.",),
        K.AMOUNT_UNKNOWN: ("Der Betrag steht nicht fest.",),
        K.PAYEE: (
            "Das Geld geht an {payee}.",
            "Empfänger: {payee}.",
            "Empfänger ist nicht der Verkäufer.",
        ),
        K.COLLECTED: ("{amount} werden[ am {payment_due_date}] eingezogen.",),
        K.CREDITED: ("Uns werden {amount} gutgeschrieben.",),
        K.TO_PAY_REST: (f"Zu zahlen sind {{amount}}{_BY}.",),
        K.TOTAL_TOO_HIGH: (
            "Gesamtbetrag und Teile weichen um {difference} voneinander ab.",
            "Der Gesamtbetrag geht nicht auf.",
        ),
        K.TOTAL_TOO_LOW: (
            "Gesamtbetrag und Teile weichen um {difference} voneinander ab.",
            "Der Gesamtbetrag geht nicht auf.",
        ),
        K.DUE_TOO_HIGH: (
            "Zahlbetrag und Teile weichen um {difference} voneinander ab.",
            "Der Zahlbetrag geht nicht auf.",
        ),
        K.DUE_TOO_LOW: (
            "Zahlbetrag und Teile weichen um {difference} voneinander ab.",
            "Der Zahlbetrag geht nicht auf.",
        ),
        K.NET_TOO_HIGH: (
            "Betrag ohne Umsatzsteuer und Teile weichen um {difference} voneinander ab.",
            "Der Betrag ohne Umsatzsteuer geht nicht auf.",
        ),
        K.NET_TOO_LOW: (
            "Betrag ohne Umsatzsteuer und Teile weichen um {difference} voneinander ab.",
            "Der Betrag ohne Umsatzsteuer geht nicht auf.",
        ),
        K.LINES_BELOW_SUM: (
            "Positionen und Summe weichen um {difference} voneinander ab.",
            "Die Positionen gehen nicht auf.",
        ),
        K.LINES_EXCEED_SUM: (
            "Positionen und Summe weichen um {difference} voneinander ab.",
            "Die Positionen gehen nicht auf.",
        ),
        K.ALLOWANCES_BELOW_SUM: ("Die Abzüge gehen nicht auf.",),
        K.ALLOWANCES_EXCEED_SUM: ("Die Abzüge gehen nicht auf.",),
        K.CHARGES_BELOW_SUM: ("Die Zuschläge gehen nicht auf.",),
        K.CHARGES_EXCEED_SUM: ("Die Zuschläge gehen nicht auf.",),
        K.VAT_TOO_HIGH: ("Die Umsatzsteuer geht nicht auf.",),
        K.VAT_TOO_LOW: ("Die Umsatzsteuer geht nicht auf.",),
        K.VAT_ROW_TOO_HIGH: ("Die Umsatzsteuer geht nicht auf.",),
        K.VAT_ROW_TOO_LOW: ("Die Umsatzsteuer geht nicht auf.",),
        K.NOT_ON_PAGE: ("Anders auf der Seite: {subject}.",),
        K.CHANGED_BY_PERSON: (
            "{subject} wurde von Hand geändert.",
            "{subject}: von Hand geändert.",
            "Von Hand geändert.",
        ),
        K.CHANGED_FIELDS: ("Von Hand geändert.",),
        K.UNSURE: ("{subject} ist nicht sicher.",),
        K.AMBIGUOUS: ("{subject} ist unklar.",),
        K.PAGES_NOT_READ: ("Nicht alle Seiten wurden gelesen.",),
        K.ROWS_NOT_READ: ("Nicht alle Zeilen der Tabelle ließen sich lesen.",),
        K.DISCOUNT: ("Wer bis zum {date} zahlt, erhält {percentage} Skonto.",),
        K.DISCOUNTS: ("Skonto wird angeboten.",),
        K.INSTALMENTS: ("Gezahlt wird in Raten.",),
        K.SEVERAL_ACCOUNTS: ("Es sind mehrere Konten genannt.",),
        K.MORE_TO_CHECK: ("Es gibt noch mehr.",),
    },
    shorter={
        K.CHANGED_BY_PERSON: ("{subject} wurde von Hand geändert.",),
        K.DISCOUNT: ("Wer bis zum {date} zahlt, erhält {percentage} Skonto.",),
        K.DISCOUNT_OF_SEVERAL: ("{percentage} bei Zahlung bis zum {date}",),
        K.LINE: ("{name}, {amount}", "{name}"),
        K.NO_VAT: ("Umsatzsteuer wird nicht berechnet, {category}.",),
    },
    lists={
        K.CHANGED_FIELDS: ListWords(
            items=(K.CHANGED_FIELD, K.CHANGED_FIELDS_MORE),
            heading="Von Hand geändert: ",
            before="",
            between=", ",
            end=".",
        ),
        K.DISCOUNTS: ListWords(
            items=(K.DISCOUNT_OF_SEVERAL,),
            heading="Skonto gibt es wahlweise: ",
            before="",
            between="; oder ",
            end=".",
        ),
        K.INSTALMENTS: ListWords(
            items=(K.INSTALMENT,),
            heading="Gezahlt wird in Raten: ",
            before="",
            between="; ",
            end=".",
        ),
        K.SEVERAL_ACCOUNTS: ListWords(
            items=(K.ACCOUNT_OF_SEVERAL,),
            heading="Es sind mehrere Konten genannt: ",
            before="",
            between="; ",
            end=".",
        ),
        K.PURCHASES: ListWords(
            items=_LINES, heading="Gegenstand: ", before="", between="; ", end="."
        ),
        K.PURCHASE_LIST: ListWords(
            items=_LINES, heading="Gegenstand:", before=BULLET, between=BULLET, end=""
        ),
    },
    fields={
        "invoice_number": "Die Rechnungsnummer",
        "issue_date": "Das Rechnungsdatum",
        "type_code": "Die Art des Dokuments",
        "currency_code": "Die Währung",
        "payment_due_date": "Das Fälligkeitsdatum",
        "payment_terms": "Der Text der Zahlungsbedingungen",
        "purchase_order_reference": "Die Bestellung",
        "contract_reference": "Der Vertrag",
        "project_reference": "Das Projekt",
        "buyer_reference": "Die Referenz des Käufers",
        "buyer_accounting_reference": "Die Kostenstelle",
        "seller.name": "Der Name des Verkäufers",
        "seller.vat_identifier": "Die Umsatzsteuer-Identifikationsnummer des Verkäufers",
        "seller.tax_registration_identifier": "Die Steuernummer des Verkäufers",
        "buyer.name": "Der Name des Käufers",
        "buyer.vat_identifier": "Die Umsatzsteuer-Identifikationsnummer des Käufers",
        "seller.postal_address": "Die Anschrift des Verkäufers",
        "buyer.postal_address": "Die Anschrift des Käufers",
        "delivery.deliver_to_address": "Die Lieferanschrift",
        "lines.price.net_price": "Der Preis einer Position",
        "payment_instructions.credit_transfers.service_provider_identifier": "Die Bank des Kontos",
        "payee.name": "Der Name des Zahlungsempfängers",
        "delivery.actual_delivery_date": "Das Lieferdatum",
        "delivery.invoicing_period.start_date": "Der Beginn des Abrechnungszeitraums",
        "delivery.invoicing_period.end_date": "Das Ende des Abrechnungszeitraums",
        "payment_instructions.credit_transfers.account_identifier": "Die Bankverbindung",
        "payment_instructions.credit_transfers.account_name": "Der Inhaber des Kontos",
        "payment_instructions.remittance_information": "Der Verwendungszweck",
        "payment_instructions.direct_debit.debited_account_identifier": "Das belastete Konto",
        "payment_instructions.direct_debit.mandate_reference_identifier": "Das Mandat",
        "totals.line_net_amount": "Die Summe der Positionen",
        "totals.allowance_amount": "Die Summe der Abzüge",
        "totals.charge_amount": "Die Summe der Zuschläge",
        "totals.amount_without_vat": "Der Betrag ohne Umsatzsteuer",
        "totals.vat_amount": "Die Umsatzsteuer",
        "totals.amount_with_vat": "Der Gesamtbetrag",
        "totals.paid_amount": "Der im Voraus gezahlte Betrag",
        "totals.rounding_amount": "Die Rundung",
        "totals.amount_due": "Der Zahlbetrag",
        "vat_breakdown.rate": "Ein Satz der Umsatzsteuer",
        "vat_breakdown.tax_amount": "Ein Betrag der Umsatzsteuer",
        "vat_breakdown.taxable_amount": "Eine Bemessungsgrundlage",
        "vat_breakdown.exemption_reason": "Der Grund der Steuerbefreiung",
        "preceding_invoices.reference": "Die frühere Rechnung",
        "lines.item.name": "Der Name einer Position",
        "lines.item.description": "Die Beschreibung einer Position",
        "lines.invoiced_quantity": "Die Menge einer Position",
        "lines.net_amount": "Der Betrag einer Position",
        "lines.identifier": "Die Nummer einer Position",
        "allowances.reason": "Der Grund eines Abzugs",
        "charges.reason": "Der Grund eines Zuschlags",
        "allowances.amount": "Ein Abzug",
        "charges.amount": "Ein Zuschlag",
    },
    groups={
        "seller": "Eine Angabe zum Verkäufer",
        "buyer": "Eine Angabe zum Käufer",
        "payee": "Eine Angabe zum Zahlungsempfänger",
        "seller_tax_representative": "Eine Angabe zum Fiskalvertreter",
        "delivery": "Eine Angabe zur Lieferung",
        "payment_instructions": "Eine Angabe zur Zahlung",
        "totals": "Eine Summe",
        "vat_breakdown": "Eine Angabe zur Umsatzsteuer",
        "allowances": "Eine Angabe zu einem Abzug",
        "charges": "Eine Angabe zu einem Zuschlag",
        "preceding_invoices": "Eine Angabe zu einer früheren Rechnung",
        "supporting_documents": "Eine Angabe zu einem beigefügten Dokument",
        "notes": "Eine Bemerkung",
        "lines": "Eine Angabe zu einer Position",
        "extras": "Eine zusätzliche Angabe",
        "process_control": "Das Profil der E-Rechnung",
        "": "Eine Referenz",
    },
    document_kinds={
        "INVOICE": "Rechnung",
        "CREDIT_NOTE": "Kaufmännische Gutschrift",
        "DEBIT_NOTE": "Belastungsanzeige",
        "CORRECTED": "Rechnungskorrektur",
        "PREPAYMENT": "Vorauszahlungsrechnung",
        "PARTIAL": "Teilrechnung",
        "SELF_BILLED": "Rechnung im Gutschriftsverfahren",
        "SELF_BILLED_CREDIT_NOTE": "Kaufmännische Gutschrift im Gutschriftsverfahren",
        "PROFORMA": "Proformarechnung",
        "PAYMENT_REQUEST": "Zahlungsaufforderung",
        "DOCUMENT": "Dokument",
        "REMINDER": "Mahnung",
        "STATEMENT": "Kontoauszug",
        "RECEIPT": "Quittung",
    },
    vat_categories={
        "AE": "denn der Käufer schuldet sie (Steuerschuldnerschaft des Leistungsempfängers)",
        "E": "denn die Leistung ist steuerfrei",
        "G": "denn es ist eine steuerfreie Ausfuhrlieferung",
        "K": "denn es ist eine steuerfreie innergemeinschaftliche Lieferung",
        "O": "denn die Leistung ist nicht steuerbar",
        "Z": "denn es gilt der Nullsatz",
    },
    quotes=("„", "“"),
)
