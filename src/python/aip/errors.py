"""What is wrong with a request, as the AIPs see it.

AipError
+-- ResourceNameError   the name is not of the pattern that is expected there
+-- FilterError         the filter cannot be understood, or asks what its fields do not offer
+-- OrderByError        the order cannot be understood, or names a field that cannot be sorted by
+-- PageTokenError      the page token is none that we gave for this request
+-- PageSizeError       the page size is negative

Messages are for the client's developer. They hold no values of the request; FilterError and OrderByError
may repeat the name of a field, and name the known word that may have been meant.
"""


class AipError(ValueError):
    """The request breaks a rule that its sender can look up; sending it again will not help."""


class ResourceNameError(AipError):
    """The name is not of the pattern. `pattern` is the one that was expected, as in `tenants/{tenant}`."""

    def __init__(self, pattern: str) -> None:
        super().__init__(pattern)
        self.pattern = pattern

    def __str__(self) -> str:
        return f"not a resource name of the form {self.pattern}"


class _PositionedError(AipError):
    """`suggestion` is the known word that may have been meant; empty where none is like the one that was written."""

    def __init__(self, message: str, position: int, suggestion: str = "") -> None:
        super().__init__(message, position, suggestion)
        self.message = message
        self.position = position
        self.suggestion = suggestion

    def __str__(self) -> str:
        meant = f"; did you mean {self.suggestion}?" if self.suggestion else ""
        return f"{self.message} (at character {self.position}){meant}"


class FilterError(_PositionedError):
    """The filter is refused. `position` counts characters from 0; at the text's length, something is missing."""


class OrderByError(_PositionedError):
    """The order is refused. `position` counts characters from 0 and shows the term's first wrong word."""


class PageTokenError(AipError):
    """The token was changed, or was given by another server or for another request. Start at the first page."""

    def __str__(self) -> str:
        return "not a page token that was given for this request"


class PageSizeError(AipError):
    """The page size is negative. `requested` is what the client sent."""

    def __init__(self, requested: int) -> None:
        super().__init__(requested)
        self.requested = requested

    def __str__(self) -> str:
        return "the page size is negative"
