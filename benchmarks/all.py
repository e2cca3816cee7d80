"""Every benchmark, one after the other."""

import get_invoice
import list_invoices
import operations
import read_pdf
import read_xml


def main() -> None:
    for benchmark in (read_xml, read_pdf, operations, get_invoice, list_invoices):
        benchmark.main()


if __name__ == "__main__":
    main()
