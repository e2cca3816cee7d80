"""With which letters a VAT identifier begins: the code of a country, and EL for Greece."""

from en16931.code_lists.countries import COUNTRIES, COUNTRIES_OF_CII

_GREECE = {"EL"}

VAT_PREFIXES = COUNTRIES | _GREECE
VAT_PREFIXES_OF_CII = COUNTRIES_OF_CII | _GREECE
