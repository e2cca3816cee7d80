"""A later version of the program, for tests of two versions beside each other: the services as they are, and they know more.

    python -m later_version worker

It knows a kind of operation, writes a kind of event and makes messages of invoices that the program does not know.
"""

import sys
from typing import cast

from invoice_summarizer.domain.event import EventKind
from invoice_summarizer.domain.operation import READING_KINDS, OperationKind
from invoice_summarizer.processes import worker as root
from invoice_summarizer.rpc import invoice_views
from invoice_summarizer.services import ingest, query, worker

LATER_KIND = "digest"
LATER_EVENT = "invoice.digested"
_SERVICES = {"ingest": ingest.main, "query": query.main, "worker": worker.main}


def main() -> None:
    service = sys.argv.pop()
    vars(root)["READING_KINDS"] = READING_KINDS | {cast(OperationKind, LATER_KIND)}
    EventKind.INVOICE_READY._value_ = LATER_EVENT
    invoice_views.MAPPING_REVISION += 1
    _SERVICES[service]()


if __name__ == "__main__":
    main()
