"""What UBL can say of a content without its being read as something else."""

from msgspec.structs import replace

from en16931.binding.values import note_subject_code
from en16931.counted_lines import counts
from en16931.line_parts import whole_of
from en16931.model import Extras, Identifier, InvoiceContent, InvoiceLine, InvoiceNote
from en16931.writing.arranged import sayable_discounts, without_discounts_of_terms

_SEPA = "sepa"


def sayable_in_ubl(content: InvoiceContent) -> InvoiceContent:
    """Returns the content without what would be said otherwise.

    - Without identifiers of parties under the scheme SEPA: there stands who debits an account (BT-90).
    - Without subject codes that are none, and notes that begin as if with one: a note is written behind its code,
      `#AAI#text` (CEN/TS 16931-3-2).
    - Without lines that do not count, but for parts of a line before them, which stand below that line.
    - Without discounts that its payment terms state: these are read from there.
    - Without instalments that have no date, and discounts of nothing: they would be terms of no kind.
    """
    content = without_discounts_of_terms(content)
    seller, buyer, payee = content.seller, content.buyer, content.payee
    if seller is not None:
        kept = (identifier for identifier in seller.identifiers if not _is_sepa(identifier))
        seller = replace(seller, identifiers=tuple(kept))
    if buyer is not None and _is_sepa(buyer.identifier):
        buyer = replace(buyer, identifier=None)
    if payee is not None and _is_sepa(payee.identifier):
        payee = replace(payee, identifier=None)
    notes = tuple(_note(note) for note in content.notes)
    extras = content.extras and _extras(content.extras)
    return replace(
        content,
        seller=seller,
        buyer=buyer,
        payee=payee,
        notes=notes,
        lines=_lines(content),
        extras=extras,
    )


def _extras(extras: Extras) -> Extras:
    return replace(
        extras,
        instalments=tuple(each for each in extras.instalments if each.due_date is not None),
        cash_discounts=sayable_discounts(extras),
    )


def _is_sepa(identifier: Identifier | None) -> bool:
    scheme = identifier.scheme_id if identifier is not None else None
    return scheme is not None and scheme.strip().casefold() == _SEPA


def _note(note: InvoiceNote) -> InvoiceNote:
    code, text = note.subject_code, note.note
    if code is not None and note_subject_code(f"#{code}#", {}) != code:
        code = None
    if code is None and text is not None and note_subject_code(text.strip(), {}) is not None:
        text = None
    return replace(note, subject_code=code, note=text)


def _lines(content: InvoiceContent) -> tuple[InvoiceLine, ...]:
    kept: list[InvoiceLine] = []
    names: set[str | None] = set()
    for line in content.lines:
        if counts(line) or whole_of(line) in names:
            kept.append(line)
            names.add((line.identifier or "").strip())
    return tuple(kept)
