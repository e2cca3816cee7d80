"""Filters as people type them: their fields by short names, and what was probably meant where one is not understood."""

import re
import shlex
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, TypeVar

import typer

from aip.errors import FilterError
from invoice_summarizer.cli.client import InvoiceClient
from invoice_summarizer.cli.failures import CallFailed
from invoice_summarizer.cli.options import Options, call

# Written out, so that commands that only call a server start without the content model.
SORTED_FIELDS = (
    *("invoice_id", "status", "kind", "form", "create_time", "update_time"),
    *("document.file_name", "document.sha256", "invoice_number", "issue_date", "payment_due_date"),
    *("type_code", "currency_code", "buyer_reference", "purchase_order_reference"),
    *("seller.name", "seller.vat_identifier", "buyer.name"),
    *("totals.amount_without_vat", "totals.vat_amount", "totals.amount_with_vat"),
    "totals.amount_due",
)
CONTAINING_FIELDS = (
    *("review_reasons", "lines.item.name"),
    "payment_instructions.credit_transfers.account_identifier",
)
SHORT_NAMES = {
    "id": "invoice_id",
    "number": "invoice_number",
    "supplier": "seller.name",
    "seller": "seller.name",
    "buyer": "buyer.name",
    "date": "issue_date",
    "issued": "issue_date",
    "due_date": "payment_due_date",
    "due": "payment_due_date",
    "received": "create_time",
    "total": "totals.amount_with_vat",
    "amount_due": "totals.amount_due",
    "amount": "totals.amount_due",
    "currency": "currency_code",
    "purchase_order": "purchase_order_reference",
    "file": "document.file_name",
    "reason": "review_reasons",
    "reasons": "review_reasons",
    "account": "payment_instructions.credit_transfers.account_identifier",
    "item": "lines.item.name",
}
_CONTAINED_NAMES = [short for short, field in SHORT_NAMES.items() if field in CONTAINING_FIELDS]
# By short names where there are some: the paths are known too, and too long for a help.
_SORTED_NAMES = [
    *(short for short in SHORT_NAMES if short not in _CONTAINED_NAMES),
    *(field for field in SORTED_FIELDS if field not in SHORT_NAMES.values()),
]
FilterOption = Annotated[
    str,
    typer.Option(
        metavar="FILTER",
        help="""As in 'status="review pending" AND total > 1000 AND supplier:acme'; : is contains. Fields: """
        + ", ".join(_SORTED_NAMES)
        + f". By : only: {', '.join(_CONTAINED_NAMES)}.",
        show_default=False,
    ),
]
OrderOption = Annotated[
    str,
    typer.Option(
        metavar="FIELDS",
        help=f"As in 'due_date, supplier desc', by the fields of --filter but {', '.join(_CONTAINED_NAMES)}.",
        show_default=False,
    ),
]

Answer = TypeVar("Answer")

_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)|(?P<operator>[<>!=]=?|:|<>)|(?P<paren>[()])|(?P<word>[^\s()"'<>=!:]+)""",
    re.DOTALL,
)
_LINKS = {"and": "AND", "or": "OR", "not": "NOT", "&&": "AND", "||": "OR", "&": "AND", "|": "OR"}
_OPERATORS = {"==": "=", "<>": "!=", "!": "!="}
_QUOTES = str.maketrans("“”„«»‘’‚", '"""""\'\'\'')
_BARE = re.compile(r"[A-Za-z0-9_.*+-]+|[0-9]{4}-[0-9]{2}-[0-9]{2}T[^\s()\"',\\]*")
_MOST_MENDED = 5  # names
# The first of several short names.
_SHORT_NAME_OF = {field: short for short, field in reversed(SHORT_NAMES.items())}
_LISTED = re.compile(r"(?<= are: )[a-z][a-z0-9_.]*(?:, [a-z][a-z0-9_.]*)*")


def call_filtered(
    options: Options, filter: str, action: Callable[[InvoiceClient], Awaitable[Answer]]
) -> Answer:
    """Returns what the action got. Raises CallFailed, where the filter is refused with the one that was meant."""
    try:
        return call(options, action)
    except CallFailed as failure:
        if failure.reason in ("INVALID_FILTER", "INVALID_ORDER_BY"):
            failure.message = in_short_names(failure.message)
        if failure.reason == "INVALID_FILTER" and (meant := meant_filter(filter)):
            failure.message += f"; did you mean --filter {shlex.quote(meant)}?"
        raise


def in_short_names(message: str) -> str:
    """Returns the message with the fields that it lists under the names that the help has for them."""

    def short(listed: re.Match[str]) -> str:
        return ", ".join(_SHORT_NAME_OF.get(name, name) for name in listed[0].split(", "))

    return _LISTED.sub(short, message)


def meant_filter(filter: str) -> str:
    """Returns a filter that can be understood and is like the one that was typed; nothing where there is none.

    It has AND, OR and NOT in upper case, values in quotes where they need them, and the names of fields that are known.
    """
    # Here, so that commands that only call a server start without the content model.
    from aip.filter import parse_filter
    from invoice_summarizer.domain.invoice_fields import FIELD_ALIASES, FILTER_FIELDS

    meant = _respelled(filter.translate(_QUOTES))
    for _ in range(_MOST_MENDED):
        try:
            parse_filter(meant, FILTER_FIELDS, FIELD_ALIASES)
        except FilterError as error:
            if not error.suggestion:
                return ""
            wrong = _TOKEN.match(meant, error.position)
            if wrong is None:
                return ""
            meant = meant[: error.position] + _written(error.suggestion) + meant[wrong.end() :]
        else:
            return "" if meant == filter else meant
    return ""


def _respelled(filter: str) -> str:
    """Returns the filter with the words between its comparisons as they are known, and its values in quotes.

    A value goes on until the next comparison begins, or a word stands there that links two.
    """
    tokens = list(_TOKEN.finditer(filter))
    parts: list[str] = []
    index = 0
    while index < len(tokens):
        begin = index
        kind, text = tokens[index].lastgroup, tokens[index].group()
        index += 1
        if kind == "operator":
            while index < len(tokens) and _goes_on(tokens, index, begun=index > begin + 1):
                index += 1
            parts.append(_OPERATORS.get(text, text) + _value(tokens[begin + 1 : index]))
        elif kind == "word" and text.lower() in _LINKS:
            parts.append(_LINKS[text.lower()])
        elif kind == "word" and _names_a_field(tokens, index):
            # Of words in front of an operator, as in "amount due > 5", one name.
            while tokens[index].lastgroup == "word":
                index += 1
            parts.append("_".join(each.group() for each in tokens[begin:index]))
        else:
            parts.append(text)
    return re.sub(r" ([=<>!:])", r"\1", " ".join(parts)).replace("( ", "(").replace(" )", ")")


def _goes_on(tokens: Sequence[re.Match[str]], index: int, *, begun: bool) -> bool:
    """Says whether the value goes on with the token at the index."""
    token, before = tokens[index], tokens[index - 1]
    if token.lastgroup == "text":
        return not begun
    if not begun:
        return token.lastgroup == "word"
    if before.lastgroup == "text":
        return False
    if token.lastgroup == "operator":
        # As in RULE_FAILED:BR-CO-15.
        return token.group() == ":" and token.start() == before.end()
    if token.lastgroup != "word" or token.group().lower() in _LINKS:
        return False
    following = tokens[index + 1].lastgroup if index + 1 < len(tokens) else ""
    return before.group() == ":" or following != "operator"


def _names_a_field(tokens: Sequence[re.Match[str]], index: int) -> bool:
    """Says whether words and then an operator come at the index."""
    while index < len(tokens) and tokens[index].lastgroup == "word":
        if tokens[index].group().lower() in _LINKS:
            return False
        index += 1
    return index < len(tokens) and tokens[index].lastgroup == "operator"


def _value(tokens: Sequence[re.Match[str]]) -> str:
    if not tokens:
        return ""
    written = tokens[0].string[tokens[0].start() : tokens[-1].end()]
    if tokens[0].lastgroup != "text":
        return _written(written)
    closed = len(written) > 1 and written.endswith(written[0])
    return written if closed else written + written[0]


def _written(text: str) -> str:
    """Returns the text as a name or a value of a filter."""
    if _BARE.fullmatch(text):
        return text
    return '"' + re.sub(r'([\\"])', r"\\\1", text) + '"'
