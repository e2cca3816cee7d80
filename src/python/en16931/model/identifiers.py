"""An identifier with its scheme, as EN 16931 types them."""

from en16931.model.term import Group


class Identifier(Group, frozen=True, kw_only=True):
    value: str | None = None
    scheme_id: str | None = None  # ISO 6523 ICD, EAS, UNTDID 1153 or 7143, as the field says
    scheme_version: str | None = None
