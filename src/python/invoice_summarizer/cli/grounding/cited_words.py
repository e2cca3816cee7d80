"""Whether the words that values cite are those that the truth says print them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from en16931.field_path import leaf_type, line_index
from invoice_reading.annotation import FieldStatus, PageRegion
from invoice_reading.reading import Reading
from invoice_summarizer.cli.grounding.cited_lines import row_of_each_line
from invoice_summarizer.cli.grounding.truth import TrueDocument, TrueWords

# The roles whose words may state a field. The first is the field itself; another counts where its value is the same,
# such as the base of the one rate for the net amount.
_ROLES: dict[str, tuple[str, ...]] = {
    "invoice_number": ("invoice_number",),
    "issue_date": ("issue_date",),
    "payment_due_date": ("due_date",),
    "purchase_order_reference": ("order_number",),
    "contract_reference": ("contract_number",),
    "buyer_reference": ("buyer_reference",),
    "extras.customer_account": ("customer_number",),
    "delivery.actual_date": ("delivery_date",),
    "seller.name": ("seller_name",),
    "seller.vat_identifier": ("seller_vat_id",),
    "seller.legal_registration_identifier.value": ("seller_registration",),
    "buyer.name": ("buyer_name",),
    "buyer.vat_identifier": ("buyer_vat_id",),
    "totals.line_net_amount": ("line_total", "net_amount"),
    "totals.amount_without_vat": ("net_amount", "line_total", "vat[].base"),
    "totals.vat_amount": ("tax_amount", "vat[].tax"),
    "totals.amount_with_vat": ("total_amount", "due_amount"),
    "totals.amount_due": ("due_amount", "total_amount"),
    "totals.paid_amount": ("prepaid_amount",),
    "vat_breakdown[].rate": ("vat[].rate",),
    "vat_breakdown[].taxable_amount": ("vat[].base", "net_amount"),
    "vat_breakdown[].tax_amount": ("vat[].tax", "tax_amount"),
    "payment_instructions.credit_transfers[].account_identifier": ("iban",),
    "payment_instructions.credit_transfers[].service_provider_identifier": ("bic",),
    "payment_instructions.direct_debit.debited_account_identifier": ("debited_account",),
    "lines[].invoiced_quantity": ("quantity",),
    "lines[].net_amount": ("net",),
    "lines[].price.net_price": ("price",),
    "lines[].price.base_quantity": ("price_base",),
    "lines[].vat.rate": ("rate",),
    "lines[].extras.gross_amount": ("gross",),
    "lines[].item.name": ("description", "detail"),
    "charges[].amount": ("charges[].amount",),
    "allowances[].amount": ("charges[].amount",),
    "currency_code": ("currency",),
    "type_code": ("title",),
    "extras.document_kind": ("title",),
}
_INDEX = re.compile(r"\[\d+\]")
_MOST_SHOWN = 5


@dataclass(slots=True)
class GroundingScore:
    """Values by whether they cite the words and the page that print them.

    `unasked` counts values of fields that the truth says nothing of. `wrong` names the fields whose words are others.
    """

    values: int = 0
    words_right: int = 0
    pages_right: int = 0
    unasked: int = 0
    wrong: list[str] = field(default_factory=list)


def grounding_score(reading: Reading, truth: TrueDocument, words: TrueWords) -> GroundingScore:
    """Returns how many of the PRESENT values cite words that print the field, and pages on which one does.

    The cited words are all of one place, but for a currency beside an amount. Those of the place that are left out state nothing: they are a currency, a
    weekday, or other words without a digit beside a number or a date. A line is that of the row which its words are in.
    """
    score = GroundingScore()
    rows = row_of_each_line(reading, truth, words)
    places = _places(truth)
    for path, annotation in reading.annotations.items():
        regions = [one for one in annotation.evidence if isinstance(one, PageRegion)]
        if annotation.status is not FieldStatus.PRESENT or not regions:
            continue
        roles = _ROLES.get(_INDEX.sub("[]", path))
        if roles is None:
            score.unasked += 1
            continue
        expected = _expected(path, roles, rows, truth, places)
        cited = words.under(regions)
        score.values += 1
        if any(_is_stated(path, cited, place, truth) for place in expected):
            score.words_right += 1
        elif len(score.wrong) < _MOST_SHOWN:
            score.wrong.append(path)
        pages = {truth.words[word].page for place in expected for word in place}
        score.pages_right += all(region.page in pages for region in regions)
    return score


_Places = dict[str, list[tuple[int, ...]]]


def _places(truth: TrueDocument) -> _Places:
    """Returns by role, of fields and of all else, the words of each place; a place is what prints one value."""
    grouped: dict[tuple[str, int], list[int]] = {}
    for index, word in enumerate(truth.words):
        grouped.setdefault((word.role, word.place), []).append(index)
    found: _Places = {}
    for (role, _), place in grouped.items():
        found.setdefault(role, []).append(tuple(place))
    return found


def _expected(
    path: str,
    roles: Sequence[str],
    rows: Sequence[set[int]],
    truth: TrueDocument,
    places: _Places,
) -> list[tuple[int, ...]]:
    index = line_index(path)
    if index is None:
        return [
            place for role in _same_valued(path, roles, truth, places) for place in places[role]
        ]
    cited = (
        {truth.rows[row].line for row in rows[index] if row >= 0} if index < len(rows) else set()
    )
    lines = [line for line in cited if line is not None]
    in_rows = {word for row in rows[index] if row >= 0 for word in truth.rows[row].words}
    found = [
        [place for place in places.get(f"lines[{line}].{role}", ()) if in_rows.issuperset(place)]
        for line in lines
        for role in roles
    ]
    if path.endswith("item.name"):
        # The name may go on in details under it, which stand at a place of their own.
        names, *details = found or [[]]
        return [*names, *(n + d for n in names for one in details for d in one)]
    return [place for of_role in found for place in of_role]


def _same_valued(
    path: str, roles: Sequence[str], truth: TrueDocument, places: _Places
) -> Iterable[str]:
    named = [
        role
        for wanted in roles
        for role in places
        if (_INDEX.sub("[]", role) if "[]" in wanted else role) == wanted
    ]
    own = next((truth.fields[role].value for role in named if role in truth.fields), None)
    if "[" in path:
        return named
    return [r for r in named if r not in truth.fields or truth.fields[r].value == own]


def _is_stated(path: str, cited: frozenset[int], place: Sequence[int], truth: TrueDocument) -> bool:
    if path != "currency_code":
        cited = frozenset(word for word in cited if truth.words[word].role != "currency")
    if not cited or not cited.issubset(place):
        return False
    left_out = "".join(truth.words[word].text for word in set(place) - cited)
    if path == "currency_code" or leaf_type(path) is not str and not path.endswith("name"):
        return not any(letter.isdigit() for letter in left_out)
    if path in ("type_code", "extras.document_kind"):
        return True  # one word of a title says what it is
    return not any(letter.isalnum() for letter in left_out)
