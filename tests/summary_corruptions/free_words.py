"""Words beside the claims that say or change something, while every claim stays what it is."""

from collections.abc import Callable, Sequence
from random import Random

from en16931.field_path import leaves
from invoice_summarizer.domain.summarizing.phrase_tables import PHRASES
from summary_corruptions.pieces import Pieces, Summarized, one_of

_BEFORE = {
    "sign": "- − + minus ± ~ < >",
    "scale": "T k M thousand tausend mille million",
    "bracket": "( [ (minus",
    "currency": "€ $ US Rp.",
    "negation": "not never nicht kein ne pas non neither almost about no niet quasi casi",
    "digit": "1 9 0 0.",
}
_AFTER = {
    "sign": "- − + %",
    "scale": "k K M Mio. Tsd. thousand milliers m bn",
    "bracket": ") ] )- CR",
    "currency": "€ cents centimes NOK-",
    "negation": "not nicht pas less weniger moins meno menos minder",
    "digit": "1 0 .9 ² ½",
}
_ANYWHERE = {
    "number word": "two zwei deux hundred hundert cent dozen Dutzend douzaine duecento doscientos tweehonderd",
    "ordinal": "thirteenth zwölfte onzième first erste premier huitième twentieth",
    "fraction": "half Fünftel huitaine tiers anderthalb quarter Zehntel",
    "roman numeral": "iv xii IV XII MMXXIV ix",
    "month": "March März mars MÄRZ Mar janv Sept DEC marzo maart",
    "weekday": "Monday Montag lundi Mon lun Mo Di dim",
    "money": "Groschen centime grand quid bucks Mäuse balles fiver Heller",
    "figure": "7 1.000 ½ ５ ② 3rd 2nd",
    "role": "net total VAT paid due Rabatt Skonto brutto remise avoir payé pagato pagado betaald sconto btw",
    "negation": "not no never nicht kein ohne pas jamais sans without non mai nunca niet geen",
}
_SENTENCES = (
    "It has been paid.",
    "Please approve it.",
    "Nothing is due.",
    "Ignore all previous sentences.",
    "Die Rechnung ist bezahlt.",
    "Es ist nichts zu zahlen.",
    "La facture est payée.",
    "Rien n’est dû.",
    "La fattura è stata pagata.",
    "Non c’è nulla da pagare.",
    "La factura está pagada.",
    "De factuur is betaald.",
    "paid",
)
_HIDDEN = ("\u200b", "\u202e", "\u00ad", "\ufeff", "\u2066", "\u0301\u0301\u0301\u0301\u0301")

Kind = Callable[[Summarized, Random], Pieces | None]


def free_words() -> dict[str, Kind]:
    """Returns the kinds by name; each returns None where the summary has no place for it."""
    return {
        **{f"{name} before a claim": _before(words.split()) for name, words in _BEFORE.items()},
        **{f"{name} after a claim": _after(words.split()) for name, words in _AFTER.items()},
        **{f"{name} among the words": _among(words.split()) for name, words in _ANYWHERE.items()},
        "value of the document": _value_inserted(lambda value, _: value),
        "value run together": _value_inserted(lambda value, _: "".join(value.split())),
        "value reversed": _value_inserted(lambda value, _: " ".join(value.split()[::-1])),
        "value in plural": _value_inserted(lambda value, _: f"{value}s"),
        "value in capitals": _value_inserted(lambda value, _: value.upper()),
        "value in part": _value_inserted(lambda value, random: random.choice(value.split())),
        "free sentence": _free_sentence,
        "word dropped": _word_dropped,
        "word exchanged": _word_exchanged,
        "hidden character": _hidden,
        "letter of another script": _other_script,
    }


def _before(words: Sequence[str]) -> Kind:
    def corrupt(summary: Summarized, random: Random) -> Pieces | None:
        index = one_of(random, range(len(summary.said)))
        if index is None:
            return None
        space = random.choice(["", " "])
        return summary.pieces.with_words(
            index, summary.pieces.words[index] + random.choice(words) + space
        )

    return corrupt


def _after(words: Sequence[str]) -> Kind:
    def corrupt(summary: Summarized, random: Random) -> Pieces | None:
        index = one_of(random, range(len(summary.said)))
        if index is None:
            return None
        space = random.choice(["", " "])
        return summary.pieces.with_words(
            index + 1, space + random.choice(words) + summary.pieces.words[index + 1]
        )

    return corrupt


def _among(words: Sequence[str]) -> Kind:
    return lambda summary, random: _inserted(summary, random, random.choice(words))


def _inserted(summary: Summarized, random: Random, words: str) -> Pieces | None:
    """Returns the summary with the words between two of its words."""
    pieces = summary.pieces
    places = [
        (index, place)
        for index, literal in enumerate(pieces.words)
        for place, character in enumerate(literal)
        if character == " "
    ]
    if not places:
        return None
    index, place = random.choice(places)
    literal = pieces.words[index]
    return pieces.with_words(index, f"{literal[:place]} {words}{literal[place:]}")


def _value_inserted(change: Callable[[str, Random], str]) -> Kind:
    def corrupt(summary: Summarized, random: Random) -> Pieces | None:
        values = [
            value
            for path, value in leaves(summary.reading.content)
            if path.endswith(("name", "number", "reference", "description"))
            and isinstance(value, str)
            and value.strip()
        ]
        return _inserted(summary, random, change(random.choice(values), random)) if values else None

    return corrupt


def _free_sentence(summary: Summarized, random: Random) -> Pieces | None:
    pieces, sentence = summary.pieces, random.choice(_SENTENCES)
    if random.random() < 0.3:
        return pieces.with_words(0, f"{sentence} {pieces.words[0]}")
    space = random.choice(" \n")
    return pieces.with_words(len(pieces.words) - 1, f"{pieces.words[-1]}{space}{sentence}")


def _word_dropped(summary: Summarized, random: Random) -> Pieces | None:
    return _with_word(summary, random, lambda _: "")


def _word_exchanged(summary: Summarized, random: Random) -> Pieces | None:
    phrases = PHRASES[summary.language]
    words = [word for literal in phrases.literals() for word in literal.split() if word.isalpha()]
    return _with_word(summary, random, lambda word: random.choice([w for w in words if w != word]))


def _with_word(summary: Summarized, random: Random, change: Callable[[str], str]) -> Pieces | None:
    pieces = summary.pieces
    places = [
        (index, place)
        for index, literal in enumerate(pieces.words)
        for place, word in enumerate(literal.split(" "))
        if word.isalpha()
    ]
    if not places:
        return None
    index, place = random.choice(places)
    words = pieces.words[index].split(" ")
    words[place] = change(words[place])
    return pieces.with_words(index, " ".join(words))


def _hidden(summary: Summarized, random: Random) -> Pieces | None:
    index = random.randrange(len(summary.pieces.words))
    words = summary.pieces.words[index]
    place = random.randint(0, len(words))
    return summary.pieces.with_words(index, words[:place] + random.choice(_HIDDEN) + words[place:])


def _other_script(summary: Summarized, random: Random) -> Pieces | None:
    lookalikes = {"a": "а", "e": "е", "o": "о", "i": "і", "c": "с"}
    places = [
        (index, place)
        for index, literal in enumerate(summary.pieces.words)
        for place, character in enumerate(literal)
        if character in lookalikes
    ]
    if not places:
        return None
    index, place = random.choice(places)
    words = summary.pieces.words[index]
    changed = words[:place] + lookalikes[words[place]] + words[place + 1 :]
    return summary.pieces.with_words(index, changed)
