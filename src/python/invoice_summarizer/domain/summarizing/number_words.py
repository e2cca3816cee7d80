"""Words that are figures though they hold no digit, in English, German and French: data.

Articles that are also a number (`ein`, `une`) are left out: they stand in every sentence.
"""

import re

from invoice_reading.currency_codes import known_currencies

_SCALES = """
hundred hundreds thousand thousands million millions billion billions trillion trillions dozen dozens score
mio mrd tsd bn mn mld hunderte tausende dutzend dutzende million millionen milliarde milliarden billion billionen
cent cents mille millier milliers milliard milliards
"""
_ENGLISH = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety once twice thrice half halves double triple
minus second seconds quarter quarters
"""
_GERMAN = """
eins halb halbe halber halbes viertel drittel doppelt dreifach erste erster erstes ersten zweite zweiter zweites
zweiten dritte dritter drittes dritten einmal anderthalb eineinhalb achte achter achtes achtel achtels
"""
_FRENCH = """
zéro deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts trente
quarante cinquante soixante septante huitante octante nonante demi demie moitié tiers quart quarts double triple
"""
_MONEY = """
percent prozent pourcent euro euros dollar dollars pound pounds sterling franc francs franken rappen pfund pence
penny pennies yen yuan zloty złoty krone kronen krona kronor couronne couronnes livre livres rouble roubles rubel rupee
rupees centime centimes groschen pfennig pfennige eurocent eurocents grosz groszy kopeke kopeken öre øre haléř quid bucks
"""
NUMBER_WORDS = frozenset(
    word for words in (_SCALES, _ENGLISH, _GERMAN, _FRENCH, _MONEY) for word in words.split()
)

# German writes a number as one word. `ein` and `und` count only beside another part.
_GERMAN_PART = (
    "null|zwei|zwo|drei|vier|fünf|fuenf|sechs|sech|sieb(?:en)?|acht|neun|zehn|elf|zwölf|zwoelf|zwan|"
    "(?:zig|ßig|ssig)|hundert|tausend"
)
_GERMAN_ENDING = "s?te[nmrs]?|s?tels?|einhalb|fache?[nmrs]?|mal"  # ordinal, fraction, multiple
_GERMAN_NUMBER = re.compile(
    f"(?:ein|und)*(?:(?:{_GERMAN_PART})(?:eins?|und)*)+(?:{_GERMAN_ENDING})?"
)
_ENGLISH_ORDINAL = re.compile(
    "(?:third|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    "(?:twen|thir|for|fif|six|seven|eigh|nine)tie|hundred|thousand|[mb]illion)th)s?"
)
_FRENCH_NUMBER = re.compile(
    "(?:deux|trois|quatr|cinqu|six|sept|huit|neuv|dix|diz|onz|douz|treiz|quatorz|quinz|seiz|vingt|trent|quarant|"
    "cinquant|soixant|cent|mill|million|milliard)(?:ième|aine)s?"
)
_ROMAN_NUMBER = re.compile(
    r"(?=[MDCLXVI]{2})M{0,4}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
)
_SMALL_ROMAN_NUMBER = re.compile(r"(?=[xvi]{2})x{0,3}(?:ix|iv|v?i{0,3})")
_SCALED_CURRENCY = re.compile("[TKMtkm]([A-Z]{3})")  # TEUR: thousands of euros
_LETTERS_AS_DIGITS = re.compile(r"(?=[OIl]*O)[OIl]{2,}")


def is_number_word(word: str) -> bool:
    """Says whether a word of letters is a spelled-out number, a scale, a currency, or digits in letters' disguise."""
    lower = word.lower()
    scaled = _SCALED_CURRENCY.fullmatch(word)
    return bool(
        lower in NUMBER_WORDS
        or _GERMAN_NUMBER.fullmatch(lower)
        or _ENGLISH_ORDINAL.fullmatch(lower)
        or _FRENCH_NUMBER.fullmatch(lower)
        or _ROMAN_NUMBER.fullmatch(word)
        or _SMALL_ROMAN_NUMBER.fullmatch(word)
        or _LETTERS_AS_DIGITS.fullmatch(word)
        or (scaled is not None and scaled[1] in known_currencies())
    )
