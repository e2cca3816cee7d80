"""What the holes of the phrase tables stand for: `line.net_amount` is `net_amount` of a member of `lines`."""

import re
from collections.abc import Mapping

from invoice_summarizer.domain.summarizing.binding import is_repeated

KIND = "kind"
KIND_FIELDS = ("type_code", "extras.document_kind")  # the first that is bound is said

_GROUPS: Mapping[str, str] = {
    "debit": "payment_instructions.direct_debit",
    "line": "lines",
    "preceding": "preceding_invoices",
    "transfer": "payment_instructions.credit_transfers",
    "vat": "vat_breakdown",
}
_INDEX = re.compile(r"\[\d+\]")


def field_path(hole: str, members: Mapping[str, int]) -> str:
    """Returns the path that the hole stands for; `members` says which member of a repeated group, else the first."""
    first, _, rest = hole.partition(".")
    group = _GROUPS.get(first)
    if group is None:
        return hole
    index = f"[{members.get(first, 0)}]" if is_repeated(group) else ""
    return f"{group}{index}.{rest}"


def roles_of_hole(hole: str) -> tuple[str, ...]:
    """Returns the roles of which a claim may stand in the hole."""
    return KIND_FIELDS if hole == KIND else (role_of_path(field_path(hole, {})),)


def role_of_path(path: str) -> str:
    """Returns the business term that the path names: the path without its indices."""
    return _INDEX.sub("", path)
