"""What the readings of all documents come to: rows, words and completeness."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from invoice_reading.completeness import Verdict
from invoice_reading.reading import Reading
from invoice_summarizer.cli.grounding.cited_lines import row_score
from invoice_summarizer.cli.grounding.cited_words import grounding_score
from invoice_summarizer.cli.grounding.truth import FAULTS_OF_ROWS, TrueDocument, TrueWords


@dataclass(slots=True)
class GroundingTotals:
    """`silent` names documents whose rows did not come whole, or are not those of the document, without PARTIAL."""

    counts: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    silent: list[str] = field(default_factory=list)

    def add(self, reading: Reading, truth: TrueDocument) -> None:
        words = TrueWords(truth)
        rows, cited = row_score(reading, truth, words), grounding_score(reading, truth, words)
        self.counts.update(
            documents=1, rows=rows.rows, right=rows.right, wrong=rows.wrong, missing=rows.missing,
            merged=rows.merged, extra=rows.extra, values=cited.values, words=cited.words_right,
            pages=cited.pages_right,
        )  # fmt: skip
        verdict = reading.completeness.verdict
        self.verdicts[verdict.value] += 1
        is_lost = not rows.is_whole or truth.fault in FAULTS_OF_ROWS
        if is_lost and verdict is not Verdict.PARTIAL:
            self.silent.append(truth.file)

    def lines(self) -> Iterator[str]:
        """Yields the report, line by line."""
        of = self.counts
        yield f"against the truth of {of['documents']} documents:"
        yield (
            f"  rows {of['rows']}: {of['right']} right, {of['wrong']} wrong, {of['missing']} missing, "
            f"{of['merged']} merged; {of['extra']} extra lines"
        )
        yield "  completeness: " + ", ".join(f"{n} {v}" for v, n in sorted(self.verdicts.items()))
        yield f"  rows not whole and not PARTIAL: {len(self.silent)} documents"
        yield from (f"    {name}" for name in self.silent[:20])
        if of["values"]:
            yield f"  values that cite their words: {of['words'] / of['values']:.3f} of {of['values']}"
            yield f"  values that cite their page: {of['pages'] / of['values']:.3f}"
