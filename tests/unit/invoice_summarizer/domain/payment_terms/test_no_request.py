"""Terms ask for nothing where a whole sentence of theirs says so."""

import pytest

from invoice_summarizer.domain.payment_terms.no_request import asks_for_nothing


@pytest.mark.parametrize(
    "text",
    [
        "This is not a request for payment.",
        "this is no demand for payment",
        "Your card was charged. Please do not pay this invoice!",
        "No payment is required.\nThank you.",
        "Der Betrag wird abgebucht. Dies ist keine Aufforderung zur Zahlung. Rechnung für Ihre Unterlagen.",
        "Bitte nicht überweisen!",
        "Das ist keine Zahlungsaufforderung",
        "Ceci n’est pas une demande de paiement.",
        "Prélevé le 3. Merci de ne pas payer cette facture.",
        "Questa non è una richiesta di pagamento.",
        "Nessun pagamento è dovuto.",
        "Esto no es una solicitud de pago.",
        "No se requiere ningún pago.",
        "Dit is geen betalingsverzoek.",
        "U hoeft niets te\u00a0betalen.",
    ],
)
def test_whole_sentence_is_understood(text: str) -> None:
    assert asks_for_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Payment within 30 days",
        "This is a request for payment.",
        "This is not a request for payment yet.",
        "This is not a request for payment, unless your card was refused.",
        "If this is not a request for payment.",
        "Please do not pay by cheque.",
        "No payment is due before May 4.",
        "“This is not a request for payment.”",
        "Stamp: this is not a request for payment",
        "Bitte nicht überweisen, wenn Sie ein Mandat erteilt haben.",
        "Bitte nicht bar bezahlen.",
        "Es ist nichts zu zahlen, sofern die Lastschrift eingelöst wird.",
        "Einen zu zahlenden Beitrag überweisen Sie bitte auf folgende Bankverbindung.",
        "Ceci n’est pas une demande de paiement définitive.",
        "Niet betalen per cheque.",
        "This is not a request for payment. " + "x" * 2000,
    ],
)
def test_anything_else_is_not(text: str) -> None:
    assert not asks_for_nothing(text)
