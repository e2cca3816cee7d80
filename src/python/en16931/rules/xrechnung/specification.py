"""By which specification (BT-24) an invoice says that it is an XRechnung, and of which kind."""

from collections.abc import Callable
from functools import partial

from en16931.profiles import is_xrechnung_extension
from en16931.rules.rule import PackName
from en16931.rules.term_rule import term_rule
from en16931.terms.stated_group import StatedGroup

XRECHNUNG = PackName("xrechnung", "3.0.2")

CORE = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
EXTENSION = f"{CORE}#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0"
VEHICLES = f"{CORE}#compliant#urn:xeinkauf.de:kosit:xrechnung:cvd_0.9"
SPECIFICATIONS = frozenset({CORE, EXTENSION, VEHICLES})


_IS_EXTENSION, _IS_OF_VEHICLES = "is an extension of XRechnung", "is an XRechnung for vehicles"


def is_extension(group: StatedGroup) -> bool:
    """Tells whether the invoice uses the extension of XRechnung, in any version of it."""
    return _told(group, _IS_EXTENSION, is_xrechnung_extension)


def is_of_vehicles(group: StatedGroup) -> bool:
    """Tells whether the invoice is one for clean vehicles (CVD)."""
    return _told(group, _IS_OF_VEHICLES, lambda specification: specification == VEHICLES)


def _told(group: StatedGroup, name: str, tells: Callable[[str], bool]) -> bool:
    """Returns what the specification tells, worked out once for all groups of the invoice."""
    invoice = group.invoice
    known: bool | None = invoice.memo.get(name)
    if known is None:
        known = invoice.memo[name] = any(map(tells, invoice.codes("BT-24")))
    return known


xrechnung_rule = partial(term_rule, XRECHNUNG)
