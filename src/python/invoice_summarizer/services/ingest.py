"""The process `ingest`: IngestService, ReviewService, ValidateService and Operations."""

from invoice_summarizer.bootstrap import ingest_services
from invoice_summarizer.services.process import run_server


def main() -> None:
    run_server("ingest", lambda adapters, settings, metrics: ingest_services(adapters, settings))


if __name__ == "__main__":
    main()
