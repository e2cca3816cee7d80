"""The process `summarize`: SummarizeService."""

from contextlib import nullcontext

from invoice_summarizer.processes.summarize import summarize_adapters, summarize_services
from invoice_summarizer.services.server_process import run_server
from invoice_summarizer.settings import SummarizeSettings


def main() -> None:
    run_server(
        "summarize",
        SummarizeSettings,
        lambda settings, database, work, metrics: nullcontext(
            summarize_services(summarize_adapters(database), work, metrics)
        ),
    )


if __name__ == "__main__":
    main()
