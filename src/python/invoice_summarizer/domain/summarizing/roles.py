"""Roles of fields: the path without the indices of members."""

import re

KIND_FIELDS = ("type_code", "extras.document_kind")  # the first that is bound is said
_INDEX = re.compile(r"\[\d+\]")


def role_of_path(path: str) -> str:
    """Returns the business term that the path names: `lines.net_amount` for `lines[3].net_amount`."""
    return _INDEX.sub("", path)
