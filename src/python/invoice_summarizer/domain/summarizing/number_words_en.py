"""Number words of English: data. An article that is also a number, in whatever language, is none of them."""

import re

ENGLISH_NUMBERS = re.compile(
    r"""
    hundreds?|thousands?|[mb]illions?|trillions?|dozens?|score
    |zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen
    |eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|once|twice|thrice|half|halves|double|triple
    |minus|seconds?|quarters?|thirds?
    |(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf|(?:thir|four|fif|six|seven|eigh|nine)teen
        |(?:twen|thir|for|fif|six|seven|eigh|nine)tie|hundred|thousand|[mb]illion)ths?
    |percent|dollars?|pounds?|sterling|pence|penny|pennies|quid|bucks
    """,
    re.VERBOSE,
)
