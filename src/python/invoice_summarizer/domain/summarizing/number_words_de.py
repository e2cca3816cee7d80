"""Number words of German: data. `ein` and `und` count only beside another part of a word."""

import re

GERMAN_NUMBERS = re.compile(
    r"""
    mio|mrd|tsd|hunderte|tausende|dutzende?|million(?:en)?|milliarden?|billion(?:en)?
    |eins|halb(?:e[rs]?)?|viertel|drittel|doppelt|dreifach|erste[rsn]?|zweite[rsn]?|dritte[rsn]?|einmal|anderthalb
    |eineinhalb|achte[rs]?|achtels?
    |(?:ein|und)*
        (?:(?:null|zwei|zwo|drei|vier|fünf|fuenf|sechs|sech|sieb(?:en)?|acht|neun|zehn|elf|zwölf|zwoelf|zwan
            |(?:zig|ßig|ssig)|hundert|tausend)(?:eins?|und)*)+
        (?:s?te[nmrs]?|s?tels?|einhalb|fache?[nmrs]?|mal)?
    |prozent|franken|rappen|pfund|groschen|pfennige?|eurocent|kronen?|rubel|kopeken?
    """,
    re.VERBOSE,
)
