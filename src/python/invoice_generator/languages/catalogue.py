"""All languages that documents are generated in."""

from invoice_generator.languages.de import GERMAN
from invoice_generator.languages.en import ENGLISH
from invoice_generator.languages.es import SPANISH
from invoice_generator.languages.fr import FRENCH
from invoice_generator.languages.it import ITALIAN
from invoice_generator.languages.language import Language
from invoice_generator.languages.nl import DUTCH
from invoice_generator.languages.pl import POLISH
from invoice_generator.languages.pt import PORTUGUESE

LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (ENGLISH, GERMAN, FRENCH, ITALIAN, SPANISH, DUTCH, POLISH, PORTUGUESE)
}
