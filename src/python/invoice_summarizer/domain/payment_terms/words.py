"""The words of payment terms by language, as alternatives of a regular expression: data.

`before` and words that may or may not include the last day are left out. So is every start of a period but the date of
the invoice: nobody knows from the invoice when it was received.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TermWords:
    percent: str
    days: str
    discount: str
    of: str  # between the word for a discount and its percentage
    if_paid: str
    within: str
    until: str  # before the last day, which is one on which one may still pay
    due_on: str  # before the day of an instalment
    from_invoice: str
    net: str
    payable: str
    instalment: str
    also: str  # between clauses
    no_request: str  # whole sentences by which nothing is asked for


WORDS: Mapping[str, TermWords] = {
    "en": TermWords(
        percent="percent|per cent",
        days="calendar days|days|day",
        discount="cash discount|early payment discount|prompt payment discount|discount",
        of="of",
        if_paid="if paid|if you pay|if payment is made|for payment|for payments|on payment|when paid|paid",
        within="within|in",
        until="until|till|by|no later than|not later than",
        due_on="due on|payable on|due by|payable by|on",
        from_invoice="from the invoice date|from invoice date|after the invoice date|after invoice date|"
        "of the invoice date|of invoice date|from date of invoice|from the date of invoice|"
        "of the date of invoice|after the date of the invoice|from the date of the invoice",
        net="net|without deduction",
        payable="payment due|payable|payment|due|please pay|payment terms|terms|payment is due|to be paid",
        instalment="instalment|installment",
        also="and|or|otherwise",
        no_request=r"this is (?:not a|no) (?:request|demand) for payment|no payment is (?:required|due)|no payment required|(?:please )?do not pay(?: this invoice)?|nothing is to be paid|nothing to pay",
    ),
    "de": TermWords(
        percent="prozent",
        days="kalendertagen|kalendertage|tagen|tage|tag|tg",
        discount="skontoabzug|skonto",
        of="von|in höhe von",
        if_paid="bei zahlung|bei bezahlung|bei begleichung|für zahlung|für zahlungen",
        within="innerhalb von|innerhalb der ersten|innerhalb|binnen|in",
        until="bis zum|bis|spätestens am|spätestens bis zum",
        due_on="fällig am|fällig zum|zahlbar am|zahlbar bis|zum|am",
        from_invoice="ab rechnungsdatum|nach rechnungsdatum|ab dem rechnungsdatum|ab rechnungsstellung|"
        "nach rechnungsstellung|ab belegdatum",
        net="rein netto|netto kasse|netto|ohne abzug|ohne jeden abzug",
        payable="zahlbar|zahlung|fällig|zahlungsziel|zahlungsbedingungen|zahlungsbedingung|zu zahlen",
        instalment="rate|teilzahlung",
        also="und|oder|sonst|danach|bzw.",
        no_request=r"(?:dies|das) ist keine (?:aufforderung zur zahlung|zahlungsaufforderung)|keine zahlung (?:erforderlich|nötig)|es ist keine zahlung (?:erforderlich|nötig)|es ist nichts zu (?:zahlen|bezahlen)|bitte nicht (?:überweisen|zahlen|bezahlen)",
    ),
    "fr": TermWords(
        percent="pour cent",
        days="jours calendaires|jours|jour",
        discount="d[’']escompte|escompte",
        of="de",
        if_paid="pour paiement|pour tout paiement|en cas de paiement|pour un paiement|pour règlement|"
        "en cas de règlement|si paiement",
        within="dans un délai de|dans les|sous|à",
        until="jusqu[’']au|au plus tard le",
        due_on="payable le|payables le|dû le|le",
        from_invoice="à compter de la date de facture|à compter de la date de facturation|date de facture|"
        "de la date de facture|à partir de la date de facture|après la date de facture|"
        "à compter de la date de la facture",
        net="nets|net",
        payable="paiement|payable|règlement|conditions de paiement|échéance|à payer",
        instalment="échéance|versement|acompte",
        also="et|ou|sinon",
        no_request=r"ceci n[’']est pas une demande de paiement|(?:merci de )?ne pas payer(?: cette facture)?|aucun paiement n[’']est (?:dû|requis|demandé|nécessaire)|rien à payer",
    ),
    "it": TermWords(
        percent="per cento",
        days="giorni|giorno|gg",
        discount="di sconto|sconto",
        of="del|dello|di|dell[’']",
        if_paid="per pagamento|per pagamenti|in caso di pagamento|se pagato|con pagamento",
        within="entro|a",
        until="entro il|fino al|entro e non oltre il",
        due_on="scadenza il|scadenza|il",
        from_invoice="dalla data fattura|dalla data della fattura|data fattura|dalla data di fatturazione|d[.]f[.]",
        net="netto|netti",
        payable="pagamento|pagabile|da pagare|condizioni di pagamento|termini di pagamento",
        instalment="rata",
        also="e|o|oppure|altrimenti",
        no_request=r"(?:questa )?non è una richiesta di pagamento|(?:si prega di )?non pagare(?: questa fattura)?|nessun pagamento (?:è )?(?:dovuto|richiesto)|nulla da pagare",
    ),
    "es": TermWords(
        percent="por ciento",
        days="días naturales|días|dias|día|dia",
        discount="de descuento por pronto pago|descuento por pronto pago|de descuento|descuento",
        of="del|de",
        if_paid="por pago|en caso de pago|si se paga|para pagos|pagando|por pronto pago",
        within="dentro de los|dentro de|en un plazo de|en|a",
        until="hasta el|a más tardar el",
        due_on="con vencimiento el|vencimiento el|vencimiento|el",
        from_invoice="desde la fecha de la factura|desde la fecha de factura|fecha de factura|fecha factura|"
        "de la fecha de factura|a partir de la fecha de la factura|a partir de la fecha de factura",
        net="neto|netos",
        payable="pago|pagadero|a pagar|condiciones de pago|plazo de pago",
        instalment="plazo|cuota",
        also="y|o",
        no_request=r"(?:esto )?no es una solicitud de pago|no se requiere (?:ningún )?pago|no hay que pagar nada|nada que pagar|por favor,? no pague(?: esta factura)?",
    ),
    "nl": TermWords(
        percent="procent",
        days="kalenderdagen|dagen|dag",
        discount="betalingskorting|korting voor contante betaling|korting",
        of="van",
        if_paid="bij betaling|indien betaald|voor betaling|als u betaalt",
        within="binnen|in",
        until="uiterlijk op|uiterlijk|tot en met",
        due_on="te betalen op|te betalen uiterlijk op|vervalt op|op",
        from_invoice="na factuurdatum|vanaf factuurdatum|na de factuurdatum|vanaf de factuurdatum",
        net="netto|zonder korting|zonder aftrek",
        payable="betaling|te betalen|betaalbaar|betalingstermijn|betalingsvoorwaarden|te voldoen",
        instalment="termijn",
        also="en|of|anders",
        no_request=r"dit is geen (?:betalingsverzoek|verzoek tot betaling)|u hoeft niets te betalen|er hoeft niets te worden betaald|niet betalen|geen betaling (?:vereist|nodig)|niets te betalen",
    ),
}
