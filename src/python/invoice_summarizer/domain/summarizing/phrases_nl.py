"""Dutch. `Onze` stands nowhere: it is a number in French, and those count in every text."""

from invoice_summarizer.domain.summarizing.facts.kind import FactKind as K
from invoice_summarizer.domain.summarizing.phrases import BULLET, ListWords, Phrases

_WHO = "[ {invoice_number}][ van {seller}][ aan {buyer}][, gedateerd {issue_date}]."
_BY = "[, te betalen uiterlijk op {payment_due_date}]"
_TO_BE_PAID = " moet[ uiterlijk op {payment_due_date}] worden betaald"
_RULE = "[ ({rule})]."
_LINES = (K.LINE, K.MORE_LINES)
_NOTHING = "; er hoeft niets te worden betaald."
_NO_TRANSFER = "; er hoeft niets te worden overgemaakt."

DUTCH = Phrases(
    sentences={
        K.IDENTITY: ("{kind}" + _WHO, "Document" + _WHO),
        K.TO_PAY: ("{amount}" + _TO_BE_PAID + ".",),
        K.TO_PAY_TOTAL: ("Het totaal van {amount}" + _TO_BE_PAID + ".",),
        K.TO_PAY_REST: ("{amount}" + _TO_BE_PAID + ": het totaal min wat al is betaald.",),
        K.ASKED: (f"Er wordt {{amount}} gevraagd{_BY}, maar de totalen kloppen niet.",),
        K.ASKED_IN_XML: (f"De XML in de PDF vraagt {{amount}}{_BY}; de pagina toont dat niet.",),
        K.ASKED_IN_PART: (
            f"Voor zover het document is gelezen, wordt er {{amount}} gevraagd{_BY}.",
        ),
        K.NOT_ASKED: (
            "{amount} staat vermeld als verschuldigd, maar de betalingsvoorwaarden vragen geen betaling.",
        ),
        K.CREDITED: (
            "We krijgen {amount} gecrediteerd[ op factuur {reference}]" + _NOTHING,
            "Het is een creditering[ op factuur {reference}]" + _NOTHING,
        ),
        K.IN_OUR_FAVOUR: (
            "Het saldo van {amount} is in ons voordeel" + _NOTHING,
            "Het saldo is in ons voordeel" + _NOTHING,
        ),
        K.COLLECTED: (
            "Via automatische incasso wordt[ op {payment_due_date}] {amount} afgeschreven"
            "[ van rekening {account}][ op grond van machtiging {mandate}]" + _NO_TRANSFER,
        ),
        K.CHARGED_TO_CARD: (
            "Van kaart {card} wordt {amount} afgeschreven" + _NO_TRANSFER,
            "Van een kaart wordt {amount} afgeschreven" + _NO_TRANSFER,
        ),
        K.PAID_ALREADY: (
            "Er hoeft niets meer te worden betaald: {paid} is al betaald.",
            "Er hoeft niets meer te worden betaald.",
        ),
        K.NOTHING_DUE: ("Er hoeft niets te worden betaald.",),
        K.NO_DEMAND: (
            "Het is geen factuur die moet worden betaald; het bedrag erop is {amount}.",
            "Het is geen factuur die moet worden betaald.",
        ),
        K.AMOUNT_UNKNOWN: (
            "Hoeveel er[ uiterlijk op {payment_due_date}] moet worden betaald, staat niet vast.",
        ),
        K.PAYEE: ("Het geld gaat naar {payee}, niet naar de verkoper.",),
        K.PRECEDING_INVOICE: (
            "Het document verwijst naar de eerdere factuur {reference}[ van {issue_date}].",
        ),
        K.PURCHASE_ORDER: ("De bestelling is {reference}.",),
        K.CONTRACT: ("Het contract is {reference}.",),
        K.PROJECT: ("Het project is {reference}.",),
        K.BUYER_REFERENCE: ("Het kenmerk van de koper is {reference}.",),
        K.COST_CENTRE: ("De kostenplaats is {reference}.",),
        K.PERIOD: (
            "De periode loopt van {begin} tot en met {end}.",
            "De periode begint op {begin}.",
            "De periode eindigt op {end}.",
        ),
        K.DELIVERED: ("De levering vond plaats op {date}.",),
        K.LINE: (
            "{name}[, {quantity}][, aantal {count}][, {amount}]",
            "regel {number}[, {quantity}][, aantal {count}][, {amount}]",
            "een regel zonder naam, {amount}",
            "een regel zonder naam",
        ),
        K.LINE_COUNT: ("Er zijn in totaal {count} regels.",),
        K.MORE_LINES: (
            "en nog {single} regel voor {amount}",
            "en nog {count} regels voor {amount}",
            "en nog {single} regel",
            "en nog {count} regels",
            "en meer regels",
        ),
        K.TOTAL: (
            "Het totaal is {total}, waarvan {vat} btw tegen {rate} over {net}.",
            "Het totaal is {total}, waarvan {vat} btw over {net}.",
            "Het totaal is {total}[, waarvan {vat} btw].",
            "De btw is {vat}.",
        ),
        K.TOTAL_OF_SEVERAL_RATES: (
            "Het totaal is {total}, waarvan {vat} btw tegen verschillende tarieven over {net}.",
            "Het totaal is {total}, waarvan {vat} btw tegen verschillende tarieven.",
            "De btw tegen verschillende tarieven is {vat}.",
        ),
        K.NET: ("Het bedrag exclusief btw is {net}.",),
        K.VAT_ROW: ("De btw tegen {rate}[ over {base}] is {tax}.",),
        K.NO_VAT: (
            "Er wordt geen btw berekend[ over {base}], {category}[; als reden is vermeld {reason}].",
        ),
        K.VAT_IN_ACCOUNTING_CURRENCY: ("In de boekhoudvaluta is de btw {amount}.",),
        K.PREPAID: ("Er is {amount} vooruitbetaald.",),
        K.ALLOWANCE: ("Er gaat {amount} af[ voor {reason}].",),
        K.CHARGE: ("Er komt {amount} bij[ voor {reason}].",),
        K.ROUNDED_UP: ("Het te betalen bedrag is met {amount} naar boven afgerond.",),
        K.ROUNDED_DOWN: ("Het te betalen bedrag is met {amount} naar beneden afgerond.",),
        K.PRIOR_BALANCE: ("Het saldo van eerdere facturen is {amount}.",),
        K.DISCOUNT: (
            "Wie uiterlijk op {date} betaalt, hoeft maar {amount} over te maken; de korting van {percentage} bespaart {saving}.",
            "Wie uiterlijk op {date} betaalt, krijgt een korting van {percentage}.",
            "Wie binnen {days} dagen betaalt, krijgt een korting van {percentage}.",
            "Er geldt een betalingskorting van {percentage}.",
        ),
        K.DISCOUNT_OF_SEVERAL: (
            "{percentage} bij betaling uiterlijk op {date}, waarbij {amount} wordt overgemaakt en {saving} bespaard",
            "{percentage} bij betaling uiterlijk op {date}",
            "{percentage} bij betaling binnen {days} dagen",
            "{percentage}",
        ),
        K.INSTALMENT: ("{amount} op {date}", "{amount}"),
        K.PAYMENT_TERMS: ("Over de betaling vermeldt de factuur {terms}.",),
        K.ACCOUNT: ("De betaling gaat naar rekening {account}[, op naam van {holder}].",),
        K.ACCOUNT_OF_SEVERAL: ("{account}[, op naam van {holder}]",),
        K.REMITTANCE: ("Het betalingskenmerk is {reference}.",),
        K.LINES_BELOW_SUM: (
            "De regels tellen op tot {right}, {difference} minder dan de vermelde som" + _RULE,
            "De regels tellen op tot minder dan de vermelde som" + _RULE,
        ),
        K.LINES_EXCEED_SUM: (
            "De regels tellen op tot {right}, {difference} meer dan de vermelde som" + _RULE,
            "De regels tellen op tot meer dan de vermelde som" + _RULE,
        ),
        K.ALLOWANCES_BELOW_SUM: (
            "De kortingen tellen op tot {right}, {difference} minder dan de vermelde som" + _RULE,
            "De kortingen tellen op tot minder dan de vermelde som" + _RULE,
        ),
        K.ALLOWANCES_EXCEED_SUM: (
            "De kortingen tellen op tot {right}, {difference} meer dan de vermelde som" + _RULE,
            "De kortingen tellen op tot meer dan de vermelde som" + _RULE,
        ),
        K.CHARGES_BELOW_SUM: (
            "De toeslagen tellen op tot {right}, {difference} minder dan de vermelde som" + _RULE,
            "De toeslagen tellen op tot minder dan de vermelde som" + _RULE,
        ),
        K.CHARGES_EXCEED_SUM: (
            "De toeslagen tellen op tot {right}, {difference} meer dan de vermelde som" + _RULE,
            "De toeslagen tellen op tot meer dan de vermelde som" + _RULE,
        ),
        K.NET_TOO_HIGH: (
            "Het bedrag exclusief btw is {left}, {difference} meer dan wat regels, kortingen en toeslagen "
            "opleveren" + _RULE,
            "Het bedrag exclusief btw is hoger dan wat regels, kortingen en toeslagen opleveren"
            + _RULE,
        ),
        K.NET_TOO_LOW: (
            "Het bedrag exclusief btw is {left}, {difference} minder dan wat regels, kortingen en "
            "toeslagen opleveren" + _RULE,
            "Het bedrag exclusief btw is lager dan wat regels, kortingen en toeslagen opleveren"
            + _RULE,
        ),
        K.VAT_TOO_HIGH: (
            "De vermelde btw is {left}, {difference} meer dan de som van de delen" + _RULE,
            "De vermelde btw is hoger dan de som van de delen" + _RULE,
        ),
        K.VAT_TOO_LOW: (
            "De vermelde btw is {left}, {difference} minder dan de som van de delen" + _RULE,
            "De vermelde btw is lager dan de som van de delen" + _RULE,
        ),
        K.TOTAL_TOO_HIGH: (
            "Het totaal is {difference} hoger dan netto {net} plus btw {vat}" + _RULE,
            "Het totaal is {difference} hoger dan netto plus btw" + _RULE,
            "Het totaal is hoger dan netto plus btw" + _RULE,
        ),
        K.TOTAL_TOO_LOW: (
            "Het totaal is {difference} lager dan netto {net} plus btw {vat}" + _RULE,
            "Het totaal is {difference} lager dan netto plus btw" + _RULE,
            "Het totaal is lager dan netto plus btw" + _RULE,
        ),
        K.DUE_TOO_HIGH: (
            "Het te betalen bedrag, {left}, is {difference} hoger dan het totaal min wat al is betaald"
            + _RULE,
            "Het te betalen bedrag is hoger dan het totaal min wat al is betaald" + _RULE,
        ),
        K.DUE_TOO_LOW: (
            "Het te betalen bedrag, {left}, is {difference} lager dan het totaal min wat al is betaald"
            + _RULE,
            "Het te betalen bedrag is lager dan het totaal min wat al is betaald" + _RULE,
        ),
        K.VAT_ROW_TOO_HIGH: (
            "De btw van {left} is {difference} hoger dan {rate} van {base}" + _RULE,
            "De btw van {left} is {difference} hoger dan het tarief oplevert" + _RULE,
            "Een btw-bedrag is hoger dan het tarief oplevert" + _RULE,
        ),
        K.VAT_ROW_TOO_LOW: (
            "De btw van {left} is {difference} lager dan {rate} van {base}" + _RULE,
            "De btw van {left} is {difference} lager dan het tarief oplevert" + _RULE,
            "Een btw-bedrag is lager dan het tarief oplevert" + _RULE,
        ),
        K.LINES_DIFFER_FROM_NET: (
            "Ter informatie: de regels tellen niet op tot het bedrag exclusief btw; misschien is de btw "
            "erin begrepen.",
        ),
        K.HIDDEN_TEXT: ("Op de pagina staat onzichtbare tekst" + _RULE,),
        K.SEVERAL_INVOICES: ("Het bestand bevat misschien nog andere facturen" + _RULE,),
        K.CARRIED_SUMS_DIFFER: (
            "De bedragen die per pagina worden overgebracht, kloppen niet met de regels ervoor"
            + _RULE,
        ),
        K.XML_BROKEN: ("Een e-factuur in de PDF is niet leesbaar" + _RULE,),
        K.XMLS_DIFFER: ("De e-facturen in de PDF spreken elkaar tegen" + _RULE,),
        K.PROFILES_DIFFER: (
            "De metadata van de PDF noemen een ander profiel dan de XML erin" + _RULE,
        ),
        K.PAGES_PROVE_NOTHING: (
            "Niets op de pagina’s maakt het mogelijk de XML van de PDF te controleren" + _RULE,
        ),
        K.NOT_ON_PAGE: ("{subject} in de XML van de PDF is niet wat de pagina toont" + _RULE,),
        K.OTHER_ACCOUNT_ON_PAGE: (
            "De pagina en de XML erin noemen verschillende rekeningen: de XML noemt {account}, de pagina een andere; welke juist is, staat niet vast"
            + _RULE,
            "De pagina en de XML erin noemen verschillende rekeningen; welke juist is, staat niet vast"
            + _RULE,
        ),
        K.CHECK_DIGITS_WRONG: (
            "{subject} heeft verkeerde controlecijfers; er staat {value}" + _RULE,
            "{subject} heeft verkeerde controlecijfers" + _RULE,
        ),
        K.DUE_BEFORE_ISSUE: (
            "De vervaldatum ({due}) ligt voor de factuurdatum ({issued})" + _RULE,
            "De vervaldatum ligt voor de factuurdatum" + _RULE,
        ),
        K.RULE_BROKEN: (
            "Aan controleregel {rule} is niet voldaan.",
            "Aan een controleregel is niet voldaan.",
        ),
        K.CHANGED_BY_PERSON: (
            "{subject} is met de hand gewijzigd; in het document staat {declared}.",
            "{subject} is met de hand gewijzigd.",
        ),
        K.CHANGED_FIELD: ("{field}",),
        K.CHANGED_FIELDS_MORE: ("en andere gegevens",),
        K.UNSURE: (
            "{subject} is niet zeker; gelezen is {value}.",
            "{subject} is niet met zekerheid gelezen.",
        ),
        K.AMBIGUOUS: (
            "{subject} kan {first} of {other} zijn.",
            "{subject} is op verschillende manieren te lezen.",
        ),
        K.CONFLICT: ("{subject} is in tegenspraak met andere delen van het document.",),
        K.ILLEGIBLE: ("{subject} is vermeld, maar niet leesbaar.",),
        K.NOT_STATED: ("{subject} is niet vermeld.",),
        K.NOT_FOUND: ("{subject} is niet op de pagina gevonden.",),
        K.NOT_SHOWN: ("{subject} is vermeld, maar in een vorm die hier niet kan worden getoond.",),
        K.PAGES_NOT_READ: (
            "Niet alle pagina’s zijn gelezen (niet gelezen: {missing} van {whole}).",
            "Niet alle pagina’s zijn gelezen.",
        ),
        K.ROWS_NOT_READ: (
            "Niet alle rijen van de tabel konden worden gelezen (niet gelezen: {missing} van {whole}).",
            "Niet alle rijen van de tabel konden worden gelezen.",
        ),
        K.PARTIAL: ("Het document is niet volledig gelezen.",),
        K.NO_LINES: ("Er zijn geen regels gevonden.",),
        K.COMPLETENESS_UNKNOWN: ("Het staat niet vast dat alle regels zijn gelezen.",),
        K.SUMS_UNCHECKED: ("De totalen konden niet worden gecontroleerd.",),
        K.DUPLICATE_SUSPECTED: (
            "Dezelfde factuur is misschien al eerder binnengekomen als ander bestand.",
        ),
        K.OTHER_REASON: ("Er is nog een reden om te controleren; die is bij de factuur vermeld.",),
        K.MORE_TO_CHECK: ("Er is meer te controleren.",),
        K.READY: ("Niemand hoeft het document te controleren.",),
        K.READY_WITH_FAILED_CHECK: (
            "Niemand hoeft het document te controleren, hoewel aan een controleregel niet is voldaan.",
        ),
        K.REVIEW_PENDING: ("Het document wacht tot iemand het controleert.",),
        K.APPROVED: ("Het document is goedgekeurd.",),
        K.REJECTED: ("Het document is afgekeurd.",),
        K.ARCHIVED: ("Het document is gearchiveerd.",),
    },
    briefly={
        K.IDENTITY: (
            "{kind} {invoice_number} van {seller}.",
            "{kind} {invoice_number}.",
            "{kind} van {seller}.",
            "{kind}, gedateerd {issue_date}.",
            "{kind}.",
        ),
        K.TO_PAY: ("Te betalen: {amount}.",),
        K.ASKED: (f"Er wordt {{amount}} gevraagd{_BY}.",),
        K.ASKED_IN_XML: (f"De XML vraagt {{amount}}{_BY}.",),
        K.ASKED_IN_PART: (f"Voor zover gelezen, wordt {{amount}} gevraagd{_BY}.",),
        K.OTHER_ACCOUNT_ON_PAGE: ("De pagina en de XML erin noemen verschillende rekeningen.",),
        K.CHECK_DIGITS_WRONG: (
            "{subject} heeft verkeerde controlecijfers.",
            "{subject}: verkeerde controlecijfers.",
        ),
        K.DUE_BEFORE_ISSUE: ("De vervaldatum ligt voor de factuurdatum.",),
        K.IN_OUR_FAVOUR: ("Het saldo van {amount} is in ons voordeel.",),
        K.AMOUNT_UNKNOWN: ("Het bedrag staat niet vast.",),
        K.PAYEE: (
            "Het geld gaat naar {payee}.",
            "Begunstigde: {payee}.",
            "De begunstigde is niet de verkoper.",
        ),
        K.COLLECTED: ("Er wordt[ op {payment_due_date}] {amount} afgeschreven.",),
        K.CREDITED: ("We krijgen {amount} gecrediteerd.",),
        K.TO_PAY_REST: ("{amount}" + _TO_BE_PAID + ".",),
        K.TOTAL_TOO_HIGH: (
            "Het totaal en de delen ervan verschillen {difference}.",
            "Het totaal klopt niet.",
        ),
        K.TOTAL_TOO_LOW: (
            "Het totaal en de delen ervan verschillen {difference}.",
            "Het totaal klopt niet.",
        ),
        K.DUE_TOO_HIGH: (
            "Het te betalen bedrag en de delen ervan verschillen {difference}.",
            "Het te betalen bedrag klopt niet.",
        ),
        K.DUE_TOO_LOW: (
            "Het te betalen bedrag en de delen ervan verschillen {difference}.",
            "Het te betalen bedrag klopt niet.",
        ),
        K.NET_TOO_HIGH: (
            "Het bedrag exclusief btw en de delen ervan verschillen {difference}.",
            "Het bedrag exclusief btw klopt niet.",
        ),
        K.NET_TOO_LOW: (
            "Het bedrag exclusief btw en de delen ervan verschillen {difference}.",
            "Het bedrag exclusief btw klopt niet.",
        ),
        K.LINES_BELOW_SUM: (
            "De regels en hun som verschillen {difference}.",
            "De regels kloppen niet.",
        ),
        K.LINES_EXCEED_SUM: (
            "De regels en hun som verschillen {difference}.",
            "De regels kloppen niet.",
        ),
        K.ALLOWANCES_BELOW_SUM: ("De kortingen kloppen niet.",),
        K.ALLOWANCES_EXCEED_SUM: ("De kortingen kloppen niet.",),
        K.CHARGES_BELOW_SUM: ("De toeslagen kloppen niet.",),
        K.CHARGES_EXCEED_SUM: ("De toeslagen kloppen niet.",),
        K.VAT_TOO_HIGH: ("De btw klopt niet.",),
        K.VAT_TOO_LOW: ("De btw klopt niet.",),
        K.VAT_ROW_TOO_HIGH: ("De btw klopt niet.",),
        K.VAT_ROW_TOO_LOW: ("De btw klopt niet.",),
        K.NOT_ON_PAGE: ("{subject} is niet wat de pagina toont.",),
        K.CHANGED_BY_PERSON: (
            "{subject} is met de hand gewijzigd.",
            "{subject}: met de hand gewijzigd.",
            "Met de hand gewijzigd.",
        ),
        K.CHANGED_FIELDS: ("Met de hand gewijzigd.",),
        K.UNSURE: ("{subject} is niet zeker.",),
        K.AMBIGUOUS: ("{subject} is niet duidelijk.",),
        K.PAGES_NOT_READ: ("Niet alle pagina’s zijn gelezen.",),
        K.ROWS_NOT_READ: ("Niet alle rijen van de tabel konden worden gelezen.",),
        K.DISCOUNT: (
            "Wie uiterlijk op {date} betaalt, krijgt een betalingskorting van {percentage}.",
        ),
        K.DISCOUNTS: ("Er gelden betalingskortingen.",),
        K.INSTALMENTS: ("Er wordt in termijnen betaald.",),
        K.SEVERAL_ACCOUNTS: ("Er zijn verschillende rekeningen vermeld.",),
        K.MORE_TO_CHECK: ("Er is meer.",),
    },
    shorter={
        K.CHANGED_BY_PERSON: ("{subject} is met de hand gewijzigd.",),
        K.DISCOUNT: (
            "Wie uiterlijk op {date} betaalt, krijgt een betalingskorting van {percentage}.",
        ),
        K.DISCOUNT_OF_SEVERAL: ("{percentage} bij betaling uiterlijk op {date}",),
        K.LINE: ("{name}, {amount}", "{name}"),
        K.NO_VAT: ("Er wordt geen btw berekend, {category}.",),
    },
    lists={
        K.CHANGED_FIELDS: ListWords(
            items=(K.CHANGED_FIELD, K.CHANGED_FIELDS_MORE),
            heading="Met de hand gewijzigd: ",
            before="",
            between=", ",
            end=".",
        ),
        K.DISCOUNTS: ListWords(
            items=(K.DISCOUNT_OF_SEVERAL,),
            heading="Deze betalingskortingen gelden niet samen: ",
            before="",
            between="; of ",
            end=".",
        ),
        K.INSTALMENTS: ListWords(
            items=(K.INSTALMENT,),
            heading="Er wordt in termijnen betaald: ",
            before="",
            between="; ",
            end=".",
        ),
        K.SEVERAL_ACCOUNTS: ListWords(
            items=(K.ACCOUNT_OF_SEVERAL,),
            heading="Er zijn verschillende rekeningen vermeld: ",
            before="",
            between="; ",
            end=".",
        ),
        K.PURCHASES: ListWords(items=_LINES, heading="Betreft: ", before="", between="; ", end="."),
        K.PURCHASE_LIST: ListWords(
            items=_LINES, heading="Betreft:", before=BULLET, between=BULLET, end=""
        ),
    },
    fields={
        "invoice_number": "Het factuurnummer",
        "issue_date": "De factuurdatum",
        "type_code": "Het soort document",
        "currency_code": "De valuta",
        "payment_due_date": "De vervaldatum",
        "payment_terms": "De tekst van de betalingsvoorwaarden",
        "purchase_order_reference": "De bestelling",
        "contract_reference": "Het contract",
        "project_reference": "Het project",
        "buyer_reference": "Het kenmerk van de koper",
        "buyer_accounting_reference": "De kostenplaats",
        "seller.name": "De naam van de verkoper",
        "seller.vat_identifier": "Het btw-nummer van de verkoper",
        "seller.tax_registration_identifier": "Het fiscale nummer van de verkoper",
        "buyer.name": "De naam van de koper",
        "buyer.vat_identifier": "Het btw-nummer van de koper",
        "seller.postal_address": "Het adres van de verkoper",
        "buyer.postal_address": "Het adres van de koper",
        "delivery.deliver_to_address": "Het afleveradres",
        "lines.price.net_price": "De prijs van een regel",
        "payment_instructions.credit_transfers.service_provider_identifier": "De bank van de rekening",
        "payee.name": "De naam van de begunstigde",
        "delivery.actual_delivery_date": "De leverdatum",
        "delivery.invoicing_period.start_date": "Het begin van de periode",
        "delivery.invoicing_period.end_date": "Het einde van de periode",
        "payment_instructions.credit_transfers.account_identifier": "De bankrekening",
        "payment_instructions.credit_transfers.account_name": "De houder van de rekening",
        "payment_instructions.remittance_information": "Het betalingskenmerk",
        "payment_instructions.direct_debit.debited_account_identifier": "De te belasten rekening",
        "payment_instructions.direct_debit.mandate_reference_identifier": "De machtiging",
        "totals.line_net_amount": "De som van de regels",
        "totals.allowance_amount": "De som van de kortingen",
        "totals.charge_amount": "De som van de toeslagen",
        "totals.amount_without_vat": "Het bedrag exclusief btw",
        "totals.vat_amount": "Het btw-bedrag",
        "totals.amount_with_vat": "Het totaal",
        "totals.paid_amount": "Het vooruitbetaalde bedrag",
        "totals.rounding_amount": "De afronding",
        "totals.amount_due": "Het te betalen bedrag",
        "vat_breakdown.rate": "Een btw-tarief",
        "vat_breakdown.tax_amount": "Een btw-bedrag",
        "vat_breakdown.taxable_amount": "Een maatstaf van heffing",
        "vat_breakdown.exemption_reason": "De reden om geen btw te berekenen",
        "preceding_invoices.reference": "De eerdere factuur",
        "lines.item.name": "De naam van een artikel",
        "lines.item.description": "De omschrijving van een artikel",
        "lines.invoiced_quantity": "Het aantal op een regel",
        "lines.net_amount": "Het bedrag van een regel",
        "lines.identifier": "Het nummer van een regel",
        "allowances.reason": "De reden van een korting",
        "charges.reason": "De reden van een toeslag",
        "allowances.amount": "Het bedrag van een korting",
        "charges.amount": "Het bedrag van een toeslag",
    },
    groups={
        "seller": "Een gegeven van de verkoper",
        "buyer": "Een gegeven van de koper",
        "payee": "Een gegeven van de begunstigde",
        "seller_tax_representative": "Een gegeven van de fiscaal vertegenwoordiger",
        "delivery": "Een gegeven van de levering",
        "payment_instructions": "Een gegeven van de betaling",
        "totals": "Een som",
        "vat_breakdown": "Een gegeven van de btw",
        "allowances": "Een gegeven van een korting",
        "charges": "Een gegeven van een toeslag",
        "preceding_invoices": "Een gegeven van een eerdere factuur",
        "supporting_documents": "Een gegeven van een bijgevoegd document",
        "notes": "Een opmerking",
        "lines": "Een gegeven van een regel",
        "extras": "Een aanvullend gegeven",
        "process_control": "Het profiel van de e-factuur",
        "": "Een referentie",
    },
    document_kinds={
        "INVOICE": "Factuur",
        "CREDIT_NOTE": "Creditnota",
        "DEBIT_NOTE": "Debetnota",
        "CORRECTED": "Correctiefactuur",
        "PREPAYMENT": "Voorschotfactuur",
        "PARTIAL": "Deelfactuur",
        "SELF_BILLED": "Door de afnemer uitgereikte factuur",
        "SELF_BILLED_CREDIT_NOTE": "Door de afnemer uitgereikte creditnota",
        "PROFORMA": "Proformafactuur",
        "PAYMENT_REQUEST": "Betalingsverzoek",
        "DOCUMENT": "Document",
        "REMINDER": "Betalingsherinnering",
        "STATEMENT": "Rekeningoverzicht",
        "RECEIPT": "Ontvangstbewijs",
    },
    vat_categories={
        "AE": "want die is naar de koper verlegd (btw verlegd)",
        "E": "want de prestatie is vrijgesteld",
        "G": "want de goederen worden uitgevoerd",
        "K": "want het is een intracommunautaire levering",
        "O": "want de prestatie valt er niet onder",
        "Z": "want het nultarief geldt",
    },
    quotes=("“", "”"),
)
