"""Terms of business in each language: a title, and clauses that speak of amounts as terms do."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BusinessTerms:
    title: str
    clauses: tuple[str, ...]


BUSINESS_TERMS: Mapping[str, BusinessTerms] = {
    "en": BusinessTerms(
        "General terms and conditions",
        (
            "Our offers may be changed until we have confirmed the order in writing. What was agreed by word of mouth counts once both sides have confirmed it.",
            "Invoices are to be paid without deduction. Where payment is late, we charge interest and 25.00 for each reminder, unless you show that the loss was smaller.",
            "Goods remain our property until they are paid for in full. Until then they may neither be pledged nor given as security to others.",
            "Defects are to be told within ten days of delivery. We may repair or replace what is faulty, and if that fails twice, you may return it.",
        ),
    ),
    "de": BusinessTerms(
        "Allgemeine Geschäftsbedingungen",
        (
            "Unsere Angebote sind freibleibend, bis wir den Auftrag schriftlich bestätigt haben. Mündliche Abreden gelten erst, wenn beide Seiten sie bestätigt haben.",
            "Rechnungen sind ohne Abzug zu begleichen. Bei Verzug berechnen wir Zinsen und je Mahnung 25,00 als Pauschale, sofern Sie nicht einen geringeren Schaden nachweisen.",
            "Die Ware bleibt bis zur vollständigen Bezahlung unser Eigentum. Bis dahin darf sie weder verpfändet noch anderen zur Sicherheit übereignet werden.",
            "Mängel sind innerhalb von zehn Tagen nach der Lieferung anzuzeigen. Wir dürfen nachbessern oder Ersatz liefern; schlägt das zweimal fehl, können Sie zurücktreten.",
        ),
    ),
    "fr": BusinessTerms(
        "Conditions générales de vente",
        (
            "Nos offres restent sans engagement jusqu’à la confirmation écrite de la commande. Les accords oraux ne valent qu’après confirmation des deux parties.",
            "Les factures sont payables sans escompte. En cas de retard, nous comptons des intérêts et une indemnité de 40,00 pour frais de recouvrement, sans autre avis.",
            "La marchandise reste notre propriété jusqu’au paiement complet. Jusque là, elle ne peut être ni mise en gage ni cédée à des tiers.",
            "Les défauts doivent être signalés dans les dix jours suivant la livraison. Nous pouvons réparer ou remplacer la pièce, et reprendre celle qui resterait défectueuse.",
        ),
    ),
    "it": BusinessTerms(
        "Condizioni generali di vendita",
        (
            "Le nostre offerte non sono vincolanti fino alla conferma scritta del contratto. Gli accordi verbali valgono solo dopo la conferma di entrambe le parti.",
            "I pagamenti si effettuano senza alcuna detrazione. In caso di ritardo addebitiamo gli interessi e 25,00 per ogni sollecito, salvo prova di un danno minore.",
            "La merce resta di nostra proprietà fino al pagamento completo. Fino ad allora non può essere data in pegno né ceduta in garanzia a terzi.",
            "I difetti vanno segnalati entro dieci giorni dalla consegna. Possiamo riparare o sostituire quanto difettoso, e riprenderlo se il rimedio non riesce due volte.",
        ),
    ),
    "es": BusinessTerms(
        "Condiciones generales de venta",
        (
            "Nuestras ofertas no son vinculantes hasta que confirmemos el encargo por escrito. Los acuerdos verbales valen solo cuando ambas partes los confirman.",
            "Los pagos se hacen sin deducción alguna. En caso de demora cobramos intereses y 25,00 por cada aviso, salvo que se pruebe un daño menor al indicado.",
            "La mercancía sigue siendo de nuestra propiedad hasta su pago completo. Hasta entonces no se puede pignorar ni ceder en garantía a otros.",
            "Los defectos se comunican dentro de los diez días siguientes a la entrega. Podemos reparar o cambiar lo defectuoso, y recogerlo si eso falla dos veces.",
        ),
    ),
    "nl": BusinessTerms(
        "Algemene voorwaarden",
        (
            "Onze aanbiedingen zijn vrijblijvend tot wij de opdracht schriftelijk hebben bevestigd. Mondelinge afspraken gelden pas wanneer beide partijen ze bevestigd hebben.",
            "Betalingen geschieden zonder enige aftrek. Bij te late betaling berekenen wij rente en 25,00 voor elke herinnering, tenzij u een lagere schade aantoont.",
            "De goederen blijven ons eigendom tot zij geheel zijn betaald. Tot dan mogen zij niet worden verpand of aan anderen in zekerheid worden gegeven.",
            "Gebreken worden binnen tien dagen na levering gemeld. Wij mogen herstellen of vervangen wat gebrekkig is, en als dat tweemaal mislukt kunt u het teruggeven.",
        ),
    ),
    "pl": BusinessTerms(
        "Ogólne warunki sprzedaży",
        (
            "Nasze oferty nie są wiążące do czasu pisemnego potwierdzenia zamówienia przez nas. Ustalenia ustne obowiązują dopiero po potwierdzeniu ich przez obie strony.",
            "Płatności dokonuje się bez żadnych potrąceń. W razie opóźnienia naliczamy odsetki oraz 25,00 za każde wezwanie, chyba że wykazana zostanie mniejsza szkoda.",
            "Towar pozostaje naszą własnością do czasu całkowitej zapłaty. Do tego czasu nie może być zastawiony ani oddany innym na zabezpieczenie jakichkolwiek roszczeń.",
            "Wady zgłasza się w ciągu dziesięciu dni od dostawy. Możemy naprawić albo wymienić to, co wadliwe, a jeżeli to zawiedzie dwukrotnie, przyjąć zwrot towaru.",
        ),
    ),
    "pt": BusinessTerms(
        "Condições gerais de venda",
        (
            "As nossas propostas não são vinculativas até confirmarmos o pedido por escrito. Os acordos verbais valem apenas depois de confirmados por ambas as partes.",
            "Os pagamentos fazem-se sem qualquer dedução. Em caso de atraso cobramos juros e 25,00 por cada aviso, salvo prova de que o prejuízo foi menor.",
            "A mercadoria continua a ser nossa propriedade até ao pagamento completo. Até lá não pode ser penhorada nem cedida em garantia a outras pessoas.",
            "Os defeitos comunicam-se no prazo de dez dias após a entrega. Podemos reparar ou substituir o que for defeituoso, e recolhê-lo se isso falhar duas vezes.",
        ),
    ),
}  # fmt: skip
