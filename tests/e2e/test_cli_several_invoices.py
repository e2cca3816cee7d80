"""Several invoices in one PDF, sent to a running `serve`: each is stored, with its pages, and waits for a person."""

from pathlib import Path

from e2e.cli_process import answer_of, id_of, invoicectl, on_server
from invoice_generator.generate import Wanted, generate
from invoice_generator.joined import joined

from invoice_summarizer.cli.exit_codes import ExitCode


def test_invoices_of_one_pdf_are_stored_each_with_its_pages(server: Path, tmp_path: Path) -> None:
    documents = [
        generate(811, number, Wanted(kind="invoice", lines=lines))
        for number, lines in ((3, 2), (36, 12))
    ]
    numbers = [each.document.number for each in documents]
    file = joined(documents, with_terms=True)
    path = tmp_path / "two.pdf"
    path.write_bytes(file.data)

    sent = on_server(server, "ingest", path)
    assert sent.exit_code == ExitCode.OK
    stored = [
        each
        for number in numbers
        for each in answer_of(server, "list", "--filter", f'invoice_number="{number}"')
    ]

    assert [each["content"]["invoice_number"] for each in stored] == numbers
    first, second = map(id_of, stored)
    assert f"{path}  {first}" in sent.out
    assert f"invoice 2 of the file: {second}" in sent.out
    assert len({each["document"]["sha256"] for each in stored}) == 1
    for invoice, first_page, terms_page in zip(
        stored, file.first_pages, file.terms_pages, strict=True
    ):
        assert invoice["status"] == "REVIEW_PENDING"
        certificate = invoice["completeness"]
        assert (certificate["parts"], certificate["first_page"]) == (len(stored), first_page)
        assert "SEVERAL_INVOICES" in certificate["gaps"]
        assert certificate["set_aside"] == [{"page": terms_page, "kind": "TERMS"}]
        back = tmp_path / f"{first_page}.pdf"
        on_server(server, "document", id_of(invoice), "-o", back)
        assert back.read_bytes() == file.data
        summary = on_server(server, "summarize", id_of(invoice))
        assert f"page {first_page}" in summary.out
    read_here = invoicectl("read", path)
    assert all(f"invoice {part} of {len(stored)}" in read_here.out for part in (1, 2))
