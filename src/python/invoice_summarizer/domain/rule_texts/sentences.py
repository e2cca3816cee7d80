"""The sentences of rules that are alike, and what to do where one is not kept: data, by language.

Names of terms stand behind a colon, so that no sentence depends on their gender or number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a rule asks of its terms."""

    STATED = "STATED"  # all of them
    ONE_OF = "ONE_OF"  # one at least
    NOT_BOTH = "NOT_BOTH"
    NONE_OF = "NONE_OF"
    ONCE = "ONCE"
    SCHEME = "SCHEME"
    CODE = "CODE"
    DECIMALS = "DECIMALS"
    NOT_NEGATIVE = "NOT_NEGATIVE"
    POSITIVE = "POSITIVE"
    ORDER = "ORDER"  # the second is not before the first
    EQUAL = "EQUAL"
    SAME = "SAME"
    DIFFERENT = "DIFFERENT"
    IBAN = "IBAN"
    COUNTRY_PREFIX = "COUNTRY_PREFIX"
    FORM = "FORM"
    STRUCTURE = "STRUCTURE"
    CATEGORY_ROW = "CATEGORY_ROW"
    CATEGORY_PARTIES = "CATEGORY_PARTIES"
    CATEGORY_NO_PARTIES = "CATEGORY_NO_PARTIES"
    CATEGORY_RATE_POSITIVE = "CATEGORY_RATE_POSITIVE"
    NOT_NEGATIVE_RATE = "NOT_NEGATIVE_RATE"
    CATEGORY_RATE_ZERO = "CATEGORY_RATE_ZERO"
    CATEGORY_RATE_NONE = "CATEGORY_RATE_NONE"
    CATEGORY_BASE = "CATEGORY_BASE"
    CATEGORY_TAX = "CATEGORY_TAX"
    CATEGORY_TAX_ZERO = "CATEGORY_TAX_ZERO"
    CATEGORY_REASON = "CATEGORY_REASON"
    CATEGORY_NO_REASON = "CATEGORY_NO_REASON"
    CATEGORY_ONLY = "CATEGORY_ONLY"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Sentence:
    """`{terms}` are the names of the terms, `{category}` is that of a VAT category."""

    text: str
    remedy: str


_K = Kind
_ENGLISH_TEXTS = {
    _K.STATED: "Required: {terms}.|Add what is missing.",
    _K.ONE_OF: "At least one of these is required: {terms}.|Add one of them.",
    _K.NOT_BOTH: "Only one of these may be stated: {terms}.|Remove one of them.",
    _K.NONE_OF: "Not to be stated here: {terms}.|Remove it.",
    _K.ONCE: "To be stated once only: {terms}.|Keep one of them, and remove the others.",
    _K.SCHEME: "The scheme of the identifier is required: {terms}.|State by which scheme the identifier is issued.",
    _K.CODE: "Required is a code of the list: {terms}.|Replace the value by a code of that list.",
    _K.DECIMALS: "No more than two decimals: {terms}.|Round the amount to two decimals.",
    _K.NOT_NEGATIVE: "Not below zero: {terms}.|State the price without a minus; what is given back has a negative quantity.",
    _K.POSITIVE: "Greater than zero: {terms}.|Correct the value.",
    _K.ORDER: "The end is not before the start: {terms}.|Correct one of the two dates.",
    _K.EQUAL: "Both sides have to be the same: {terms}.|Work the sum out again, and correct the amount that is wrong.",
    _K.SAME: "These have to fit together: {terms}.|Correct the one that is wrong.",
    _K.DIFFERENT: "These have to differ: {terms}.|Correct or remove one of them.",
    _K.IBAN: "The check digits of the account have to be right: {terms}.|Compare the account with the papers of the bank, and correct it.",
    _K.COUNTRY_PREFIX: "It begins with the code of the country that issued it: {terms}.|Put the code of the country in front (for Greece EL).",
    _K.FORM: "The value has to have the form that is laid down for it: {terms}.|Correct the form of the value.",
    _K.STRUCTURE: "The XML has to be built as EN 16931 lays down for its format.|Correct how the program that writes the invoice builds the XML at this place.",
    _K.CATEGORY_ROW: "What is invoiced as “{category}” needs its row in the VAT breakdown.|Add the row of this category, or correct the category.",
    _K.CATEGORY_PARTIES: "With “{category}”, the parties have to be known to the tax office by their identifiers: {terms}.|Add the VAT identifier or tax number that is missing.",
    _K.CATEGORY_NO_PARTIES: "With “{category}”, no VAT identifier of the parties is stated.|Remove the VAT identifiers, or correct the category.",
    _K.CATEGORY_RATE_POSITIVE: "With “{category}”, the rate is above zero: {terms}.|Correct the rate or the category.",
    _K.NOT_NEGATIVE_RATE: "With “{category}”, the rate is zero or above: {terms}.|Correct the rate or the category.",
    _K.CATEGORY_RATE_ZERO: "With “{category}”, the rate is zero: {terms}.|Correct the rate or the category.",
    _K.CATEGORY_RATE_NONE: "With “{category}”, no rate is stated: {terms}.|Remove the rate, or correct the category.",
    _K.CATEGORY_BASE: "The taxable amount of “{category}” is the sum of its lines, less allowances, plus charges.|Work the taxable amount out again, or correct the category of a line.",
    _K.CATEGORY_TAX: "The tax of “{category}” is its taxable amount times its rate.|Work the tax out again.",
    _K.CATEGORY_TAX_ZERO: "The tax of “{category}” is zero.|Correct the tax or the category.",
    _K.CATEGORY_REASON: "“{category}” needs a reason for which no tax is due.|Add the reason, as a text or as a code.",
    _K.CATEGORY_NO_REASON: "“{category}” has no reason for which no tax is due.|Remove the reason, or correct the category.",
    _K.CATEGORY_ONLY: "Beside “{category}”, there is no other VAT category.|Separate the invoice, or correct the categories.",
    _K.OTHER: "A rule of the standard is not kept. It concerns: {terms}.|Check these values.",
}
_GERMAN_TEXTS = {
    _K.STATED: "Anzugeben ist: {terms}.|Ergänzen Sie, was fehlt.",
    _K.ONE_OF: "Mindestens eines davon ist anzugeben: {terms}.|Ergänzen Sie eines davon.",
    _K.NOT_BOTH: "Nur eines davon darf angegeben sein: {terms}.|Entfernen Sie eines davon.",
    _K.NONE_OF: "Hier nicht anzugeben: {terms}.|Entfernen Sie die Angabe.",
    _K.ONCE: "Nur einmal anzugeben: {terms}.|Behalten Sie eine Angabe und entfernen Sie die übrigen.",
    _K.SCHEME: "Das Schema der Kennung ist anzugeben: {terms}.|Geben Sie an, nach welchem Schema die Kennung vergeben ist.",
    _K.CODE: "Verlangt ist ein Code der Liste: {terms}.|Ersetzen Sie den Wert durch einen Code dieser Liste.",
    _K.DECIMALS: "Höchstens zwei Nachkommastellen: {terms}.|Runden Sie den Betrag auf zwei Nachkommastellen.",
    _K.NOT_NEGATIVE: "Nicht unter null: {terms}.|Geben Sie den Preis ohne Minus an; was zurückgegeben wird, hat eine negative Menge.",
    _K.POSITIVE: "Größer als null: {terms}.|Berichtigen Sie den Wert.",
    _K.ORDER: "Das Ende liegt nicht vor dem Beginn: {terms}.|Berichtigen Sie eines der beiden Daten.",
    _K.EQUAL: "Beide Seiten müssen gleich sein: {terms}.|Rechnen Sie die Summe neu und berichtigen Sie den falschen Betrag.",
    _K.SAME: "Diese Angaben müssen zueinander passen: {terms}.|Berichtigen Sie die falsche Angabe.",
    _K.DIFFERENT: "Diese Angaben müssen verschieden sein: {terms}.|Berichtigen oder entfernen Sie eine davon.",
    _K.IBAN: "Die Prüfziffern des Kontos müssen stimmen: {terms}.|Vergleichen Sie das Konto mit den Unterlagen der Bank und berichtigen Sie es.",
    _K.COUNTRY_PREFIX: "Sie beginnt mit dem Code des Landes, das sie vergeben hat: {terms}.|Stellen Sie den Code des Landes voran (für Griechenland EL).",
    _K.FORM: "Der Wert muss die vorgeschriebene Form haben: {terms}.|Berichtigen Sie die Form des Werts.",
    _K.STRUCTURE: "Das XML muss so aufgebaut sein, wie es EN 16931 für sein Format vorschreibt.|Berichtigen Sie, wie Ihr Rechnungsprogramm das XML an dieser Stelle aufbaut.",
    _K.CATEGORY_ROW: "Was als „{category}“ berechnet ist, braucht seine Zeile in der Aufschlüsselung der Umsatzsteuer.|Ergänzen Sie die Zeile dieser Kategorie oder berichtigen Sie die Kategorie.",
    _K.CATEGORY_PARTIES: "Bei „{category}“ müssen die Beteiligten steuerlich gekennzeichnet sein: {terms}.|Ergänzen Sie die fehlende Umsatzsteuer-Identifikationsnummer oder Steuernummer.",
    _K.CATEGORY_NO_PARTIES: "Bei „{category}“ ist keine Umsatzsteuer-Identifikationsnummer der Beteiligten angegeben.|Entfernen Sie diese Nummern oder berichtigen Sie die Kategorie.",
    _K.CATEGORY_RATE_POSITIVE: "Bei „{category}“ liegt der Steuersatz über null: {terms}.|Berichtigen Sie den Satz oder die Kategorie.",
    _K.NOT_NEGATIVE_RATE: "Bei „{category}“ ist der Satz null oder höher: {terms}.|Berichtigen Sie den Satz oder die Kategorie.",
    _K.CATEGORY_RATE_ZERO: "Bei „{category}“ ist der Steuersatz null: {terms}.|Berichtigen Sie den Satz oder die Kategorie.",
    _K.CATEGORY_RATE_NONE: "Bei „{category}“ ist kein Steuersatz angegeben: {terms}.|Entfernen Sie den Satz oder berichtigen Sie die Kategorie.",
    _K.CATEGORY_BASE: "Die Bemessungsgrundlage von „{category}“ ist die Summe ihrer Positionen, abzüglich der Abzüge, zuzüglich der Zuschläge.|Rechnen Sie die Bemessungsgrundlage neu oder berichtigen Sie die Kategorie einer Position.",
    _K.CATEGORY_TAX: "Die Steuer von „{category}“ ist ihre Bemessungsgrundlage mal ihrem Satz.|Rechnen Sie die Steuer neu.",
    _K.CATEGORY_TAX_ZERO: "Die Steuer von „{category}“ ist null.|Berichtigen Sie die Steuer oder die Kategorie.",
    _K.CATEGORY_REASON: "„{category}“ braucht einen Grund, aus dem keine Steuer anfällt.|Ergänzen Sie den Grund als Text oder als Code.",
    _K.CATEGORY_NO_REASON: "„{category}“ hat keinen Grund, aus dem keine Steuer anfällt.|Entfernen Sie den Grund oder berichtigen Sie die Kategorie.",
    _K.CATEGORY_ONLY: "Neben „{category}“ gibt es keine andere Umsatzsteuerkategorie.|Trennen Sie die Rechnung oder berichtigen Sie die Kategorien.",
    _K.OTHER: "Eine Regel der Norm ist nicht eingehalten. Sie betrifft: {terms}.|Prüfen Sie diese Angaben.",
}
_FRENCH_TEXTS = {
    _K.STATED: "Il faut indiquer : {terms}.|Ajoutez ce qui manque.",
    _K.ONE_OF: "Il faut indiquer au moins un de ces éléments : {terms}.|Ajoutez-en un.",
    _K.NOT_BOTH: "Un seul de ces éléments peut être indiqué : {terms}.|Supprimez-en un.",
    _K.NONE_OF: "À ne pas indiquer ici : {terms}.|Supprimez cet élément.",
    _K.ONCE: "À indiquer une seule fois : {terms}.|Gardez une indication et supprimez les autres.",
    _K.SCHEME: "Il faut indiquer le schéma de l’identifiant : {terms}.|Indiquez selon quel schéma l’identifiant est attribué.",
    _K.CODE: "Il faut un code de la liste : {terms}.|Remplacez la valeur par un code de cette liste.",
    _K.DECIMALS: "Deux décimales au plus : {terms}.|Arrondissez le montant à deux décimales.",
    _K.NOT_NEGATIVE: "Pas au-dessous de zéro : {terms}.|Indiquez le prix sans signe moins ; ce qui est repris a une quantité négative.",
    _K.POSITIVE: "Supérieur à zéro : {terms}.|Corrigez la valeur.",
    _K.ORDER: "La fin ne précède pas le début : {terms}.|Corrigez l’une des deux dates.",
    _K.EQUAL: "Les deux côtés doivent être égaux : {terms}.|Refaites le calcul et corrigez le montant erroné.",
    _K.SAME: "Ces éléments doivent concorder : {terms}.|Corrigez celui qui est faux.",
    _K.DIFFERENT: "Ces éléments doivent être différents : {terms}.|Corrigez ou supprimez l’un d’eux.",
    _K.IBAN: "La clé de contrôle du compte doit être juste : {terms}.|Comparez le compte avec les papiers de la banque et corrigez-le.",
    _K.COUNTRY_PREFIX: "Il commence par le code du pays qui l’a attribué : {terms}.|Mettez le code du pays devant (pour la Grèce EL).",
    _K.FORM: "La valeur doit avoir la forme prescrite : {terms}.|Corrigez la forme de la valeur.",
    _K.STRUCTURE: "Le XML doit être construit comme EN 16931 le prescrit pour son format.|Corrigez la façon dont le logiciel de facturation construit le XML à cet endroit.",
    _K.CATEGORY_ROW: "Ce qui est facturé en « {category} » doit avoir sa ligne dans la ventilation de la TVA.|Ajoutez la ligne de cette catégorie ou corrigez la catégorie.",
    _K.CATEGORY_PARTIES: "Avec « {category} », les parties doivent être identifiées pour l’impôt : {terms}.|Ajoutez le numéro de TVA ou le numéro fiscal qui manque.",
    _K.CATEGORY_NO_PARTIES: "Avec « {category} », aucun numéro de TVA des parties n’est indiqué.|Supprimez ces numéros ou corrigez la catégorie.",
    _K.CATEGORY_RATE_POSITIVE: "Avec « {category} », le taux est supérieur à zéro : {terms}.|Corrigez le taux ou la catégorie.",
    _K.NOT_NEGATIVE_RATE: "Avec « {category} », le taux est nul ou supérieur à zéro : {terms}.|Corrigez le taux ou la catégorie.",
    _K.CATEGORY_RATE_ZERO: "Avec « {category} », le taux est nul : {terms}.|Corrigez le taux ou la catégorie.",
    _K.CATEGORY_RATE_NONE: "Avec « {category} », aucun taux n’est indiqué : {terms}.|Supprimez le taux ou corrigez la catégorie.",
    _K.CATEGORY_BASE: "La base d’imposition de « {category} » est la somme de ses lignes, moins les remises, plus les majorations.|Recalculez la base ou corrigez la catégorie d’une ligne.",
    _K.CATEGORY_TAX: "La taxe de « {category} » est sa base multipliée par son taux.|Recalculez la taxe.",
    _K.CATEGORY_TAX_ZERO: "La taxe de « {category} » est nulle.|Corrigez la taxe ou la catégorie.",
    _K.CATEGORY_REASON: "« {category} » demande un motif pour lequel aucune taxe n’est due.|Ajoutez le motif, en texte ou en code.",
    _K.CATEGORY_NO_REASON: "« {category} » n’a pas de motif pour lequel aucune taxe n’est due.|Supprimez le motif ou corrigez la catégorie.",
    _K.CATEGORY_ONLY: "À côté de « {category} », il n’y a pas d’autre catégorie de TVA.|Séparez la facture ou corrigez les catégories.",
    _K.OTHER: "Une règle de la norme n’est pas respectée. Elle concerne : {terms}.|Vérifiez ces valeurs.",
}
_ITALIAN_TEXTS = {
    _K.STATED: "Va indicato: {terms}.|Aggiungere ciò che manca.",
    _K.ONE_OF: "Va indicato almeno uno di questi elementi: {terms}.|Aggiungerne uno.",
    _K.NOT_BOTH: "Può essere indicato uno solo di questi elementi: {terms}.|Eliminarne uno.",
    _K.NONE_OF: "Da non indicare qui: {terms}.|Eliminare l’elemento.",
    _K.ONCE: "Da indicare una sola volta: {terms}.|Mantenere un’indicazione ed eliminare le altre.",
    _K.SCHEME: "Va indicato lo schema dell’identificativo: {terms}.|Indicare secondo quale schema è attribuito l’identificativo.",
    _K.CODE: "Serve un codice dell’elenco: {terms}.|Sostituire il valore con un codice di quell’elenco.",
    _K.DECIMALS: "Al massimo due decimali: {terms}.|Arrotondare l’importo a due decimali.",
    _K.NOT_NEGATIVE: "Non sotto lo zero: {terms}.|Indicare il prezzo senza segno meno; ciò che viene reso ha una quantità negativa.",
    _K.POSITIVE: "Maggiore di zero: {terms}.|Correggere il valore.",
    _K.ORDER: "La fine non precede l’inizio: {terms}.|Correggere una delle due date.",
    _K.EQUAL: "I due lati devono essere uguali: {terms}.|Rifare il calcolo e correggere l’importo errato.",
    _K.SAME: "Questi elementi devono concordare: {terms}.|Correggere quello sbagliato.",
    _K.DIFFERENT: "Questi elementi devono essere diversi: {terms}.|Correggerne o eliminarne uno.",
    _K.IBAN: "Le cifre di controllo del conto devono essere giuste: {terms}.|Confrontare il conto con i documenti della banca e correggerlo.",
    _K.COUNTRY_PREFIX: "Comincia con il codice del paese che l’ha attribuita: {terms}.|Anteporre il codice del paese (per la Grecia EL).",
    _K.FORM: "Il valore deve avere la forma prescritta: {terms}.|Correggere la forma del valore.",
    _K.STRUCTURE: "L’XML deve essere costruito come EN 16931 prescrive per il suo formato.|Correggere il modo in cui il programma di fatturazione costruisce l’XML in questo punto.",
    _K.CATEGORY_ROW: "Ciò che è fatturato come «{category}» deve avere la sua riga nel riepilogo IVA.|Aggiungere la riga di questa categoria o correggere la categoria.",
    _K.CATEGORY_PARTIES: "Con «{category}» le parti devono essere identificate fiscalmente: {terms}.|Aggiungere la partita IVA o il codice fiscale che manca.",
    _K.CATEGORY_NO_PARTIES: "Con «{category}» non è indicata alcuna partita IVA delle parti.|Eliminare le partite IVA o correggere la categoria.",
    _K.CATEGORY_RATE_POSITIVE: "Con «{category}» l’aliquota è maggiore di zero: {terms}.|Correggere l’aliquota o la categoria.",
    _K.NOT_NEGATIVE_RATE: "Con «{category}» l’aliquota è zero o maggiore: {terms}.|Correggere l’aliquota o la categoria.",
    _K.CATEGORY_RATE_ZERO: "Con «{category}» l’aliquota è zero: {terms}.|Correggere l’aliquota o la categoria.",
    _K.CATEGORY_RATE_NONE: "Con «{category}» non è indicata alcuna aliquota: {terms}.|Eliminare l’aliquota o correggere la categoria.",
    _K.CATEGORY_BASE: "L’imponibile di «{category}» è la somma delle sue righe, meno gli sconti, più le maggiorazioni.|Ricalcolare l’imponibile o correggere la categoria di una riga.",
    _K.CATEGORY_TAX: "L’imposta di «{category}» è il suo imponibile per la sua aliquota.|Ricalcolare l’imposta.",
    _K.CATEGORY_TAX_ZERO: "L’imposta di «{category}» è zero.|Correggere l’imposta o la categoria.",
    _K.CATEGORY_REASON: "«{category}» richiede un motivo per cui non è dovuta imposta.|Aggiungere il motivo, come testo o come codice.",
    _K.CATEGORY_NO_REASON: "«{category}» non ha un motivo per cui non è dovuta imposta.|Eliminare il motivo o correggere la categoria.",
    _K.CATEGORY_ONLY: "Accanto a «{category}» non c’è altra categoria IVA.|Separare la fattura o correggere le categorie.",
    _K.OTHER: "Una regola della norma non è rispettata. Riguarda: {terms}.|Verificare questi valori.",
}
_SPANISH_TEXTS = {
    _K.STATED: "Hay que indicar: {terms}.|Añada lo que falta.",
    _K.ONE_OF: "Hay que indicar al menos uno de estos datos: {terms}.|Añada uno de ellos.",
    _K.NOT_BOTH: "Solo puede indicarse uno de estos datos: {terms}.|Elimine uno de ellos.",
    _K.NONE_OF: "No debe indicarse aquí: {terms}.|Elimine el dato.",
    _K.ONCE: "Debe indicarse una sola vez: {terms}.|Conserve una indicación y elimine las demás.",
    _K.SCHEME: "Hay que indicar el esquema del identificador: {terms}.|Indique según qué esquema se asigna el identificador.",
    _K.CODE: "Se requiere un código de la lista: {terms}.|Sustituya el valor por un código de esa lista.",
    _K.DECIMALS: "Dos decimales como máximo: {terms}.|Redondee el importe a dos decimales.",
    _K.NOT_NEGATIVE: "No por debajo de cero: {terms}.|Indique el precio sin signo menos; lo que se devuelve tiene cantidad negativa.",
    _K.POSITIVE: "Mayor que cero: {terms}.|Corrija el valor.",
    _K.ORDER: "El final no es anterior al inicio: {terms}.|Corrija una de las dos fechas.",
    _K.EQUAL: "Los dos lados deben ser iguales: {terms}.|Vuelva a calcular y corrija el importe erróneo.",
    _K.SAME: "Estos datos deben concordar: {terms}.|Corrija el que sea erróneo.",
    _K.DIFFERENT: "Estos datos deben ser distintos: {terms}.|Corrija o elimine uno de ellos.",
    _K.IBAN: "Los dígitos de control de la cuenta deben ser correctos: {terms}.|Compare la cuenta con los documentos del banco y corríjala.",
    _K.COUNTRY_PREFIX: "Empieza por el código del país que lo asignó: {terms}.|Anteponga el código del país (para Grecia EL).",
    _K.FORM: "El valor debe tener la forma prescrita: {terms}.|Corrija la forma del valor.",
    _K.STRUCTURE: "El XML debe estar construido como EN 16931 prescribe para su formato.|Corrija la forma en que el programa de facturación construye el XML en este lugar.",
    _K.CATEGORY_ROW: "Lo facturado como «{category}» necesita su línea en el desglose del IVA.|Añada la línea de esta categoría o corrija la categoría.",
    _K.CATEGORY_PARTIES: "Con «{category}» las partes deben estar identificadas fiscalmente: {terms}.|Añada el NIF-IVA o el número fiscal que falta.",
    _K.CATEGORY_NO_PARTIES: "Con «{category}» no se indica ningún NIF-IVA de las partes.|Elimine esos números o corrija la categoría.",
    _K.CATEGORY_RATE_POSITIVE: "Con «{category}» el tipo es mayor que cero: {terms}.|Corrija el tipo o la categoría.",
    _K.NOT_NEGATIVE_RATE: "Con «{category}» el tipo es cero o mayor: {terms}.|Corrija el tipo o la categoría.",
    _K.CATEGORY_RATE_ZERO: "Con «{category}» el tipo es cero: {terms}.|Corrija el tipo o la categoría.",
    _K.CATEGORY_RATE_NONE: "Con «{category}» no se indica ningún tipo: {terms}.|Elimine el tipo o corrija la categoría.",
    _K.CATEGORY_BASE: "La base imponible de «{category}» es la suma de sus líneas, menos los descuentos, más los recargos.|Vuelva a calcular la base o corrija la categoría de una línea.",
    _K.CATEGORY_TAX: "La cuota de «{category}» es su base por su tipo.|Vuelva a calcular la cuota.",
    _K.CATEGORY_TAX_ZERO: "La cuota de «{category}» es cero.|Corrija la cuota o la categoría.",
    _K.CATEGORY_REASON: "«{category}» requiere un motivo por el que no se devenga impuesto.|Añada el motivo, como texto o como código.",
    _K.CATEGORY_NO_REASON: "«{category}» no tiene motivo por el que no se devenga impuesto.|Elimine el motivo o corrija la categoría.",
    _K.CATEGORY_ONLY: "Junto a «{category}» no hay otra categoría de IVA.|Separe la factura o corrija las categorías.",
    _K.OTHER: "No se cumple una regla de la norma. Afecta a: {terms}.|Compruebe estos valores.",
}
_DUTCH_TEXTS = {
    _K.STATED: "Te vermelden: {terms}.|Vul aan wat ontbreekt.",
    _K.ONE_OF: "Minstens een van deze gegevens is te vermelden: {terms}.|Vul een ervan aan.",
    _K.NOT_BOTH: "Slechts een van deze gegevens mag vermeld zijn: {terms}.|Verwijder een ervan.",
    _K.NONE_OF: "Hier niet te vermelden: {terms}.|Verwijder het gegeven.",
    _K.ONCE: "Slechts eenmaal te vermelden: {terms}.|Behoud een vermelding en verwijder de andere.",
    _K.SCHEME: "Het schema van de identificatie is te vermelden: {terms}.|Vermeld volgens welk schema de identificatie is toegekend.",
    _K.CODE: "Vereist is een code uit de lijst: {terms}.|Vervang de waarde door een code uit die lijst.",
    _K.DECIMALS: "Hoogstens twee decimalen: {terms}.|Rond het bedrag af op twee decimalen.",
    _K.NOT_NEGATIVE: "Niet onder nul: {terms}.|Vermeld de prijs zonder minteken; wat wordt teruggenomen heeft een negatieve hoeveelheid.",
    _K.POSITIVE: "Groter dan nul: {terms}.|Verbeter de waarde.",
    _K.ORDER: "Het einde ligt niet voor het begin: {terms}.|Verbeter een van beide datums.",
    _K.EQUAL: "Beide kanten moeten gelijk zijn: {terms}.|Maak de som opnieuw en verbeter het foute bedrag.",
    _K.SAME: "Deze gegevens moeten bij elkaar passen: {terms}.|Verbeter het foute gegeven.",
    _K.DIFFERENT: "Deze gegevens moeten verschillen: {terms}.|Verbeter of verwijder een ervan.",
    _K.IBAN: "De controlecijfers van de rekening moeten kloppen: {terms}.|Vergelijk de rekening met de papieren van de bank en verbeter haar.",
    _K.COUNTRY_PREFIX: "Het begint met de code van het land dat het heeft toegekend: {terms}.|Zet de code van het land ervoor (voor Griekenland EL).",
    _K.FORM: "De waarde moet de voorgeschreven vorm hebben: {terms}.|Verbeter de vorm van de waarde.",
    _K.STRUCTURE: "De XML moet zijn opgebouwd zoals EN 16931 voor dit formaat voorschrijft.|Verbeter hoe het factuurprogramma de XML op deze plaats opbouwt.",
    _K.CATEGORY_ROW: "Wat als “{category}” is gefactureerd, heeft een eigen rij in de btw-uitsplitsing nodig.|Voeg de rij van deze categorie toe of verbeter de categorie.",
    _K.CATEGORY_PARTIES: "Bij “{category}” moeten de partijen fiscaal zijn aangeduid: {terms}.|Vul het ontbrekende btw-nummer of fiscaal nummer aan.",
    _K.CATEGORY_NO_PARTIES: "Bij “{category}” is geen btw-nummer van de partijen vermeld.|Verwijder die nummers of verbeter de categorie.",
    _K.CATEGORY_RATE_POSITIVE: "Bij “{category}” ligt het tarief boven nul: {terms}.|Verbeter het tarief of de categorie.",
    _K.NOT_NEGATIVE_RATE: "Bij “{category}” is het tarief nul of hoger: {terms}.|Verbeter het tarief of de categorie.",
    _K.CATEGORY_RATE_ZERO: "Bij “{category}” is het tarief nul: {terms}.|Verbeter het tarief of de categorie.",
    _K.CATEGORY_RATE_NONE: "Bij “{category}” is geen tarief vermeld: {terms}.|Verwijder het tarief of verbeter de categorie.",
    _K.CATEGORY_BASE: "De maatstaf van heffing van “{category}” is de som van haar regels, min kortingen, plus toeslagen.|Bereken de maatstaf opnieuw of verbeter de categorie van een regel.",
    _K.CATEGORY_TAX: "De btw van “{category}” is haar maatstaf maal haar tarief.|Bereken de btw opnieuw.",
    _K.CATEGORY_TAX_ZERO: "De btw van “{category}” is nul.|Verbeter de btw of de categorie.",
    _K.CATEGORY_REASON: "“{category}” vraagt een reden waarom geen btw verschuldigd is.|Vul de reden aan, als tekst of als code.",
    _K.CATEGORY_NO_REASON: "“{category}” heeft geen reden waarom geen btw verschuldigd is.|Verwijder de reden of verbeter de categorie.",
    _K.CATEGORY_ONLY: "Naast “{category}” is er geen andere btw-categorie.|Splits de factuur of verbeter de categorieën.",
    _K.OTHER: "Een regel van de norm is niet nageleefd. Het gaat om: {terms}.|Controleer deze waarden.",
}


def _sentences(texts: Mapping[Kind, str]) -> Mapping[Kind, Sentence]:
    return {kind: Sentence(*text.split("|")) for kind, text in texts.items()}


SENTENCES: Mapping[str, Mapping[Kind, Sentence]] = {
    "de": _sentences(_GERMAN_TEXTS),
    "en": _sentences(_ENGLISH_TEXTS),
    "es": _sentences(_SPANISH_TEXTS),
    "fr": _sentences(_FRENCH_TEXTS),
    "it": _sentences(_ITALIAN_TEXTS),
    "nl": _sentences(_DUTCH_TEXTS),
}

# By the family of their rules.
CATEGORY_NAMES: Mapping[str, Mapping[str, str]] = {
    language: dict(zip("S Z E AE IC G O AF AG".split(), names.split("|"), strict=True))
    for language, names in {
        "de": "Regelsteuersatz (S)|Nullsatz (Z)|steuerbefreit (E)|Umkehr der Steuerschuld (AE)|innergemeinschaftliche Lieferung (K)|Ausfuhr aus der EU (G)|nicht steuerbar (O)|IGIC der Kanaren (L)|IPSI von Ceuta und Melilla (M)",
        "en": "standard rate (S)|zero rate (Z)|exempt from VAT (E)|reverse charge (AE)|intra-community supply (K)|export outside the EU (G)|not subject to VAT (O)|IGIC of the Canary Islands (L)|IPSI of Ceuta and Melilla (M)",
        "es": "tipo general (S)|tipo cero (Z)|exento de IVA (E)|inversión del sujeto pasivo (AE)|entrega intracomunitaria (K)|exportación fuera de la UE (G)|no sujeto a IVA (O)|IGIC de Canarias (L)|IPSI de Ceuta y Melilla (M)",
        "fr": "taux normal (S)|taux zéro (Z)|exonéré de TVA (E)|autoliquidation (AE)|livraison intracommunautaire (K)|exportation hors UE (G)|hors champ de la TVA (O)|IGIC des Canaries (L)|IPSI de Ceuta et Melilla (M)",
        "it": "aliquota ordinaria (S)|aliquota zero (Z)|esente da IVA (E)|inversione contabile (AE)|cessione intracomunitaria (K)|esportazione fuori dall’UE (G)|fuori campo IVA (O)|IGIC delle Canarie (L)|IPSI di Ceuta e Melilla (M)",
        "nl": "normaal tarief (S)|nultarief (Z)|vrijgesteld van btw (E)|btw verlegd (AE)|intracommunautaire levering (K)|uitvoer buiten de EU (G)|niet aan btw onderworpen (O)|IGIC van de Canarische Eilanden (L)|IPSI van Ceuta en Melilla (M)",
    }.items()
}
