"""Words that are figures though they hold no digit, in English, German and French: data.

Articles that are also a number (`ein`, `une`) are left out: they stand in every sentence.
"""

import re

_SCALES = """
hundred hundreds thousand thousands million millions billion billions trillion trillions dozen dozens score
mio mrd tsd bn mn mld hunderte tausende dutzend dutzende million millionen milliarde milliarden billion billionen
cent cents mille millier milliers milliard milliards douzaine douzaines dizaine dizaines centaine centaines quinzaine
"""
_ENGLISH = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety once twice thrice half halves double triple
minus second third fourth fifth sixth seventh eighth ninth tenth
"""
_GERMAN = """
eins halb halbe halber halbes viertel drittel doppelt dreifach erste erster erstes ersten zweite zweiter zweites
zweiten dritte dritter drittes dritten einmal zweimal dreimal
"""
_FRENCH = """
zéro deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts trente
quarante cinquante soixante septante huitante octante nonante demi demie moitié tiers double triple deuxième
troisième quatrième cinquième sixième septième huitième neuvième dixième
"""
_MONEY = """
percent prozent pourcent euro euros dollar dollars pound pounds sterling franc francs franken rappen pfund pence
penny yen yuan zloty złoty krone kronen krona kronor couronne couronnes livre livres rouble roubles rubel rupee rupees
"""
NUMBER_WORDS = frozenset(
    word for words in (_SCALES, _ENGLISH, _GERMAN, _FRENCH, _MONEY) for word in words.split()
)

# German writes a number as one word. `ein` and `und` count only beside another part.
_GERMAN_PART = (
    "null|zwei|zwo|drei|vier|fünf|fuenf|sechs|sech|sieb(?:en)?|acht|neun|zehn|elf|zwölf|zwoelf|zwan|"
    "(?:zig|ßig|ssig)|hundert|tausend"
)
_GERMAN_NUMBER = re.compile(f"(?:ein|und)*(?:(?:{_GERMAN_PART})(?:eins?|und)*)+")
_ROMAN_NUMBER = re.compile(
    r"(?=[MDCLXVI]{2})M{0,4}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
)
_LETTERS_AS_DIGITS = re.compile(r"(?=[OIl]*O)[OIl]{2,}")


def is_number_word(word: str) -> bool:
    """Says whether a word of letters is a spelled-out number, a scale, a currency, or digits in letters' disguise."""
    lower = word.lower()
    return bool(
        lower in NUMBER_WORDS
        or _GERMAN_NUMBER.fullmatch(lower)
        or _ROMAN_NUMBER.fullmatch(word)
        or _LETTERS_AS_DIGITS.fullmatch(word)
    )
