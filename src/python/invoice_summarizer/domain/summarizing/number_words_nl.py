"""Number words of Dutch: data. `een` counts only beside another part of a word."""

import re

DUTCH_NUMBERS = re.compile(
    r"""
    miljoen(?:en)?|miljard(?:en)?|dozijn(?:en)?|honderden|duizenden|tientallen
    |één|half|halve|helft|anderhalve?|kwart|dubbele?|eerste|derde|tweemaal|driemaal
    |(?:een|één|en|ën)*
        (?:(?:nul|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien
            |twintig|dertig|veertig|tachtig|tig|honderd|duizend)
            (?:een|één|en|ën)*)+
        (?:s?te|de|den|maal|voudige?)?
    |procent|ponden|frank|kronen|gulden|guldens
    """,
    re.VERBOSE,
)
