"""Whoever is named on an invoice beside seller and buyer: a carrier, a tax representative, a maker, a broker."""

from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.annotation import PageRegion
from invoice_reading.extract.lexicon import Label
from invoice_reading.extract.marked_rows import MarkedRow

_ABOVE = 4  # rows over an identifier in which its block may say whose it is
_SLACK_POINTS = 12.0
_BEGINS = tuple(
    "fiskalvertret steuervertret fiscal representativ representant mandataire spedit carrier frachtfuhr transport "
    "vervoerder hersteller manufactur fabricant broker makler vermittl agent steuerberat notify zollagent douane "
    "logistikpartner subcontract subunternehm".split()
)


def is_of_others(row: MarkedRow, region: PageRegion, printed: PrintedDocument) -> bool:
    """Returns whether the row, or a line over it in the same column, says that the region is of somebody else."""
    words = {span.word for span in region.words}
    at = next(
        (
            start
            for word, start in zip(row.row.words, row.row.starts, strict=True)
            if word.index in words
        ),
        0,
    )
    left = row.row.left(_segment(row, at)[0])
    for upper in reversed(printed.rows[max(row.index - _ABOVE, 0) : row.index + 1]):
        if upper.page != row.page:
            return False
        for begin, end in upper.row.segments():
            is_own = upper is row and begin <= at < end
            if (is_own or _is_over(upper, begin, left)) and _names_others(upper, begin, end):
                return True
    return False


def _segment(row: MarkedRow, at: int) -> tuple[int, int]:
    return next(
        ((begin, end) for begin, end in row.row.segments() if begin <= at < end),
        (0, len(row.row.text)),
    )


def _is_over(upper: MarkedRow, begin: int, left: float) -> bool:
    return abs(upper.row.left(begin) - left) <= _SLACK_POINTS


def _names_others(row: MarkedRow, begin: int, end: int) -> bool:
    if any(token.text.startswith(_BEGINS) for token in row.tokens if begin <= token.begin < end):
        return True
    return any(
        Label.OTHER_PARTY in label.meanings for label in row.labels if begin <= label.begin < end
    )
