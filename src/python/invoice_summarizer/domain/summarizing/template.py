"""Writes a summary from bound fields alone, in sentences of the language's table of phrases."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import islice

from en16931.finding import Finding
from invoice_reading.reading import Reading
from invoice_summarizer.domain.summarizing.binding import bound_value
from invoice_summarizer.domain.summarizing.finding_binding import FindingPart
from invoice_summarizer.domain.summarizing.holes import KIND, KIND_FIELDS, field_path
from invoice_summarizer.domain.summarizing.line_sizes import line_sizes
from invoice_summarizer.domain.summarizing.pattern import Fill, say
from invoice_summarizer.domain.summarizing.phrase_tables import PHRASES
from invoice_summarizer.domain.summarizing.phrases import BULLET, Alternatives, Phrases
from invoice_summarizer.domain.summarizing.quotation import Quotation, quotation
from invoice_summarizer.domain.summarizing.segments import (
    Bindings,
    FindingSlot,
    Segment,
    Slot,
    Text,
    assemble,
)
from invoice_summarizer.domain.summarizing.statements import (
    caveat_sentences,
    failed_findings,
    is_left_out,
    left_out_sentences,
    no_rule_failed,
    reason_sentences,
)
from invoice_summarizer.domain.summary import BoundText, Style

MOST_LINES = 5
MOST_VAT_ROWS = 5
MOST_ACCOUNTS = 3
MOST_RULES = 10


def summarize_by_template(reading: Reading, style: Style, language: str) -> BoundText:
    """Returns the summary, every figure of it bound; what is not PRESENT with evidence is not said.

    The same reading gives the same text. Raises UnsupportedLanguage.
    """
    annotations = reading.annotations
    bindings = Bindings(reading.content, annotations, language)
    phrases = PHRASES[bindings.language]
    writer = _Writer(bindings, phrases)
    if style is Style.ONE_LINE:
        writer.one_line()
    else:
        writer.sentence(phrases.headline, end=".")
    if style is Style.SHORT:
        writer.amounts()
        writer.plain(caveat_sentences(annotations, phrases, absent_too=False))
    if style is Style.FULL:
        writer.sentence(phrases.preceding)
        writer.sentence(phrases.purchase_order)
        writer.sentence(phrases.net)
        writer.vat_rows()
        writer.amounts()
        writer.payment()
        writer.plain(caveat_sentences(annotations, phrases, absent_too=True))
        writer.lines()
    if style is Style.APPROVER:
        writer.amounts()
        writer.payment()
        writer.plain(caveat_sentences(annotations, phrases, absent_too=True))
        writer.rules(reading.findings)
        writer.plain(reason_sentences(reading.review_reasons, annotations, phrases))
    return assemble(writer.written(), bindings)


class _Writer:
    def __init__(self, bindings: Bindings, phrases: Phrases) -> None:
        self._bindings = bindings
        self._content = bindings.content
        self._phrases = phrases
        self._segments: list[Segment] = []
        self._left_out: list[str] = []  # the paths of what could not be shown
        self._space = " "  # before the next sentence

    def written(self) -> list[Segment]:
        """Returns the text, or the sentence that says that there is nothing to say, and what was left out of it."""
        if not self._says_something():
            self._segments = [Text(self._phrases.nothing)]
        self.plain(left_out_sentences(self._left_out, self._phrases))
        return self._segments

    def one_line(self) -> None:
        headline = say(self._phrases.headline, self._fill()) or []
        tail = say(self._phrases.tail, self._fill())
        self._segments += headline
        if tail:
            self._segments += [Text(self._phrases.separator), *tail]
        self._segments.append(Text("."))

    def sentence(self, alternatives: Alternatives, end: str = "", fill: Fill | None = None) -> None:
        said = say(alternatives, fill or self._fill())
        if said is not None:
            self._start()
            self._segments += said
            if end:
                self._segments.append(Text(end))

    def plain(self, sentences: Iterable[str]) -> None:
        for sentence in sentences:
            self._start()
            self._segments.append(Text(sentence))

    def amounts(self) -> None:
        self.sentence(self._phrases.totals)
        if self._number("totals.paid_amount"):
            self.sentence(self._phrases.paid)
        self.sentence(self._phrases.amount_due)

    def vat_rows(self) -> None:
        for index in range(min(len(self._content.vat_breakdown), MOST_VAT_ROWS)):
            self.sentence(self._phrases.vat_row, fill=self._fill(vat=index))

    def payment(self) -> None:
        instructions = self._content.payment_instructions
        transfers = instructions.credit_transfers if instructions else ()
        for index in range(min(len(transfers), MOST_ACCOUNTS)):
            self.sentence(self._phrases.account, fill=self._fill(transfer=index))
        self.sentence(self._phrases.direct_debit)
        self.sentence(self._phrases.remittance)

    def lines(self) -> None:
        count = len(self._content.lines)
        chosen = self._main_lines()
        items = [
            said
            for index in chosen
            if (said := say(self._phrases.line, self._fill(line=index))) is not None
        ]
        if not items:
            return
        heading = (
            self._phrases.one_line
            if count == 1
            else self._phrases.many_lines if count == len(items) else self._phrases.largest_lines
        )
        before = len(self._segments)
        self.sentence(heading)
        if len(self._segments) == before:
            return
        for item in items:
            self._segments += [Text(BULLET), *item]
        self._space = "\n"

    def rules(self, findings: Sequence[Finding]) -> None:
        broken = failed_findings(findings)
        for finding in islice(broken, MOST_RULES):
            self.sentence(self._phrases.rule, fill=self._rule_fill(finding))
        if len(broken) > MOST_RULES:
            self.plain([self._phrases.more_rules])
        if no_rule_failed(findings):
            self.plain([self._phrases.no_rule_failed])

    def _main_lines(self) -> list[int]:
        """Returns the places of the lines with the largest amounts, in the order of the document."""
        sizes = line_sizes(self._content, self._bindings.annotations)
        largest = sorted(range(len(sizes)), key=lambda index: (-sizes[index], index))
        return sorted(largest[:MOST_LINES])

    def _number(self, field_path: str) -> Decimal | None:
        value = bound_value(self._content, self._bindings.annotations, field_path)
        return value if isinstance(value, Decimal) and value.is_finite() else None

    def _fill(self, **members: int) -> Fill:
        def fill(hole: str) -> Sequence[Segment] | None:
            return self._kind() if hole == KIND else self._slot(field_path(hole, members))

        return fill

    def _rule_fill(self, finding: Finding) -> Fill:
        def fill(hole: str) -> Sequence[Segment] | None:
            slot = FindingSlot(finding, FindingPart(hole.removeprefix("finding.")))
            return None if self._bindings.of(slot) is None else [slot]

        return fill

    def _kind(self) -> Sequence[Segment] | None:
        slots = (self._slot(path) for path in KIND_FIELDS)
        return next((slot for slot in slots if slot is not None), None)

    def _slot(self, path: str) -> Sequence[Segment] | None:
        if is_left_out(self._bindings, path):
            self._left_out.append(path)
            return None
        slot = Slot(path)
        found = self._bindings.of(slot)
        if found is None:
            return None
        language = self._bindings.language
        if not self._is_text(path) or quotation(found.text, path, language) is Quotation.NEEDLESS:
            return [slot]
        opening, closing = self._phrases.quotes
        return [Text(opening), slot, Text(closing)]

    def _is_text(self, path: str) -> bool:
        value = bound_value(self._content, self._bindings.annotations, path)
        return isinstance(value, str) and path not in KIND_FIELDS

    def _start(self) -> None:
        if self._segments:
            self._segments.append(Text(self._space))

    def _says_something(self) -> bool:
        return any(not isinstance(segment, Text) for segment in self._segments)
