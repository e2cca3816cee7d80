"""Commands on stored invoices, as processes that call a running `serve`."""

import csv
import io
import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from e2e.cli_process import (
    answer_of,
    command,
    environment,
    id_of,
    invoicectl,
    on_server,
    on_terminal,
)

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.samples.catalogue import SampleInvoice


def test_ingested_samples_are_listed_by_status(
    server: Path, ids: dict[str, str], samples: tuple[SampleInvoice, ...]
) -> None:
    listed = on_server(server, "list", "--all", "--page-size", "2", "--output", "json").json()
    assert {id_of(invoice) for invoice in listed} == set(ids.values())
    waiting = answer_of(server, "list", "--filter", 'status="review_pending"')
    assert ids["polderdruk-wrong-total.xml"] in {id_of(invoice) for invoice in waiting}
    assert answer_of(server, "list", "--filter", 'status:"review pending"') == waiting
    failing = answer_of(server, "list", "--filter", "reason:RULE_FAILED")
    assert [id_of(invoice) for invoice in failing] == [ids["polderdruk-wrong-total.xml"]]
    credit = answer_of(server, "list", "--filter", 'kind="credit note"', "--order-by", "total")
    assert [id_of(invoice) for invoice in credit] == [ids["garonne-credit-note.xml"]]
    first = on_server(server, "list", "--page-size", "1", "--order-by", "issue_date")
    assert ids["muehlbach-hybrid.pdf"] in first.out
    assert f"1 of {len(samples)} invoices (--all for the rest)" in first.out


def test_invoice_is_shown_by_id_and_by_full_name(server: Path, ids: dict[str, str]) -> None:
    by_id = on_server(server, "get", ids["garonne-ubl.xml"])
    by_name = on_server(server, "get", f"tenants/default/invoices/{ids['garonne-ubl.xml']}")
    assert by_id == by_name
    assert by_id.exit_code == ExitCode.OK
    assert "3196.65" in by_id.out


def test_summary_is_written_in_the_language_asked_for(server: Path, ids: dict[str, str]) -> None:
    options = ("--language", "de", "--style", "approver", "--evidence", "full")
    ran = on_server(server, "summarize", ids["nordlicht-cii.xml"], *options)
    assert ran.exit_code == ExitCode.OK
    assert "12. März 2026" in ran.out
    assert re.search(r"^\[1\] +type_code +Rechnung\b", ran.out, re.MULTILINE)


def test_summary_that_was_stored_before_has_the_time_at_which_it_was_written(
    server: Path, ids: dict[str, str]
) -> None:
    first = on_server(server, "summarize", ids["nordlicht-cii.xml"], "--language", "fr")
    head = first.out.splitlines()[0]
    named = re.fullmatch(r"summary (\S{8}), written \S+ \S+ UTC, fr, short, template", head)
    again = on_server(server, "summarize", ids["nordlicht-cii.xml"], "--language", "fr")
    assert again.out == first.out
    assert named is not None
    command = f"summaries explain {ids['nordlicht-cii.xml']}/{named[1]} 2"
    assert (first.err, again.err) == (
        f"this summary is new; what figure 2 of it rests on: invoicectl {command}\n",
        f"this summary was stored before; what figure 2 of it rests on: invoicectl {command}\n",
    )
    assert on_server(server, *command.split()).out.startswith("NB-2026-00417 [2]\n")


def test_summary_has_as_much_evidence_as_is_asked_for(server: Path, ids: dict[str, str]) -> None:
    name = ids["polderdruk-wrong-total.xml"]
    notes = on_server(server, "summarize", name).out
    assert notes.splitlines()[1] == "status: review pending"
    assert re.search(r"\. \[2–5\]", notes) and re.search(r"^\[2–5\] XML line 4: ", notes, re.M)
    assert "type_code" not in notes
    plain = on_server(server, "summarize", name, "--evidence", "none").out
    assert "[" not in plain and "EUR 1,072.59" in plain
    assert "type_code" in on_server(server, "summarize", name, "--evidence", "full").out


def test_summaries_of_an_invoice_are_listed_newest_first_and_shown_as_they_were_written(
    server: Path, ids: dict[str, str]
) -> None:
    invoice = ids["muehlbach-hybrid.pdf"]
    for language in ("en", "de", "fr"):
        written = on_server(server, "summarize", invoice, "--language", language)
    listed = answer_of(server, "summaries", "list", invoice, "--all", "--page-size", "2")
    assert [each["language_code"] for each in listed] == ["fr", "de", "en"]
    name = listed[0]["name"].removeprefix("tenants/default/invoices/").replace("summaries/", "")
    for typed in (name, listed[0]["name"]):
        assert on_server(server, "summaries", "get", typed).out == written.out
    by_starts = on_server(
        server, "summaries", "get", f"muehlbach-hybrid.pdf/{name.partition('/')[2][:8]}"
    )
    assert by_starts.out == written.out
    full = on_server(server, "summaries", "get", name, "--evidence", "full").out
    assert "type_code" in full and "type_code" not in written.out
    assert answer_of(server, "summaries", "get", name) == listed[0]
    table = on_server(server, "summaries", "list", invoice, "--page-size", "1").out
    assert name in table
    assert written.out in table
    assert "1 summary (--all for the rest)" in table


def test_summary_that_is_not_there_is_not_found(server: Path, ids: dict[str, str]) -> None:
    invoice = ids["muehlbach-hybrid.pdf"]
    ran = on_server(server, "summaries", "get", f"{invoice}/{invoice}")
    assert ran.exit_code == ExitCode.NOT_FOUND
    assert on_server(server, "summaries", "get", invoice).exit_code == ExitCode.USAGE
    none = on_server(server, "summaries", "get", f"{invoice}/ffff")
    assert "no summary has an id that begins with 'ffff': `invoicectl summaries list" in none.err


def test_operation_is_named_by_the_start_of_its_id(server: Path, ids: dict[str, str]) -> None:
    operations = [id_of(each) for each in answer_of(server, "operations", "list", "--all")]
    whole = on_server(server, "operations", "get", operations[0])
    assert on_server(server, "operations", "get", operations[0][:20]) == whole
    assert on_server(server, "operations", "wait", operations[0][:20]) == whole
    start = next(
        digit
        for digit in "0123456789abcdef"
        if not any(each.startswith(digit * 9) for each in operations)
    )
    missing = on_server(server, "operations", "get", start * 9)
    assert (missing.exit_code, "OPERATION_NOT_FOUND" in missing.err) == (ExitCode.NOT_FOUND, True)


def test_lists_are_csv_too(server: Path, ids: dict[str, str]) -> None:
    for words in (
        ("list",),
        ("lines", "garonne-ubl.xml"),
        ("history", "garonne-ubl.xml"),
        ("operations", "list"),
        ("aggregate",),
    ):
        ran = on_server(server, *words, "--output", "csv")
        assert ran.exit_code == ExitCode.OK, ran.err
        rows = list(csv.DictReader(io.StringIO(ran.out)))
        assert len(rows) == len(answer_of(server, *words)) or words == ("aggregate",)
    [line, *_] = csv.DictReader(
        io.StringIO(on_server(server, "lines", "garonne-ubl.xml", "--output", "csv").out)
    )
    assert (line["invoice_number"], line["currency_code"]) == ("FA-2026-0093", "EUR")


def test_decision_on_what_waits_is_explained_and_can_be_taken_back(
    server: Path, ids: dict[str, str]
) -> None:
    name = ids["polderdruk-wrong-total.xml"]
    unexplained = on_server(server, "approve", name)
    assert unexplained.exit_code == ExitCode.USAGE
    assert "(BR-CO-15)): use --comment [COMMENT_MISSING, " in unexplained.err
    assert on_server(server, "approve", name, "--comment", "agreed").exit_code == ExitCode.OK
    kept = on_server(server, "delete", "--yes", name)
    assert kept.exit_code == ExitCode.CONFLICT
    assert "use --force [FORCE_MISSING, " in kept.err
    forced = on_server(server, "delete", "--yes", "--force", name)
    assert forced.exit_code == ExitCode.USAGE
    assert "use --comment (2026-PD-3308, Polderdruk" in forced.err
    barred = on_server(server, "correct", name, "due=2026-05-05")
    assert "take that back first, by `invoicectl reopen INVOICE --comment TEXT`" in barred.err
    reopened = on_server(server, "reopen", name, "--comment", "wrong one")
    assert reopened.out == (
        f"reopened 2026-PD-3308, Polderdruk B.V., 2026-03-18, 1072.59 EUR ({name}): review pending\n"
    )
    told = on_server(server, "history", name, "--page-size", "2").out
    assert "invoice reopened, by owner\n  “wrong one”" in told
    assert "invoice approved, by owner\n  “agreed”" in told
    assert on_server(server, "reopen", name, "--comment", "x").exit_code == ExitCode.CONFLICT


def test_correction_is_checked_again_and_can_be_approved_then(
    server: Path, ids: dict[str, str]
) -> None:
    name = ids["polderdruk-wrong-total.xml"]
    corrections = ("totals.amount_with_vat=1063.59", "totals.amount_due=1063.59")
    ran = on_server(server, "correct", name, *corrections, "--output", "json")
    assert ran.exit_code == ExitCode.OK, ran.err
    answer = ran.json()
    corrected = answer["invoice"]
    assert [change["after"] for change in answer["changes"]] == ["1063.59", "1063.59"]
    assert corrected["status"] == "REVIEW_PENDING"
    assert corrected["review_reasons"] == [
        "CHANGED_BY_PERSON:totals.amount_with_vat",
        "CHANGED_BY_PERSON:totals.amount_due",
    ]
    assert "COMMENT_MISSING" in on_server(server, "approve", name).err
    assert corrected["content"]["totals"]["amount_with_vat"] == "1063.59"
    [annotation] = [
        each for each in corrected["annotations"] if each["field_path"] == "totals.amount_with_vat"
    ]
    assert annotation["evidence"][0]["human_edit"]["actor"] == "owner"
    stale = on_server(server, "approve", name, "--etag", '"stale"')
    assert stale.exit_code == ExitCode.CONFLICT
    assert "ETAG_MISMATCH" in stale.err
    approved = on_server(server, "approve", name, "--comment", "fine", "--output", "json").json()
    assert (approved["status"], approved["decision_comment"]) == ("APPROVED", "fine")
    twice = on_server(server, "approve", name)
    assert "the invoice is approved already [WRONG_STATE, " in twice.err
    again = on_server(server, "reprocess", name)
    assert again.exit_code == ExitCode.CONFLICT
    assert "WRONG_STATE" in again.err


def test_correction_prints_what_it_did_to_fields_checks_and_status(
    server: Path, ids: dict[str, str]
) -> None:
    ran = on_server(server, "correct", ids["garonne-ubl.xml"], "totals.amount_due=1.00")
    assert "  totals.amount_due: 3196.65 -> 1.00\n" in ran.out
    id = ids["garonne-ubl.xml"][:8]
    assert ran.out.endswith(
        "BR-CO-16 now fails\nStatus: review pending, was ready\nNeeds a person:\n"
        "  a person has changed the amount due [CHANGED_BY_PERSON]\n"
        "  the amount due is not the total less what was paid (BR-CO-16) [RULE_FAILED]\n"
        f"`invoicectl get {id}` shows it whole, `invoicectl approve {id} --comment TEXT` approves it.\n"
    )
    back = on_server(server, "correct", ids["garonne-ubl.xml"], "totals.amount_due=3196.65")
    assert "BR-CO-16 now holds\nStatus: ready, was review pending\n" in back.out
    refused = on_server(server, "correct", ids["garonne-ubl.xml"], "totals.amount_due=1,00")
    assert ", not '1,00' [INVALID_VALUE, " in refused.err


def test_lines_of_an_invoice_are_shown_with_their_evidence(
    server: Path, ids: dict[str, str]
) -> None:
    name = ids["garonne-ubl.xml"]
    invoice = on_server(server, "get", name, "--output", "json").json()
    ran = on_server(server, "lines", name, "--page-size", "1", "--all", "--output", "json")
    assert ran.exit_code == ExitCode.OK, ran.err
    lines = ran.json()
    assert [line["line"] for line in lines] == invoice["content"]["lines"]
    assert len(lines) == invoice["line_count"] > 1
    assert all(line["annotations"][0]["evidence"] for line in lines)
    first = on_server(server, "lines", name, "--page-size", "1")
    assert f"1 of {len(lines)} lines (--all for the rest)" in first.out


def test_history_says_who_did_what(server: Path, ids: dict[str, str]) -> None:
    name = ids["garonne-ubl.xml"]
    assert on_server(server, "correct", name, "project_reference=P-1").exit_code == ExitCode.OK
    ran = on_server(server, "history", name, "--output", "json")
    assert ran.exit_code == ExitCode.OK, ran.err
    kinds = [event["kind"] for event in ran.json()]
    assert kinds[0] == "INVOICE_CORRECTED" and kinds[-1] == "INVOICE_RECEIVED"
    assert ran.json()[0]["changed"] == ["project_reference"]
    shown = on_server(server, "history", name, "--page-size", "1")
    assert "invoice corrected, by owner" in shown.out
    assert "1 event (--all for the rest)" in shown.out


def test_reading_again_asks_before_corrections_are_lost(server: Path, ids: dict[str, str]) -> None:
    name = ids["nordlicht-cii.xml"]
    why = ("--comment", "as they wrote")
    assert on_server(server, "correct", name, "invoice_number=R-9", *why).exit_code == ExitCode.OK
    told = on_server(server, "history", name).out
    assert "  “as they wrote”\n  invoice_number: R-9 (the document says NB-2026-00417)\n" in told
    refused = on_server(server, "reprocess", name)
    assert refused.exit_code == ExitCode.CONFLICT
    assert "--discard-corrections reads it all the same [CORRECTIONS_AT_STAKE, " in refused.err
    for answer, expected in (("n", "R-9"), ("y", "NB-2026-00417")):
        ours, theirs = os.openpty()
        with open(ours, "wb", buffering=0) as person, open(theirs) as terminal:
            person.write(f"{answer}\n".encode())
            asked = subprocess.run(
                command("--data", server, "reprocess", name),
                env=environment(),
                stdin=terminal,
                capture_output=True,
                check=False,
            )
        assert b"lose what they corrected?" in asked.stderr
        assert asked.returncode == (ExitCode.OK if answer == "y" else ExitCode.FINDING)
        invoice = on_server(server, "get", name, "--output", "json").json()
        assert invoice["content"]["invoice_number"] == expected
    assert "what people had corrected was to be lost" in on_server(server, "history", name).out


@pytest.mark.parametrize(
    ("correction", "reason"),
    [
        ("totals.amount_du=1", "UNKNOWN_FIELD"),
        ("lines[99].net_amount=1", "UNKNOWN_FIELD"),
        ("totals=1", "INVALID_CORRECTION"),
        ("totals.amount_due=much", "INVALID_VALUE"),
        ("issue_date=1.2.2026", "INVALID_VALUE"),
        ("issue_date", "USAGE"),
    ],
)
def test_correction_that_cannot_be_is_wrong_usage(
    server: Path, ids: dict[str, str], correction: str, reason: str
) -> None:
    ran = on_server(server, "correct", ids["garonne-ubl.xml"], correction)
    assert ran.exit_code == ExitCode.USAGE
    assert f"[{reason}" in ran.err


def test_sums_are_exact_and_grouped(server: Path, ids: dict[str, str]) -> None:
    answer = answer_of(server, "aggregate", "--by", "supplier", "--filter", 'currency="GBP"')
    groups, [total] = answer["aggregates"], answer["totals"]
    assert (total["count"], total["amount_with_vat"]) == ("1", "10333.12")
    assert [(each["supplier"], each["count"], each["amount_with_vat"]) for each in groups] == [
        ("Fenwick & Rowe Instruments Ltd", "1", "10333.12")
    ]
    by_currency = answer_of(server, "aggregate", "--by", "currency")
    assert by_currency == answer_of(server, "aggregate")
    shown = on_server(server, "aggregate", "--by", "month").out.splitlines()
    months = [line.split()[1] for line in shown if line.startswith("EUR  ")]
    assert months == [*sorted(months[:-1]), "total"]
    assert "1 credit note among them is subtracted." in shown
    assert on_server(server, "aggregate", "--by", "colour").exit_code == ExitCode.USAGE


def test_help_of_sums_says_by_what_they_are_grouped_and_which_way_credit_notes_count() -> None:
    said = " ".join(invoicectl("aggregate", "--help").out.replace("│", " ").split())
    assert "currency, supplier, month or status" in said
    assert "A credit note that states positive amounts" in said and "is subtracted" in said


def test_deleted_invoice_is_not_found(server: Path, ids: dict[str, str]) -> None:
    name = ids["garonne-credit-note.xml"]
    assert (
        on_server(server, "delete", name).exit_code == ExitCode.USAGE
    ), "nobody is there to be asked"
    assert on_server(server, "delete", "--yes", name).exit_code == ExitCode.OK
    ran = on_server(server, "get", name)
    assert ran.exit_code == ExitCode.NOT_FOUND
    assert "`invoicectl history` says whether it was deleted [RESOURCE_NOT_FOUND, " in ran.err
    assert len(ran.err.splitlines()) == 1
    assert "invoice deleted, by owner" in on_server(server, "history", name).out
    by_file = on_server(server, "history", "garonne-credit-note.xml")
    assert by_file.exit_code == ExitCode.NOT_FOUND
    assert "type its whole id, which `ingest` and `delete` print" in by_file.err


def test_deleting_what_is_approved_asks_why_and_the_history_keeps_it(
    server: Path, ids: dict[str, str]
) -> None:
    name = ids["muehlbach-hybrid.pdf"]
    assert on_server(server, "approve", name, "--comment", "fine").exit_code == ExitCode.OK
    kept = on_terminal(server, "delete", "--force", name, typed="sent twice\nn\n")
    assert kept.exit_code != ExitCode.OK and "Why is it deleted" in kept.out
    gone = on_terminal(server, "delete", "--force", name, typed=" \nsent twice\ny\n")
    assert gone.exit_code == ExitCode.OK, gone.err
    assert f"({name})\n" in gone.out and "`invoicectl history` takes the whole id" in gone.err
    told = on_server(server, "history", name).out
    assert "invoice deleted, by owner\n  “sent twice”" in told


def test_every_invoice_to_be_deleted_has_its_own_outcome(server: Path, ids: dict[str, str]) -> None:
    first, second = ids["nordlicht-cii.xml"], ids["fenwick-two-pages.pdf"]
    ran = on_server(server, "delete", "--yes", first, "nosuch", second, first)
    assert ran.exit_code == ExitCode.NOT_FOUND
    gone, missing, also_gone = ran.out.splitlines()
    assert gone.startswith("deleted NB-2026-00417, Nordlicht") and gone.endswith(f"({first})")
    assert also_gone.startswith("deleted FR-104582, Fenwick") and also_gone.endswith(f"({second})")
    assert missing.startswith("not deleted nosuch: no invoice has the number")
    again = on_server(server, "delete", "--yes", first, second, "--output", "jsonl")
    assert again.exit_code == ExitCode.NOT_FOUND
    records = [json.loads(line) for line in again.out.splitlines()]
    assert [record["name"] for record in records] == [first, second]
    assert {record["error"]["reason"] for record in records} == {"RESOURCE_NOT_FOUND"}


def test_bad_filter_is_wrong_usage_with_its_position(server: Path) -> None:
    ran = on_server(server, "list", "--filter", 'status="ready" AND colour="red"')
    assert ran.exit_code == ExitCode.USAGE
    assert "no field colour; the fields are: id, status, reason, kind, " in ran.err
    assert "at character 19" in ran.err
    assert "INVALID_FILTER" in ran.err
    meant = on_server(server, "list", "--filter", "suplier:acme")
    assert "no field suplier (at character 0); did you mean supplier?" in meant.err
    quoted = on_server(server, "list", "--filter", "status=review pending and due>2026-01-01")
    assert """did you mean --filter 'status="review pending" AND due>2026-01-01'?""" in quoted.err
    unsorted = on_server(server, "list", "--order-by", "account")
    assert "these are: id, status, kind, form, received, " in unsorted.err
