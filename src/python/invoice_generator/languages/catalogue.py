"""All languages that documents are generated in."""

from invoice_generator.languages.de import GERMAN
from invoice_generator.languages.en import ENGLISH
from invoice_generator.languages.language import Language

LANGUAGES: dict[str, Language] = {language.code: language for language in (ENGLISH, GERMAN)}
