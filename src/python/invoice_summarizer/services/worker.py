"""The process `worker`: reads what was ingested; it has no public API."""

from invoice_summarizer.services.process import run_worker


def main() -> None:
    run_worker("worker")


if __name__ == "__main__":
    main()
