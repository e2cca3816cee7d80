"""The process `query`: QueryService."""

from contextlib import nullcontext

from invoice_summarizer.processes.object_storage import OBJECT_LOOKS
from invoice_summarizer.processes.page_tokens import PAGE_TOKEN_LOOKS
from invoice_summarizer.processes.query import query_adapters, query_services
from invoice_summarizer.services.server_process import run_server
from invoice_summarizer.settings import QuerySettings


def main() -> None:
    run_server(
        "query",
        QuerySettings,
        lambda settings, database, work, metrics: nullcontext(
            query_services(query_adapters(settings, database, work))
        ),
        {**OBJECT_LOOKS, **PAGE_TOKEN_LOOKS},
    )


if __name__ == "__main__":
    main()
