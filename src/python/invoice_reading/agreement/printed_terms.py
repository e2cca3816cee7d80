"""When all is to be paid, where the pages say it in days: "payable within 30 days", "30 Tage netto"."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from invoice_reading.agreement.comparison import Printed, Verdict
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.annotation import PageRegion
from invoice_reading.extract.marked_rows import MarkedRow

_DAYS = re.compile(
    r"(?<![\d.,/\-])(?P<days>\d{1,3})\s*(?:kalendertagen?|werktagen?|tagen?|tg\.?|calendar days?|days?|jours?|dagen|giorni|d[ií]as)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;.](?=\s)|\t")
_PAYMENT = re.compile(
    r"zahl|fällig|netto|ohne abzug|paymen|payable|\bpay\b|\bdue\b|\bnet\b|terms|paiement|payer|échéance|règlement|réglement"
    r"|betal|pagamento|pago|rein\b",
    re.IGNORECASE,
)
_DISCOUNT = re.compile(r"%|skonto|discount|escompte|korting|sconto|abzüglich", re.IGNORECASE)
# From a day that the page does not state, or about something else than the payment.
_OTHER = re.compile(
    r"erhalt|empfang|eingang|liefer|receipt|received|deliver|r[ée]ception|livraison|ontvangst|levering|ricevimento"
    r"|widerruf|rückgabe|umtausch|reklam|beanstand|mahn|verzug|return|complain|claim|overdue|late|retard|r[ée]clamation"
    r"|werktag|working|business",
    re.IGNORECASE,
)
_END_OF_MONTH = re.compile(
    r"monatsende|ende des monats|end of (?:the )?month|\be\.?o\.?m\b|fin de mois", re.IGNORECASE
)
_WEEKEND = 5  # Saturday
_MOST = 60


@dataclass(frozen=True, slots=True)
class _Term:
    days: int
    to_end_of_month: bool
    region: PageRegion


def compare_terms(
    due: date, issued: date | None, printed: PrintedDocument
) -> tuple[Verdict, Printed | None]:
    """Returns the verdict on the due date by the days that the pages give from the date of issue.

    A day more or less agrees, since some count from the next, and so does the Monday after a weekend.
    """
    terms = [*_terms(printed)] if issued is not None else []
    if issued is None or not terms:
        return Verdict.NOT_PRINTED, None
    for term in terms:
        if any(_is_day(due, day) for day in _last_days(term, issued)):
            return Verdict.AGREES, Printed(term.region, due)
    first = terms[0]
    return Verdict.DISAGREES, Printed(first.region, next(_last_days(first, issued), None))


def _is_day(due: date, day: date) -> bool:
    late = (due - day).days
    return abs(late) <= 1 or (day.weekday() >= _WEEKEND and 0 < late <= 2)


def _last_days(term: _Term, issued: date) -> Iterator[date]:
    try:
        day = issued + timedelta(days=term.days)
        if not term.to_end_of_month:
            yield day
            return
        yield _end_of_month(day)
        yield _end_of_month(issued) + timedelta(days=term.days)
    except OverflowError:
        return


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _terms(printed: PrintedDocument) -> Iterator[_Term]:
    seen = 0
    for row in printed.rows:
        for match in _DAYS.finditer(row.row.text):
            seen += 1
            if seen > _MOST:
                return
            clause = _clause(row, match)
            about = clause if _PAYMENT.search(clause) else row.row.text
            if not _PAYMENT.search(about) and row.index:
                about = printed.rows[row.index - 1].row.text
            is_net = not _DISCOUNT.search(clause) and not _OTHER.search(clause)
            if is_net and _PAYMENT.search(about) and not _OTHER.search(about):
                in_month = _END_OF_MONTH.search(row.row.text) is not None
                yield _Term(int(match["days"]), in_month, row.row.region(*match.span()))


def _clause(row: MarkedRow, match: re.Match[str]) -> str:
    text = row.row.text
    begin = max((cut.end() for cut in _CLAUSE.finditer(text, 0, match.start())), default=0)
    cut = _CLAUSE.search(text, match.end())
    return text[begin : cut.start() if cut is not None else len(text)]
