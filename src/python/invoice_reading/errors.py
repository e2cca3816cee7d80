"""Why a document cannot be read.

DocumentUnreadable           the bytes are no document that can be read as an invoice
  PdfDamaged                 no PDF, cut off, or too broken to give a single page
  PdfEncrypted               needs a password; a document that opens with the empty one is read
  PdfWithoutPages            well-formed, but nothing in it to read
  PdfTooManyPages            more pages than the limits allow
  PdfLimitExceeded           it holds more than the limits allow; metadata `limit` says of what
  PictureDamaged             a picture that is cut off, or whose pixels are not all there
  PictureAnimated            a picture of several frames, of which each might be another page
  PictureLimitExceeded       it is larger, or has more pages, than the limits allow; metadata `limit` says of what
  EnvelopeUnreadable         a signed envelope of which no XML can be taken out; metadata `cause` says why (signed_envelope)
  PageNotFound               the PDF has no page of that number; metadata `pages` says how many it has

Every class carries a stable `reason`; neither it, the message nor the metadata holds text of the document.
"""

from collections.abc import Mapping
from enum import StrEnum


class DocumentUnreadable(Exception):
    reason = "DOCUMENT_UNREADABLE"

    def __init__(
        self, message: str, *, reason: str | None = None, metadata: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        if reason:
            self.reason = reason
        self.metadata = dict(metadata or {})


class PdfDamaged(DocumentUnreadable):
    reason = "PDF_DAMAGED"

    def __init__(self) -> None:
        super().__init__("the PDF is damaged")


class PdfEncrypted(DocumentUnreadable):
    reason = "PDF_ENCRYPTED"

    def __init__(self) -> None:
        super().__init__("the PDF needs a password")


class PdfWithoutPages(DocumentUnreadable):
    reason = "PDF_NO_PAGES"

    def __init__(self) -> None:
        super().__init__("the PDF has no pages")


class PdfTooManyPages(DocumentUnreadable):
    reason = "PDF_TOO_MANY_PAGES"

    def __init__(self) -> None:
        super().__init__("the PDF has too many pages")


class PdfLimit(StrEnum):
    """What a PDF can have too much of."""

    WORDS = "WORDS"
    ATTACHMENTS = "ATTACHMENTS"
    PIXELS = "PIXELS"  # of a page that is painted


class PdfLimitExceeded(DocumentUnreadable):
    reason = "PDF_LIMIT_EXCEEDED"

    def __init__(self, limit: PdfLimit) -> None:
        super().__init__(
            "the PDF holds more than is read",
            metadata={"limit": limit},
        )


class PictureDamaged(DocumentUnreadable):
    reason = "PICTURE_DAMAGED"

    def __init__(self) -> None:
        super().__init__("the picture is damaged")


class PictureAnimated(DocumentUnreadable):
    reason = "PICTURE_ANIMATED"

    def __init__(self) -> None:
        super().__init__("the picture is animated")


class PictureLimit(StrEnum):
    """What a picture can have too much of."""

    PAGES = "PAGES"
    PIXELS = "PIXELS"  # of one page


class PictureLimitExceeded(DocumentUnreadable):
    reason = "PICTURE_LIMIT_EXCEEDED"

    def __init__(self, limit: PictureLimit) -> None:
        super().__init__("the picture holds more than is read", metadata={"limit": limit})


class PageNotFound(DocumentUnreadable):
    reason = "PDF_PAGE_NOT_FOUND"

    def __init__(self, pages: int) -> None:
        super().__init__("the PDF has no page of this number", metadata={"pages": str(pages)})
