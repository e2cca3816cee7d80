"""First pages of invoices in eight languages, each set in the same layouts, with what they say."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from invoice_reading.page import Page
from page_builder import Printed, column, page, table, text

ISSUED, DUE = date(2026, 3, 5), date(2026, 4, 4)
NET = Decimal("1000.00")
IBAN = "DE02120300000000202051"
_IBAN_PRINTED = "DE02 1203 0000 0000 2020 51"
_ITEMS = (("Alfa Beta", 2, Decimal("125.00")), ("Gamma", 3, Decimal("250.00")))


@dataclass(frozen=True, slots=True)
class Wording:
    """How a language says it: parties as name, street, town and VAT identifier; captions of three fields and three sums."""

    language: str
    seller: tuple[str, str, str, str]
    buyer: tuple[str, str, str]
    bill_to: str
    title: str
    number: tuple[str, str]
    issued: tuple[str, str]
    due: tuple[str, str]
    columns: tuple[str, str, str, str, str]
    sums: tuple[str, str, str]
    rate: int
    currency: str = "EUR"
    sign: str = "€"
    mark: str = ","

    @property
    def tax(self) -> Decimal:
        return NET * self.rate / 100

    def amount(self, value: Decimal, with_currency: bool = False) -> str:
        digits = f"{value:,.2f}"
        if self.mark == ",":
            digits = digits.replace(",", "\0").replace(".", ",").replace("\0", ".")
        if not with_currency:
            return digits
        return f"{self.sign}{digits}" if self.sign == "£" else f"{digits} {self.sign}"


@dataclass(frozen=True, slots=True)
class LanguagePage:
    layout: str
    wording: Wording
    page: Page


def language_pages() -> Iterator[LanguagePage]:
    """Yields every layout in every language."""
    for layout in _LAYOUTS:
        for wording in WORDINGS:
            printed = [*layout(wording), *_lines(wording)]
            yield LanguagePage(layout.__name__.strip("_"), wording, page(printed))


WORDINGS = (
    Wording(
        "it",
        ("Officine Brenta S.r.l.", "Via Padova 14", "35010 Vigonza", "P.IVA IT01234567897"),
        ("Cantine Morello S.p.A.", "Corso Asti 9", "14100 Asti"),
        "Spett.le",
        "FATTURA",
        ("Numero fattura:", "FT-2026/118"),
        ("Data fattura:", "05/03/2026"),
        ("Scadenza:", "04/04/2026"),
        ("Descrizione", "Quantità", "Prezzo unitario", "IVA", "Importo"),
        ("Imponibile", "IVA 22%", "Totale fattura"),
        22,
    ),
    Wording(
        "es",
        ("Talleres Nervión S.L.", "Calle Mayor 5", "48001 Bilbao", "NIF: B48123456"),
        ("Bodegas Arlanza S.A.", "Av. de la Paz 3", "09001 Burgos"),
        "Facturar a",
        "FACTURA",
        ("Nº de factura:", "A-2026-77"),
        ("Fecha de factura:", "05/03/2026"),
        ("Fecha de vencimiento:", "04/04/2026"),
        ("Concepto", "Cantidad", "Precio unitario", "IVA", "Importe"),
        ("Base imponible", "IVA 21%", "Total factura"),
        21,
    ),
    Wording(
        "pt",
        ("Cerâmicas Douro, Lda.", "Rua do Almada 12", "4050-036 Porto", "NIF: 501234560"),
        ("Vinhos do Tejo, S.A.", "Av. da Liberdade 4", "1250-142 Lisboa"),
        "Exmos. Senhores",
        "FATURA",
        ("Fatura n.º", "FT 2026/45"),
        ("Data de emissão:", "5 de março de 2026"),
        ("Data de vencimento:", "4 de abril de 2026"),
        ("Descrição", "Qtd.", "Preço unitário", "IVA", "Valor"),
        ("Total sem IVA", "IVA 23%", "Total a pagar"),
        23,
    ),
    Wording(
        "pl",
        ("Stolarnia Wisła Sp. z o.o.", "ul. Leśna 7", "30-001 Kraków", "NIP: 6791234563"),
        ("Huta Odra S.A.", "ul. Długa 2", "50-001 Wrocław"),
        "Nabywca",
        "FAKTURA VAT",
        ("Nr faktury:", "FV/2026/03/12"),
        ("Data wystawienia:", "5 marca 2026"),
        ("Termin płatności:", "4 kwietnia 2026"),
        ("Nazwa towaru", "Ilość", "Cena netto", "Stawka VAT", "Wartość netto"),
        ("Razem netto", "VAT 23%", "Razem brutto"),
        23,
        currency="PLN",
        sign="zł",
    ),
    Wording(
        "nl",
        ("Bakkerij De Molen B.V.", "Dorpsstraat 3", "1621 AB Hoorn", "BTW-nr: NL997123400B01"),
        ("Van Rijn Logistiek B.V.", "Kade 44", "3011 AA Rotterdam"),
        "Factuur aan",
        "FACTUUR",
        ("Factuurnummer:", "2026-0098"),
        ("Factuurdatum:", "5 maart 2026"),
        ("Vervaldatum:", "4 april 2026"),
        ("Omschrijving", "Aantal", "Prijs", "BTW", "Bedrag"),
        ("Totaal excl. BTW", "BTW 21%", "Totaal incl. BTW"),
        21,
    ),
    Wording(
        "de",
        ("Werkhof Brandt GmbH", "Musterweg 1", "10115 Berlin", "USt-IdNr.: DE991234508"),
        ("Kontor Seidel KG", "Hafenstr. 4", "20457 Hamburg"),
        "Rechnungsempfänger",
        "RECHNUNG",
        ("Rechnungsnummer:", "RE-4711"),
        ("Rechnungsdatum:", "05.03.2026"),
        ("Fällig am:", "04.04.2026"),
        ("Bezeichnung", "Menge", "Einzelpreis", "USt", "Gesamt"),
        ("Nettobetrag", "zzgl. 19% USt", "Gesamtbetrag"),
        19,
    ),
    Wording(
        "fr",
        ("Menuiserie Lambert SAS", "8 rue Haute", "69001 Lyon", "N° TVA : FR80998123459"),
        ("Verrerie du Midi SAS", "4 rue des Arts", "81000 Albi"),
        "Facturé à",
        "FACTURE",
        ("Facture n° :", "FA-2026-3"),
        ("Date de facture :", "05/03/2026"),
        ("Date d'échéance :", "04/04/2026"),
        ("Désignation", "Qté", "Prix unitaire", "TVA", "Montant HT"),
        ("Total HT", "TVA 20%", "Total TTC"),
        20,
    ),
    Wording(
        "en",
        ("Fairfield Supplies Ltd", "12 Mill Lane", "Leeds LS1 4AB", "VAT No: GB998111237"),
        ("Harbour Lane Logistics Ltd", "4 Quay Street", "Bristol BS1 5TR"),
        "Bill to",
        "INVOICE",
        ("Invoice number:", "INV-2026-9"),
        ("Invoice date:", "5 March 2026"),
        ("Due date:", "4 April 2026"),
        ("Description", "Qty", "Unit price", "VAT", "Amount"),
        ("Subtotal", "VAT 20%", "Total"),
        20,
        currency="GBP",
        sign="£",
        mark=".",
    ),
)


def _letterhead(of: Wording) -> list[Printed]:
    return [
        *_name_and_address(of),
        *_fields(of),
        *_bill_to(of),
        *_sums(of),
        text(40, 780, f"IBAN: {_IBAN_PRINTED}"),
    ]


def _logo_over_a_line(of: Wording) -> list[Printed]:
    """The logo is a word of its own; name and address stand under it in small print, the buyer has no label."""
    return [
        text(40, 20, "NORDSTERN", 26),
        text(40, 55, of.seller[0], 9),
        text(40, 66, ", ".join(of.seller[1:3]), 9),
        *_fields(of),
        *column(40, 150, of.buyer),
        *_sums(of),
        *column(40, 760, [of.seller[0], of.seller[3], f"IBAN: {_IBAN_PRINTED}"], 11),
    ]


def _seller_in_one_line_at_the_foot(of: Wording) -> list[Printed]:
    foot = [" · ".join(of.seller[:3]), f"{of.seller[3]} · IBAN: {_IBAN_PRINTED}"]
    return [*_fields(of), *column(40, 150, of.buyer), *_sums(of), *column(40, 770, foot)]


def _seller_in_columns_at_the_foot(of: Wording) -> list[Printed]:
    return [
        *_fields(of),
        *column(40, 150, of.buyer),
        *_sums(of),
        *column(40, 770, of.seller[:3], 10),
        *column(230, 770, ["Tel: +49 30 1234567", "info@example.com"], 10),
        *column(390, 770, [of.seller[3], f"IBAN: {_IBAN_PRINTED}"], 10),
    ]


def _fields_under_their_captions(of: Wording) -> list[Printed]:
    captioned = [
        cell
        for left, (caption, value) in ((40, of.number), (180, of.issued), (320, of.due))
        for cell in column(left, 230, [caption.strip(" :"), value])
    ]
    account = text(40, 780, f"IBAN: {_IBAN_PRINTED}")
    return [*_name_and_address(of), *captioned, *_bill_to(of), *_sums(of), account]


def _sums_under_their_captions(of: Wording) -> list[Printed]:
    sums = tuple(of.amount(value, with_currency=True) for value in (NET, of.tax, NET + of.tax))
    headed = table(420, [200, 380, 550], [of.sums, sums], left_columns=0)
    account = text(40, 780, f"IBAN: {_IBAN_PRINTED}")
    return [*_name_and_address(of), *_fields(of), *_bill_to(of), *headed, account]


def _parties_side_by_side(of: Wording) -> list[Printed]:
    return [
        *column(40, 40, of.seller),
        *column(350, 40, [of.bill_to, *of.buyer]),
        *_fields(of, 40, 160),
        *_sums(of),
        text(40, 780, f"IBAN: {_IBAN_PRINTED}"),
    ]


def _names_and_account_over_two_lines(of: Wording) -> list[Printed]:
    head, _, form = of.seller[0].partition(" ")
    first, _, rest = of.buyer[0].partition(" ")
    return [
        text(40, 30, head, 14),
        text(40, 47, form, 14),
        *column(40, 66, of.seller[1:]),
        *_fields(of),
        *column(40, 150, [of.bill_to, first, rest, *of.buyer[1:]]),
        *_sums(of),
        *column(40, 765, [f"IBAN: {_IBAN_PRINTED[:19]}", _IBAN_PRINTED[20:]], 11),
    ]


def _contact_beside_the_buyer(of: Wording) -> list[Printed]:
    contact = column(350, 160, ["Anna Lindner", "Tel. 0123 456789", "anna@example.com"])
    account = text(40, 780, f"IBAN: {_IBAN_PRINTED}")
    return [
        *_name_and_address(of),
        *_fields(of),
        *contact,
        *column(40, 150, of.buyer),
        *_sums(of),
        account,
    ]


def _name_and_address(of: Wording) -> list[Printed]:
    return [text(40, 30, of.seller[0], 14), *column(40, 52, of.seller[1:])]


def _bill_to(of: Wording) -> list[Printed]:
    return column(40, 150, [of.bill_to, *of.buyer])


def _fields(of: Wording, left: float = 350, top: float = 100) -> list[Printed]:
    fields = (of.number, of.issued, of.due)
    return [
        text(left, top - 40, of.title, 18),
        *column(left, top, [caption for caption, _ in fields]),
        *column(left + 120, top, [value for _, value in fields]),
    ]


def _lines(of: Wording) -> list[Printed]:
    rows = [
        (name, str(quantity), of.amount(price), f"{of.rate}%", of.amount(quantity * price))
        for name, quantity, price in _ITEMS
    ]
    return table(300, [40, 280, 370, 430, 550], [of.columns, *rows])


def _sums(of: Wording) -> list[Printed]:
    amounts = (NET, of.tax, NET + of.tax)
    rows = [
        (caption, of.amount(amount, with_currency=True))
        for caption, amount in zip(of.sums, amounts, strict=True)
    ]
    return table(400, [330, 550], rows)


_Layout = Callable[[Wording], list[Printed]]
_LAYOUTS: tuple[_Layout, ...] = (
    _letterhead,
    _logo_over_a_line,
    _seller_in_one_line_at_the_foot,
    _seller_in_columns_at_the_foot,
    _fields_under_their_captions,
    _sums_under_their_captions,
    _parties_side_by_side,
    _names_and_account_over_two_lines,
    _contact_beside_the_buyer,
)
