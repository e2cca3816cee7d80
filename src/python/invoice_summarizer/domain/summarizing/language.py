"""The languages that summaries are written in, and the regions in whose forms they write numbers and dates.

A locale is a language, or a language and a region: `de`, `de-AT`. The words are the language's; the forms of numbers,
dates and names of months are those of the region, as CLDR has them.
"""

import re
from functools import cache

from babel.localedata import locale_identifiers

from invoice_summarizer.domain.errors import InvalidInput

SUPPORTED_LANGUAGES = ("de", "en", "es", "fr", "it", "nl")
_REGION = re.compile(r"[A-Z]{2}|[0-9]{3}")


class UnsupportedLanguage(InvalidInput):
    """`supported` lists the languages that can be asked for."""

    reason = "LANGUAGE_UNSUPPORTED"
    supported = SUPPORTED_LANGUAGES

    def __init__(self) -> None:
        known = ", ".join(SUPPORTED_LANGUAGES)
        super().__init__(
            f"summaries are written in: {known}",
            field="language_code",
            metadata={"supported": known},
        )


_LONGEST_TAG = 35  # characters, as RFC 5646 (4.4.1) has it


def supported_locale(language_code: str) -> str:
    """Returns the locale that serves a BCP 47 tag: `de-AT` for `de_at`, `de-Latn-AT` and `de-AT-1996`.

    A region that CLDR does not know for the language is served by the language alone. Raises UnsupportedLanguage where
    no supported language serves the tag.
    """
    if len(language_code) > _LONGEST_TAG:
        raise UnsupportedLanguage
    language, *rest = language_code.replace("_", "-").split("-")
    language = language.lower()
    if language not in SUPPORTED_LANGUAGES:
        raise UnsupportedLanguage
    region = rest[1:2] if rest and len(rest[0]) == 4 else rest[:1]  # after a script
    locale = "-".join((language, *(part.upper() for part in region)))
    return locale if locale in regional_locales() else language


def language_of(locale: str) -> str:
    """Returns the language of a locale, which has the words."""
    return locale.partition("-")[0]


@cache
def regional_locales() -> frozenset[str]:
    """Returns every locale of a supported language that has a region."""
    return frozenset().union(*map(regions_of, SUPPORTED_LANGUAGES))


@cache
def regions_of(language: str) -> frozenset[str]:
    """Returns every locale of the language that has a region, whether summaries are written in it or not."""
    locales = (identifier.split("_") for identifier in locale_identifiers())
    return frozenset(
        "-".join(parts)
        for parts in locales
        if len(parts) == 2 and parts[0] == language and _REGION.fullmatch(parts[1])
    )
