"""With which letters a VAT identifier begins: the code of a country, and EL for Greece."""

from en16931.code_lists.countries import COUNTRIES

VAT_PREFIXES = COUNTRIES | {"EL"}
