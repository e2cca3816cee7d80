"""Short ways to a summary's text and to what the gate says of one."""

from invoice_reading.reading import Reading
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.summarizing.gate import verify_summary
from invoice_summarizer.domain.summarizing.refusal import RefusalCode
from invoice_summarizer.domain.summarizing.segments import Segment, Slot, Text, bind
from invoice_summarizer.domain.summarizing.template import summarize_by_template
from invoice_summarizer.domain.summary import BoundText, Style


def text(
    reading: Reading, style: Style, language: str = "en", status: InvoiceStatus | None = None
) -> str:
    """Returns the summary with plain spaces."""
    bound = summarize_by_template(reading, style, language, status)
    return bound.text.replace("\u00a0", " ").replace("\u202f", " ")


def composed(reading: Reading, *pieces: str | Segment, language: str = "en") -> BoundText:
    """Returns a text of words and, where a piece is a field path in braces, slots."""
    segments = [_segment(piece) if isinstance(piece, str) else piece for piece in pieces]
    return bind(segments, reading.content, reading.annotations, language)


def codes(
    bound: BoundText, reading: Reading, language: str = "en", style: Style = Style.FULL
) -> set[RefusalCode]:
    """Returns why the gate refuses a text, but for what it leaves out."""
    refusals = verify_summary(bound, reading, language, style).refusals
    return {refusal.code for refusal in refusals} - {RefusalCode.FACT_MISSING}


def codes_of(
    reading: Reading, *pieces: str | Segment, language: str = "en", style: Style = Style.FULL
) -> set[RefusalCode]:
    return codes(composed(reading, *pieces, language=language), reading, language, style)


def _segment(piece: str) -> Segment:
    return Slot(piece[1:-1]) if piece.startswith("{") else Text(piece)
