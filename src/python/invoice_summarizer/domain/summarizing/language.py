"""The languages that summaries are written in."""

from invoice_summarizer.domain.errors import InvalidInput

SUPPORTED_LANGUAGES = ("de", "en", "fr")


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


def supported_language(language_code: str) -> str:
    """Returns the language that serves a BCP 47 tag: `de-AT` is served by `de`.

    Raises UnsupportedLanguage where no supported language does.
    """
    language = language_code.replace("_", "-").split("-")[0].lower()
    if language not in SUPPORTED_LANGUAGES:
        raise UnsupportedLanguage
    return language
