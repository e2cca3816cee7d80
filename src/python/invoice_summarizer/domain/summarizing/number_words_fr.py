"""Number words of French: data. `un` and `une` are left out: they stand in every sentence."""

import re

FRENCH_NUMBERS = re.compile(
    r"""
    cents?|mille|milliers?|milliards?
    |zéro|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente
    |quarante|cinquante|soixante|septante|huitante|octante|nonante|demie?|moitié|tiers|quarts?|double|triple
    |(?:deux|trois|quatr|cinqu|six|sept|huit|neuv|dix|diz|onz|douz|treiz|quatorz|quinz|seiz|vingt|trent|quarant
        |cinquant|soixant|cent|mill|million|milliard)(?:ième|aine)s?
    |pourcent|francs?|couronnes?|livres?|roubles?|centimes?
    """,
    re.VERBOSE,
)
