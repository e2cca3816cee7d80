"""French. No-break spaces stand where French typography wants them: before colon and semicolon, inside quotation marks."""

from invoice_summarizer.domain.summarizing.facts.kind import FactKind as K
from invoice_summarizer.domain.summarizing.phrases import BULLET, ListWords, Phrases

_COLON = "\N{NO-BREAK SPACE}:"
_SEMICOLON = "\N{NO-BREAK SPACE};"
_WHO = "[ {invoice_number}][ du {issue_date}][, émetteur {seller}][, destinataire {buyer}]."
_BY = "[ au plus tard le {payment_due_date}]"
_RULE = "[ ({rule})]."
_LINES = (K.LINE, K.MORE_LINES)
_NOTHING = _SEMICOLON + " il n’y a rien à payer."
_NO_TRANSFER = _SEMICOLON + " aucun virement n’est à faire."

FRENCH = Phrases(
    sentences={
        K.IDENTITY: ("{kind}" + _WHO, "Document" + _WHO),
        K.TO_PAY: (f"La somme de {{amount}} est à payer{_BY}.",),
        K.TO_PAY_TOTAL: (f"Le montant total de {{amount}} est à payer{_BY}.",),
        K.TO_PAY_REST: (
            f"La somme de {{amount}} est à payer{_BY}{_COLON} le montant total moins ce qui est déjà payé.",
        ),
        K.ASKED: (f"On nous demande {{amount}}{_BY}, mais les totaux ne concordent pas.",),
        K.ASKED_IN_XML: (f"Le XML demande {{amount}}{_BY}{_SEMICOLON} la page ne le montre pas.",),
        K.ASKED_IN_PART: (
            f"D’après ce qui a été lu du document, on nous demande {{amount}}{_BY}.",
        ),
        K.NOT_ASKED: (
            "Le montant de {amount} est indiqué comme dû, mais les conditions de paiement ne demandent pas de payer.",
        ),
        K.CREDITED: (
            "Un avoir de {amount} nous est accordé[ sur la facture {reference}]" + _NOTHING,
            "C’est un avoir[ sur la facture {reference}]" + _NOTHING,
        ),
        K.IN_OUR_FAVOUR: (
            "Le solde de {amount} est en notre faveur" + _NOTHING,
            "Le solde est en notre faveur" + _NOTHING,
        ),
        K.COLLECTED: (
            "Le montant de {amount} sera prélevé[ le {payment_due_date}][ sur le compte {account}]"
            "[ selon le mandat {mandate}]" + _NO_TRANSFER,
        ),
        K.CHARGED_TO_CARD: (
            "La carte {card} est débitée de {amount}" + _NO_TRANSFER,
            "Une carte est débitée de {amount}" + _NO_TRANSFER,
        ),
        K.PAID_ALREADY: (
            "Il ne reste rien à payer" + _COLON + " {paid} sont déjà payés.",
            "Il ne reste rien à payer.",
        ),
        K.NOTHING_DUE: ("Il n’y a rien à payer.",),
        K.NO_DEMAND: (
            "Ce n’est pas une facture à payer"
            + _SEMICOLON
            + " le montant qui y figure est de {amount}.",
            "Ce n’est pas une facture à payer.",
        ),
        K.AMOUNT_UNKNOWN: (
            "Le montant à payer[ au plus tard le {payment_due_date}] n’est pas certain.",
        ),
        K.PAYEE: ("Le paiement revient à {payee}, et non au vendeur.",),
        K.PRECEDING_INVOICE: (
            "Le document se rapporte à la facture antérieure {reference}[ du {issue_date}].",
        ),
        K.PURCHASE_ORDER: ("Le bon de commande est {reference}.",),
        K.CONTRACT: ("Le contrat est {reference}.",),
        K.PROJECT: ("Le projet est {reference}.",),
        K.BUYER_REFERENCE: ("La référence de l’acheteur est {reference}.",),
        K.COST_CENTRE: ("Le centre de coûts est {reference}.",),
        K.PERIOD: (
            "La période facturée va du {begin} au {end}.",
            "La période facturée commence le {begin}.",
            "La période facturée se termine le {end}.",
        ),
        K.DELIVERED: ("La livraison a eu lieu le {date}.",),
        K.LINE: (
            "{name}[, {quantity}][, quantité {count}][, {amount}]",
            "ligne {number}[, {quantity}][, quantité {count}][, {amount}]",
            "une ligne sans nom, {amount}",
            "une ligne sans nom",
        ),
        K.LINE_COUNT: ("Il y a {count} lignes au total.",),
        K.MORE_LINES: (
            "et {single} autre ligne pour {amount}",
            "et {count} autres lignes pour {amount}",
            "et {single} autre ligne",
            "et {count} autres lignes",
            "et d’autres lignes",
        ),
        K.TOTAL: (
            "Le montant total est de {total}, dont {vat} de TVA à {rate} sur {net}.",
            "Le montant total est de {total}, dont {vat} de TVA sur {net}.",
            "Le montant total est de {total}[, dont {vat} de TVA].",
            "La TVA est de {vat}.",
        ),
        K.TOTAL_OF_SEVERAL_RATES: (
            "Le montant total est de {total}, dont {vat} de TVA à différents taux sur {net}.",
            "Le montant total est de {total}, dont {vat} de TVA à différents taux.",
            "La TVA à différents taux est de {vat}.",
        ),
        K.NET: ("Le montant hors TVA est de {net}.",),
        K.VAT_ROW: ("La TVA au taux de {rate}[ sur {base}] est de {tax}.",),
        K.NO_VAT: (
            "Aucune TVA n’est facturée[ sur {base}], {category}["
            + _SEMICOLON
            + " motif indiqué"
            + _COLON
            + " {reason}].",
        ),
        K.VAT_IN_ACCOUNTING_CURRENCY: (
            "Dans la devise de comptabilisation, la TVA est de {amount}.",
        ),
        K.PREPAID: ("Un acompte de {amount} est déjà payé.",),
        K.ALLOWANCE: ("Une remise de {amount} est déduite[ au titre de {reason}].",),
        K.CHARGE: ("Des frais de {amount} s’ajoutent[ au titre de {reason}].",),
        K.ROUNDED_UP: ("Le montant à payer est arrondi à la hausse de {amount}.",),
        K.ROUNDED_DOWN: ("Le montant à payer est arrondi à la baisse de {amount}.",),
        K.PRIOR_BALANCE: ("Le report de factures antérieures est de {amount}.",),
        K.DISCOUNT: (
            "Pour un paiement au plus tard le {date}, il suffit de virer {amount}"
            + _SEMICOLON
            + " l’escompte de {percentage} fait économiser {saving}.",
            "Payer au plus tard le {date} donne droit à un escompte de {percentage}.",
            "Un escompte de {percentage} est accordé pour un paiement sous {days} jours.",
            "Un escompte de {percentage} est accordé.",
        ),
        K.DISCOUNT_OF_SEVERAL: (
            "{percentage} pour un paiement au plus tard le {date}, soit {amount} à virer et {saving} d’économie",
            "{percentage} pour un paiement au plus tard le {date}",
            "{percentage} pour un paiement sous {days} jours",
            "{percentage}",
        ),
        K.INSTALMENT: ("{amount} le {date}", "{amount}"),
        K.PAYMENT_TERMS: ("Au sujet du paiement, la facture indique {terms}.",),
        K.ACCOUNT: ("Le paiement se fait sur le compte {account}[, titulaire {holder}].",),
        K.ACCOUNT_OF_SEVERAL: ("{account}[, titulaire {holder}]",),
        K.REMITTANCE: ("La référence de paiement est {reference}.",),
        K.LINES_BELOW_SUM: (
            "Les lignes font {right}, soit {difference} de moins que leur somme indiquée" + _RULE,
            "Les lignes font moins que leur somme indiquée" + _RULE,
        ),
        K.LINES_EXCEED_SUM: (
            "Les lignes font {right}, soit {difference} de plus que leur somme indiquée" + _RULE,
            "Les lignes font plus que leur somme indiquée" + _RULE,
        ),
        K.ALLOWANCES_BELOW_SUM: (
            "Les remises font {right}, soit {difference} de moins que leur somme indiquée" + _RULE,
            "Les remises font moins que leur somme indiquée" + _RULE,
        ),
        K.ALLOWANCES_EXCEED_SUM: (
            "Les remises font {right}, soit {difference} de plus que leur somme indiquée" + _RULE,
            "Les remises font plus que leur somme indiquée" + _RULE,
        ),
        K.CHARGES_BELOW_SUM: (
            "Les frais font {right}, soit {difference} de moins que leur somme indiquée" + _RULE,
            "Les frais font moins que leur somme indiquée" + _RULE,
        ),
        K.CHARGES_EXCEED_SUM: (
            "Les frais font {right}, soit {difference} de plus que leur somme indiquée" + _RULE,
            "Les frais font plus que leur somme indiquée" + _RULE,
        ),
        K.NET_TOO_HIGH: (
            "Le montant hors TVA est de {left}, soit {difference} de plus que ne font lignes, remises "
            "et frais" + _RULE,
            "Le montant hors TVA est supérieur à ce que font lignes, remises et frais" + _RULE,
        ),
        K.NET_TOO_LOW: (
            "Le montant hors TVA est de {left}, soit {difference} de moins que ne font lignes, remises "
            "et frais" + _RULE,
            "Le montant hors TVA est inférieur à ce que font lignes, remises et frais" + _RULE,
        ),
        K.VAT_TOO_HIGH: (
            "La TVA indiquée est de {left}, soit {difference} de plus que la somme de ses parts"
            + _RULE,
            "La TVA indiquée est supérieure à la somme de ses parts" + _RULE,
        ),
        K.VAT_TOO_LOW: (
            "La TVA indiquée est de {left}, soit {difference} de moins que la somme de ses parts"
            + _RULE,
            "La TVA indiquée est inférieure à la somme de ses parts" + _RULE,
        ),
        K.TOTAL_TOO_HIGH: (
            "Le montant total dépasse de {difference} la somme du montant hors TVA de {net} et de la TVA de {vat}"
            + _RULE,
            "Le montant total dépasse de {difference} la somme du montant hors TVA et de la TVA"
            + _RULE,
            "Le montant total dépasse la somme du montant hors TVA et de la TVA" + _RULE,
        ),
        K.TOTAL_TOO_LOW: (
            "Il manque {difference} au montant total par rapport au montant hors TVA de {net} et à la TVA de {vat}"
            + _RULE,
            "Il manque {difference} au montant total par rapport au montant hors TVA et à la TVA"
            + _RULE,
            "Le montant total est inférieur à la somme du montant hors TVA et de la TVA" + _RULE,
        ),
        K.DUE_TOO_HIGH: (
            "Le montant à payer, {left}, dépasse de {difference} le total moins ce qui est déjà payé"
            + _RULE,
            "Le montant à payer dépasse le total moins ce qui est déjà payé" + _RULE,
        ),
        K.DUE_TOO_LOW: (
            "Le montant à payer, {left}, est inférieur de {difference} au total moins ce qui est déjà "
            "payé" + _RULE,
            "Le montant à payer est inférieur au total moins ce qui est déjà payé" + _RULE,
        ),
        K.VAT_ROW_TOO_HIGH: (
            "La TVA de {left} dépasse de {difference} ce que donne {rate} de {base}" + _RULE,
            "La TVA de {left} dépasse de {difference} ce que donne son taux" + _RULE,
            "Une TVA dépasse ce que donne son taux" + _RULE,
        ),
        K.VAT_ROW_TOO_LOW: (
            "La TVA de {left} est inférieure de {difference} à ce que donne {rate} de {base}"
            + _RULE,
            "La TVA de {left} est inférieure de {difference} à ce que donne son taux" + _RULE,
            "Une TVA est inférieure à ce que donne son taux" + _RULE,
        ),
        K.LINES_DIFFER_FROM_NET: (
            "Pour information"
            + _COLON
            + " la somme des lignes n’est pas le montant hors TVA"
            + _SEMICOLON
            + " elles comprennent peut-être la TVA.",
        ),
        K.HIDDEN_TEXT: ("La page contient un texte invisible" + _RULE,),
        K.SEVERAL_INVOICES: ("Le fichier contient peut-être d’autres factures" + _RULE,),
        K.CARRIED_SUMS_DIFFER: (
            "Les montants reportés d’une page à l’autre ne concordent pas avec les lignes précédentes"
            + _RULE,
        ),
        K.XML_BROKEN: ("Une facture électronique dans le PDF est illisible" + _RULE,),
        K.XMLS_DIFFER: ("Les factures électroniques dans le PDF se contredisent" + _RULE,),
        K.PROFILES_DIFFER: (
            "Les métadonnées du PDF indiquent un autre profil que le XML qu’il contient" + _RULE,
        ),
        K.PAGES_PROVE_NOTHING: ("Rien sur les pages ne permet de vérifier le XML du PDF" + _RULE,),
        K.NOT_ON_PAGE: ("{subject} dans le XML du PDF n’est pas ce que la page montre" + _RULE,),
        K.OTHER_ACCOUNT_ON_PAGE: (
            "La page et le XML qu’elle contient indiquent des comptes différents"
            + _COLON
            + " le XML indique {account}, la page un autre"
            + _SEMICOLON
            + " rien n’indique lequel est le bon"
            + _RULE,
            "La page et le XML qu’elle contient indiquent des comptes différents"
            + _SEMICOLON
            + " rien n’indique lequel est le bon"
            + _RULE,
        ),
        K.CHECK_DIGITS_WRONG: (
            "{subject} a une clé de contrôle erronée"
            + _SEMICOLON
            + " le document indique {value}"
            + _RULE,
            "{subject} a une clé de contrôle erronée" + _RULE,
        ),
        K.DUE_BEFORE_ISSUE: (
            "La date d’échéance ({due}) précède la date de facture ({issued})" + _RULE,
            "La date d’échéance précède la date de facture" + _RULE,
        ),
        K.RULE_BROKEN: ("La règle {rule} n’est pas respectée.", "Une règle n’est pas respectée."),
        K.CHANGED_BY_PERSON: (
            "{subject} a fait l’objet d’une correction manuelle"
            + _SEMICOLON
            + " le document indique {declared}.",
            "{subject} a fait l’objet d’une correction manuelle.",
        ),
        K.CHANGED_FIELD: ("{field}",),
        K.CHANGED_FIELDS_MORE: ("et d’autres indications",),
        K.UNSURE: (
            "{subject} reste à vérifier" + _SEMICOLON + " la lecture donne {value}.",
            "{subject} reste à vérifier.",
        ),
        K.AMBIGUOUS: (
            "{subject} pourrait être {first} ou {other}.",
            "{subject} peut se lire de plusieurs façons.",
        ),
        K.CONFLICT: ("{subject} ne concorde pas avec d’autres parties du document.",),
        K.ILLEGIBLE: ("{subject} figure sur le document, mais reste illisible.",),
        K.NOT_STATED: ("{subject} ne figure pas dans la facture.",),
        K.NOT_FOUND: ("{subject} ne se trouve pas sur la page.",),
        K.NOT_SHOWN: ("{subject} figure sur le document, mais n’est pas reproductible ici.",),
        K.PAGES_NOT_READ: (
            "Toutes les pages n’ont pas été lues (non lues" + _COLON + " {missing} sur {whole}).",
            "Toutes les pages n’ont pas été lues.",
        ),
        K.ROWS_NOT_READ: (
            "Toutes les lignes du tableau n’ont pas pu être lues (non lues"
            + _COLON
            + " {missing} sur {whole}).",
            "Toutes les lignes du tableau n’ont pas pu être lues.",
        ),
        K.PARTIAL: ("Le document n’a pas été lu en entier.",),
        K.NO_LINES: ("Aucune ligne n’a été trouvée.",),
        K.COMPLETENESS_UNKNOWN: ("Rien ne garantit que toutes les lignes aient été lues.",),
        K.SUMS_UNCHECKED: ("Les totaux n’ont pas pu être vérifiés.",),
        K.DUPLICATE_SUSPECTED: ("La même facture est peut-être déjà arrivée par ailleurs.",),
        K.OTHER_REASON: ("Il y a encore une raison de vérifier, enregistrée avec la facture.",),
        K.MORE_TO_CHECK: ("Il y a encore d’autres points à vérifier.",),
        K.READY: ("Personne n’a besoin de vérifier.",),
        K.READY_WITH_FAILED_CHECK: (
            "Personne n’a besoin de vérifier, bien qu’une règle ne soit pas respectée.",
        ),
        K.REVIEW_PENDING: ("Le document attend que quelqu’un le vérifie.",),
        K.APPROVED: ("Le document est approuvé.",),
        K.REJECTED: ("Le document est refusé.",),
        K.ARCHIVED: ("Le document est archivé.",),
    },
    briefly={
        K.IDENTITY: (
            "{kind} {invoice_number}, émetteur {seller}.",
            "{kind} {invoice_number}.",
            "{kind}, émetteur {seller}.",
            "{kind} du {issue_date}.",
            "{kind}.",
        ),
        K.TO_PAY: (f"À payer{_COLON} {{amount}}.",),
        K.ASKED: (f"On nous demande {{amount}}{_BY}.",),
        K.ASKED_IN_XML: (f"Le XML demande {{amount}}{_BY}.",),
        K.ASKED_IN_PART: (f"Selon ce qui a été lu, on nous demande {{amount}}{_BY}.",),
        K.OTHER_ACCOUNT_ON_PAGE: (
            "La page et le XML qu’elle contient indiquent des comptes différents.",
        ),
        K.CHECK_DIGITS_WRONG: (
            "{subject} a une clé de contrôle erronée.",
            f"{{subject}}{_COLON} clé de contrôle erronée.",
        ),
        K.DUE_BEFORE_ISSUE: ("La date d’échéance précède la date de facture.",),
        K.IN_OUR_FAVOUR: ("Le solde de {amount} est en notre faveur.",),
        K.AMOUNT_UNKNOWN: ("Le montant n’est pas certain.",),
        K.PAYEE: (
            "Le paiement revient à {payee}.",
            f"Bénéficiaire{_COLON} {{payee}}.",
            "Le bénéficiaire n’est pas le vendeur.",
        ),
        K.COLLECTED: ("Le montant de {amount} sera prélevé[ le {payment_due_date}].",),
        K.CREDITED: ("Un avoir de {amount} nous est accordé.",),
        K.TO_PAY_REST: (f"La somme de {{amount}} est à payer{_BY}.",),
        K.TOTAL_TOO_HIGH: (
            "Le montant total et ses parts diffèrent de {difference}.",
            "Le montant total ne concorde pas.",
        ),
        K.TOTAL_TOO_LOW: (
            "Le montant total et ses parts diffèrent de {difference}.",
            "Le montant total ne concorde pas.",
        ),
        K.DUE_TOO_HIGH: (
            "Le montant à payer et ses parts diffèrent de {difference}.",
            "Le montant à payer ne concorde pas.",
        ),
        K.DUE_TOO_LOW: (
            "Le montant à payer et ses parts diffèrent de {difference}.",
            "Le montant à payer ne concorde pas.",
        ),
        K.NET_TOO_HIGH: (
            "Le montant hors TVA et ses parts diffèrent de {difference}.",
            "Le montant hors TVA ne concorde pas.",
        ),
        K.NET_TOO_LOW: (
            "Le montant hors TVA et ses parts diffèrent de {difference}.",
            "Le montant hors TVA ne concorde pas.",
        ),
        K.LINES_BELOW_SUM: (
            "Les lignes et leur somme diffèrent de {difference}.",
            "Les lignes ne concordent pas.",
        ),
        K.LINES_EXCEED_SUM: (
            "Les lignes et leur somme diffèrent de {difference}.",
            "Les lignes ne concordent pas.",
        ),
        K.ALLOWANCES_BELOW_SUM: ("Les remises ne concordent pas.",),
        K.ALLOWANCES_EXCEED_SUM: ("Les remises ne concordent pas.",),
        K.CHARGES_BELOW_SUM: ("Les frais ne concordent pas.",),
        K.CHARGES_EXCEED_SUM: ("Les frais ne concordent pas.",),
        K.VAT_TOO_HIGH: ("La TVA ne concorde pas.",),
        K.VAT_TOO_LOW: ("La TVA ne concorde pas.",),
        K.VAT_ROW_TOO_HIGH: ("La TVA ne concorde pas.",),
        K.VAT_ROW_TOO_LOW: ("La TVA ne concorde pas.",),
        K.NOT_ON_PAGE: ("{subject} n’est pas ce que la page montre.",),
        K.CHANGED_BY_PERSON: (
            "{subject} a fait l’objet d’une correction manuelle.",
            "{subject}" + _COLON + " correction manuelle.",
            "Correction manuelle.",
        ),
        K.CHANGED_FIELDS: ("Correction manuelle.",),
        K.UNSURE: ("{subject} reste à vérifier.",),
        K.AMBIGUOUS: ("{subject} manque de clarté.",),
        K.PAGES_NOT_READ: ("Toutes les pages n’ont pas été lues.",),
        K.ROWS_NOT_READ: ("Toutes les lignes du tableau n’ont pas pu être lues.",),
        K.DISCOUNT: ("Payer au plus tard le {date} donne droit à un escompte de {percentage}.",),
        K.DISCOUNTS: ("Des escomptes sont proposés.",),
        K.INSTALMENTS: ("Le paiement se fait en plusieurs fois.",),
        K.SEVERAL_ACCOUNTS: ("Plusieurs comptes sont indiqués.",),
        K.MORE_TO_CHECK: ("Il y a autre chose.",),
    },
    shorter={
        K.CHANGED_BY_PERSON: ("{subject} a fait l’objet d’une correction manuelle.",),
        K.DISCOUNT: ("Payer au plus tard le {date} donne droit à un escompte de {percentage}.",),
        K.DISCOUNT_OF_SEVERAL: ("{percentage} pour un paiement au plus tard le {date}",),
        K.LINE: ("{name}, {amount}", "{name}"),
        K.NO_VAT: ("Aucune TVA n’est facturée, {category}.",),
    },
    lists={
        K.CHANGED_FIELDS: ListWords(
            items=(K.CHANGED_FIELD, K.CHANGED_FIELDS_MORE),
            heading="Correction manuelle" + _COLON + " ",
            before="",
            between=", ",
            end=".",
        ),
        K.DISCOUNTS: ListWords(
            items=(K.DISCOUNT_OF_SEVERAL,),
            heading="Escomptes au choix" + _COLON + " ",
            before="",
            between=_SEMICOLON + " ou ",
            end=".",
        ),
        K.INSTALMENTS: ListWords(
            items=(K.INSTALMENT,),
            heading="Le paiement se fait en plusieurs fois" + _COLON + " ",
            before="",
            between=_SEMICOLON + " ",
            end=".",
        ),
        K.SEVERAL_ACCOUNTS: ListWords(
            items=(K.ACCOUNT_OF_SEVERAL,),
            heading="Plusieurs comptes sont indiqués" + _COLON + " ",
            before="",
            between=_SEMICOLON + " ",
            end=".",
        ),
        K.PURCHASES: ListWords(
            items=_LINES,
            heading="Objet" + _COLON + " ",
            before="",
            between=_SEMICOLON + " ",
            end=".",
        ),
        K.PURCHASE_LIST: ListWords(
            items=_LINES, heading="Objet" + _COLON, before=BULLET, between=BULLET, end=""
        ),
    },
    fields={
        "invoice_number": "Le numéro de facture",
        "issue_date": "La date de facture",
        "type_code": "Le type de document",
        "currency_code": "La devise",
        "payment_due_date": "La date d’échéance",
        "payment_terms": "Le texte des conditions de paiement",
        "purchase_order_reference": "Le bon de commande",
        "contract_reference": "Le contrat",
        "project_reference": "Le projet",
        "buyer_reference": "La référence de l’acheteur",
        "buyer_accounting_reference": "Le centre de coûts",
        "seller.name": "Le nom du vendeur",
        "seller.vat_identifier": "Le numéro de TVA du vendeur",
        "seller.tax_registration_identifier": "Le numéro fiscal du vendeur",
        "buyer.name": "Le nom du client",
        "buyer.vat_identifier": "Le numéro de TVA du client",
        "seller.postal_address": "L’adresse du vendeur",
        "buyer.postal_address": "L’adresse de l’acheteur",
        "delivery.deliver_to_address": "L’adresse de livraison",
        "lines.price.net_price": "Le prix d’une ligne",
        "payment_instructions.credit_transfers.service_provider_identifier": "La banque du compte",
        "payee.name": "Le nom du bénéficiaire",
        "delivery.actual_delivery_date": "La date de livraison",
        "delivery.invoicing_period.start_date": "Le début de la période",
        "delivery.invoicing_period.end_date": "La fin de la période",
        "payment_instructions.credit_transfers.account_identifier": "Le compte bancaire",
        "payment_instructions.credit_transfers.account_name": "Le titulaire du compte",
        "payment_instructions.remittance_information": "La référence de paiement",
        "payment_instructions.direct_debit.debited_account_identifier": "Le compte débité",
        "payment_instructions.direct_debit.mandate_reference_identifier": "Le mandat",
        "totals.line_net_amount": "La somme des lignes",
        "totals.allowance_amount": "La somme des remises",
        "totals.charge_amount": "La somme des frais",
        "totals.amount_without_vat": "Le montant hors TVA",
        "totals.vat_amount": "Le montant de la TVA",
        "totals.amount_with_vat": "Le montant total",
        "totals.paid_amount": "Le montant de l’acompte",
        "totals.rounding_amount": "L’arrondi",
        "totals.amount_due": "Le montant à payer",
        "vat_breakdown.rate": "Un taux de TVA",
        "vat_breakdown.tax_amount": "Un montant de TVA",
        "vat_breakdown.taxable_amount": "Une base de TVA",
        "vat_breakdown.exemption_reason": "Le motif de l’exonération",
        "preceding_invoices.reference": "La facture antérieure",
        "lines.item.name": "Le nom d’un article",
        "lines.item.description": "La description d’un article",
        "lines.invoiced_quantity": "La quantité d’une ligne",
        "lines.net_amount": "Le montant d’une ligne",
        "lines.identifier": "Le numéro d’une ligne",
        "allowances.reason": "Le motif d’une remise",
        "charges.reason": "Le motif de frais",
        "allowances.amount": "Le montant d’une remise",
        "charges.amount": "Le montant de frais",
    },
    groups={
        "seller": "Une indication sur le vendeur",
        "buyer": "Une indication sur le client",
        "payee": "Une indication sur le bénéficiaire",
        "seller_tax_representative": "Une indication sur le représentant fiscal",
        "delivery": "Une indication sur la livraison",
        "payment_instructions": "Une indication sur le paiement",
        "totals": "Une somme",
        "vat_breakdown": "Une indication sur la TVA",
        "allowances": "Une indication sur une remise",
        "charges": "Une indication sur des frais",
        "preceding_invoices": "Une indication sur une facture antérieure",
        "supporting_documents": "Une indication sur un document joint",
        "notes": "Une remarque",
        "lines": "Une indication sur une ligne",
        "extras": "Une indication complémentaire",
        "process_control": "Le profil de la facture électronique",
        "": "Une référence",
    },
    document_kinds={
        "INVOICE": "Facture",
        "CREDIT_NOTE": "Avoir",
        "DEBIT_NOTE": "Note de débit",
        "CORRECTED": "Facture rectificative",
        "PREPAYMENT": "Facture d’acompte",
        "PARTIAL": "Facture partielle",
        "SELF_BILLED": "Facture établie par le client",
        "SELF_BILLED_CREDIT_NOTE": "Avoir établi par le client",
        "PROFORMA": "Facture pro forma",
        "PAYMENT_REQUEST": "Demande de paiement",
        "DOCUMENT": "Document",
        "REMINDER": "Relance",
        "STATEMENT": "Relevé de compte",
        "RECEIPT": "Reçu",
    },
    vat_categories={
        "AE": "car elle est due par le client (autoliquidation)",
        "E": "car l’opération est exonérée",
        "G": "car les biens sont exportés",
        "K": "car c’est une livraison intracommunautaire exonérée",
        "O": "car l’opération n’entre pas dans son champ d’application",
        "Z": "car le taux est nul",
    },
    quotes=("«\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}»"),
)
