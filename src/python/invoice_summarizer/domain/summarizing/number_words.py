"""Words that are figures though they hold no digit.

Those of English, German and French count in every text: they are what readers of invoices know. Those of another
language count in its own texts, since `due` is a number in Italian and none in English.
"""

import re
from collections.abc import Mapping

from invoice_reading.currency_codes import known_currencies
from invoice_summarizer.domain.summarizing.number_words_de import GERMAN_NUMBERS
from invoice_summarizer.domain.summarizing.number_words_en import ENGLISH_NUMBERS
from invoice_summarizer.domain.summarizing.number_words_es import SPANISH_NUMBERS
from invoice_summarizer.domain.summarizing.number_words_fr import FRENCH_NUMBERS
from invoice_summarizer.domain.summarizing.number_words_it import ITALIAN_NUMBERS
from invoice_summarizer.domain.summarizing.number_words_nl import DUTCH_NUMBERS

# Each matches the whole of a word in small letters.
NUMBER_WORDS: Mapping[str, re.Pattern[str]] = {
    "de": GERMAN_NUMBERS,
    "en": ENGLISH_NUMBERS,
    "es": SPANISH_NUMBERS,
    "fr": FRENCH_NUMBERS,
    "it": ITALIAN_NUMBERS,
    "nl": DUTCH_NUMBERS,
}
LANGUAGES_OF_EVERY_TEXT = ("de", "en", "fr")

# Money and scales of no one language.
_ANYWHERE = frozenset("""
    bn mn mld million millions billion billions trillion trillions cent cents eurocent eurocents euro euros dollar dollars yen yuan
    zloty złoty krone kronen krona kronor rupee rupees grosz groszy öre øre haléř
    """.split())
_ROMAN_NUMBER = re.compile(
    r"(?=[MDCLXVI]{2})M{0,4}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
)
_SMALL_ROMAN_NUMBER = re.compile(r"(?=[xvi]{2})x{0,3}(?:ix|iv|v?i{0,3})")
_SCALED_CURRENCY = re.compile("[TKMtkm]([A-Z]{3})")  # TEUR: thousands of euros
_LETTERS_AS_DIGITS = re.compile(r"(?=[OIl]*O)[OIl]{2,}")


def is_number_word(word: str, language: str) -> bool:
    """Says whether a word of letters is a spelled-out number, a scale, a currency, or digits in letters' disguise."""
    lower = word.lower()
    scaled = _SCALED_CURRENCY.fullmatch(word)
    return bool(
        lower in _ANYWHERE
        or any(NUMBER_WORDS[each].fullmatch(lower) for each in {*LANGUAGES_OF_EVERY_TEXT, language})
        or _ROMAN_NUMBER.fullmatch(word)
        or _SMALL_ROMAN_NUMBER.fullmatch(word)
        or _LETTERS_AS_DIGITS.fullmatch(word)
        or (scaled is not None and scaled[1] in known_currencies())
    )
