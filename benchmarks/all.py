"""Every benchmark, one after the other."""

import get_invoice
import list_invoices
import operations
import read_pdf
import read_xml
import summary_gate


def main() -> None:
    for benchmark in (read_xml, read_pdf, operations, get_invoice, list_invoices, summary_gate):
        benchmark.main()


if __name__ == "__main__":
    main()
