"""The samples: what each says, as data, and the document made of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import msgspec

from en16931.model import (
    DocumentAllowance,
    InvoiceContent,
    InvoiceLine,
    InvoiceNote,
    Item,
    LineVat,
    PrecedingInvoice,
    PriceDetails,
    ProcessControl,
)
from invoice_summarizer.samples import companies
from invoice_summarizer.samples.amounts import with_amounts
from invoice_summarizer.samples.cii_xml import cii_xml
from invoice_summarizer.samples.hybrid import with_invoice_xml
from invoice_summarizer.samples.printed import printed
from invoice_summarizer.samples.ubl_xml import ubl_xml
from invoice_summarizer.samples.wording import ENGLISH, GERMAN

_INVOICE, _CREDIT_NOTE = "380", "381"  # UNTDID 1001
_EN16931 = ProcessControl(specification_identifier="urn:cen.eu:en16931:2017")


@dataclass(frozen=True, slots=True)
class SampleInvoice:
    """A document, and all that can be read in it. `sums_close` is False where its stated total is wrong on purpose."""

    file_name: str
    media_type: str
    data: bytes
    expected: InvoiceContent
    sums_close: bool = True


def sample_invoices() -> tuple[SampleInvoice, ...]:
    """Returns the samples, byte for byte the same in each call."""
    office, glass, returned = _office_supplies(), _glass_designs(), _glass_designs_returned()
    instruments, coffee, misprint = _instruments(), _coffee(), _print_job_with_wrong_total()
    return (
        SampleInvoice("nordlicht-cii.xml", "application/xml", cii_xml(office), office),
        SampleInvoice("garonne-ubl.xml", "application/xml", ubl_xml(glass), glass),
        SampleInvoice(
            "fenwick-two-pages.pdf", "application/pdf", printed(instruments, ENGLISH), instruments
        ),
        SampleInvoice(
            "muehlbach-hybrid.pdf",
            "application/pdf",
            with_invoice_xml(printed(coffee, GERMAN), cii_xml(coffee)),
            coffee,
        ),
        SampleInvoice("garonne-credit-note.xml", "application/xml", ubl_xml(returned), returned),
        SampleInvoice(
            "polderdruk-wrong-total.xml",
            "application/xml",
            ubl_xml(misprint),
            misprint,
            sums_close=False,
        ),
    )


def _office_supplies() -> InvoiceContent:
    return with_amounts(
        InvoiceContent(
            invoice_number="NB-2026-00417",
            issue_date=date(2026, 3, 12),
            type_code=_INVOICE,
            currency_code="EUR",
            payment_due_date=date(2026, 4, 11),
            buyer_reference="Einkauf Werk 2",
            purchase_order_reference="PO-88213",
            payment_terms="Zahlbar innerhalb von 30 Tagen ohne Abzug.",
            notes=(InvoiceNote(note="Vielen Dank für Ihren Auftrag."),),
            process_control=_EN16931,
            seller=companies.NORDLICHT,
            buyer=companies.HANSEN,
            payment_instructions=companies.sepa_transfer(
                companies.NORDLICHT_ACCOUNT, "NB-2026-00417"
            ),
            allowances=(
                DocumentAllowance(
                    amount=Decimal("25.00"),
                    vat_category_code="S",
                    vat_rate=Decimal("19"),
                    reason="Treuerabatt",
                ),
            ),
            lines=(
                _line(1, "Kopierpapier A4, Karton", "40", "23.95", "19"),
                _line(2, "Tonerkassette schwarz", "6", "89.50", "19"),
                _line(3, "Aktenordner breit", "120", "1.79", "19"),
                _line(4, "Fachbuch Normen im Maschinenbau", "3", "64.00", "7"),
                _line(5, "Fachzeitschrift, Jahresbezug", "1", "148.00", "7"),
            ),
        )
    )


def _glass_designs() -> InvoiceContent:
    return with_amounts(
        InvoiceContent(
            invoice_number="FA-2026-0093",
            issue_date=date(2026, 2, 27),
            type_code=_INVOICE,
            currency_code="EUR",
            payment_due_date=date(2026, 3, 29),
            buyer_reference="SERVICE-ACHATS",
            purchase_order_reference="BC-5521",
            payment_terms="Paiement à 30 jours date de facture.",
            process_control=_EN16931,
            seller=companies.ATELIER,
            buyer=companies.VERRERIE,
            payment_instructions=companies.sepa_transfer(companies.ATELIER_ACCOUNT, "FA-2026-0093"),
            lines=(
                _line(1, "Étude graphique, collection d'été", "12.5", "84.00", "20", unit="HUR"),
                _line(2, "Maquette de carafe", "4", "265.00", "20"),
                _line(3, "Catalogue imprimé", "200", "3.15", "5.5"),
            ),
        )
    )


def _glass_designs_returned() -> InvoiceContent:
    return with_amounts(
        InvoiceContent(
            invoice_number="AV-2026-0011",
            issue_date=date(2026, 3, 16),
            type_code=_CREDIT_NOTE,
            currency_code="EUR",
            buyer_reference="SERVICE-ACHATS",
            process_control=_EN16931,
            notes=(InvoiceNote(note="Avoir pour une maquette retournée."),),
            preceding_invoices=(
                PrecedingInvoice(reference="FA-2026-0093", issue_date=date(2026, 2, 27)),
            ),
            seller=companies.ATELIER,
            buyer=companies.VERRERIE,
            payment_instructions=companies.sepa_transfer(companies.ATELIER_ACCOUNT, "AV-2026-0011"),
            lines=(_line(1, "Maquette de carafe", "1", "265.00", "20"),),
        )
    )


def _instruments() -> InvoiceContent:
    goods = (
        ("Torque wrench 20 Nm", "4", "118.40"),
        ("Torque wrench 60 Nm", "2", "142.75"),
        ("Digital caliper 150 mm", "10", "36.20"),
        ("Dial gauge 0.01 mm", "6", "54.90"),
        ("Feeler gauge set", "12", "8.35"),
        ("Granite surface plate", "1", "1264.00"),
        ("Magnetic base stand", "6", "41.15"),
        ("Thread pitch gauge", "8", "11.60"),
        ("Bore gauge 35-60 mm", "2", "187.30"),
        ("Height gauge 300 mm", "1", "512.00"),
        ("Infrared thermometer", "5", "73.25"),
        ("Multimeter, bench model", "3", "238.90"),
        ("Test lead set", "9", "14.80"),
        ("Pressure gauge 0-16 bar", "14", "27.45"),
        ("Calibration weight 1 kg", "2", "64.10"),
        ("Precision level 200 mm", "3", "96.55"),
        ("Micrometer 0-25 mm", "7", "58.70"),
        ("Micrometer 25-50 mm", "5", "67.95"),
        ("Inspection mirror", "15", "6.40"),
        ("Borescope, flexible", "1", "349.00"),
        ("Sound level meter", "2", "129.99"),
        ("Tachometer, contactless", "2", "158.25"),
        ("Coating thickness gauge", "1", "427.50"),
        ("Calibration certificate", "11", "32.00"),
    )
    return with_amounts(
        InvoiceContent(
            invoice_number="FR-104582",
            issue_date=date(2026, 3, 5),
            type_code=_INVOICE,
            currency_code="GBP",
            payment_due_date=date(2026, 4, 4),
            purchase_order_reference="HL-20931",
            payment_terms="Payment within 30 days of the invoice date.",
            seller=msgspec.structs.replace(companies.FENWICK, contact=None),
            buyer=msgspec.structs.replace(companies.HARBOUR_LANE, vat_identifier=None),
            payment_instructions=companies.bank_transfer(companies.FENWICK_ACCOUNT, "FR-104582"),
            lines=tuple(
                _line(position, name, quantity, price, "20")
                for position, (name, quantity, price) in enumerate(goods, start=1)
            ),
        )
    )


def _coffee() -> InvoiceContent:
    return with_amounts(
        InvoiceContent(
            invoice_number="RE-26-1187",
            issue_date=date(2026, 1, 22),
            type_code=_INVOICE,
            currency_code="EUR",
            payment_due_date=date(2026, 2, 5),
            buyer_reference="Kantine",
            purchase_order_reference="B-7745",
            payment_terms="Zahlbar innerhalb von 14 Tagen.",
            process_control=_EN16931,
            seller=companies.KAFFEEROESTEREI,
            buyer=companies.HANSEN,
            payment_instructions=companies.sepa_transfer(
                companies.KAFFEEROESTEREI_ACCOUNT, "RE-26-1187"
            ),
            lines=(
                _line(1, "Espresso Schwarzwald, ganze Bohne", "48", "17.90", "7", unit="KGM"),
                _line(2, "Filterkaffee Hochland, gemahlen", "24", "14.25", "7", unit="KGM"),
                _line(3, "Entkalker für Siebträger", "10", "9.80", "19"),
                _line(4, "Wartung der Mühle, vor Ort", "2.5", "72.00", "19", unit="HUR"),
            ),
        )
    )


def _print_job_with_wrong_total() -> InvoiceContent:
    """Its totals with VAT are nine euros too high."""
    right = with_amounts(
        InvoiceContent(
            invoice_number="2026-PD-3308",
            issue_date=date(2026, 3, 18),
            type_code=_INVOICE,
            currency_code="EUR",
            payment_due_date=date(2026, 4, 17),
            buyer_reference="Logistics",
            purchase_order_reference="ZL-40087",
            payment_terms="Payment within 30 days.",
            process_control=_EN16931,
            seller=companies.POLDERDRUK,
            buyer=companies.ZUIDERHAVEN,
            payment_instructions=companies.sepa_transfer(
                companies.POLDERDRUK_ACCOUNT, "2026-PD-3308"
            ),
            lines=(
                _line(1, "Pallet labels, roll of 500", "30", "18.60", "21"),
                _line(2, "Delivery note pads", "75", "4.28", "21"),
            ),
        )
    )
    assert right.totals is not None and right.totals.amount_with_vat is not None
    wrong = right.totals.amount_with_vat + Decimal("9.00")
    return msgspec.structs.replace(
        right,
        totals=msgspec.structs.replace(right.totals, amount_with_vat=wrong, amount_due=wrong),
    )


def _line(
    position: int, name: str, quantity: str, price: str, rate: str, unit: str = "C62"
) -> InvoiceLine:
    return InvoiceLine(
        identifier=str(position),
        invoiced_quantity=Decimal(quantity),
        quantity_unit_code=unit,
        price=PriceDetails(net_price=Decimal(price)),
        vat=LineVat(category_code="S", rate=Decimal(rate)),
        item=Item(name=name),
    )
