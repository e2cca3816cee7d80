"""Number words of Spanish: data. `un`, `uno` and `una` are left out: they stand in every sentence."""

import re

SPANISH_NUMBERS = re.compile(
    r"""
    cero|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince
    |dieci(?:séis|seis|siete|ocho|nueve)
    |veinte|veinti(?:ún|uno|una|dós|dos|trés|tres|cuatro|cinco|séis|seis|siete|ocho|nueve)
    |treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien|cientos?|centenar(?:es)?
    |(?:dos|tres|cuatro|seis|sete|ocho|nove)cient[oa]s|quinient[oa]s
    |mil|miles|millar(?:es)?|millón|millon|millones|billón|billones|docenas?|decenas?
    |mitad|medi[oa]s?|tercios?|cuart[oa]s?|dobles?|triples?
    |primer[oa]?|segund[oa]|tercer[oa]?|quint[oa]s?|sext[oa]s?|séptim[oa]s?|octav[oa]s?|noven[oa]s?|décim[oa]s?
    |(?:once|doce|trece|catorce|quince|veinte|treinta|cuarenta|cincuenta|cien)av[oa]s?
    |(?:vig|trig|cuadrag|quincuag|cent|mil|millon)ésim[oa]s?
    |porciento|dólar(?:es)?|libras?|francos?|coronas?|pesetas?|pesos?|céntimos?|centavos?
    """,
    re.VERBOSE,
)
