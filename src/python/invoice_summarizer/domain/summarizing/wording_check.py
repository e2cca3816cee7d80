"""Refuses sentences that may not be said, or not of this invoice."""

from collections.abc import Iterator, Sequence

from invoice_reading.reading import Reading
from invoice_summarizer.domain.summarizing.binding import bound_value
from invoice_summarizer.domain.summarizing.claim_check import Known
from invoice_summarizer.domain.summarizing.claim_role import DERIVED, Role, claim_role
from invoice_summarizer.domain.summarizing.holes import KIND_FIELDS
from invoice_summarizer.domain.summarizing.line_sizes import line_sizes
from invoice_summarizer.domain.summarizing.phrase_tables import PHRASES
from invoice_summarizer.domain.summarizing.quotation import Quotation, quotation
from invoice_summarizer.domain.summarizing.refusal import Refusal, RefusalCode
from invoice_summarizer.domain.summarizing.segments import Bindings
from invoice_summarizer.domain.summarizing.statements import Statements
from invoice_summarizer.domain.summarizing.wording import PlacedClaim, Sentence, sentences
from invoice_summarizer.domain.summarizing.wording_table import Appearance, SentenceKind
from invoice_summarizer.domain.summary import BoundText, Claim

_RULE = "finding.rule"


def wording_refusals(bound: BoundText, reading: Reading, known: Known) -> Iterator[Refusal]:
    """Yields a refusal for every sentence that is not of the language's table or that does not hold."""
    placed = [_placed(claim, bound.text, known) for claim in bound.claims]
    rules_said = sum(claim.role is not None and claim.role.name == _RULE for claim in placed)
    bindings = Bindings(reading.content, reading.annotations, known.locale)
    statements = Statements(reading, bindings, PHRASES[known.language])
    for sentence in sentences(bound.text, placed, known.language):
        if sentence.kind is SentenceKind.STATEMENT:
            holds = statements.hold(sentence.statement, rules_said=rules_said, claims=len(placed))
            code = None if holds else RefusalCode.STATEMENT_UNTRUE
        else:
            code = _defect(sentence, known)
        if code is not None:
            yield Refusal(sentence.begin, sentence.end, code)


def _defect(sentence: Sentence, known: Known) -> RefusalCode | None:
    if sentence.kind is SentenceKind.UNLISTED:
        return RefusalCode.WORDING_UNLISTED
    if sentence.kind is SentenceKind.MISPLACED or not _is_of_one_member(sentence):
        return RefusalCode.CLAIM_MISPLACED
    return None if _lists_what_it_says(sentence, known) else RefusalCode.STATEMENT_UNTRUE


def _placed(claim: Claim, text: str, known: Known) -> PlacedClaim:
    said = text[claim.begin : claim.end]
    role = claim_role(claim, known)
    is_figure = role is not None and role.name.startswith(DERIVED)
    appearance = Appearance.FIGURE if is_figure else _appearance(claim, said, known)
    return PlacedClaim(claim.begin, claim.end, role, appearance)


def _appearance(claim: Claim, said: str, known: Known) -> Appearance:
    if claim.finding_rule_ids or not claim.field_paths or claim.field_paths[0] in KIND_FIELDS:
        return Appearance.FIGURE
    path = claim.field_paths[0]
    if not isinstance(bound_value(known.content, known.annotations, path), str):
        return Appearance.FIGURE
    match quotation(said, path, known.language):
        case Quotation.IMPOSSIBLE:
            return Appearance.UNSAYABLE
        case Quotation.NEEDED:
            return Appearance.QUOTED
        case Quotation.NEEDLESS:
            return Appearance.WORDS_WITH_STOP if said.endswith(".") else Appearance.WORDS


def _is_of_one_member(sentence: Sentence) -> bool:
    """Says whether no clause speaks of two lines, two accounts, two rows of VAT or two findings."""
    members = ({role.member for role in clause if role.member} for clause in sentence.clauses)
    return all(len(of_clause) <= 1 for of_clause in members)


def _lists_what_it_says(sentence: Sentence, known: Known) -> bool:
    """Says whether a list holds all lines, or the largest, each once; true of other sentences."""
    if sentence.kind not in (SentenceKind.ALL_LINES, SentenceKind.LARGEST_LINES):
        return True
    listed = [_line(clause) for clause in sentence.clauses[1:]]
    sizes = line_sizes(known.content, known.annotations)
    if len(set(listed)) < len(listed) or not all(line in range(len(sizes)) for line in listed):
        return False
    if sentence.kind is SentenceKind.ALL_LINES:
        return len(listed) == len(sizes)
    smallest = min(sizes[line] for line in listed)
    others = set(range(len(sizes))).difference(listed)
    return all(sizes[line] <= smallest for line in others)


def _line(clause: Sequence[Role]) -> int:
    """Returns the index of the line that an item of a list speaks of."""
    return int(clause[0].member.partition("[")[2].rstrip("]"))
