"""The XML that lies in signed envelopes, one within the other."""

from invoice_reading.errors import DocumentUnreadable
from invoice_reading.media_type import MediaType, sniff
from invoice_reading.signed_envelope import EnvelopeCause, EnvelopeUnreadable, signed_content

_MOST_ENVELOPES = 4


def signed_xml(data: bytes) -> bytes:
    """Returns the XML in the envelope, or in the envelopes around it where several signed one after the other.

    Raises EnvelopeUnreadable.
    """
    for _ in range(_MOST_ENVELOPES):
        data = signed_content(data)
        try:
            found = sniff(data)
        except DocumentUnreadable as error:
            raise EnvelopeUnreadable(EnvelopeCause.NO_XML) from error
        if found is MediaType.XML:
            return data
        if found is not MediaType.SIGNED_XML:
            raise EnvelopeUnreadable(EnvelopeCause.NO_XML)
    raise EnvelopeUnreadable(EnvelopeCause.TOO_DEEP)
