"""Number words of Italian: data. `un`, `uno` and `una` are left out: they stand in every sentence."""

import re

ITALIAN_NUMBERS = re.compile(
    r"""
    zero|dozzin[ae]|decin[ae]|centinai[ao]|migliai[ao]|mezz[oa]|metà|doppi[oa]|tripl[oa]
    |terz[oaie]|quart[oaie]|quint[oaie]|sest[oaie]|settim[oaie]|ottav[oaie]|non[oaie]|decim[oaie]
    |(?!uno?\Z)
        (?:uno?|due|tre|tré|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|tredici|quattordici|quindici|sedici
            |diciassette|diciotto|diciannove|venti?|trenta?|quaranta?|cinquanta?|sessanta?|settanta?|ottanta?|novanta?
            |cento?|mille|mila|milion[ei]|miliard[oi])+
    |(?:un|du|tre|quattr|cinqu|sei|sett|ott|nov|dec|dodic|tredic|quattordic|quindic|sedic|undic|diciassett|diciott
        |diciannov|vent|trent|quarant|cinquant|sessant|settant|ottant|novant|cent|mill|milion|miliard)+esim[oaie]
    |percento|dollar[oi]|sterlin[ae]|franch?[oi]|coron[ae]|lir[ae]|centesim[oi]
    """,
    re.VERBOSE,
)
