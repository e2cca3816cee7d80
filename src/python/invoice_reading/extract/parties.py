"""Who sells and who buys: from labels, the sender's line, the letterhead and the blocks of addresses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from invoice_reading.annotation import PageRegion
from invoice_reading.extract.address_blocks import AddressBlock, address_blocks, sender_name
from invoice_reading.extract.bank_account import ibans_of_rows
from invoice_reading.extract.column_text import (
    LEGAL_FORM,
    ColumnText,
    has_legal_form,
    is_name,
    same_name,
    segments,
)
from invoice_reading.extract.confidence import GUESSED, IMPLIED, LABELLED
from invoice_reading.extract.document_type import TitlePlace
from invoice_reading.extract.field_values import FieldValue
from invoice_reading.extract.label_values import LabelPlace
from invoice_reading.extract.lexicon import Label, Title
from invoice_reading.extract.marked_rows import MarkedRow, below
from invoice_reading.extract.name_lines import are_close, begins_above, is_one_name
from invoice_reading.extract.receipt_head import (
    receipt_head,
    without_branch,
    without_register_number,
)
from invoice_reading.extract.seller_support import SellerSupport, seller_support
from invoice_reading.extract.tokens import fold

_LETTERHEAD_SHARE = 0.25
_HEAD_SHARE = 0.12  # a name above it is a letterhead, not an addressee
_WINDOW_SHARE = 0.5  # addresses of the buyer stand in this upper part of the first page
_FOOTER_SHARE = 0.85
_ADDRESS_ROWS = 4  # under a name
_SHORT_WORD = 4  # letters: "Van" and "To" are labels, and words of names
_RIVALS_WITHIN = 0.3  # of the confidence of the best name
_DOMAIN = re.compile(r"(?:@|www\.|https?://)(?:www\.)?([\w-]{4,40})\.[a-z]{2,}", re.IGNORECASE)
_LARGER = 1.2  # print of a name over its own address
_LEAST_AGAIN = 8  # letters and digits of what stands a second time, not by chance
_MAIL_HOSTS = frozenset(
    "gmail googlemail outlook hotmail yahoo gmx web icloud t-online orange free live".split()
)
_CO_FORM = re.compile(r"(?:&|und|and|et) ", re.IGNORECASE)  # "& Co. KG"
_BANK = re.compile(r"bank|banque|sparkasse|raiffeisen|caisse|powered by", re.IGNORECASE)
_HONORIFICS = re.compile(
    r"^(?:herrn?|frau|firma|mr\.?|mrs\.?|ms\.?|monsieur|madame|m\.|mme)$", re.IGNORECASE
)
# What tills print for a buyer whom nobody asked for a name.
NOBODY = re.compile(
    r"^\W*(?:cash(?: (?:sales?|customer|account))?|walk[- ]?in(?: customer)?|barverkauf|laufkundschaft|client comptant)\W*$",
    re.IGNORECASE,
)
_NAME_FIELD = re.compile(
    r"^(?:name|firma|firmenname|company(?: name)?|raison sociale|nom|naam|bedrijf)\s*:\s*",
    re.IGNORECASE,
)


_PARTY_LABELS = frozenset({Label.SELLER, Label.BUYER, Label.OTHER_PARTY, Label.RECIPIENT})


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
    blocks = [block for block in address_blocks(all_rows) if block.name.row.on_first_page]
    sellers = [
        *_labelled(all_rows, places, Label.SELLER),
        *_senders(all_rows),
        *_named_again(all_rows, blocks),
        *_letterhead(all_rows, blocks),
        *_by_domain(all_rows),
        *_footer(all_rows),
        *_first_block(blocks),
    ]
    has_buyer = any(place.means(Label.BUYER) and place.free for place in places)
    buyers = [
        *_labelled(all_rows, places, Label.BUYER),
        *_owned_blocks(blocks),
        *([] if has_buyer else _labelled(all_rows, places, Label.RECIPIENT)),
        *_window_blocks(_not_of_sender(blocks, all_rows)),
    ]
    if not sellers or not buyers or buyers[0].confidence < LABELLED - 0.05:
        sellers = _with_receipt_head(sellers, all_rows)
        sellers = _of_the_foot(sellers, blocks, list(_footer(all_rows)))
    if buyers and buyers[0].confidence >= LABELLED - 0.05:
        sellers = _without(sellers, buyers[0])
    others = _without(buyers, sellers[0]) if sellers else buyers
    if others:
        sellers = _without(sellers, others[0])
    sellers = _with_whole_name(sellers, others[:1], all_rows)
    names = [*sellers, *others, *(_value(block.party, GUESSED) for block in blocks)]
    self_billed = any(title.title is Title.SELF_BILLED for title in titles)
    support = seller_support(all_rows, places, names, others[0] if others else None, self_billed)
    return Parties(tuple(_judged(sellers, support)), tuple(others))


def _of_the_foot(
    sellers: list[FieldValue], blocks: Sequence[AddressBlock], footer: Sequence[FieldValue]
) -> list[FieldValue]:
    """Returns the sellers, or first the only name at the foot where the best one is that of the only address above.

    That address stands where letters have their addressee's, below a letterhead that is a picture.
    """
    upper = [
        block
        for block in blocks
        if not block.owner and block.name.row.row.top < _height(block) * _WINDOW_SHARE
    ]
    if (
        not sellers
        or len(upper) != 1
        or upper[0].name.row.row.top < _height(upper[0]) * _HEAD_SHARE
    ):
        return sellers
    addressee = _value(upper[0].party, GUESSED)
    names = {fold(str(name.value)): name for name in footer if not _is_part(name, addressee)}
    if len(names) != 1 or not _share_words(sellers[0], addressee):
        return sellers
    [name] = names.values()
    others = [seller for seller in sellers if not _share_words(seller, addressee)]
    return [FieldValue(name.value, name.evidence, IMPLIED - 0.05), *others]


def _with_whole_name(
    sellers: list[FieldValue], buyers: Sequence[FieldValue], all_rows: Sequence[MarkedRow]
) -> list[FieldValue]:
    """Returns the sellers, first the longer name with a legal form that the best one begins, which is a logo without any.

    A name that has a legal form may go on in another alone: "Example Unipessoal" in "Example Unipessoal Lda.". A name
    under a label is whole as it is.
    """
    if not sellers or sellers[0].confidence >= LABELLED:
        return sellers
    has_form = has_legal_form(str(sellers[0].value))
    begin = f"{fold(str(sellers[0].value))} "
    for row in all_rows:
        for segment in segments(row):
            legal_form = LEGAL_FORM.search(segment.text)
            if legal_form is None or not fold(segment.text).startswith(begin):
                continue
            end = legal_form.end()
            while (again := LEGAL_FORM.match(segment.text, end + 1)) is not None:
                end = again.end()  # "Unipessoal Lda."
            whole = ColumnText(row, segment.begin, segment.begin + end)
            if has_form and not LEGAL_FORM.fullmatch(whole.text[len(begin) :]):
                continue  # another company, whose name begins alike
            name = _value((whole.region,), sellers[0].confidence)
            is_buyer = any(not _without((name,), buyer) for buyer in buyers)
            if is_name(whole.text) and not is_buyer:
                return [name, *sellers]
    return sellers


def _height(block: AddressBlock) -> float:
    return block.name.row.row.page.height_points


def _share_words(left: FieldValue, right: FieldValue) -> bool:
    one, other = (
        {(region.page, span.word) for region in name.evidence for span in region.words}
        for name in (left, right)
    )
    return bool(one & other)


def _with_receipt_head(
    sellers: list[FieldValue], all_rows: Sequence[MarkedRow]
) -> list[FieldValue]:
    """Returns the sellers, or the name at the head of a receipt where there is none, or only a line of that name."""
    head = receipt_head(all_rows)
    if not head:
        return sellers
    if not sellers or (sellers[0].evidence != head and set(sellers[0].evidence) < set(head)):
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
    return [
        name
        for name in names
        if not same_name(str(name.value), str(other.value)) and not _share_words(name, other)
    ]


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
        if _is_word_of_name(all_rows, place, segment, rest):
            continue
        if rest.strip(" :.*") and rest.lstrip()[:1] == ":":
            value = ColumnText(place.row, segment.end - len(rest.lstrip(" :")), segment.end)
            if is_name(value.text) and not NOBODY.match(value.text):
                yield _value((value.region,), LABELLED)
        elif not rest.strip(" :.*)"):
            short = place.found.end - place.found.begin <= _SHORT_WORD and ":" not in rest
            if _has_value_right(place, segment):
                found = _name_right(place, segment)
            else:
                found = _name_under(all_rows, place, segment) or _name_right(place, segment)
            if found and not (short and _is_numbered(found)):
                yield _value(found, LABELLED)


def _is_numbered(name: Sequence[PageRegion]) -> bool:
    """Returns whether the text has a number and no legal form, as a street has: beside "Van", which begins a logo."""
    text = " ".join(region.text for region in name)
    return any(letter.isdigit() for letter in text) and not has_legal_form(text)


def _is_word_of_name(
    all_rows: Sequence[MarkedRow], place: LabelPlace, segment: ColumnText, rest: str
) -> bool:
    """Returns whether a short word without a colon stands right under a party's label: "Van" begins a name there."""
    if place.found.end - place.found.begin > _SHORT_WORD or ":" in rest:
        return False
    row = place.row
    return any(
        row.row.top - above.row.bottom <= 0.6 * row.row.height
        and abs(other.left - segment.left) <= 8
        and other.label(Label.SELLER, Label.BUYER, Label.OTHER_PARTY, Label.RECIPIENT)
        for above in all_rows[max(row.index - 1, 0) : row.index]
        if above.page == row.page
        for other in segments(above)
    )


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
            and set(label.meanings)
            & {Label.SELLER, Label.BUYER, Label.OTHER_PARTY, Label.RECIPIENT}
            and line.end - label.end <= 2
            and (at > 0 or label.end - label.begin > _SHORT_WORD)
            for label in line.row.labels
            if line.begin <= label.begin < line.end
        ):
            return ()
        named = _named_field(line)
        if named is not None:
            return (named.region,)
        if (
            line.text.endswith(":")
            and line.is_label
            and any(not other.is_label for other in lines[:at])
        ):
            return ()  # what stood between was the value: a number of the customer
        short = at == 0 and len(line.text) <= _SHORT_WORD
        if not is_name(line.text) or (line.is_label and not short) or _is_field(line):
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
    return divided or _HONORIFICS.match(line.text) is not None or is_one_name(line, following)


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
        and not _PARTY_LABELS.issuperset(label.meanings)
        and any(
            token.text.isdigit()
            for token in line.row.tokens
            if line.begin <= token.begin < line.end
        )
        for label in line.row.labels
        if line.begin <= label.begin < line.end
    )


def _has_value_right(place: LabelPlace, segment: ColumnText) -> bool:
    """Returns whether the next column begins with the colon of the label, so that the value stands there alone."""
    right = next((other for other in segments(place.row) if other.begin > segment.end), None)
    return right is not None and right.text[:1] == ":" and bool(right.text.strip(" :"))


def _name_right(place: LabelPlace, segment: ColumnText) -> tuple[PageRegion, ...]:
    for other_segment in segments(place.row):
        if other_segment.begin > segment.end:
            text = other_segment.text.lstrip(": ")
            value = ColumnText(place.row, other_segment.end - len(text), other_segment.end)
            is_party = is_name(text) and not NOBODY.match(text) and not _is_field(value)
            return (value.region,) if is_party else ()
    return ()


def _senders(all_rows: Sequence[MarkedRow]) -> Iterator[FieldValue]:
    for row in all_rows:
        found = sender_name(row) if row.on_first_page else None
        if found is not None and not _is_under_letterhead(all_rows, found):
            yield _value((found.region,), IMPLIED + 0.1 if has_legal_form(found.text) else IMPLIED)


def _is_under_letterhead(all_rows: Sequence[MarkedRow], sender: ColumnText) -> bool:
    """Returns whether the line without a legal form stands right under a larger name with one, whose address it is."""
    if has_legal_form(sender.text):
        return False
    row = sender.row.row
    return any(
        segment.left < sender.right
        and segment.right > sender.left
        and row.top - above.row.bottom <= 0.6 * above.row.height
        and above.row.height > _LARGER * row.height
        and has_legal_form(segment.text)
        and is_name(segment.text)
        for above in all_rows[max(sender.row.index - 1, 0) : sender.row.index]
        if above.page == sender.row.page
        for segment in segments(above)
    )


def _letterhead(
    all_rows: Sequence[MarkedRow], blocks: Sequence[AddressBlock]
) -> Iterator[FieldValue]:
    # A name over an address is the letterhead's only if it is the first of the page: the next may be the buyer's.
    first = next((block.party for block in blocks if not block.owner), ())
    others = [region for block in blocks for region in block.party if region not in first]
    usual = median(row.row.height for row in all_rows)
    rests: list[ColumnText] = []  # of names that begin in the row above
    for row in all_rows:
        if not row.on_first_page or row.row.top > row.row.page.height_points * _LETTERHEAD_SHARE:
            return
        for segment in segments(row):
            if (
                len(segment.text) <= 60
                and has_legal_form(segment.text)
                and is_name(segment.text)
                and segment.region not in others
                and segment not in rests
            ):
                rest = _legal_form_under(all_rows, segment)
                if rest is not None:
                    rests.append(rest)
                    yield _value((segment.region, rest.region), IMPLIED)
                    continue
                above = _begin_above(all_rows, segment, usual)
                regions = (above.region,) if above is not None else ()
                name = without_branch(
                    without_register_number(segment),
                    all_rows[row.index + 1 : row.index + 1 + _ADDRESS_ROWS],
                )
                yield _value((*regions, name.region), IMPLIED)


def _legal_form_under(all_rows: Sequence[MarkedRow], name: ColumnText) -> ColumnText | None:
    """Returns the line under a name of the letterhead that goes on with its legal form: "& Co. KG" under "... GmbH"."""
    for row in all_rows[name.row.index + 1 : name.row.index + 2]:
        for line in segments(row):
            if _CO_FORM.match(line.text) and has_legal_form(line.text) and is_one_name(name, line):
                return line
    return None


def _begin_above(
    all_rows: Sequence[MarkedRow], line: ColumnText, print_height: float
) -> ColumnText | None:
    """Returns the line in which a name of the letterhead begins, where it is not the given one."""
    for row in all_rows[max(line.row.index - 1, 0) : line.row.index]:
        for other in segments(row):
            if begins_above(other, line, print_height) or _is_told_whole(all_rows, other, line):
                return other
    return None


def _is_told_whole(all_rows: Sequence[MarkedRow], above: ColumnText, line: ColumnText) -> bool:
    """Returns whether another line of the first page is the text of both, which stand right over each other."""
    if not are_close(above, line) or above.is_label or not is_name(above.text):
        return False
    whole = _squashed(above.text + line.text)
    return any(
        _squashed(segment.text).startswith(whole)
        for row in all_rows
        if row.on_first_page
        for segment in segments(row)
    )


def _named_again(
    all_rows: Sequence[MarkedRow], blocks: Sequence[AddressBlock]
) -> Iterator[FieldValue]:
    """Yields the names at the top that stand again at the foot or beside an account, or whose address stands there.

    What a page says of itself there is the seller's; where several parties are said there, nothing is yielded.
    """
    own = [row for row in all_rows if row.on_first_page and _speaks_of_seller(row)]
    said = [_squashed(row.row.text) for row in own]
    found: dict[str, FieldValue] = {}
    for row in all_rows:
        if not row.on_first_page or row.row.top > row.row.page.height_points * _LETTERHEAD_SHARE:
            break
        for segment in segments(row):
            name = _squashed(segment.text)
            has_digits = any(letter.isdigit() for letter in segment.text)
            is_plain = is_name(segment.text) and not (has_digits or segment.is_label)
            if len(name) >= _LEAST_AGAIN and is_plain and any(name in text for text in said):
                found.setdefault(name, _value((segment.region,), IMPLIED - 0.05))
    for block in blocks:
        lines = [_squashed(line.text) for line in (*block.below, block.town)]
        if _is_numbered(block.party):
            continue  # a street, over a town
        again = any(len(line) >= _LEAST_AGAIN and line in text for line in lines for text in said)
        if again and block.name.row.row.top < _height(block) * _WINDOW_SHARE and not block.owner:
            value = _value(block.party, IMPLIED - 0.05)
            found.setdefault(_squashed(str(value.value)), value)
    if len(found) == 1:
        yield from found.values()


def _speaks_of_seller(row: MarkedRow) -> bool:
    foot = row.row.top >= row.row.page.height_points * _FOOTER_SHARE
    return foot or any(True for _ in ibans_of_rows([row]))


def _by_domain(all_rows: Sequence[MarkedRow]) -> Iterator[FieldValue]:
    """Yields the name that a web or mail address of the first page repeats, where only one name is repeated so."""
    first = [row for row in all_rows if row.on_first_page]
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
        yield _value(free[0].party, GUESSED)


def _footer(all_rows: Sequence[MarkedRow]) -> Iterator[FieldValue]:
    for row in all_rows:
        if not row.on_first_page or row.row.top < row.row.page.height_points * _FOOTER_SHARE:
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
            yield _value(block.party, LABELLED - 0.05)


def _not_of_sender(
    blocks: Sequence[AddressBlock], all_rows: Sequence[MarkedRow]
) -> list[AddressBlock]:
    """Returns the blocks but those whose first line stands in the sender's line, which has the seller's address."""
    said = [_squashed(row.row.text) for row in all_rows if row.on_first_page and sender_name(row)]
    return [
        block
        for block in blocks
        if not any(_squashed(block.name.text) in sender for sender in said)
    ]


def _window_blocks(blocks: Sequence[AddressBlock]) -> Iterator[FieldValue]:
    for block in blocks:
        top = block.name.row.row.top
        if not block.owner and top < block.name.row.row.page.height_points * _WINDOW_SHARE:
            yield _value(block.party, IMPLIED - 0.1)


def _value(regions: tuple[PageRegion, ...], confidence: float) -> FieldValue:
    text = " ".join(region.text for region in regions).strip()
    return FieldValue(text, regions, confidence)
