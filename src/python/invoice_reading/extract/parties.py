"""Who sells and who buys: from labels, the sender's line, the letterhead and the blocks of addresses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from invoice_reading.annotation import PageRegion
from invoice_reading.extract.address_blocks import (
    LEGAL_FORM,
    AddressBlock,
    ColumnText,
    address_blocks,
    has_legal_form,
    is_name,
    same_name,
    segments,
    sender_name,
)
from invoice_reading.extract.confidence import GUESSED, IMPLIED, LABELLED
from invoice_reading.extract.document_type import TitlePlace
from invoice_reading.extract.field_values import FieldValue
from invoice_reading.extract.label_values import LabelPlace
from invoice_reading.extract.lexicon import Label, Title
from invoice_reading.extract.marked_rows import MarkedRow, below
from invoice_reading.extract.receipt_head import receipt_head, without_register_number
from invoice_reading.extract.seller_support import SellerSupport, seller_support
from invoice_reading.extract.tokens import fold

_LETTERHEAD_SHARE = 0.25
_WINDOW_SHARE = 0.5  # addresses of the buyer stand in this upper part of the first page
_FOOTER_SHARE = 0.85
_RIVALS_WITHIN = 0.3  # of the confidence of the best name
_DOMAIN = re.compile(r"(?:@|www\.|https?://)(?:www\.)?([\w-]{4,40})\.[a-z]{2,}", re.IGNORECASE)
_MAIL_HOSTS = frozenset(
    "gmail googlemail outlook hotmail yahoo gmx web icloud t-online orange free live".split()
)
_BANK = re.compile(r"bank|banque|sparkasse|raiffeisen|caisse|powered by", re.IGNORECASE)
_HONORIFICS = re.compile(
    r"^(?:herrn?|frau|firma|mr\.?|mrs\.?|ms\.?|monsieur|madame|m\.|mme)$", re.IGNORECASE
)
_NAME_FIELD = re.compile(
    r"^(?:name|firma|firmenname|company(?: name)?|raison sociale|nom|naam|bedrijf)\s*:\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Parties:
    """Candidates of each name, best first."""

    sellers: tuple[FieldValue, ...]
    buyers: tuple[FieldValue, ...]


def parties(
    all_rows: Sequence[MarkedRow],
    places: Sequence[LabelPlace],
    titles: Sequence[TitlePlace] = (),
) -> Parties:
    """Returns the names that the seller and the buyer may have; the same name is never both."""
    blocks = [block for block in address_blocks(all_rows) if block.name.row.page == 1]
    sellers = [
        *_labelled(all_rows, places, Label.SELLER),
        *_senders(all_rows),
        *_letterhead(all_rows, blocks),
        *_by_domain(all_rows),
        *_footer(all_rows),
        *_first_block(blocks),
    ]
    buyers = [
        *_labelled(all_rows, places, Label.BUYER),
        *_owned_blocks(blocks),
        *_window_blocks(blocks),
    ]
    if not buyers or buyers[0].confidence < LABELLED - 0.05:
        sellers = _with_receipt_head(sellers, all_rows)
    if buyers and buyers[0].confidence >= LABELLED - 0.05:
        sellers = _without(sellers, buyers[0])
    others = _without(buyers, sellers[0]) if sellers else buyers
    if others:
        sellers = _without(sellers, others[0])
    names = [*sellers, *others, *(_value((block.name.region,), GUESSED) for block in blocks)]
    self_billed = any(title.title is Title.SELF_BILLED for title in titles)
    support = seller_support(all_rows, places, names, others[0] if others else None, self_billed)
    return Parties(tuple(_judged(sellers, support)), tuple(others))


def _with_receipt_head(
    sellers: list[FieldValue], all_rows: Sequence[MarkedRow]
) -> list[FieldValue]:
    """Returns the sellers, or the name at the head of a receipt where there is none, or only the end of that name."""
    head = receipt_head(all_rows)
    if not head:
        return sellers
    if not sellers or (len(head) > 1 and sellers[0].evidence[0] in head[1:]):
        return [_value(head, GUESSED), *sellers]
    return sellers


def _judged(sellers: Sequence[FieldValue], support: SellerSupport) -> Iterator[FieldValue]:
    """Yields the best name as all of the document supports it, and those that could be taken for the seller's as well.

    A name that says more or less of the same is no rival, and neither is a guess beside a label.
    """
    if not sellers:
        return
    best = sellers[0]
    yield support.judged(best)
    for other in sellers[1:]:
        if not _is_part(best, other) and other.confidence >= best.confidence - _RIVALS_WITHIN:
            yield other


def _is_part(left: FieldValue, right: FieldValue) -> bool:
    one, other = fold(str(left.value)), fold(str(right.value))
    return one in other or other in one


def _without(names: Sequence[FieldValue], other: FieldValue) -> list[FieldValue]:
    return [name for name in names if not same_name(str(name.value), str(other.value))]


def _labelled(
    all_rows: Sequence[MarkedRow], places: Sequence[LabelPlace], label: Label
) -> Iterator[FieldValue]:
    for place in places:
        if not place.means(label) or not place.free:
            continue
        segment = next(
            (
                segment
                for segment in segments(place.row)
                if segment.begin <= place.found.begin < segment.end
            ),
            None,
        )
        if segment is None or place.found.begin > segment.begin + 2:
            continue
        rest = segment.text[place.found.end - segment.begin :]
        if rest.strip(" :.*") and rest.lstrip()[:1] == ":":
            value = ColumnText(place.row, segment.end - len(rest.lstrip(" :")), segment.end)
            if is_name(value.text):
                yield _value((value.region,), LABELLED)
        elif not rest.strip(" :.*)"):
            found = _name_under(all_rows, place, segment) or _name_right(place, segment)
            if found:
                yield _value(found, LABELLED)


def _name_under(
    all_rows: Sequence[MarkedRow], place: LabelPlace, segment: ColumnText
) -> tuple[PageRegion, ...]:
    rows = list(below(all_rows, place.row, 5.0))
    lines = [
        other_segment
        for row in rows
        for other_segment in segments(row)
        if -8 <= other_segment.left - segment.left <= 25
    ]
    for at, line in enumerate(lines):
        if any(
            label.begin <= line.begin + 1
            and set(label.meanings) & {Label.SELLER, Label.BUYER, Label.OTHER_PARTY}
            and line.end - label.end <= 2
            for label in line.row.labels
            if line.begin <= label.begin < line.end
        ):
            return ()
        named = _named_field(line)
        if named is not None:
            return (named.region,)
        if not is_name(line.text) or line.is_label or _is_field(line):
            continue
        if at + 1 < len(lines) and _continues_name(line, lines[at + 1]):
            return (line.region, lines[at + 1].region)
        return (line.region,)
    return ()


def _continues_name(line: ColumnText, following: ColumnText) -> bool:
    """Returns whether the name goes on in the next line: a form of address before it, or a legal form at its end."""
    apart = following.row.row.top - line.row.row.bottom
    if apart > 0.6 * line.row.row.height or not is_name(following.text):
        return False
    if any(letter.isdigit() for letter in following.text):
        return False
    divided = has_legal_form(following.text) and not has_legal_form(line.text)
    return divided or _HONORIFICS.match(line.text) is not None


def _named_field(line: ColumnText) -> ColumnText | None:
    """Returns the value of a line such as "Name: Example Ltd", in its own column or the next."""
    match = _NAME_FIELD.match(line.text)
    if match is None:
        return None
    value = ColumnText(line.row, line.begin + match.end(), line.end)
    if not value.text:
        value = next((segment for segment in segments(line.row) if segment.begin > line.end), value)
    return value if is_name(value.text) else None


def _is_field(line: ColumnText) -> bool:
    """Returns whether the line begins with the label of some field, such as "GLN 4000001123452"."""
    return any(
        label.begin <= line.begin + 1
        and any(
            token.text.isdigit()
            for token in line.row.tokens
            if line.begin <= token.begin < line.end
        )
        for label in line.row.labels
        if line.begin <= label.begin < line.end
    )


def _name_right(place: LabelPlace, segment: ColumnText) -> tuple[PageRegion, ...]:
    for other_segment in segments(place.row):
        if other_segment.begin > segment.end:
            text = other_segment.text.lstrip(": ")
            value = ColumnText(place.row, other_segment.end - len(text), other_segment.end)
            return (value.region,) if is_name(text) and not _is_field(value) else ()
    return ()


def _senders(all_rows: Sequence[MarkedRow]) -> Iterator[FieldValue]:
    for row in all_rows:
        found = sender_name(row) if row.page == 1 else None
        if found is not None:
            yield _value((found.region,), IMPLIED + 0.1 if has_legal_form(found.text) else IMPLIED)


def _letterhead(
    all_rows: Sequence[MarkedRow], blocks: Sequence[AddressBlock]
) -> Iterator[FieldValue]:
    # A name over an address is the letterhead's only if it is the first of the page: the next may be the buyer's.
    first = next((block.name.region for block in blocks if not block.owner), None)
    others = [block.name.region for block in blocks if block.name.region != first]
    for row in all_rows:
        if row.page != 1 or row.row.top > row.row.page.height_points * _LETTERHEAD_SHARE:
            return
        for segment in segments(row):
            if (
                len(segment.text) <= 60
                and has_legal_form(segment.text)
                and is_name(segment.text)
                and segment.region not in others
            ):
                yield _value((without_register_number(segment).region,), IMPLIED)


def _by_domain(all_rows: Sequence[MarkedRow]) -> Iterator[FieldValue]:
    """Yields the name that a web or mail address of the first page repeats, where only one name is repeated so."""
    first = [row for row in all_rows if row.page == 1]
    domains = {
        _squashed(match[1])
        for row in first
        for match in _DOMAIN.finditer(row.row.text)
        if match[1].lower() not in _MAIL_HOSTS
    }
    domains = {domain for domain in domains if len(domain) >= 4}
    found: dict[str, FieldValue] = {}
    for row in first if domains else ():
        for segment in segments(row):
            name = _squashed(LEGAL_FORM.sub("", segment.text)) if len(segment.text) <= 60 else ""
            if len(name) >= 4 and name in domains and is_name(segment.text):
                found.setdefault(name, _value((segment.region,), IMPLIED - 0.05))
    if len(found) == 1:
        yield from found.values()


def _squashed(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


def _first_block(blocks: Sequence[AddressBlock]) -> Iterator[FieldValue]:
    free = [block for block in blocks if not block.owner]
    if free and len(blocks) > 1:
        yield _value((free[0].name.region,), GUESSED)


def _footer(all_rows: Sequence[MarkedRow]) -> Iterator[FieldValue]:
    for row in all_rows:
        if row.page != 1 or row.row.top < row.row.page.height_points * _FOOTER_SHARE:
            continue
        for segment in segments(row):
            named = (
                len(segment.text) <= 60 and has_legal_form(segment.text) and is_name(segment.text)
            )
            if named and not _BANK.search(segment.text):
                yield _value((segment.region,), GUESSED)


def _owned_blocks(blocks: Sequence[AddressBlock]) -> Iterator[FieldValue]:
    for block in blocks:
        if Label.BUYER in block.owner and not _is_field(block.name):
            yield _value((block.name.region,), LABELLED - 0.05)


def _window_blocks(blocks: Sequence[AddressBlock]) -> Iterator[FieldValue]:
    for block in blocks:
        top = block.name.row.row.top
        if not block.owner and top < block.name.row.row.page.height_points * _WINDOW_SHARE:
            yield _value((block.name.region,), IMPLIED - 0.1)


def _value(regions: tuple[PageRegion, ...], confidence: float) -> FieldValue:
    text = " ".join(region.text for region in regions).strip()
    return FieldValue(text, regions, confidence)
