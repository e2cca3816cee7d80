"""How a field of the model says which business term or group of EN 16931-1:2017 it carries."""

from dataclasses import dataclass

import msgspec


@dataclass(frozen=True, slots=True)
class Term:
    """The business term (BT) or group (BG) of a field, written in its type annotation.

    Where several groups share one class (addresses, contacts, periods), `members` names the terms of that class's
    fields at this place, in their order, separated by spaces.
    """

    identifier: str
    members: str = ""


class Group(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A business group: every field is optional, and None or an empty tuple means that nothing was declared."""
