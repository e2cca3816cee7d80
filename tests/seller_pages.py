"""First pages of invoices, with who really sells: plain ones, and ones on which somebody else looks like the seller."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from invoice_reading.page import Page
from page_builder import Printed, column, page, table, text


@dataclass(frozen=True, slots=True)
class Company:
    name: str
    street: str
    town: str
    vat: str
    domain: str

    @property
    def address(self) -> list[str]:
        return [self.name, self.street, self.town]


@dataclass(frozen=True, slots=True)
class SellerPage:
    layout: str
    page: Page
    seller: str
    is_plain: bool


_SELLERS = (
    Company("Werkhof Brandt GmbH", "Musterweg 1", "10115 Berlin", "DE991234508", "werkhof-brandt"),
    Company("Fairfield Supplies Ltd", "12 Mill Lane", "Leeds LS1 4AB", "GB998111237", "fairfield"),
    Company("Menuiserie Lambert SAS", "8 rue Haute", "69001 Lyon", "FR80998123459", "lambert-bois"),
    Company("Polderdruk B.V.", "Sluiskade 51", "8011 VD Zwolle", "NL997123400B01", "polderdruk"),
    Company(
        "Ceramiche Valdoro S.p.A.", "Via Emilia 23", "41049 Sassuolo", "IT99000348880", "valdoro"
    ),
)
_BUYERS = (
    Company("Kontor Seidel KG", "Hafenstr. 4", "20457 Hamburg", "DE992345608", "kontor-seidel"),
    Company("Harbour Lane Logistics Ltd", "4 Quay Street", "Bristol BS1 5TR", "GB997111201", "hll"),
    Company("Verrerie du Midi SAS", "4 rue des Arts", "81000 Albi", "FR72999000110", "verrerie"),
    Company(
        "Zuiderhaven Logistiek B.V.", "Havenweg 2", "3089 JK Rotterdam", "NL998543214B01", "zhl"
    ),
)
_PARENT = "Northgate Holdings plc"


def seller_pages() -> Iterator[SellerPage]:
    """Yields every layout with every pair of a seller and a buyer."""
    for layouts, is_plain in ((_PLAIN, True), (_MISLEADING, False)):
        for layout in layouts:
            for seller in _SELLERS:
                for buyer in _BUYERS:
                    printed = [*layout(seller, buyer), *_body()]
                    name = layout.__name__.strip("_")
                    yield SellerPage(name, page(printed), seller.name, is_plain)


def _letterhead_and_labelled_buyer(seller: Company, buyer: Company) -> list[Printed]:
    return [*_letterhead(seller), *column(40, 150, ["Bill to", *buyer.address])]


def _letterhead_with_vat(seller: Company, buyer: Company) -> list[Printed]:
    return [*_letterhead(seller), _vat(seller, 40, 79), *column(40, 150, buyer.address)]


def _letterhead_on_the_right(seller: Company, buyer: Company) -> list[Printed]:
    block = column(360, 40, [*seller.address, f"VAT ID: {seller.vat}"])
    return [*block, *column(40, 150, ["Invoice to", *buyer.address])]


def _window_under_a_senders_line(seller: Company, buyer: Company) -> list[Printed]:
    line = f"{seller.name} · {seller.street} · {seller.town}"
    return [text(40, 120, line, 7), *column(40, 135, buyer.address), _vat(seller, 40, 790)]


def _labels_for_both(seller: Company, buyer: Company) -> list[Printed]:
    both = column(40, 60, ["Seller:", *seller.address])
    return [*both, *column(320, 60, ["Buyer:", *buyer.address])]


def _letterhead_and_footer(seller: Company, buyer: Company) -> list[Printed]:
    footer = column(40, 775, [seller.name, f"VAT ID: {seller.vat}"], pitch=11)
    return [*_letterhead(seller), *column(40, 150, buyer.address), *footer]


def _letterhead_and_account_holder(seller: Company, buyer: Company) -> list[Printed]:
    account = column(40, 700, [f"Account holder: {seller.name}", "IBAN: DE02120300000000202051"])
    return [*_letterhead(seller), *column(40, 150, buyer.address), *account]


def _logo_only(seller: Company, buyer: Company) -> list[Printed]:
    """The seller's name is in a picture; the first company in words is the buyer."""
    return [*column(40, 60, buyer.address), _vat(seller, 40, 790)]


def _logo_and_vat_of_the_buyer(seller: Company, buyer: Company) -> list[Printed]:
    return [*column(40, 60, buyer.address), _vat(buyer, 40, 100), _vat(seller, 40, 790)]


def _buyer_before_seller(seller: Company, buyer: Company) -> list[Printed]:
    block = column(360, 110, [*seller.address, f"VAT ID: {seller.vat}"])
    return [*column(40, 60, buyer.address), *block]


def _buyer_before_seller_in_the_footer(seller: Company, buyer: Company) -> list[Printed]:
    footer = column(40, 775, [seller.name, f"VAT ID: {seller.vat}"], pitch=11)
    return [*column(40, 60, buyer.address), *footer]


def _parent_in_the_letterhead(seller: Company, buyer: Company) -> list[Printed]:
    own = column(40, 60, [*seller.address, f"VAT ID: {seller.vat}"])
    return [text(40, 30, _PARENT, 14), *own, *column(40, 150, ["Bill to", *buyer.address])]


def _name_over_two_lines(seller: Company, buyer: Company) -> list[Printed]:
    first, _, rest = seller.name.partition(" ")
    lines = column(40, 40, [first, rest, seller.street, seller.town])
    return [*lines, *column(40, 150, ["Bill to", *buyer.address]), _vat(seller, 40, 92)]


def _self_billed(seller: Company, buyer: Company) -> list[Printed]:
    """The buyer writes the invoice on paper of its own, and the seller stands in the window."""
    title = text(300, 40, "Self-billed invoice", 14)
    footer = column(40, 775, [buyer.name, "IBAN: DE02120300000000202051"], pitch=11)
    return [title, *_letterhead(buyer), *column(40, 150, seller.address), *footer]


def _agent_in_the_letterhead(seller: Company, buyer: Company) -> list[Printed]:
    """An agent writes the invoice; who sells stands in a sentence only."""
    agent = Company("Bluepost Agency Ltd", "1 Agent Row", "London SW1B 3BN", "", "bluepost")
    sentence = text(40, 790, f"Sold in the name of {seller.name}, VAT ID: {seller.vat}")
    return [*_letterhead(agent), *column(40, 150, ["Bill to", *buyer.address]), sentence]


def _letterhead(of: Company) -> list[Printed]:
    return [text(40, 30, of.name, 14), *column(40, 49, of.address[1:], pitch=12)]


def _vat(of: Company, left: float, top: float) -> Printed:
    return text(left, top, f"VAT ID: {of.vat}")


def _body() -> list[Printed]:
    return [
        text(360, 190, "Invoice number: INV-104582"),
        *table(
            300, [40, 400, 550], [("Description", "Qty", "Amount"), ("Service", "2", "1,000.00")]
        ),
        *table(
            400,
            [400, 550],
            [("Net total", "1,000.00"), ("VAT 20%", "200.00"), ("Total", "1,200.00")],
        ),
    ]


_Layout = Callable[[Company, Company], list[Printed]]
_PLAIN: tuple[_Layout, ...] = (
    _letterhead_and_labelled_buyer,
    _letterhead_with_vat,
    _letterhead_on_the_right,
    _window_under_a_senders_line,
    _labels_for_both,
    _letterhead_and_footer,
    _letterhead_and_account_holder,
)
_MISLEADING: tuple[_Layout, ...] = (
    _logo_only,
    _logo_and_vat_of_the_buyer,
    _buyer_before_seller,
    _buyer_before_seller_in_the_footer,
    _parent_in_the_letterhead,
    _name_over_two_lines,
    _self_billed,
    _agent_in_the_letterhead,
)
