"""Units of quantities as pages print them, and the codes that each can stand for."""

from collections.abc import Mapping

from invoice_reading.extract.tokens import fold

# UN/ECE Recommendations 20 and 21: codes of one unit, and the words for it, compared without case and accents.
_UNITS: tuple[tuple[str, str], ...] = (
    (
        "C62 H87 EA PCE NAR E48 XPP XUN",
        "stk stuck st stck pcs pc pce piece pieces each ea unit units unite unites uds ud pz pezzi stuks stuk piezas einheit einheiten",
    ),
    ("HUR", "std stunde stunden h hr hrs hour hours heure heures uur ora ore hora horas"),
    ("DAY E49", "tag tage tg day days jour jours dag dagen giorno giorni dia dias"),
    ("WEE", "woche wochen week weeks semaine semaines weken"),
    ("MON", "monat monate month months mois maand maanden mese mesi mes meses"),
    ("ANN", "jahr jahre year years annee annees jaar"),
    ("MIN", "min minute minuten minutes"),
    ("KGM", "kg kilo kilogramm kilogram kilogrammes"),
    ("GRM", "g gr gramm gram grammes"),
    ("TNE", "to tonne tonnen tonnes"),
    ("MTR LM", "m mtr meter metre metres lfm"),
    ("CMT", "cm"),
    ("MMT", "mm"),
    ("KMT KTM", "km kilometer kilometres"),
    ("MTK", "qm m2"),
    ("MTQ", "cbm m3"),
    ("LTR", "l ltr liter litre liters litres"),
    ("KWH", "kwh"),
    ("MWH", "mwh"),
    ("SET AS KT", "set sets satz satze jeu"),
    ("PR NPR", "paar pair pairs paire paires"),
    ("DZN", "dutzend dozen douzaine"),
    ("BX XBX CT XCT XCR CS XCS", "karton kartons carton cartons box boxes kiste kisten kasten"),
    ("PK XPK XPA XPC", "pack packung packungen packs pkg paket pakete paquet paquets"),
    ("BO XBO", "flasche flaschen bottle bottles bouteille bouteilles"),
    ("RO XRO", "rolle rollen roll rolls rouleau rouleaux"),
    ("LS", "pauschal pauschale psch pausch forfait forfaitaire lumpsum"),
)
_CODES: Mapping[str, frozenset[str]] = {
    word: frozenset(codes.split()) for codes, words in _UNITS for word in words.split()
}
_KNOWN = frozenset(code for codes, _ in _UNITS for code in codes.split())


def unit_codes(word: str) -> frozenset[str]:
    """Returns the codes that a printed word can stand for; none of a word that is no unit."""
    return _CODES.get(fold(word).strip("."), frozenset())


def has_words(code: str) -> bool:
    """Returns whether it is known how pages print the unit of the code."""
    return code in _KNOWN
