"""What the checks of our own ask of e-invoices, and what to do where they fail: data, as `own_rules` has it."""

from collections.abc import Mapping

# In the order English, German, French, Italian, Spanish, Dutch; first the text, then the remedy.
Texts = tuple[tuple[str, ...], tuple[str, ...]]

_CALCULATE_AGAIN = (
    "Work the amounts out again, and correct the one that is wrong.",
    "Rechnen Sie die Beträge neu und berichtigen Sie den falschen.",
    "Refaites le calcul et corrigez le montant erroné.",
    "Rifare i calcoli e correggere l’importo errato.",
    "Vuelva a calcular los importes y corrija el erróneo.",
    "Reken de bedragen opnieuw uit en verbeter het foute.",
)
_NAME_THE_SPECIFICATION = (
    "Name the specification (BT-24) by which the invoice is really written.",
    "Nennen Sie die Spezifikation (BT-24), nach der die Rechnung wirklich erstellt ist.",
    "Indiquez la spécification (BT-24) selon laquelle la facture est réellement établie.",
    "Indicare la specifica (BT-24) secondo cui la fattura è davvero redatta.",
    "Indique la especificación (BT-24) con la que la factura está hecha de verdad.",
    "Noem de specificatie (BT-24) waarnaar de factuur werkelijk is opgesteld.",
)

E_INVOICE_CHECKS: Mapping[str, Texts] = {
    "LINE-AMOUNT-01": (
        (
            "The net amount of each line is its quantity times its price, with its charges and less its allowances.",
            "Der Nettobetrag jeder Position ist Menge mal Preis, zuzüglich ihrer Zuschläge und abzüglich ihrer Abzüge.",
            "Le montant net de chaque ligne est la quantité multipliée par le prix, plus ses majorations, moins ses remises.",
            "L’importo netto di ogni riga è la quantità per il prezzo, più le sue maggiorazioni, meno i suoi sconti.",
            "El importe neto de cada línea es la cantidad por el precio, más sus recargos y menos sus descuentos.",
            "Het nettobedrag van elke regel is hoeveelheid maal prijs, plus haar toeslagen en min haar kortingen.",
        ),
        _CALCULATE_AGAIN,
    ),
    "LINE-RATE-01": (
        (
            "The VAT breakdown has the rate of each line.",
            "Die Umsatzsteueraufschlüsselung enthält den Satz jeder Position.",
            "La ventilation de la TVA contient le taux de chaque ligne.",
            "Il riepilogo IVA contiene l’aliquota di ogni riga.",
            "El desglose del IVA contiene el tipo de cada línea.",
            "De btw-uitsplitsing bevat het tarief van elke regel.",
        ),
        (
            "Add the rate to the VAT breakdown, or correct the rate of the line.",
            "Ergänzen Sie den Satz in der Aufschlüsselung oder berichtigen Sie den der Position.",
            "Ajoutez le taux à la ventilation, ou corrigez celui de la ligne.",
            "Aggiungere l’aliquota al riepilogo o correggere quella della riga.",
            "Añada el tipo al desglose o corrija el de la línea.",
            "Voeg het tarief toe aan de uitsplitsing of verbeter dat van de regel.",
        ),
    ),
    "IDENTIFIER-01": (
        (
            "The check digits of each SIREN, SIRET and GLN are right.",
            "Die Prüfziffern jeder SIREN, SIRET und GLN stimmen.",
            "La clé de contrôle de chaque SIREN, SIRET et GLN est juste.",
            "Le cifre di controllo di ogni SIREN, SIRET e GLN sono giuste.",
            "Los dígitos de control de cada SIREN, SIRET y GLN son correctos.",
            "De controlecijfers van elke SIREN, SIRET en GLN kloppen.",
        ),
        (
            "Compare the identifier with the register that gave it, and correct it.",
            "Vergleichen Sie die Kennung mit dem Register, das sie vergeben hat, und berichtigen Sie sie.",
            "Comparez l’identifiant avec le registre qui l’a attribué et corrigez-le.",
            "Confrontare l’identificativo con il registro che lo ha assegnato e correggerlo.",
            "Compare el identificador con el registro que lo asignó y corríjalo.",
            "Vergelijk het kenmerk met het register dat het heeft toegekend en verbeter het.",
        ),
    ),
    "DATE-01": (
        (
            "Each date of the e-invoice is one of the calendar.",
            "Jedes Datum der E-Rechnung gibt es im Kalender.",
            "Chaque date de la facture électronique existe dans le calendrier.",
            "Ogni data della fattura elettronica esiste nel calendario.",
            "Cada fecha de la factura electrónica existe en el calendario.",
            "Elke datum van de e-factuur bestaat op de kalender.",
        ),
        (
            "Correct the date.",
            "Berichtigen Sie das Datum.",
            "Corrigez la date.",
            "Correggere la data.",
            "Corrija la fecha.",
            "Verbeter de datum.",
        ),
    ),
    "PROFILE-01": (
        (
            "The specification (BT-24) is EN 16931, a usage of it, or another that is known here.",
            "Die Spezifikation (BT-24) ist EN 16931, eine Anwendung davon oder eine andere, die hier bekannt ist.",
            "La spécification (BT-24) est EN 16931, un de ses usages, ou une autre qui est connue ici.",
            "La specifica (BT-24) è EN 16931, un suo uso o un’altra che qui è nota.",
            "La especificación (BT-24) es EN 16931, un uso de ella u otra que aquí se conoce.",
            "De specificatie (BT-24) is EN 16931, een gebruik ervan of een andere die hier bekend is.",
        ),
        _NAME_THE_SPECIFICATION,
    ),
    "PROFILE-02": (
        (
            "The profile that the specification (BT-24) names has all that the invoice states.",
            "Das Profil, das die Spezifikation (BT-24) nennt, kennt alles, was die Rechnung angibt.",
            "Le profil que nomme la spécification (BT-24) connaît tout ce que la facture indique.",
            "Il profilo indicato dalla specifica (BT-24) conosce tutto ciò che la fattura riporta.",
            "El perfil que nombra la especificación (BT-24) conoce todo lo que la factura indica.",
            "Het profiel dat de specificatie (BT-24) noemt, kent alles wat de factuur vermeldt.",
        ),
        _NAME_THE_SPECIFICATION,
    ),
    "PROFILE-03": (
        (
            "The invoice is written by the version of XRechnung whose rules are asked here.",
            "Die Rechnung ist nach der Version von XRechnung erstellt, deren Regeln hier geprüft werden.",
            "La facture est établie selon la version de XRechnung dont les règles sont vérifiées ici.",
            "La fattura è redatta secondo la versione di XRechnung le cui regole sono verificate qui.",
            "La factura está hecha según la versión de XRechnung cuyas reglas se comprueban aquí.",
            "De factuur is opgesteld volgens de versie van XRechnung waarvan de regels hier worden getoetst.",
        ),
        (
            "Write the invoice by the version that is in force.",
            "Erstellen Sie die Rechnung nach der geltenden Version.",
            "Établissez la facture selon la version en vigueur.",
            "Redigere la fattura secondo la versione in vigore.",
            "Haga la factura según la versión vigente.",
            "Stel de factuur op volgens de geldende versie.",
        ),
    ),
    "FATTURAPA-01": (
        (
            "The taxable amounts are the lines plus pension funds and accessory costs.",
            "Die Steuerbasisbeträge sind die Positionen zuzüglich Vorsorgekassen und Nebenkosten.",
            "Les bases imposables sont les lignes plus les caisses de prévoyance et les frais accessoires.",
            "Gli imponibili sono le righe più le casse previdenziali e le spese accessorie.",
            "Las bases imponibles son las líneas más las cajas de previsión y los gastos accesorios.",
            "De belastbare bedragen zijn de regels plus pensioenkassen en bijkomende kosten.",
        ),
        _CALCULATE_AGAIN,
    ),
    "FATTURAPA-02": (
        (
            "The total of the document is what the VAT rows add up to, with discounts, surcharges and rounding.",
            "Der Gesamtbetrag des Dokuments ist die Summe der Steuerzeilen, mit Abzügen, Zuschlägen und Rundung.",
            "Le total du document est la somme des lignes de TVA, avec remises, majorations et arrondi.",
            "L’importo totale del documento è la somma dei riepiloghi IVA, con sconti, maggiorazioni e arrotondamento.",
            "El total del documento es la suma de las filas de IVA, con descuentos, recargos y redondeo.",
            "Het totaal van het document is de som van de btw-regels, met kortingen, toeslagen en afronding.",
        ),
        _CALCULATE_AGAIN,
    ),
    "FATTURAPA-03": (
        (
            "What is to be paid is the total less what is withheld, and less the VAT under split payment.",
            "Zu zahlen ist der Gesamtbetrag abzüglich der Einbehalte und der Steuer unter Split Payment.",
            "Le montant à payer est le total moins les retenues et la TVA en paiement scindé.",
            "L’importo da pagare è il totale meno le ritenute e l’IVA in scissione dei pagamenti.",
            "El importe a pagar es el total menos las retenciones y el IVA en pago dividido.",
            "Te betalen is het totaal min wat wordt ingehouden en min de btw onder gesplitste betaling.",
        ),
        _CALCULATE_AGAIN,
    ),
    "XML-01": (
        (
            "The bytes of the e-invoice are of the encoding that it declares.",
            "Die Bytes der E-Rechnung sind in der Kodierung, die sie angibt.",
            "Les octets de la facture électronique sont dans l’encodage qu’elle déclare.",
            "I byte della fattura elettronica sono nella codifica che dichiara.",
            "Los bytes de la factura electrónica están en la codificación que declara.",
            "De bytes van de e-factuur zijn in de codering die zij opgeeft.",
        ),
        (
            "Declare the encoding in which the file is written.",
            "Geben Sie die Kodierung an, in der die Datei geschrieben ist.",
            "Déclarez l’encodage dans lequel le fichier est écrit.",
            "Dichiarare la codifica in cui il file è scritto.",
            "Declare la codificación en que está escrito el archivo.",
            "Geef de codering op waarin het bestand is geschreven.",
        ),
    ),
    "XML-02": (
        (
            "The e-invoice has no extensions, which are kept and not read.",
            "Die E-Rechnung hat keine Erweiterungen; solche werden aufbewahrt und nicht gelesen.",
            "La facture électronique n’a pas d’extensions, qui sont conservées et non lues.",
            "La fattura elettronica non ha estensioni, che si conservano e non si leggono.",
            "La factura electrónica no tiene extensiones, que se guardan y no se leen.",
            "De e-factuur heeft geen uitbreidingen; die worden bewaard en niet gelezen.",
        ),
        (
            "Say what matters in the elements of the standard too.",
            "Sagen Sie, was zählt, auch in den Elementen der Norm.",
            "Dites ce qui compte aussi dans les éléments de la norme.",
            "Indicare ciò che conta anche negli elementi della norma.",
            "Indique lo importante también en los elementos de la norma.",
            "Vermeld wat telt ook in de elementen van de norm.",
        ),
    ),
    "XML-03": (
        (
            "The taxes are VAT, and of no other scheme such as GST or sales tax.",
            "Die Steuern sind Umsatzsteuer und keiner anderen Art wie GST oder Verkaufssteuer.",
            "Les taxes sont la TVA, et d’aucun autre régime tel que GST ou taxe de vente.",
            "Le imposte sono IVA e di nessun altro tipo, come GST o imposta sulle vendite.",
            "Los impuestos son IVA y de ningún otro régimen, como GST o impuesto sobre las ventas.",
            "De belastingen zijn btw en van geen ander stelsel, zoals GST of omzetbelasting op verkoop.",
        ),
        (
            "Compare the taxes with the document before you book them.",
            "Vergleichen Sie die Steuern mit dem Dokument, bevor Sie sie buchen.",
            "Comparez les taxes avec le document avant de les comptabiliser.",
            "Confrontare le imposte con il documento prima di registrarle.",
            "Compare los impuestos con el documento antes de contabilizarlos.",
            "Vergelijk de belastingen met het document voordat u ze boekt.",
        ),
    ),
    "XML-04": (
        (
            "The embedded documents are of the media types that are declared for them.",
            "Die eingebetteten Dokumente sind von den Dateitypen, die für sie angegeben sind.",
            "Les documents incorporés sont des types de fichier qui sont déclarés pour eux.",
            "I documenti incorporati sono dei tipi di file dichiarati per loro.",
            "Los documentos incrustados son de los tipos de archivo que se declaran para ellos.",
            "De ingesloten documenten zijn van de bestandstypen die ervoor zijn opgegeven.",
        ),
        (
            "Do not open such a document before you know what it is; ask the supplier for it again.",
            "Öffnen Sie ein solches Dokument nicht, bevor Sie wissen, was es ist; bitten Sie den Lieferanten erneut darum.",
            "N’ouvrez pas un tel document avant de savoir ce que c’est ; redemandez-le au fournisseur.",
            "Non aprire un documento simile prima di sapere che cosa sia; richiederlo di nuovo al fornitore.",
            "No abra un documento así antes de saber qué es; pídalo de nuevo al proveedor.",
            "Open zo’n document niet voordat u weet wat het is; vraag de leverancier er opnieuw om.",
        ),
    ),
    "SIGNATURE-01": (
        (
            "The signature of the envelope around the e-invoice is valid; it is not checked here.",
            "Die Signatur des Umschlags um die E-Rechnung ist gültig; sie wird hier nicht geprüft.",
            "La signature de l’enveloppe de la facture électronique est valide ; elle n’est pas vérifiée ici.",
            "La firma della busta che contiene la fattura elettronica è valida; qui non viene verificata.",
            "La firma del sobre que contiene la factura electrónica es válida; aquí no se comprueba.",
            "De handtekening van de envelop om de e-factuur is geldig; ze wordt hier niet gecontroleerd.",
        ),
        (
            "Check the signature with a program for signatures where it matters who signed.",
            "Prüfen Sie die Signatur mit einem Signaturprogramm, wo es zählt, wer unterschrieben hat.",
            "Vérifiez la signature avec un logiciel de signature s’il importe de savoir qui a signé.",
            "Verificare la firma con un programma di firma, se conta chi ha firmato.",
            "Compruebe la firma con un programa de firma si importa quién firmó.",
            "Controleer de handtekening met een ondertekenprogramma als telt wie heeft getekend.",
        ),
    ),
}
