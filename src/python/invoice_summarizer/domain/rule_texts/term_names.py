"""What the business terms and groups of EN 16931-1 are called, in the languages of the summaries: data.

One line for each: its identifier, then English, German, French, Italian, Spanish and Dutch. The names are nouns without
an article, since sentences set them behind a colon.
"""

from collections.abc import Mapping
from functools import cache

LANGUAGES = ("en", "de", "fr", "it", "es", "nl")

_NAMES = """
BT-1|invoice number|Rechnungsnummer|numéro de facture|numero della fattura|número de factura|factuurnummer
BT-2|issue date|Rechnungsdatum|date de la facture|data della fattura|fecha de la factura|factuurdatum
BT-3|type code of the invoice|Code der Rechnungsart|code du type de facture|codice del tipo di fattura|código del tipo de factura|code van het factuurtype
BT-5|currency of the invoice|Währung der Rechnung|devise de la facture|valuta della fattura|moneda de la factura|valuta van de factuur
BT-6|currency for VAT accounting|Währung für die Umsatzsteuer|devise de comptabilisation de la TVA|valuta di contabilizzazione dell’IVA|moneda de contabilización del IVA|valuta voor de btw-boeking
BT-7|date of the VAT point|Datum der Steuerfälligkeit|date d’exigibilité de la TVA|data di esigibilità dell’IVA|fecha de devengo del IVA|datum van verschuldigdheid van de btw
BT-8|code of the VAT point|Code der Steuerfälligkeit|code d’exigibilité de la TVA|codice di esigibilità dell’IVA|código de devengo del IVA|code van verschuldigdheid van de btw
BT-9|due date|Fälligkeitsdatum|date d’échéance|data di scadenza|fecha de vencimiento|vervaldatum
BT-10|buyer reference|Referenz des Käufers|référence de l’acheteur|riferimento dell’acquirente|referencia del comprador|referentie van de koper
BT-11|project reference|Projektreferenz|référence du projet|riferimento del progetto|referencia del proyecto|projectreferentie
BT-12|contract reference|Vertragsnummer|référence du contrat|riferimento del contratto|referencia del contrato|contractreferentie
BT-13|purchase order|Bestellnummer des Käufers|bon de commande|ordine d’acquisto|pedido de compra|inkooporder
BT-17|tender or lot|Vergabe oder Los|appel d’offres ou lot|gara o lotto|licitación o lote|aanbesteding of perceel
BT-18|invoiced object|abgerechnetes Objekt|objet facturé|oggetto fatturato|objeto facturado|gefactureerd object
BT-20|payment terms|Zahlungsbedingungen|conditions de paiement|condizioni di pagamento|condiciones de pago|betalingsvoorwaarden
BT-22|note|Bemerkung|note|nota|nota|opmerking
BT-23|business process|Geschäftsprozess|processus métier|processo aziendale|proceso de negocio|bedrijfsproces
BT-24|specification of the invoice|Spezifikation der Rechnung|spécification de la facture|specifica della fattura|especificación de la factura|specificatie van de factuur
BT-25|number of the preceding invoice|Nummer der früheren Rechnung|numéro de la facture antérieure|numero della fattura precedente|número de la factura anterior|nummer van de eerdere factuur
BT-26|date of the preceding invoice|Datum der früheren Rechnung|date de la facture antérieure|data della fattura precedente|fecha de la factura anterior|datum van de eerdere factuur
BT-27|name of the seller|Name des Verkäufers|nom du vendeur|nome del venditore|nombre del vendedor|naam van de verkoper
BT-28|trading name of the seller|Handelsname des Verkäufers|nom commercial du vendeur|nome commerciale del venditore|nombre comercial del vendedor|handelsnaam van de verkoper
BT-29|identifier of the seller|Kennung des Verkäufers|identifiant du vendeur|identificativo del venditore|identificador del vendedor|identificatie van de verkoper
BT-30|registration of the seller|Registernummer des Verkäufers|immatriculation du vendeur|registrazione del venditore|registro del vendedor|registratienummer van de verkoper
BT-31|VAT identifier of the seller|Umsatzsteuer-Identifikationsnummer des Verkäufers|numéro de TVA du vendeur|partita IVA del venditore|NIF-IVA del vendedor|btw-nummer van de verkoper
BT-32|tax number of the seller|Steuernummer des Verkäufers|numéro fiscal du vendeur|codice fiscale del venditore|número fiscal del vendedor|fiscaal nummer van de verkoper
BT-34|electronic address of the seller|elektronische Adresse des Verkäufers|adresse électronique du vendeur|indirizzo elettronico del venditore|dirección electrónica del vendedor|elektronisch adres van de verkoper
BT-35|street of the seller|Straße des Verkäufers|rue du vendeur|via del venditore|calle del vendedor|straat van de verkoper
BT-37|city of the seller|Ort des Verkäufers|ville du vendeur|città del venditore|ciudad del vendedor|plaats van de verkoper
BT-38|post code of the seller|Postleitzahl des Verkäufers|code postal du vendeur|CAP del venditore|código postal del vendedor|postcode van de verkoper
BT-40|country of the seller|Land des Verkäufers|pays du vendeur|paese del venditore|país del vendedor|land van de verkoper
BT-41|contact of the seller|Ansprechpartner des Verkäufers|contact du vendeur|contatto del venditore|contacto del vendedor|contactpersoon van de verkoper
BT-42|telephone of the seller’s contact|Telefon des Ansprechpartners|téléphone du contact du vendeur|telefono del contatto del venditore|teléfono del contacto del vendedor|telefoon van de contactpersoon
BT-43|e-mail of the seller’s contact|E-Mail des Ansprechpartners|courriel du contact du vendeur|e-mail del contatto del venditore|correo del contacto del vendedor|e-mail van de contactpersoon
BT-44|name of the buyer|Name des Käufers|nom de l’acheteur|nome dell’acquirente|nombre del comprador|naam van de koper
BT-46|identifier of the buyer|Kennung des Käufers|identifiant de l’acheteur|identificativo dell’acquirente|identificador del comprador|identificatie van de koper
BT-47|registration of the buyer|Registernummer des Käufers|immatriculation de l’acheteur|registrazione dell’acquirente|registro del comprador|registratienummer van de koper
BT-48|VAT identifier of the buyer|Umsatzsteuer-Identifikationsnummer des Käufers|numéro de TVA de l’acheteur|partita IVA dell’acquirente|NIF-IVA del comprador|btw-nummer van de koper
BT-49|electronic address of the buyer|elektronische Adresse des Käufers|adresse électronique de l’acheteur|indirizzo elettronico dell’acquirente|dirección electrónica del comprador|elektronisch adres van de koper
BT-50|street of the buyer|Straße des Käufers|rue de l’acheteur|via dell’acquirente|calle del comprador|straat van de koper
BT-52|city of the buyer|Ort des Käufers|ville de l’acheteur|città dell’acquirente|ciudad del comprador|plaats van de koper
BT-53|post code of the buyer|Postleitzahl des Käufers|code postal de l’acheteur|CAP dell’acquirente|código postal del comprador|postcode van de koper
BT-55|country of the buyer|Land des Käufers|pays de l’acheteur|paese dell’acquirente|país del comprador|land van de koper
BT-59|name of the payee|Name des Zahlungsempfängers|nom du bénéficiaire|nome del beneficiario|nombre del beneficiario|naam van de begunstigde
BT-62|name of the tax representative|Name des Steuervertreters|nom du représentant fiscal|nome del rappresentante fiscale|nombre del representante fiscal|naam van de fiscaal vertegenwoordiger
BT-63|VAT identifier of the tax representative|Umsatzsteuer-Identifikationsnummer des Steuervertreters|numéro de TVA du représentant fiscal|partita IVA del rappresentante fiscale|NIF-IVA del representante fiscal|btw-nummer van de fiscaal vertegenwoordiger
BT-69|country of the tax representative|Land des Steuervertreters|pays du représentant fiscal|paese del rappresentante fiscale|país del representante fiscal|land van de fiscaal vertegenwoordiger
BT-71|place of delivery|Lieferort|lieu de livraison|luogo di consegna|lugar de entrega|plaats van levering
BT-72|delivery date|Lieferdatum|date de livraison|data di consegna|fecha de entrega|leverdatum
BT-73|start of the invoicing period|Beginn des Abrechnungszeitraums|début de la période facturée|inizio del periodo fatturato|inicio del periodo facturado|begin van de factuurperiode
BT-74|end of the invoicing period|Ende des Abrechnungszeitraums|fin de la période facturée|fine del periodo fatturato|fin del periodo facturado|einde van de factuurperiode
BT-77|city of delivery|Lieferort (Stadt)|ville de livraison|città di consegna|ciudad de entrega|plaatsnaam van levering
BT-78|post code of delivery|Postleitzahl der Lieferung|code postal de livraison|CAP di consegna|código postal de entrega|postcode van levering
BT-80|country of delivery|Land der Lieferung|pays de livraison|paese di consegna|país de entrega|land van levering
BT-81|means of payment|Zahlungsart|moyen de paiement|mezzo di pagamento|medio de pago|betaalwijze
BT-83|remittance information|Verwendungszweck|libellé du paiement|causale di pagamento|concepto del pago|betalingskenmerk
BT-84|account for the payment|Konto für die Zahlung|compte pour le paiement|conto per il pagamento|cuenta para el pago|rekening voor de betaling
BT-85|holder of the account|Kontoinhaber|titulaire du compte|intestatario del conto|titular de la cuenta|rekeninghouder
BT-86|bank of the account (BIC)|Bank des Kontos (BIC)|banque du compte (BIC)|banca del conto (BIC)|banco de la cuenta (BIC)|bank van de rekening (BIC)
BT-87|number of the payment card|Nummer der Zahlungskarte|numéro de la carte de paiement|numero della carta di pagamento|número de la tarjeta de pago|nummer van de betaalkaart
BT-89|mandate of the direct debit|Mandatsreferenz der Lastschrift|mandat de prélèvement|mandato di addebito|mandato de adeudo|machtiging van de incasso
BT-90|creditor identifier|Gläubiger-Identifikationsnummer|identifiant du créancier|identificativo del creditore|identificador del acreedor|incassant-ID
BT-91|account to debit|belastetes Konto|compte à débiter|conto da addebitare|cuenta de cargo|te belasten rekening
BT-92|amount of an allowance|Betrag eines Abzugs|montant d’une remise|importo di uno sconto|importe de un descuento|bedrag van een korting
BT-93|base amount of an allowance|Grundbetrag eines Abzugs|base d’une remise|base di uno sconto|base de un descuento|grondslag van een korting
BT-94|percentage of an allowance|Prozentsatz eines Abzugs|pourcentage d’une remise|percentuale di uno sconto|porcentaje de un descuento|percentage van een korting
BT-95|VAT category of an allowance|Umsatzsteuerkategorie eines Abzugs|catégorie de TVA d’une remise|categoria IVA di uno sconto|categoría de IVA de un descuento|btw-categorie van een korting
BT-96|VAT rate of an allowance|Umsatzsteuersatz eines Abzugs|taux de TVA d’une remise|aliquota IVA di uno sconto|tipo de IVA de un descuento|btw-tarief van een korting
BT-97|reason of an allowance|Grund eines Abzugs|motif d’une remise|motivo di uno sconto|motivo de un descuento|reden van een korting
BT-98|reason code of an allowance|Code des Grunds eines Abzugs|code du motif d’une remise|codice del motivo di uno sconto|código del motivo de un descuento|redencode van een korting
BT-99|amount of a charge|Betrag eines Zuschlags|montant d’une majoration|importo di una maggiorazione|importe de un recargo|bedrag van een toeslag
BT-100|base amount of a charge|Grundbetrag eines Zuschlags|base d’une majoration|base di una maggiorazione|base de un recargo|grondslag van een toeslag
BT-101|percentage of a charge|Prozentsatz eines Zuschlags|pourcentage d’une majoration|percentuale di una maggiorazione|porcentaje de un recargo|percentage van een toeslag
BT-102|VAT category of a charge|Umsatzsteuerkategorie eines Zuschlags|catégorie de TVA d’une majoration|categoria IVA di una maggiorazione|categoría de IVA de un recargo|btw-categorie van een toeslag
BT-103|VAT rate of a charge|Umsatzsteuersatz eines Zuschlags|taux de TVA d’une majoration|aliquota IVA di una maggiorazione|tipo de IVA de un recargo|btw-tarief van een toeslag
BT-104|reason of a charge|Grund eines Zuschlags|motif d’une majoration|motivo di una maggiorazione|motivo de un recargo|reden van een toeslag
BT-105|reason code of a charge|Code des Grunds eines Zuschlags|code du motif d’une majoration|codice del motivo di una maggiorazione|código del motivo de un recargo|redencode van een toeslag
BT-106|sum of the lines|Summe der Positionen|somme des lignes|somma delle righe|suma de las líneas|som van de regels
BT-107|sum of allowances|Summe der Abzüge|somme des remises|somma degli sconti|suma de los descuentos|som van de kortingen
BT-108|sum of charges|Summe der Zuschläge|somme des majorations|somma delle maggiorazioni|suma de los recargos|som van de toeslagen
BT-109|total without VAT|Gesamtbetrag ohne Umsatzsteuer|total hors TVA|totale senza IVA|total sin IVA|totaal zonder btw
BT-110|total of VAT|Gesamtbetrag der Umsatzsteuer|total de la TVA|totale dell’IVA|total del IVA|totaal van de btw
BT-111|total of VAT in the accounting currency|Umsatzsteuer in Buchungswährung|total de la TVA en devise de comptabilisation|totale dell’IVA in valuta contabile|total del IVA en moneda contable|totaal van de btw in boekhoudvaluta
BT-112|total with VAT|Gesamtbetrag mit Umsatzsteuer|total TVA comprise|totale IVA inclusa|total con IVA|totaal met btw
BT-113|amount already paid|bereits gezahlter Betrag|montant déjà payé|importo già pagato|importe ya pagado|reeds betaald bedrag
BT-114|rounding|Rundungsbetrag|arrondi|arrotondamento|redondeo|afronding
BT-115|amount due|Zahlbetrag|montant à payer|importo dovuto|importe a pagar|te betalen bedrag
BT-116|taxable amount of a VAT category|Bemessungsgrundlage einer Umsatzsteuerkategorie|base d’imposition d’une catégorie de TVA|imponibile di una categoria IVA|base imponible de una categoría de IVA|maatstaf van heffing van een btw-categorie
BT-117|tax amount of a VAT category|Steuerbetrag einer Umsatzsteuerkategorie|montant de TVA d’une catégorie|imposta di una categoria IVA|cuota de una categoría de IVA|btw-bedrag van een btw-categorie
BT-118|code of a VAT category|Code einer Umsatzsteuerkategorie|code d’une catégorie de TVA|codice di una categoria IVA|código de una categoría de IVA|code van een btw-categorie
BT-119|rate of a VAT category|Steuersatz einer Umsatzsteuerkategorie|taux d’une catégorie de TVA|aliquota di una categoria IVA|tipo de una categoría de IVA|tarief van een btw-categorie
BT-120|reason of the exemption|Grund der Steuerbefreiung|motif de l’exonération|motivo dell’esenzione|motivo de la exención|reden van de vrijstelling
BT-121|reason code of the exemption|Code des Grunds der Steuerbefreiung|code du motif de l’exonération|codice del motivo dell’esenzione|código del motivo de la exención|redencode van de vrijstelling
BT-122|reference of a supporting document|Kennung eines beigefügten Dokuments|référence d’un document joint|riferimento di un documento allegato|referencia de un documento adjunto|referentie van een bijgevoegd document
BT-124|location of a supporting document|Ort eines beigefügten Dokuments|emplacement d’un document joint|ubicazione di un documento allegato|ubicación de un documento adjunto|locatie van een bijgevoegd document
BT-125|attached document|angehängtes Dokument|document joint|documento allegato|documento adjunto|bijgevoegd document
BT-126|identifier of a line|Nummer einer Position|numéro d’une ligne|numero di una riga|número de una línea|nummer van een regel
BT-128|invoiced object of a line|abgerechnetes Objekt einer Position|objet facturé d’une ligne|oggetto fatturato di una riga|objeto facturado de una línea|gefactureerd object van een regel
BT-129|quantity of a line|Menge einer Position|quantité d’une ligne|quantità di una riga|cantidad de una línea|hoeveelheid van een regel
BT-130|unit of the quantity|Einheit der Menge|unité de la quantité|unità della quantità|unidad de la cantidad|eenheid van de hoeveelheid
BT-131|net amount of a line|Nettobetrag einer Position|montant net d’une ligne|importo netto di una riga|importe neto de una línea|nettobedrag van een regel
BT-134|start of the period of a line|Beginn des Zeitraums einer Position|début de la période d’une ligne|inizio del periodo di una riga|inicio del periodo de una línea|begin van de periode van een regel
BT-135|end of the period of a line|Ende des Zeitraums einer Position|fin de la période d’une ligne|fine del periodo di una riga|fin del periodo de una línea|einde van de periode van een regel
BT-136|amount of an allowance of a line|Betrag eines Abzugs einer Position|montant d’une remise de ligne|importo di uno sconto di riga|importe de un descuento de línea|bedrag van een regelkorting
BT-137|base amount of an allowance of a line|Grundbetrag eines Abzugs einer Position|base d’une remise de ligne|base di uno sconto di riga|base de un descuento de línea|grondslag van een regelkorting
BT-139|reason of an allowance of a line|Grund eines Abzugs einer Position|motif d’une remise de ligne|motivo di uno sconto di riga|motivo de un descuento de línea|reden van een regelkorting
BT-140|reason code of an allowance of a line|Code des Grunds eines Abzugs einer Position|code du motif d’une remise de ligne|codice del motivo di uno sconto di riga|código del motivo de un descuento de línea|redencode van een regelkorting
BT-141|amount of a charge of a line|Betrag eines Zuschlags einer Position|montant d’une majoration de ligne|importo di una maggiorazione di riga|importe de un recargo de línea|bedrag van een regeltoeslag
BT-142|base amount of a charge of a line|Grundbetrag eines Zuschlags einer Position|base d’une majoration de ligne|base di una maggiorazione di riga|base de un recargo de línea|grondslag van een regeltoeslag
BT-144|reason of a charge of a line|Grund eines Zuschlags einer Position|motif d’une majoration de ligne|motivo di una maggiorazione di riga|motivo de un recargo de línea|reden van een regeltoeslag
BT-145|reason code of a charge of a line|Code des Grunds eines Zuschlags einer Position|code du motif d’une majoration de ligne|codice del motivo di una maggiorazione di riga|código del motivo de un recargo de línea|redencode van een regeltoeslag
BT-146|net price|Nettopreis|prix net|prezzo netto|precio neto|nettoprijs
BT-147|discount on the price|Nachlass auf den Preis|remise sur le prix|sconto sul prezzo|descuento sobre el precio|korting op de prijs
BT-148|gross price|Bruttopreis|prix brut|prezzo lordo|precio bruto|brutoprijs
BT-149|quantity that the price is for|Menge, für die der Preis gilt|quantité de base du prix|quantità base del prezzo|cantidad base del precio|hoeveelheid waarvoor de prijs geldt
BT-150|unit that the price is for|Einheit, für die der Preis gilt|unité de base du prix|unità base del prezzo|unidad base del precio|eenheid waarvoor de prijs geldt
BT-151|VAT category of a line|Umsatzsteuerkategorie einer Position|catégorie de TVA d’une ligne|categoria IVA di una riga|categoría de IVA de una línea|btw-categorie van een regel
BT-152|VAT rate of a line|Umsatzsteuersatz einer Position|taux de TVA d’une ligne|aliquota IVA di una riga|tipo de IVA de una línea|btw-tarief van een regel
BT-153|name of an item|Name eines Artikels|nom d’un article|nome di un articolo|nombre de un artículo|naam van een artikel
BT-157|standard identifier of an item|Standardkennung eines Artikels|identifiant standard d’un article|identificativo standard di un articolo|identificador estándar de un artículo|standaardnummer van een artikel
BT-158|classification of an item|Klassifizierung eines Artikels|classification d’un article|classificazione di un articolo|clasificación de un artículo|classificatie van een artikel
BT-159|country of origin of an item|Ursprungsland eines Artikels|pays d’origine d’un article|paese d’origine di un articolo|país de origen de un artículo|land van herkomst van een artikel
BT-160|name of an attribute of an item|Name einer Artikeleigenschaft|nom d’un attribut d’article|nome di un attributo dell’articolo|nombre de un atributo del artículo|naam van een artikeleigenschap
BT-161|value of an attribute of an item|Wert einer Artikeleigenschaft|valeur d’un attribut d’article|valore di un attributo dell’articolo|valor de un atributo del artículo|waarde van een artikeleigenschap
BG-3|preceding invoice|frühere Rechnung|facture antérieure|fattura precedente|factura anterior|eerdere factuur
BG-4|seller|Verkäufer|vendeur|venditore|vendedor|verkoper
BG-5|postal address of the seller|Anschrift des Verkäufers|adresse du vendeur|indirizzo del venditore|dirección del vendedor|adres van de verkoper
BG-6|contact of the seller|Ansprechpartner des Verkäufers|contact du vendeur|contatto del venditore|contacto del vendedor|contactpersoon van de verkoper
BG-7|buyer|Käufer|acheteur|acquirente|comprador|koper
BG-8|postal address of the buyer|Anschrift des Käufers|adresse de l’acheteur|indirizzo dell’acquirente|dirección del comprador|adres van de koper
BG-10|payee|Zahlungsempfänger|bénéficiaire|beneficiario|beneficiario|begunstigde
BG-11|tax representative of the seller|Steuervertreter des Verkäufers|représentant fiscal du vendeur|rappresentante fiscale del venditore|representante fiscal del vendedor|fiscaal vertegenwoordiger van de verkoper
BG-12|address of the tax representative|Anschrift des Steuervertreters|adresse du représentant fiscal|indirizzo del rappresentante fiscale|dirección del representante fiscal|adres van de fiscaal vertegenwoordiger
BG-14|invoicing period|Abrechnungszeitraum|période facturée|periodo fatturato|periodo facturado|factuurperiode
BG-15|address of delivery|Lieferanschrift|adresse de livraison|indirizzo di consegna|dirección de entrega|afleveradres
BG-16|payment instructions|Angaben zur Zahlung|instructions de paiement|istruzioni di pagamento|instrucciones de pago|betaalinstructies
BG-17|credit transfer|Überweisung|virement|bonifico|transferencia|overboeking
BG-18|payment card|Zahlungskarte|carte de paiement|carta di pagamento|tarjeta de pago|betaalkaart
BG-19|direct debit|Lastschrift|prélèvement|addebito diretto|adeudo directo|incasso
BG-20|allowance of the document|Abzug vom Gesamtbetrag|remise globale|sconto sul documento|descuento global|korting op het document
BG-21|charge of the document|Zuschlag zum Gesamtbetrag|majoration globale|maggiorazione sul documento|recargo global|toeslag op het document
BG-22|totals of the document|Summen des Dokuments|totaux du document|totali del documento|totales del documento|totalen van het document
BG-23|VAT breakdown|Aufschlüsselung der Umsatzsteuer|ventilation de la TVA|riepilogo IVA|desglose del IVA|btw-uitsplitsing
BG-24|supporting document|beigefügtes Dokument|document joint|documento allegato|documento adjunto|bijgevoegd document
BG-25|line of the invoice|Position der Rechnung|ligne de facture|riga della fattura|línea de factura|factuurregel
BG-26|period of a line|Zeitraum einer Position|période d’une ligne|periodo di una riga|periodo de una línea|periode van een regel
BG-27|allowance of a line|Abzug einer Position|remise de ligne|sconto di riga|descuento de línea|regelkorting
BG-28|charge of a line|Zuschlag einer Position|majoration de ligne|maggiorazione di riga|recargo de línea|regeltoeslag
BG-32|attribute of an item|Eigenschaft eines Artikels|attribut d’article|attributo di un articolo|atributo de un artículo|artikeleigenschap
"""


def term_name(term: str, language: str) -> str | None:
    """Returns what the business term or group, `BT-112`, is called; None where it has no name here."""
    return _names().get(term, {}).get(language)


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    rows = (line.split("|") for line in _NAMES.strip().splitlines())
    return {term: dict(zip(LANGUAGES, names, strict=True)) for term, *names in rows}
