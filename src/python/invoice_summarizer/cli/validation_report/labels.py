"""The words of the report in the languages of the summaries: data."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    title: str
    intro: str
    file: str
    number: str
    date: str
    seller: str
    buyer: str
    amount_due: str
    sound: str
    wrong: str
    doubtful: str
    unread: str
    errors: str
    warnings: str
    information: str
    undecided: str
    to_do: str
    stated: str
    on_page: str
    in_xml: str
    left: str
    right: str
    difference: str
    page: str
    line: str
    more: str  # `{count}` places
    checked: str  # `{count}` rules, by `{version}`


LABELS: Mapping[str, Labels] = {
    "en": Labels(
        title="Check of an invoice",
        intro="This page says whether the invoice keeps the rules for e-invoices, and what has to be changed.",
        file="File",
        number="Invoice number",
        date="Issue date",
        seller="Seller",
        buyer="Buyer",
        amount_due="Amount due",
        sound="No rule is broken.",
        wrong="The invoice has to be corrected.",
        doubtful="The invoice should be looked at.",
        unread="The document could not be read.",
        errors="To be corrected",
        warnings="To be looked at",
        information="For information",
        undecided="Could not be decided",
        to_do="What to change",
        stated="Stated",
        on_page="On the page",
        in_xml="In the XML",
        left="Left side",
        right="Right side",
        difference="Difference",
        page="page",
        line="line",
        more="and {count} more places",
        checked="Rules that were checked: {count}. Made by invoicectl {version}.",
    ),
    "de": Labels(
        title="Prüfung einer Rechnung",
        intro="Diese Seite sagt, ob die Rechnung die Regeln für E-Rechnungen einhält und was zu ändern ist.",
        file="Datei",
        number="Rechnungsnummer",
        date="Rechnungsdatum",
        seller="Verkäufer",
        buyer="Käufer",
        amount_due="Zahlbetrag",
        sound="Keine Regel ist verletzt.",
        wrong="Die Rechnung muss berichtigt werden.",
        doubtful="Die Rechnung sollte angesehen werden.",
        unread="Das Dokument konnte nicht gelesen werden.",
        errors="Zu berichtigen",
        warnings="Anzusehen",
        information="Zur Kenntnis",
        undecided="Nicht entscheidbar",
        to_do="Was zu ändern ist",
        stated="Angegeben",
        on_page="Auf der Seite",
        in_xml="Im XML",
        left="Linke Seite",
        right="Rechte Seite",
        difference="Differenz",
        page="Seite",
        line="Zeile",
        more="und {count} weitere Stellen",
        checked="Geprüfte Regeln: {count}. Erstellt von invoicectl {version}.",
    ),
    "fr": Labels(
        title="Contrôle d’une facture",
        intro="Cette page dit si la facture respecte les règles des factures électroniques et ce qu’il faut changer.",
        file="Fichier",
        number="Numéro de facture",
        date="Date de la facture",
        seller="Vendeur",
        buyer="Acheteur",
        amount_due="Montant à payer",
        sound="Aucune règle n’est enfreinte.",
        wrong="La facture doit être corrigée.",
        doubtful="La facture est à examiner.",
        unread="Le document n’a pas pu être lu.",
        errors="À corriger",
        warnings="À examiner",
        information="Pour information",
        undecided="Non décidable",
        to_do="Ce qu’il faut changer",
        stated="Indiqué",
        on_page="Sur la page",
        in_xml="Dans le XML",
        left="Côté gauche",
        right="Côté droit",
        difference="Différence",
        page="page",
        line="ligne",
        more="et {count} autres endroits",
        checked="Règles contrôlées : {count}. Établi par invoicectl {version}.",
    ),
    "it": Labels(
        title="Controllo di una fattura",
        intro="Questa pagina dice se la fattura rispetta le regole delle fatture elettroniche e che cosa va cambiato.",
        file="File",
        number="Numero della fattura",
        date="Data della fattura",
        seller="Venditore",
        buyer="Acquirente",
        amount_due="Importo dovuto",
        sound="Nessuna regola è violata.",
        wrong="La fattura va corretta.",
        doubtful="La fattura va esaminata.",
        unread="Il documento non è leggibile.",
        errors="Da correggere",
        warnings="Da esaminare",
        information="Per conoscenza",
        undecided="Non decidibile",
        to_do="Che cosa cambiare",
        stated="Indicato",
        on_page="Sulla pagina",
        in_xml="Nell’XML",
        left="Lato sinistro",
        right="Lato destro",
        difference="Differenza",
        page="pagina",
        line="riga",
        more="e altri {count} punti",
        checked="Regole controllate: {count}. Creato da invoicectl {version}.",
    ),
    "es": Labels(
        title="Comprobación de una factura",
        intro="Esta página dice si la factura cumple las reglas de las facturas electrónicas y qué hay que cambiar.",
        file="Archivo",
        number="Número de factura",
        date="Fecha de la factura",
        seller="Vendedor",
        buyer="Comprador",
        amount_due="Importe a pagar",
        sound="No se incumple ninguna regla.",
        wrong="Hay que corregir la factura.",
        doubtful="Conviene revisar la factura.",
        unread="No se pudo leer el documento.",
        errors="Por corregir",
        warnings="Por revisar",
        information="Para su información",
        undecided="No decidible",
        to_do="Qué hay que cambiar",
        stated="Indicado",
        on_page="En la página",
        in_xml="En el XML",
        left="Lado izquierdo",
        right="Lado derecho",
        difference="Diferencia",
        page="página",
        line="línea",
        more="y {count} lugares más",
        checked="Reglas comprobadas: {count}. Hecho por invoicectl {version}.",
    ),
    "nl": Labels(
        title="Controle van een factuur",
        intro="Deze pagina zegt of de factuur de regels voor e-facturen naleeft en wat er te wijzigen is.",
        file="Bestand",
        number="Factuurnummer",
        date="Factuurdatum",
        seller="Verkoper",
        buyer="Koper",
        amount_due="Te betalen bedrag",
        sound="Er is geen regel overtreden.",
        wrong="De factuur moet worden verbeterd.",
        doubtful="De factuur is nader te bekijken.",
        unread="Het document kon niet worden gelezen.",
        errors="Te verbeteren",
        warnings="Te bekijken",
        information="Ter informatie",
        undecided="Niet te beslissen",
        to_do="Wat te wijzigen is",
        stated="Vermeld",
        on_page="Op de pagina",
        in_xml="In de XML",
        left="Linkerkant",
        right="Rechterkant",
        difference="Verschil",
        page="pagina",
        line="regel",
        more="en nog {count} plaatsen",
        checked="Gecontroleerde regels: {count}. Gemaakt door invoicectl {version}.",
    ),
}
