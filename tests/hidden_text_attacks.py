"""Readable invoices to which somebody adds what no reader can see: an account, an amount, a name, more of a number."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from reportlab.pdfbase.pdfmetrics import stringWidth

from hidden_text_ways import METHODS, PROLONGING, Spot
from invoice_reading.limits import PdfLimits
from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read
from invoice_reading.reading import Reading
from invoice_reading.review_reason import ReviewCode, ReviewReason
from invoice_reading.stages import Stages
from invoice_summarizer.samples.catalogue import sample_invoices
from invoice_summarizer.samples.printed import printed
from invoice_summarizer.samples.wording import ENGLISH, GERMAN
from pdf_addition import with_addition

HIDDEN = ReviewReason(ReviewCode.RULE_FAILED, "HIDDEN-TEXT-01")

ALL = 300
SEED = 20_261_126
_TEXTS = (
    "IBAN: DE89 3704 0044 0532 0130 00",
    "IBAN DE02 1203 0000 0000 2020 51",
    "Kontonummer: GB33BUKB20201555555555",
    "Gesamtbetrag 91.420,50 EUR",
    "Total amount due: 91,420.50 EUR",
    "Rechnungsnummer RE-999-1",
    "Invoice number: X-4711",
    "Umsatzsteuer 19 % 912,00 EUR",
    "Faellig am 24.12.2031",
    "Rechnungssteller: Schattenhandel GmbH",
    "Beneficiary: Shadow Trading Ltd",
)


@dataclass(frozen=True, slots=True)
class Attack:
    """`invoice` is the document as it was, `document` the same with a text added; nobody can see a difference in words."""

    method: str
    invoice: bytes
    document: bytes


def attacks(count: int = ALL, seed: int = SEED) -> Iterator[Attack]:
    """Yields the attacks, method by method in turn, the same for the same seed."""
    chance = random.Random(seed)
    invoices = [_Invoice(data, account) for data, account in _readable_invoices()]
    for number in range(count):
        turn = number % (len(METHODS) + len(PROLONGING))
        invoice = chance.choice(invoices)
        if turn < len(METHODS):
            method, kind = METHODS[turn], ""
            spot = Spot(
                chance.choice(_TEXTS), chance.uniform(60, 340), chance.uniform(125, 205), chance
            )
        else:
            method, kind = PROLONGING[turn - len(METHODS)], " after an account"
            spot = Spot(chance.choice(("7", "42", "0815")), invoice.end_of_account, 74, chance)
        yield Attack(
            method.__name__.strip("_") + kind,
            invoice.data,
            with_addition(invoice.data, method(spot)),
        )


@dataclass(frozen=True, slots=True)
class _Invoice:
    data: bytes
    account: str

    @property
    def end_of_account(self) -> float:
        return 56.0 + stringWidth(self.account, "Helvetica", 9.5) + 0.1


def _readable_invoices() -> Iterator[tuple[bytes, str]]:
    """Yields invoices of one page with room below the sums, and the text of their last line with an account."""
    samples = {sample.file_name: sample.expected for sample in sample_invoices()}
    for name, wording in (
        ("nordlicht-cii.xml", GERMAN),
        ("muehlbach-hybrid.pdf", GERMAN),
        ("garonne-ubl.xml", ENGLISH),
    ):
        payment = samples[name].payment_instructions
        assert payment is not None
        [transfer] = payment.credit_transfers
        account = f"{wording.account} {transfer.account_identifier}"
        yield printed(samples[name], wording), account


@dataclass(slots=True)
class Outcome:
    """What came of attacks, by method."""

    tried: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    untold: Counter[str] = field(default_factory=Counter)


def outcome(of: Iterator[Attack]) -> Outcome:
    """Returns in how many the content that is read changed, and how many were not reported."""
    found = Outcome()
    before: dict[bytes, Reading] = {}
    for attack in of:
        if attack.invoice not in before:
            before[attack.invoice] = _read(attack.invoice)
        reading = _read(attack.document)
        found.tried[attack.method] += 1
        found.changed[attack.method] += reading.content != before[attack.invoice].content
        found.untold[attack.method] += HIDDEN not in reading.review_reasons
    return found


def _read(data: bytes) -> Reading:
    return read(data, "application/pdf", Stages(pdf_engine=MuPdfEngine()), PdfLimits())
