"""The process `summarize`: SummarizeService."""

from invoice_summarizer.bootstrap import summarize_services
from invoice_summarizer.services.process import run_server


def main() -> None:
    run_server(
        "summarize", lambda adapters, settings, metrics: summarize_services(adapters, metrics)
    )


if __name__ == "__main__":
    main()
