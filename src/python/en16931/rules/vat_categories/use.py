"""What states a VAT category: a line, an allowance of the document, and a charge of it."""

from typing import NamedTuple


class Use(NamedTuple):
    """The group, its VAT category and rate, and where its tax stands; the artefacts also find such taxes elsewhere."""

    group: str
    category: str
    rate: str
    tax: str
    tax_elsewhere: str = ""


LINE = Use("BG-25", "BT-151", "BT-152", "BG-25/BG-30")
ALLOWANCE = Use("BG-20", "BT-95", "BT-96", "BG-20/tax", "allowance-tax-elsewhere")
CHARGE = Use("BG-21", "BT-102", "BT-103", "BG-21/tax", "charge-tax-elsewhere")
