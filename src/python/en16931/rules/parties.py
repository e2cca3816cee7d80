"""Who takes part: BR-06 to BR-11, BR-17 to BR-20, BR-56, BR-57, BR-62, BR-63, BR-CO-09 and BR-CO-26."""

from collections.abc import Callable

from en16931.code_lists.vat_prefixes import VAT_PREFIXES, VAT_PREFIXES_OF_CII
from en16931.rules.cen_rule import cen_rule, has, says, says_in, stated_or_said
from en16931.rules.term_rule import CII, E_INVOICES, INVOICE, UBL
from en16931.terms.stated_group import StatedGroup
from en16931.xml_reading import Syntax

SELLER, BUYER, PAYEE, TAX_REPRESENTATIVE = "BG-4", "BG-7", "BG-10", "BG-11"


def _has_address(party: str, address: str) -> Callable[[StatedGroup], bool]:
    return lambda invoice: any(group.has_group(address) for group in invoice.groups(party))


def _is_named_and_not_the_seller(payee: StatedGroup) -> bool:
    seller = payee.invoice.group(SELLER)
    if not payee.has("BT-59"):
        return False
    if seller is None:
        return True
    # The artefact for UBL holds the payee against the trading name of the seller, which stands in cac:PartyName.
    pairs = _OF_PAYEE_AND_SELLER_IN_CII if payee.syntax is Syntax.CII else _OF_PAYEE_AND_SELLER
    return all(
        {*payee.texts(of_payee)}.isdisjoint(seller.texts(of_seller))
        for of_payee, of_seller in pairs
    )


_OF_PAYEE_AND_SELLER = (("BT-59", "BT-28"), ("BT-60", "BT-29"))
_OF_PAYEE_AND_SELLER_IN_CII = (("BT-59", "BT-27"), ("BT-60-ID", "BT-29-ID"), ("BT-61", "BT-30"))


def _names_country(*groups: str, term: str) -> Callable[[StatedGroup], bool]:
    """Some address below has a country. The artefact for CII asks so: for it, an absent address lacks one as well."""
    if len(groups) == 1:
        return says_in(groups[0], term)
    rest = _names_country(*groups[1:], term=term)
    return lambda above: any(rest(group) for group in above.groups(groups[0]))


def _begins_with_country(term: str) -> Callable[[StatedGroup], bool]:
    return lambda party: all(_is_prefix(text[:2], party.syntax) for text in party.texts(term))


def _is_prefix(letters: str, syntax: Syntax | None) -> bool:
    if syntax is Syntax.CII:
        return letters in VAT_PREFIXES_OF_CII
    if syntax is None:
        return letters in VAT_PREFIXES
    # The artefact for UBL looks for the letters in a text of all prefixes: nothing, a part and a blank are found as well.
    return letters in _ALL_PREFIXES


_ALL_PREFIXES = f" {' '.join(sorted(VAT_PREFIXES))} "


def _identifies_seller(seller: StatedGroup) -> bool:
    own = "BT-29" if seller.syntax in (Syntax.CII, None) else "BT-29-but-SEPA"
    return seller.has(own, "BT-30", "BT-31")


def _address_has_scheme(term: str) -> Callable[[StatedGroup], bool]:
    """Of a party in CII: the first of its electronic addresses has a scheme."""

    def holds(party: StatedGroup) -> bool:
        address = party.group(term)
        return address is None or address.text(f"{term}-1") != ""

    return holds


def _delivery_names_country(delivery: StatedGroup) -> bool:
    return not delivery.has_group("BG-15") or any(text.strip() for text in delivery.texts("BT-80"))


_SELLER_COUNTRY = "The seller's address names a country (BT-40)."
_BUYER_COUNTRY = "The buyer's address names a country (BT-55)."
_REPRESENTATIVE_COUNTRY = "The address of the seller's tax representative names a country (BT-69)."

PARTY_RULES = (
    cen_rule("BR-06", INVOICE, "BT-27", "The seller has a name (BT-27).", says_in(SELLER, "BT-27")),
    cen_rule("BR-07", INVOICE, "BT-44", "The buyer has a name (BT-44).", says_in(BUYER, "BT-44")),
    cen_rule(
        "BR-08",
        INVOICE,
        "BG-5",
        "The seller has a postal address (BG-5).",
        _has_address(SELLER, "BG-5"),
    ),
    cen_rule("BR-09", "BG-4/BG-5", "BT-40", _SELLER_COUNTRY, says("BT-40"), syntaxes=UBL),
    cen_rule(
        "BR-09",
        INVOICE,
        "BT-40",
        _SELLER_COUNTRY,
        _names_country(SELLER, "BG-5", term="BT-40"),
        syntaxes=CII,
    ),
    cen_rule(
        "BR-10",
        INVOICE,
        "BG-8",
        "The buyer has a postal address (BG-8).",
        _has_address(BUYER, "BG-8"),
    ),
    cen_rule("BR-11", "BG-7/BG-8", "BT-55", _BUYER_COUNTRY, says("BT-55"), syntaxes=UBL),
    cen_rule(
        "BR-11",
        INVOICE,
        "BT-55",
        _BUYER_COUNTRY,
        _names_country(BUYER, "BG-8", term="BT-55"),
        syntaxes=CII,
    ),
    cen_rule(
        "BR-17",
        PAYEE,
        "BT-59",
        "A payee is named (BT-59), and is not the seller.",
        _is_named_and_not_the_seller,
    ),
    cen_rule(
        "BR-18",
        TAX_REPRESENTATIVE,
        "BT-62",
        "The seller's tax representative has a name (BT-62).",
        says("BT-62"),
    ),
    cen_rule(
        "BR-19",
        TAX_REPRESENTATIVE,
        "BG-12",
        "The seller's tax representative has a postal address (BG-12).",
        lambda party: party.has_group("BG-12"),
    ),
    cen_rule("BR-20", "BG-11/BG-12", "BT-69", _REPRESENTATIVE_COUNTRY, says("BT-69"), syntaxes=UBL),
    cen_rule(
        "BR-20",
        TAX_REPRESENTATIVE,
        "BT-69",
        _REPRESENTATIVE_COUNTRY,
        _names_country("BG-12", term="BT-69"),
        syntaxes=CII,
    ),
    cen_rule(
        "BR-56",
        TAX_REPRESENTATIVE,
        "BT-63",
        "The seller's tax representative has a VAT identifier (BT-63).",
        stated_or_said("BT-63"),
    ),
    *(
        cen_rule(
            "BR-57",
            at,
            "BT-80",
            "The address of delivery names a country (BT-80).",
            holds,
            syntaxes=syntaxes,
        )
        for at, holds, syntaxes in (
            ("BG-15", has("BT-80"), UBL),
            ("delivery", _delivery_names_country, CII),
        )
    ),
    *(
        cen_rule(
            rule_id,
            at,
            term,
            f"The {whose} electronic address ({term}) has a scheme.",
            holds,
            syntaxes=syntaxes,
        )
        for rule_id, party, term, whose in (
            ("BR-62", SELLER, "BT-34", "seller's"),
            ("BR-63", BUYER, "BT-49", "buyer's"),
        )
        for at, holds, syntaxes in (
            (f"{party}/{term}", has(f"{term}-1"), UBL),
            (party, _address_has_scheme(term), CII),
        )
    ),
    *(
        cen_rule(
            "BR-CO-09",
            party,
            term,
            f"A VAT identifier ({term}) begins with the code of a country, Greece with EL.",
            _begins_with_country(term),
        )
        for party, term in ((SELLER, "BT-31"), (TAX_REPRESENTATIVE, "BT-63"), (BUYER, "BT-48"))
    ),
    cen_rule(
        "BR-CO-09",
        "other-VAT-identifier",
        "BT-31 BT-48 BT-63",
        "A VAT identifier begins with the code of a country, Greece with EL.",
        _begins_with_country("value"),
        syntaxes=E_INVOICES,
    ),
    cen_rule(
        "BR-CO-26",
        SELLER,
        "BT-29 BT-30 BT-31",
        "The seller can be told by an identifier: its own (BT-29), of a register (BT-30), or for VAT (BT-31).",
        _identifies_seller,
    ),
)
