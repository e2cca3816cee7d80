"""Italian.

A date stands after `in data` or `il giorno`, a percentage after `aliquota` or `sconto cassa`: an article right before a
number would change with it (`il 7`, `l’8`, `lo 0,5%`).
"""

from invoice_summarizer.domain.summarizing.facts.kind import FactKind as K
from invoice_summarizer.domain.summarizing.phrases import BULLET, ListWords, Phrases

_WHO = "[ {invoice_number}][ in data {issue_date}][ da {seller}][ a {buyer}]."
_BY = "[ entro il giorno {payment_due_date}]"
_RULE = "[ ({rule})]."
_LINES = (K.LINE, K.MORE_LINES)
_NOTHING = "; non c’è nulla da pagare."
_NO_TRANSFER = "; non c’è nessun bonifico da fare."

ITALIAN = Phrases(
    sentences={
        K.IDENTITY: ("{kind}" + _WHO, "Documento" + _WHO),
        K.TO_PAY: (f"Sono da pagare {{amount}}{_BY}.",),
        K.TO_PAY_TOTAL: (f"Il totale di {{amount}} è da pagare{_BY}.",),
        K.TO_PAY_REST: (f"Sono da pagare {{amount}}{_BY}: il totale meno quanto già pagato.",),
        K.ASKED: (f"Ci vengono chiesti {{amount}}{_BY}, ma i totali non quadrano.",),
        K.ASKED_IN_XML: (f"L’XML nel PDF chiede {{amount}}{_BY}; la pagina non lo mostra.",),
        K.ASKED_IN_PART: (
            f"Per quanto si è letto del documento, ci vengono chiesti {{amount}}{_BY}.",
        ),
        K.NOT_ASKED: (
            "Sono indicati {amount} come dovuti, ma le condizioni di pagamento non chiedono di pagare.",
        ),
        K.CREDITED: (
            "Ci vengono accreditati {amount}[ con riferimento alla fattura {reference}]" + _NOTHING,
            "È un accredito[ con riferimento alla fattura {reference}]" + _NOTHING,
        ),
        K.IN_OUR_FAVOUR: (
            "Il saldo di {amount} è a nostro favore" + _NOTHING,
            "Il saldo è a nostro favore" + _NOTHING,
        ),
        K.COLLECTED: (
            "Verranno prelevati {amount} con addebito diretto[ il giorno {payment_due_date}]"
            "[ dal conto {account}][ in base al mandato {mandate}]" + _NO_TRANSFER,
        ),
        K.CHARGED_TO_CARD: (
            "Sulla carta {card} vengono addebitati {amount}" + _NO_TRANSFER,
            "Su una carta vengono addebitati {amount}" + _NO_TRANSFER,
        ),
        K.PAID_ALREADY: (
            "Non resta nulla da pagare: {paid} risultano già pagati.",
            "Non resta nulla da pagare.",
        ),
        K.NOTHING_DUE: ("Non c’è nulla da pagare.",),
        K.NO_DEMAND: (
            "Non è una fattura da pagare; l’importo indicato è di {amount}.",
            "Non è una fattura da pagare.",
        ),
        K.AMOUNT_UNKNOWN: (
            "Non è certo quanto ci sia da pagare[ entro il giorno {payment_due_date}].",
        ),
        K.PAYEE: ("Il pagamento va fatto a {payee}, non al venditore.",),
        K.PRECEDING_INVOICE: (
            "Il documento si riferisce alla precedente fattura {reference}[ in data {issue_date}].",
        ),
        K.PURCHASE_ORDER: ("L’ordine di acquisto è {reference}.",),
        K.CONTRACT: ("Il contratto è {reference}.",),
        K.PROJECT: ("Il progetto è {reference}.",),
        K.BUYER_REFERENCE: ("Il riferimento dell’acquirente è {reference}.",),
        K.COST_CENTRE: ("Il centro di costo è {reference}.",),
        K.PERIOD: (
            "Il periodo fatturato va dal giorno {begin} al giorno {end}.",
            "Il periodo fatturato inizia il giorno {begin}.",
            "Il periodo fatturato termina il giorno {end}.",
        ),
        K.DELIVERED: ("La consegna è avvenuta il giorno {date}.",),
        K.LINE: (
            "{name}[, {quantity}][, quantità {count}][, {amount}]",
            "riga {number}[, {quantity}][, quantità {count}][, {amount}]",
            "una riga senza nome, {amount}",
            "una riga senza nome",
        ),
        K.LINE_COUNT: ("Le righe sono {count} in tutto.",),
        K.MORE_LINES: (
            "e {single} altra riga per {amount}",
            "e altre {count} righe per {amount}",
            "e {single} altra riga",
            "e altre {count} righe",
            "e altre righe",
        ),
        K.TOTAL: (
            "Il totale è di {total}, di cui {vat} di IVA con aliquota {rate} su {net}.",
            "Il totale è di {total}, di cui {vat} di IVA su {net}.",
            "Il totale è di {total}[, di cui {vat} di IVA].",
            "L’IVA è di {vat}.",
        ),
        K.TOTAL_OF_SEVERAL_RATES: (
            "Il totale è di {total}, di cui {vat} di IVA con aliquote diverse su {net}.",
            "Il totale è di {total}, di cui {vat} di IVA con aliquote diverse.",
            "L’IVA con aliquote diverse è di {vat}.",
        ),
        K.NET: ("L’importo al netto dell’IVA è di {net}.",),
        K.VAT_ROW: ("L’IVA con aliquota {rate}[ su {base}] è di {tax}.",),
        K.NO_VAT: (
            "Non si addebita IVA[ su {base}], {category}[; il motivo indicato è {reason}].",
        ),
        K.VAT_IN_ACCOUNTING_CURRENCY: ("Nella valuta di contabilizzazione l’IVA è di {amount}.",),
        K.PREPAID: ("Un acconto di {amount} è già stato versato.",),
        K.ALLOWANCE: ("Si detraggono {amount}[ per {reason}].",),
        K.CHARGE: ("Si aggiungono {amount}[ per {reason}].",),
        K.ROUNDED_UP: ("L’importo da pagare è arrotondato per eccesso di {amount}.",),
        K.ROUNDED_DOWN: ("L’importo da pagare è arrotondato per difetto di {amount}.",),
        K.PRIOR_BALANCE: ("Il saldo di fatture precedenti è di {amount}.",),
        K.DISCOUNT: (
            "Pagando entro il giorno {date} con lo sconto cassa {percentage} si versano solo {amount} e si risparmiano {saving}.",
            "Pagando entro il giorno {date} si ottiene lo sconto cassa {percentage}.",
            "Pagando entro {days} giorni si ottiene lo sconto cassa {percentage}.",
            "È previsto lo sconto cassa {percentage}.",
        ),
        K.DISCOUNT_OF_SEVERAL: (
            "{percentage} pagando entro il giorno {date}, con {amount} da versare e {saving} di risparmio",
            "{percentage} pagando entro il giorno {date}",
            "{percentage} pagando entro {days} giorni",
            "{percentage}",
        ),
        K.INSTALMENT: ("{amount} il giorno {date}", "{amount}"),
        K.PAYMENT_TERMS: ("Sul pagamento la fattura riporta {terms}.",),
        K.ACCOUNT: ("Il pagamento va sul conto {account}[, intestato a {holder}].",),
        K.ACCOUNT_OF_SEVERAL: ("{account}[, intestato a {holder}]",),
        K.REMITTANCE: ("La causale del pagamento è {reference}.",),
        K.LINES_BELOW_SUM: (
            "Le righe ammontano a {right}, {difference} in meno della somma indicata" + _RULE,
            "Le righe ammontano a meno della somma indicata" + _RULE,
        ),
        K.LINES_EXCEED_SUM: (
            "Le righe ammontano a {right}, {difference} in più della somma indicata" + _RULE,
            "Le righe ammontano a più della somma indicata" + _RULE,
        ),
        K.ALLOWANCES_BELOW_SUM: (
            "Gli sconti ammontano a {right}, {difference} in meno della somma indicata" + _RULE,
            "Gli sconti ammontano a meno della somma indicata" + _RULE,
        ),
        K.ALLOWANCES_EXCEED_SUM: (
            "Gli sconti ammontano a {right}, {difference} in più della somma indicata" + _RULE,
            "Gli sconti ammontano a più della somma indicata" + _RULE,
        ),
        K.CHARGES_BELOW_SUM: (
            "Le maggiorazioni ammontano a {right}, {difference} in meno della somma indicata"
            + _RULE,
            "Le maggiorazioni ammontano a meno della somma indicata" + _RULE,
        ),
        K.CHARGES_EXCEED_SUM: (
            "Le maggiorazioni ammontano a {right}, {difference} in più della somma indicata"
            + _RULE,
            "Le maggiorazioni ammontano a più della somma indicata" + _RULE,
        ),
        K.NET_TOO_HIGH: (
            "L’importo al netto dell’IVA è di {left}, {difference} in più di quanto risulta da righe, "
            "sconti e maggiorazioni" + _RULE,
            "L’importo al netto dell’IVA è superiore a quanto risulta da righe, sconti e maggiorazioni"
            + _RULE,
        ),
        K.NET_TOO_LOW: (
            "L’importo al netto dell’IVA è di {left}, {difference} in meno di quanto risulta da righe, "
            "sconti e maggiorazioni" + _RULE,
            "L’importo al netto dell’IVA è inferiore a quanto risulta da righe, sconti e maggiorazioni"
            + _RULE,
        ),
        K.VAT_TOO_HIGH: (
            "L’IVA indicata è di {left}, {difference} in più della somma delle sue parti" + _RULE,
            "L’IVA indicata è superiore alla somma delle sue parti" + _RULE,
        ),
        K.VAT_TOO_LOW: (
            "L’IVA indicata è di {left}, {difference} in meno della somma delle sue parti" + _RULE,
            "L’IVA indicata è inferiore alla somma delle sue parti" + _RULE,
        ),
        K.TOTAL_TOO_HIGH: (
            "Il totale supera di {difference} il netto di {net} più l’IVA di {vat}" + _RULE,
            "Il totale supera di {difference} il netto più l’IVA" + _RULE,
            "Il totale supera il netto più l’IVA" + _RULE,
        ),
        K.TOTAL_TOO_LOW: (
            "Il totale è inferiore di {difference} al netto di {net} più l’IVA di {vat}" + _RULE,
            "Il totale è inferiore di {difference} al netto più l’IVA" + _RULE,
            "Il totale è inferiore al netto più l’IVA" + _RULE,
        ),
        K.DUE_TOO_HIGH: (
            "L’importo da pagare, {left}, supera di {difference} il totale meno quanto già pagato"
            + _RULE,
            "L’importo da pagare supera il totale meno quanto già pagato" + _RULE,
        ),
        K.DUE_TOO_LOW: (
            "L’importo da pagare, {left}, è inferiore di {difference} al totale meno quanto già pagato"
            + _RULE,
            "L’importo da pagare è inferiore al totale meno quanto già pagato" + _RULE,
        ),
        K.VAT_ROW_TOO_HIGH: (
            "L’IVA di {left} supera di {difference} quanto dà l’aliquota {rate} su {base}" + _RULE,
            "L’IVA di {left} supera di {difference} quanto dà la sua aliquota" + _RULE,
            "Un importo di IVA supera quanto dà la sua aliquota" + _RULE,
        ),
        K.VAT_ROW_TOO_LOW: (
            "L’IVA di {left} è inferiore di {difference} a quanto dà l’aliquota {rate} su {base}"
            + _RULE,
            "L’IVA di {left} è inferiore di {difference} a quanto dà la sua aliquota" + _RULE,
            "Un importo di IVA è inferiore a quanto dà la sua aliquota" + _RULE,
        ),
        K.LINES_DIFFER_FROM_NET: (
            "Per informazione: la somma delle righe non è l’importo al netto dell’IVA; forse la "
            "comprendono.",
        ),
        K.HIDDEN_TEXT: ("La pagina contiene testo invisibile" + _RULE,),
        K.SEVERAL_INVOICES: ("Il file contiene forse altre fatture" + _RULE,),
        K.CARRIED_SUMS_DIFFER: (
            "I riporti da una pagina all’altra non concordano con le righe precedenti" + _RULE,
        ),
        K.XML_BROKEN: ("Una fattura elettronica nel PDF non si può leggere" + _RULE,),
        K.XMLS_DIFFER: ("Le fatture elettroniche nel PDF si contraddicono" + _RULE,),
        K.PROFILES_DIFFER: (
            "I metadati del PDF indicano un profilo diverso da quello dell’XML che contiene"
            + _RULE,
        ),
        K.PAGES_PROVE_NOTHING: ("Nulla nelle pagine permette di verificare l’XML del PDF" + _RULE,),
        K.NOT_ON_PAGE: (
            "{subject} nell’XML del PDF non corrisponde a ciò che mostra la pagina" + _RULE,
        ),
        K.OTHER_ACCOUNT_ON_PAGE: (
            "La pagina e l’XML che contiene indicano conti diversi: l’XML indica {account}, la pagina un altro; non è certo quale sia quello giusto"
            + _RULE,
            "La pagina e l’XML che contiene indicano conti diversi; non è certo quale sia quello giusto"
            + _RULE,
        ),
        K.CHECK_DIGITS_WRONG: (
            "{subject} ha cifre di controllo errate; il documento indica {value}" + _RULE,
            "{subject} ha cifre di controllo errate" + _RULE,
        ),
        K.DUE_BEFORE_ISSUE: (
            "La data di scadenza ({due}) precede la data della fattura ({issued})" + _RULE,
            "La data di scadenza precede la data della fattura" + _RULE,
        ),
        K.RULE_BROKEN: ("La regola {rule} non è rispettata.", "Una regola non è rispettata."),
        K.CHANGED_BY_PERSON: (
            "{subject} ha subito una correzione manuale; il documento riporta {declared}.",
            "{subject} ha subito una correzione manuale.",
        ),
        K.CHANGED_FIELD: ("{field}",),
        K.CHANGED_FIELDS_MORE: ("e altri dati",),
        K.UNSURE: (
            "{subject} è da verificare; il valore letto è {value}.",
            "{subject} è da verificare.",
        ),
        K.AMBIGUOUS: (
            "{subject} potrebbe essere {first} oppure {other}.",
            "{subject} si può leggere in più modi.",
        ),
        K.CONFLICT: ("{subject} non concorda con altre parti del documento.",),
        K.ILLEGIBLE: ("{subject} compare nel documento, ma non si riesce a leggere.",),
        K.NOT_STATED: ("{subject} non compare nel documento.",),
        K.NOT_FOUND: ("{subject} non si trova nella pagina.",),
        K.NOT_SHOWN: (
            "{subject} compare nel documento, ma in una forma che qui non si può riprodurre.",
        ),
        K.PAGES_NOT_READ: (
            "Non tutte le pagine sono state lette (non lette: {missing} su {whole}).",
            "Non tutte le pagine sono state lette.",
        ),
        K.ROWS_NOT_READ: (
            "Non è stato possibile leggere tutte le righe della tabella (non lette: {missing} su {whole}).",
            "Non è stato possibile leggere tutte le righe della tabella.",
        ),
        K.PARTIAL: ("Il documento non è stato letto per intero.",),
        K.NO_LINES: ("Non è stata trovata nessuna riga.",),
        K.COMPLETENESS_UNKNOWN: ("Non è certo che tutte le righe siano state lette.",),
        K.SUMS_UNCHECKED: ("Non è stato possibile verificare i totali.",),
        K.DUPLICATE_SUSPECTED: ("La stessa fattura potrebbe essere già arrivata con altro file.",),
        K.OTHER_REASON: ("C’è un altro motivo per controllare, annotato insieme alla fattura.",),
        K.MORE_TO_CHECK: ("C’è altro da controllare.",),
        K.READY: ("Nessuno deve controllare il documento.",),
        K.READY_WITH_FAILED_CHECK: (
            "Nessuno deve controllare il documento, anche se una regola non è rispettata.",
        ),
        K.REVIEW_PENDING: ("Il documento attende che qualcuno lo controlli.",),
        K.APPROVED: ("Il documento è approvato.",),
        K.REJECTED: ("Il documento è respinto.",),
        K.ARCHIVED: ("Il documento è archiviato.",),
    },
    briefly={
        K.IDENTITY: (
            "{kind} {invoice_number} da {seller}.",
            "{kind} {invoice_number}.",
            "{kind} da {seller}.",
            "{kind} in data {issue_date}.",
            "{kind}.",
        ),
        K.TO_PAY: ("Sono da pagare {amount}.",),
        K.ASKED: (f"Ci vengono chiesti {{amount}}{_BY}.",),
        K.ASKED_IN_XML: (f"L’XML chiede {{amount}}{_BY}.",),
        K.ASKED_IN_PART: (f"Per quanto si è letto, ci vengono chiesti {{amount}}{_BY}.",),
        K.OTHER_ACCOUNT_ON_PAGE: ("La pagina e l’XML che contiene indicano conti diversi.",),
        K.CHECK_DIGITS_WRONG: (
            "{subject} ha cifre di controllo errate.",
            "{subject}: cifre di controllo errate.",
        ),
        K.DUE_BEFORE_ISSUE: ("La data di scadenza precede la data della fattura.",),
        K.IN_OUR_FAVOUR: ("Il saldo di {amount} è a nostro favore.",),
        K.AMOUNT_UNKNOWN: ("L’importo non è certo.",),
        K.PAYEE: (
            "Il pagamento va fatto a {payee}.",
            "Beneficiario: {payee}.",
            "Il beneficiario non è il venditore.",
        ),
        K.COLLECTED: ("Verranno prelevati {amount}[ il giorno {payment_due_date}].",),
        K.CREDITED: ("Ci vengono accreditati {amount}.",),
        K.TO_PAY_REST: (f"Sono da pagare {{amount}}{_BY}.",),
        K.TOTAL_TOO_HIGH: (
            "Il totale e le sue parti differiscono di {difference}.",
            "Il totale non quadra.",
        ),
        K.TOTAL_TOO_LOW: (
            "Il totale e le sue parti differiscono di {difference}.",
            "Il totale non quadra.",
        ),
        K.DUE_TOO_HIGH: (
            "L’importo da pagare e le sue parti differiscono di {difference}.",
            "L’importo da pagare non quadra.",
        ),
        K.DUE_TOO_LOW: (
            "L’importo da pagare e le sue parti differiscono di {difference}.",
            "L’importo da pagare non quadra.",
        ),
        K.NET_TOO_HIGH: (
            "L’importo al netto dell’IVA e le sue parti differiscono di {difference}.",
            "L’importo al netto dell’IVA non quadra.",
        ),
        K.NET_TOO_LOW: (
            "L’importo al netto dell’IVA e le sue parti differiscono di {difference}.",
            "L’importo al netto dell’IVA non quadra.",
        ),
        K.LINES_BELOW_SUM: (
            "Le righe e la loro somma differiscono di {difference}.",
            "Le righe non quadrano.",
        ),
        K.LINES_EXCEED_SUM: (
            "Le righe e la loro somma differiscono di {difference}.",
            "Le righe non quadrano.",
        ),
        K.ALLOWANCES_BELOW_SUM: ("Gli sconti non quadrano.",),
        K.ALLOWANCES_EXCEED_SUM: ("Gli sconti non quadrano.",),
        K.CHARGES_BELOW_SUM: ("Le maggiorazioni non quadrano.",),
        K.CHARGES_EXCEED_SUM: ("Le maggiorazioni non quadrano.",),
        K.VAT_TOO_HIGH: ("L’IVA non quadra.",),
        K.VAT_TOO_LOW: ("L’IVA non quadra.",),
        K.VAT_ROW_TOO_HIGH: ("L’IVA non quadra.",),
        K.VAT_ROW_TOO_LOW: ("L’IVA non quadra.",),
        K.NOT_ON_PAGE: ("{subject} non corrisponde a ciò che mostra la pagina.",),
        K.CHANGED_BY_PERSON: (
            "{subject} ha subito una correzione manuale.",
            "{subject}: correzione manuale.",
            "Correzione manuale.",
        ),
        K.CHANGED_FIELDS: ("Correzione manuale.",),
        K.UNSURE: ("{subject} è da verificare.",),
        K.AMBIGUOUS: ("{subject} lascia dubbi.",),
        K.PAGES_NOT_READ: ("Non tutte le pagine sono state lette.",),
        K.ROWS_NOT_READ: ("Non è stato possibile leggere tutte le righe della tabella.",),
        K.DISCOUNT: ("Pagando entro il giorno {date} si ottiene lo sconto cassa {percentage}.",),
        K.DISCOUNTS: ("Sono previsti sconti cassa.",),
        K.INSTALMENTS: ("Si paga a rate.",),
        K.SEVERAL_ACCOUNTS: ("Sono indicati più conti.",),
        K.MORE_TO_CHECK: ("C’è altro.",),
    },
    shorter={
        K.CHANGED_BY_PERSON: ("{subject} ha subito una correzione manuale.",),
        K.DISCOUNT: ("Pagando entro il giorno {date} si ottiene lo sconto cassa {percentage}.",),
        K.DISCOUNT_OF_SEVERAL: ("{percentage} pagando entro il giorno {date}",),
        K.LINE: ("{name}, {amount}", "{name}"),
        K.NO_VAT: ("Non si addebita IVA, {category}.",),
    },
    lists={
        K.CHANGED_FIELDS: ListWords(
            items=(K.CHANGED_FIELD, K.CHANGED_FIELDS_MORE),
            heading="Correzione manuale: ",
            before="",
            between=", ",
            end=".",
        ),
        K.DISCOUNTS: ListWords(
            items=(K.DISCOUNT_OF_SEVERAL,),
            heading="Sconti cassa in alternativa: ",
            before="",
            between="; oppure ",
            end=".",
        ),
        K.INSTALMENTS: ListWords(
            items=(K.INSTALMENT,), heading="Si paga a rate: ", before="", between="; ", end="."
        ),
        K.SEVERAL_ACCOUNTS: ListWords(
            items=(K.ACCOUNT_OF_SEVERAL,),
            heading="Sono indicati più conti: ",
            before="",
            between="; ",
            end=".",
        ),
        K.PURCHASES: ListWords(items=_LINES, heading="Oggetto: ", before="", between="; ", end="."),
        K.PURCHASE_LIST: ListWords(
            items=_LINES, heading="Oggetto:", before=BULLET, between=BULLET, end=""
        ),
    },
    fields={
        "invoice_number": "Il numero della fattura",
        "issue_date": "La data della fattura",
        "type_code": "Il tipo di documento",
        "currency_code": "La valuta",
        "payment_due_date": "La data di scadenza",
        "payment_terms": "Il testo delle condizioni di pagamento",
        "purchase_order_reference": "L’ordine di acquisto",
        "contract_reference": "Il contratto",
        "project_reference": "Il progetto",
        "buyer_reference": "Il riferimento dell’acquirente",
        "buyer_accounting_reference": "Il centro di costo",
        "seller.name": "Il nome del venditore",
        "seller.vat_identifier": "La partita IVA del venditore",
        "seller.tax_registration_identifier": "Il codice fiscale del venditore",
        "buyer.name": "Il nome del cliente",
        "buyer.vat_identifier": "La partita IVA del cliente",
        "seller.postal_address": "L’indirizzo del venditore",
        "buyer.postal_address": "L’indirizzo dell’acquirente",
        "delivery.deliver_to_address": "L’indirizzo di consegna",
        "lines.price.net_price": "Il prezzo di una riga",
        "payment_instructions.credit_transfers.service_provider_identifier": "La banca del conto",
        "payee.name": "Il nome del beneficiario",
        "delivery.actual_delivery_date": "La data di consegna",
        "delivery.invoicing_period.start_date": "L’inizio del periodo",
        "delivery.invoicing_period.end_date": "La fine del periodo",
        "payment_instructions.credit_transfers.account_identifier": "Il conto bancario",
        "payment_instructions.credit_transfers.account_name": "L’intestatario del conto",
        "payment_instructions.remittance_information": "La causale del pagamento",
        "payment_instructions.direct_debit.debited_account_identifier": "Il conto addebitato",
        "payment_instructions.direct_debit.mandate_reference_identifier": "Il mandato",
        "totals.line_net_amount": "La somma delle righe",
        "totals.allowance_amount": "La somma degli sconti",
        "totals.charge_amount": "La somma delle maggiorazioni",
        "totals.amount_without_vat": "L’importo al netto dell’IVA",
        "totals.vat_amount": "L’importo dell’IVA",
        "totals.amount_with_vat": "Il totale",
        "totals.paid_amount": "L’importo dell’acconto",
        "totals.rounding_amount": "L’arrotondamento",
        "totals.amount_due": "L’importo da pagare",
        "vat_breakdown.rate": "Un’aliquota IVA",
        "vat_breakdown.tax_amount": "Un importo di IVA",
        "vat_breakdown.taxable_amount": "Un imponibile",
        "vat_breakdown.exemption_reason": "Il motivo per cui non si addebita IVA",
        "preceding_invoices.reference": "La fattura precedente",
        "lines.item.name": "Il nome di un articolo",
        "lines.item.description": "La descrizione di un articolo",
        "lines.invoiced_quantity": "La quantità di una riga",
        "lines.net_amount": "L’importo di una riga",
        "lines.identifier": "Il numero di una riga",
        "allowances.reason": "Il motivo di uno sconto",
        "charges.reason": "Il motivo di una maggiorazione",
        "allowances.amount": "L’importo di uno sconto",
        "charges.amount": "L’importo di una maggiorazione",
    },
    groups={
        "seller": "Un dato del venditore",
        "buyer": "Un dato del cliente",
        "payee": "Un dato del beneficiario",
        "seller_tax_representative": "Un dato del rappresentante fiscale",
        "delivery": "Un dato della consegna",
        "payment_instructions": "Un dato del pagamento",
        "totals": "Una somma",
        "vat_breakdown": "Un dato dell’IVA",
        "allowances": "Un dato di uno sconto",
        "charges": "Un dato di una maggiorazione",
        "preceding_invoices": "Un dato di una fattura precedente",
        "supporting_documents": "Un dato di un documento allegato",
        "notes": "Una nota",
        "lines": "Un dato di una riga",
        "extras": "Un dato aggiuntivo",
        "process_control": "Il profilo della fattura elettronica",
        "": "Un riferimento",
    },
    document_kinds={
        "INVOICE": "Fattura",
        "CREDIT_NOTE": "Nota di credito",
        "DEBIT_NOTE": "Nota di debito",
        "CORRECTED": "Fattura rettificativa",
        "PREPAYMENT": "Fattura di acconto",
        "PARTIAL": "Fattura parziale",
        "SELF_BILLED": "Fattura emessa dal cliente",
        "SELF_BILLED_CREDIT_NOTE": "Nota di credito emessa dal cliente",
        "PROFORMA": "Fattura proforma",
        "PAYMENT_REQUEST": "Richiesta di pagamento",
        "DOCUMENT": "Documento",
        "REMINDER": "Sollecito di pagamento",
        "STATEMENT": "Estratto conto",
        "RECEIPT": "Ricevuta",
    },
    vat_categories={
        "AE": "perché la deve il cliente (inversione contabile)",
        "E": "perché l’operazione è esente",
        "G": "perché i beni sono esportati",
        "K": "perché è una cessione intracomunitaria non imponibile",
        "O": "perché l’operazione è fuori dal suo campo di applicazione",
        "Z": "perché l’aliquota è nulla",
    },
    quotes=("«", "»"),
)
