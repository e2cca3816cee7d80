"""What the checks of our own ask, and what to do where they fail: data, a sentence of each by language.

In the order English, German, French, Italian, Spanish, Dutch; in each, the text and the remedy.
"""

from collections.abc import Mapping

from invoice_summarizer.domain.rule_texts.e_invoice_checks import E_INVOICE_CHECKS, Texts
from invoice_summarizer.domain.rule_texts.sentences import Sentence
from invoice_summarizer.domain.rule_texts.term_names import LANGUAGES

_SEND_ONE = (
    "Send one document in which the page and the XML say the same.",
    "Schicken Sie ein Dokument, in dem Seite und XML dasselbe sagen.",
    "Envoyez un document dont la page et le XML disent la même chose.",
    "Inviare un documento in cui la pagina e l’XML dicano lo stesso.",
    "Envíe un documento en el que la página y el XML digan lo mismo.",
    "Stuur één document waarin pagina en XML hetzelfde zeggen.",
)
_WRITE_PDF = (
    "Correct how the program that writes the invoice makes the PDF; the amounts are not affected.",
    "Berichtigen Sie, wie Ihr Rechnungsprogramm das PDF erzeugt; die Beträge sind nicht betroffen.",
    "Corrigez la façon dont le logiciel de facturation produit le PDF ; les montants ne sont pas en cause.",
    "Correggere il modo in cui il programma di fatturazione crea il PDF; gli importi non sono in questione.",
    "Corrija la forma en que el programa de facturación crea el PDF; los importes no están afectados.",
    "Verbeter hoe het factuurprogramma de PDF maakt; de bedragen zijn niet in het geding.",
)
_SEND_AGAIN = (
    "Send the document again.",
    "Schicken Sie das Dokument noch einmal.",
    "Envoyez à nouveau le document.",
    "Inviare di nuovo il documento.",
    "Envíe de nuevo el documento.",
    "Stuur het document opnieuw.",
)
_SEND_AS_TEXT = (
    "Send the PDF as the invoicing program wrote it, or an e-invoice.",
    "Schicken Sie das PDF, wie Ihr Rechnungsprogramm es erzeugt hat, oder eine E-Rechnung.",
    "Envoyez le PDF tel que le logiciel de facturation l’a produit, ou une facture électronique.",
    "Inviare il PDF come lo ha creato il programma di fatturazione, o una fattura elettronica.",
    "Envíe el PDF tal como lo creó el programa de facturación, o una factura electrónica.",
    "Stuur de pdf zoals het factuurprogramma hem maakte, of een e-factuur.",
)

_TEXTS: Mapping[str, Texts] = {
    **E_INVOICE_CHECKS,
    "PAGE-XML-01": (
        (
            "Number and totals of the XML are those of the page.",
            "Nummer und Summen des XML sind die der Seite.",
            "Le numéro et les totaux du XML sont ceux de la page.",
            "Il numero e i totali dell’XML sono quelli della pagina.",
            "El número y los totales del XML son los de la página.",
            "Nummer en totalen van de XML zijn die van de pagina.",
        ),
        _SEND_ONE,
    ),
    "PAGE-XML-02": (
        (
            "The accounts of the XML are those of the page.",
            "Die Konten des XML sind die der Seite.",
            "Les comptes du XML sont ceux de la page.",
            "I conti dell’XML sono quelli della pagina.",
            "Las cuentas del XML son las de la página.",
            "De rekeningen van de XML zijn die van de pagina.",
        ),
        _SEND_ONE,
    ),
    "PAGE-XML-03": (
        (
            "The dates of the XML are those of the page.",
            "Die Daten des XML sind die der Seite.",
            "Les dates du XML sont celles de la page.",
            "Le date dell’XML sono quelle della pagina.",
            "Las fechas del XML son las de la página.",
            "De datums van de XML zijn die van de pagina.",
        ),
        _SEND_ONE,
    ),
    "PAGE-XML-04": (
        (
            "Type and currency of the XML are those of the page.",
            "Art und Währung des XML sind die der Seite.",
            "Le type et la devise du XML sont ceux de la page.",
            "Il tipo e la valuta dell’XML sono quelli della pagina.",
            "El tipo y la moneda del XML son los de la página.",
            "Soort en valuta van de XML zijn die van de pagina.",
        ),
        _SEND_ONE,
    ),
    "PAGE-XML-05": (
        (
            "The parties of the XML are those of the page.",
            "Die Beteiligten des XML sind die der Seite.",
            "Les parties du XML sont celles de la page.",
            "Le parti dell’XML sono quelle della pagina.",
            "Las partes del XML son las de la página.",
            "De partijen van de XML zijn die van de pagina.",
        ),
        _SEND_ONE,
    ),
    "PAGE-XML-06": (
        (
            "The VAT of the XML is that of the page.",
            "Die Umsatzsteuer des XML ist die der Seite.",
            "La TVA du XML est celle de la page.",
            "L’IVA dell’XML è quella della pagina.",
            "El IVA del XML es el de la página.",
            "De btw van de XML is die van de pagina.",
        ),
        _SEND_ONE,
    ),
    "PAGE-XML-07": (
        (
            "The lines of the XML are those of the page.",
            "Die Positionen des XML sind die der Seite.",
            "Les lignes du XML sont celles de la page.",
            "Le righe dell’XML sono quelle della pagina.",
            "Las líneas del XML son las de la página.",
            "De regels van de XML zijn die van de pagina.",
        ),
        _SEND_ONE,
    ),
    "PAGE-XML-08": (
        (
            "The page prints something that the XML can be held against.",
            "Die Seite druckt etwas, woran sich das XML messen lässt.",
            "La page imprime de quoi vérifier le XML.",
            "La pagina stampa qualcosa con cui confrontare l’XML.",
            "La página imprime algo con lo que comparar el XML.",
            "De pagina drukt iets af waaraan de XML te toetsen is.",
        ),
        _SEND_ONE,
    ),
    "EMBEDDED-XML-01": (
        (
            "Every e-invoice inside the PDF can be read.",
            "Jede E-Rechnung im PDF ist lesbar.",
            "Chaque facture électronique dans le PDF est lisible.",
            "Ogni fattura elettronica nel PDF è leggibile.",
            "Cada factura electrónica dentro del PDF se puede leer.",
            "Elke e-factuur in de PDF is leesbaar.",
        ),
        _SEND_AGAIN,
    ),
    "EMBEDDED-XML-02": (
        (
            "All e-invoices inside the PDF say the same.",
            "Alle E-Rechnungen im PDF sagen dasselbe.",
            "Toutes les factures électroniques dans le PDF disent la même chose.",
            "Tutte le fatture elettroniche nel PDF dicono lo stesso.",
            "Todas las facturas electrónicas dentro del PDF dicen lo mismo.",
            "Alle e-facturen in de PDF zeggen hetzelfde.",
        ),
        _SEND_ONE,
    ),
    "HIDDEN-TEXT-01": (
        (
            "The pages hold no text that a reader cannot see.",
            "Die Seiten enthalten keinen Text, den man nicht sieht.",
            "Les pages ne contiennent pas de texte invisible.",
            "Le pagine non contengono testo invisibile.",
            "Las páginas no contienen texto invisible.",
            "De pagina’s bevatten geen onzichtbare tekst.",
        ),
        (
            "Remove the hidden text.",
            "Entfernen Sie den verborgenen Text.",
            "Supprimez le texte caché.",
            "Eliminare il testo nascosto.",
            "Elimine el texto oculto.",
            "Verwijder de verborgen tekst.",
        ),
    ),
    "SCAN-01": (
        (
            "What was read from a picture, and is paid by, is told by something else as well.",
            "Was aus einem Bild gelesen wurde und wonach gezahlt wird, sagt noch etwas anderes.",
            "Ce qui a été lu sur une image et sert au paiement est confirmé par autre chose.",
            "Ciò che è stato letto da un’immagine e serve al pagamento è confermato da altro.",
            "Lo que se leyó de una imagen y sirve para pagar lo confirma algo más.",
            "Wat van een afbeelding is gelezen en waarnaar wordt betaald, zegt nog iets anders.",
        ),
        _SEND_AS_TEXT,
    ),
    "SEVERAL-INVOICES-01": (
        (
            "The file of pages holds one invoice.",
            "Die Datei enthält eine einzige Rechnung.",
            "Le fichier contient une seule facture.",
            "Il file contiene una sola fattura.",
            "El archivo contiene una sola factura.",
            "Het bestand bevat één factuur.",
        ),
        (
            "Send each invoice in a file of its own.",
            "Senden Sie jede Rechnung in einer eigenen Datei.",
            "Envoyez chaque facture dans son propre fichier.",
            "Inviare ogni fattura in un file proprio.",
            "Envíe cada factura en un archivo propio.",
            "Stuur elke factuur in een eigen bestand.",
        ),
    ),
    "CARRIED-SUM-01": (
        (
            "The sums that pages carry over are those of the lines before them.",
            "Jeder Übertrag ist die Summe der Positionen davor.",
            "Chaque report est la somme des lignes qui le précèdent.",
            "Ogni riporto è la somma delle righe che lo precedono.",
            "Cada suma que pasa de página es la de las líneas anteriores.",
            "Elk transport is de som van de regels ervoor.",
        ),
        (
            "Correct the sums at the head and the foot of the pages, or print the line that is missing.",
            "Berichtigen Sie die Überträge am Anfang und Ende der Seiten, oder drucken Sie die fehlende Position.",
            "Corrigez les reports en tête et en pied de page, ou imprimez la ligne qui manque.",
            "Correggere i riporti all’inizio e alla fine delle pagine, o stampare la riga che manca.",
            "Corrija las sumas al principio y al final de las páginas, o imprima la línea que falta.",
            "Corrigeer de transporten boven en onder aan de pagina’s, of druk de ontbrekende regel af.",
        ),
    ),
    "IBAN-01": (
        (
            "The check digits of each account are right.",
            "Die Prüfziffern jedes Kontos stimmen.",
            "La clé de contrôle de chaque compte est juste.",
            "Le cifre di controllo di ogni conto sono giuste.",
            "Los dígitos de control de cada cuenta son correctos.",
            "De controlecijfers van elke rekening kloppen.",
        ),
        (
            "Compare the account with the papers of the bank, and correct it.",
            "Vergleichen Sie das Konto mit den Unterlagen der Bank und berichtigen Sie es.",
            "Comparez le compte avec les papiers de la banque et corrigez-le.",
            "Confrontare il conto con i documenti della banca e correggerlo.",
            "Compare la cuenta con los documentos del banco y corríjala.",
            "Vergelijk de rekening met de papieren van de bank en verbeter haar.",
        ),
    ),
    "VAT-ID-01": (
        (
            "The check digits of each VAT identifier are right.",
            "Die Prüfziffern jeder Umsatzsteuer-Identifikationsnummer stimmen.",
            "La clé de contrôle de chaque numéro de TVA est juste.",
            "Le cifre di controllo di ogni partita IVA sono giuste.",
            "Los dígitos de control de cada NIF-IVA son correctos.",
            "De controlecijfers van elk btw-nummer kloppen.",
        ),
        (
            "Compare the number with the letter of the tax office, and correct it.",
            "Vergleichen Sie die Nummer mit dem Bescheid des Finanzamts und berichtigen Sie sie.",
            "Comparez le numéro avec l’attestation fiscale et corrigez-le.",
            "Confrontare il numero con il certificato fiscale e correggerlo.",
            "Compare el número con el certificado fiscal y corríjalo.",
            "Vergelijk het nummer met de brief van de belastingdienst en verbeter het.",
        ),
    ),
    "DUE-DATE-01": (
        (
            "The due date is not before the date of the invoice.",
            "Das Fälligkeitsdatum liegt nicht vor dem Rechnungsdatum.",
            "La date d’échéance ne précède pas la date de la facture.",
            "La scadenza non precede la data della fattura.",
            "El vencimiento no es anterior a la fecha de la factura.",
            "De vervaldatum ligt niet voor de factuurdatum.",
        ),
        (
            "Correct one of the two dates.",
            "Berichtigen Sie eines der beiden Daten.",
            "Corrigez l’une des deux dates.",
            "Correggere una delle due date.",
            "Corrija una de las dos fechas.",
            "Verbeter een van beide datums.",
        ),
    ),
    "LINES-NET-01": (
        (
            "The lines, less allowances, plus charges, make the total without VAT.",
            "Die Positionen, abzüglich der Abzüge und zuzüglich der Zuschläge, ergeben den Gesamtbetrag ohne Umsatzsteuer.",
            "Les lignes, moins les remises, plus les majorations, font le total hors TVA.",
            "Le righe, meno gli sconti, più le maggiorazioni, danno il totale senza IVA.",
            "Las líneas, menos los descuentos, más los recargos, dan el total sin IVA.",
            "De regels, min kortingen, plus toeslagen, geven het totaal zonder btw.",
        ),
        (
            "Work the sum out again, and correct the amount that is wrong.",
            "Rechnen Sie die Summe neu und berichtigen Sie den falschen Betrag.",
            "Refaites le calcul et corrigez le montant erroné.",
            "Rifare il calcolo e correggere l’importo errato.",
            "Vuelva a calcular y corrija el importe erróneo.",
            "Maak de som opnieuw en verbeter het foute bedrag.",
        ),
    ),
    "HYBRID-01": (
        (
            "The PDF says how the XML inside is related to it.",
            "Das PDF sagt, wie das XML darin zu ihm steht.",
            "Le PDF dit quel est le lien du XML qu’il contient avec lui.",
            "Il PDF dice in quale relazione sta l’XML che contiene.",
            "El PDF dice qué relación tiene con él el XML que contiene.",
            "De PDF zegt hoe de XML erin zich ertoe verhoudt.",
        ),
        _WRITE_PDF,
    ),
    "HYBRID-02": (
        (
            "The PDF as a whole names the XML as its file.",
            "Das PDF als Ganzes nennt das XML als seine Datei.",
            "Le PDF dans son ensemble désigne le XML comme son fichier.",
            "Il PDF nel suo insieme indica l’XML come suo file.",
            "El PDF en su conjunto nombra el XML como su archivo.",
            "De PDF als geheel noemt de XML als zijn bestand.",
        ),
        _WRITE_PDF,
    ),
    "HYBRID-03": (
        (
            "The XML inside the PDF has a standard file name.",
            "Das XML im PDF hat einen üblichen Dateinamen.",
            "Le XML dans le PDF porte un nom de fichier normalisé.",
            "L’XML nel PDF ha un nome di file standard.",
            "El XML dentro del PDF tiene un nombre de archivo normalizado.",
            "De XML in de PDF heeft een gangbare bestandsnaam.",
        ),
        _WRITE_PDF,
    ),
    "HYBRID-04": (
        (
            "The metadata of the PDF name the file and the profile.",
            "Die Metadaten des PDF nennen die Datei und das Profil.",
            "Les métadonnées du PDF nomment le fichier et le profil.",
            "I metadati del PDF indicano il file e il profilo.",
            "Los metadatos del PDF nombran el archivo y el perfil.",
            "De metadata van de PDF noemen het bestand en het profiel.",
        ),
        _WRITE_PDF,
    ),
    "HYBRID-05": (
        (
            "The PDF is a PDF/A-3 with an output intent.",
            "Das PDF ist ein PDF/A-3 mit Ausgabebedingung.",
            "Le PDF est un PDF/A-3 avec une intention de sortie.",
            "Il PDF è un PDF/A-3 con intento di output.",
            "El PDF es un PDF/A-3 con condición de salida.",
            "De PDF is een PDF/A-3 met uitvoerintentie.",
        ),
        _WRITE_PDF,
    ),
    "HYBRID-06": (
        (
            "The profile that the PDF names is that of the XML.",
            "Das Profil, das das PDF nennt, ist das des XML.",
            "Le profil que nomme le PDF est celui du XML.",
            "Il profilo indicato dal PDF è quello dell’XML.",
            "El perfil que nombra el PDF es el del XML.",
            "Het profiel dat de PDF noemt, is dat van de XML.",
        ),
        _SEND_ONE,
    ),
}


def own_sentence(rule_id: str, language: str) -> Sentence | None:
    """Returns what the check asks; None where it is none of our own, or has no text yet."""
    known = _TEXTS.get(rule_id)
    if known is None:
        return None
    at = LANGUAGES.index(language)
    return Sentence(known[0][at], known[1][at])
