"""The process `query`: QueryService."""

from invoice_summarizer.bootstrap import query_services
from invoice_summarizer.services.process import run_server


def main() -> None:
    run_server("query", lambda adapters, settings, metrics: query_services(adapters))


if __name__ == "__main__":
    main()
