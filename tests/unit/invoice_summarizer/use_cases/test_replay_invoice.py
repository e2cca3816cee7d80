"""A replay says what another program, reader or model makes of an invoice; each summary for itself."""

import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest
from summarizing import summarize_invoice, summarized, summary_writer

from en16931.field_path import replaced, value_at
from en16931.finding import Outcome
from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read
from invoice_reading.reading import Reading
from invoice_reading.stages import Stages
from invoice_summarizer.adapters.memory.document_reader import MemoryDocumentReader
from invoice_summarizer.adapters.memory.language_model import Answer, MemoryLanguageModel
from invoice_summarizer.adapters.memory.object_store import MemoryObjectStore
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.document_task import reading_operation
from invoice_summarizer.domain.duplicates import with_duplicates
from invoice_summarizer.domain.operation import OperationKind
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.domain.replay import (
    SUMMARIES_LIMIT,
    TEXT_LIMIT,
    ReplayedSummary,
    ReplayOutcome,
    ReplayVerdict,
)
from invoice_summarizer.domain.summarizing.model_request import ModelRequest
from invoice_summarizer.domain.summary import Style, Summary
from invoice_summarizer.ports.language_model import LanguageModel, ModelFailure
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.use_cases.replay_invoice import MODEL_SECONDS, ReplayInvoice
from small_invoice import ubl_invoice
from storage_samples import LONG_AGO, add_invoice, read_invoice

EDITOR = Principal(subject="ed", tenant="acme", roles=frozenset({Role.EDITOR}))
DOCUMENT = ubl_invoice(declared_total="128.00", lines=3)
READING = read(DOCUMENT, "", Stages(pdf_engine=MuPdfEngine()))


class System:
    """An invoice of the document, whose stored reading and summaries may be those of another program."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.transactions = MemoryTransactions(self.store)
        self.objects = MemoryObjectStore()
        self.invoice = read_invoice(1)

    async def add(self, reading: Reading = READING) -> None:
        stored = await self.objects.put("acme", _once(DOCUMENT), limit_bytes=len(DOCUMENT))
        document = replace(
            self.invoice.document, sha256=stored.sha256, media_type="application/xml"
        )
        self.invoice = replace(self.invoice, document=document, reading=reading)
        async with self.transactions.begin("acme") as transaction:
            await add_invoice(transaction, self.invoice)

    async def summary(
        self,
        model: LanguageModel | None = None,
        style: Style = Style.APPROVER,
        build: str = "1",
        language: str = "en",
    ) -> Summary:
        summarize = summarize_invoice(self.store, model=model, build=build)
        done = await summarized(
            summarize, EDITOR, self.invoice.id, style=style, language_code=language
        )
        return done.summary

    def rewrite(self, summary: Summary, **changes: object) -> None:
        """The stored summary is another."""
        key = ("acme", self.invoice.id, summary.id)
        self.store.committed.summaries.put(key, replace(summary, **changes))  # type: ignore[arg-type]

    async def replay(
        self,
        model: LanguageModel | None = None,
        build: str = "1",
        clock: Callable[[], float] = time.monotonic,
    ) -> ReplayOutcome:
        replay = ReplayInvoice(
            self.transactions,
            self.objects,
            MemoryDocumentReader({}),
            in_a_thread,
            summary_writer(model, build),
            clock,
        )
        operation = reading_operation("replay", OperationKind.REPLAY, self.invoice.header, LONG_AGO)
        outcome = await replay(operation)
        # As it is stored, and comes back.
        encoded = msgspec.json.encode(outcome.result)
        assert ReplayOutcome.of(msgspec.json.decode(encoded)) == outcome
        return outcome


async def _once(data: bytes) -> AsyncIterator[bytes]:
    yield data


@pytest.fixture
def system() -> System:
    return System()


def backwards(request: ModelRequest) -> list[str | ModelFailure]:
    asked = msgspec.json.decode(request.user)
    keys = [*asked["required"], *asked["optional"]]
    return [msgspec.json.encode({"segments": keys[::-1]}).decode()]


def failing(request: ModelRequest) -> list[str | ModelFailure]:
    return [ModelFailure.TOO_SLOW]


def refused(request: ModelRequest) -> list[str | ModelFailure]:
    return ["The invoice is paid."]


async def verdict(system: System, model: Answer | None) -> ReplayedSummary:
    outcome = await system.replay(MemoryLanguageModel(model) if model else None)
    [summary] = outcome.summaries
    return summary


async def test_same_program_gives_the_same(system: System) -> None:
    await system.add()
    for style in Style:
        await system.summary(style=style)
    outcome = await system.replay()
    assert outcome.reading.is_equal
    assert {each.verdict for each in outcome.summaries} == {ReplayVerdict.EQUAL}
    assert all(each.same_writer and not each.old_text for each in outcome.summaries)


async def test_suspected_duplicate_is_no_part_of_reading(system: System) -> None:
    await system.add(with_duplicates(READING, ["other"]))
    assert (await system.replay()).reading.is_equal


@pytest.mark.parametrize(
    ("change", "differing"),
    [
        (lambda r: replace(r, findings=r.findings[1:]), ("findings",)),
        (lambda r: replace(r, review_reasons=()), ("review_reasons",)),
        (lambda r: replace(r, other_rules={Outcome.PASSED: ("OLD-01",)}), ("other_rules",)),
        (
            lambda r: replace(r, completeness=replace(r.completeness, rows_seen=9)),
            ("completeness",),
        ),
    ],
)
async def test_parts_of_a_reading_that_differ_are_named(
    system: System, change: Callable[[Reading], Reading], differing: tuple[str, ...]
) -> None:
    await system.add(change(READING))
    reading = (await system.replay()).reading
    assert (reading.difference_count, reading.other_differences) == (0, differing)
    assert not reading.is_equal


async def test_fields_that_another_program_read_otherwise_are_told_with_both_values(
    system: System,
) -> None:
    content = replaced(READING.content, "seller.name", "Nordwind")
    content = replaced(content, "buyer_reference", "x" * 1000)
    annotations = {
        path: known for path, known in READING.annotations.items() if path != "issue_date"
    }
    await system.add(replace(READING, content=content, annotations=annotations))
    reading = (await system.replay()).reading
    told = [
        (each.field_path, each.old_value, each.new_value, each.annotation_differs)
        for each in reading.differences
    ]
    assert told == [
        ("issue_date", "2026-11-02", "2026-11-02", True),
        ("buyer_reference", "x" * 200, None, False),
        ("seller.name", "Nordwind", "Nordwind GmbH", False),
    ]
    assert not any(each.changed_by_person for each in reading.differences)


async def test_more_decimals_are_another_value(system: System) -> None:
    stated = value_at(READING.content, "totals.vat_amount")
    assert stated == Decimal("57.00")
    content = replaced(READING.content, "totals.vat_amount", Decimal("57.000"))
    await system.add(replace(READING, content=content))
    [difference] = (await system.replay()).reading.differences
    assert (difference.old_value, difference.new_value) == ("57.000", "57.00")


async def test_summary_of_another_program_is_told_with_both_texts(system: System) -> None:
    await system.add()
    summary = await system.summary()
    system.rewrite(summary, text="old words " * 500)
    [replayed] = (await system.replay(build="2")).summaries
    assert (replayed.verdict, replayed.same_writer) == (ReplayVerdict.DIFFERENT, False)
    assert replayed.old_text == ("old words " * 500)[:TEXT_LIMIT]
    assert replayed.new_text == summary.text[:TEXT_LIMIT]


async def test_claims_are_compared_too(system: System) -> None:
    await system.add()
    summary = await system.summary()
    system.rewrite(summary, claims=summary.claims[1:])
    [replayed] = (await system.replay()).summaries
    assert replayed.verdict is ReplayVerdict.DIFFERENT


async def test_summary_in_a_language_that_is_not_written_any_more_says_why(
    system: System,
) -> None:
    await system.add()
    system.rewrite(await system.summary(), language_code="tlh")
    [replayed] = (await system.replay()).summaries
    assert replayed.verdict is ReplayVerdict.DIFFERENT
    assert (replayed.reasons, replayed.new_text) == (("LANGUAGE_UNSUPPORTED",), "")


async def test_text_of_a_model_is_asked_of_the_model_again(system: System) -> None:
    await system.add()
    await system.summary(MemoryLanguageModel(backwards))
    assert (await verdict(system, backwards)).verdict is ReplayVerdict.EQUAL
    other = await verdict(system, lambda _: ['{"segments": ["s1"]}'])
    assert other.verdict is ReplayVerdict.DIFFERENT and other.same_writer


@pytest.mark.parametrize(
    ("model", "expected", "reasons"),
    [
        (None, ReplayVerdict.MODEL_NOT_CONFIGURED, ()),
        (failing, ReplayVerdict.MODEL_FAILED, ("TOO_SLOW",)),
        (refused, ReplayVerdict.MODEL_FAILED, ("ANSWER_NOT_JSON",)),
    ],
)
async def test_model_that_does_not_write_is_told(
    system: System, model: Answer | None, expected: ReplayVerdict, reasons: tuple[str, ...]
) -> None:
    await system.add()
    await system.summary(MemoryLanguageModel(backwards))
    replayed = await verdict(system, model)
    assert (replayed.verdict, replayed.reasons) == (expected, reasons)
    assert replayed.new_text == ""


@pytest.mark.parametrize("model", [failing, refused])
async def test_text_that_templates_wrote_for_a_model_is_theirs_again(
    system: System, model: Answer
) -> None:
    await system.add()
    await system.summary(MemoryLanguageModel(model))
    asked = MemoryLanguageModel(backwards)
    [replayed] = (await system.replay(asked)).summaries
    assert replayed.verdict is ReplayVerdict.EQUAL
    assert asked.requests == []


async def test_summaries_for_which_no_time_is_left_are_told(system: System) -> None:
    """Each answer takes two fifths of the time; the third has a fifth left, and is cut off there."""
    await system.add()
    await system.summary(style=Style.ONE_LINE)
    for language in ("de", "fr", "it", "es"):
        await system.summary(MemoryLanguageModel(backwards), language=language)
    now = 0.0

    def slow(request: ModelRequest) -> list[str | ModelFailure]:
        nonlocal now
        now += MODEL_SECONDS * 0.4
        return backwards(request) if now < MODEL_SECONDS else failing(request)

    model = MemoryLanguageModel(slow)
    outcome = await system.replay(model, clock=lambda: now)
    # A text of the templates needs no time of a model, though it is the oldest.
    assert [each.verdict for each in outcome.summaries] == [
        ReplayVerdict.EQUAL,
        ReplayVerdict.EQUAL,
        ReplayVerdict.OUT_OF_TIME,
        ReplayVerdict.OUT_OF_TIME,
        ReplayVerdict.EQUAL,
    ]
    assert [each.reasons for each in outcome.summaries] == [()] * 5
    assert len(model.requests) == 3


async def test_model_gets_no_more_time_than_is_left(system: System) -> None:
    await system.add()
    await system.summary(MemoryLanguageModel(backwards))
    times = iter([0.0, MODEL_SECONDS - 0.01, MODEL_SECONDS])
    never = MemoryLanguageModel(lambda _: [None])
    [summary] = (await system.replay(never, clock=lambda: next(times))).summaries
    assert summary.verdict is ReplayVerdict.OUT_OF_TIME


async def test_of_very_many_summaries_the_newest_are_written_again(system: System) -> None:
    await system.add()
    for number in range(SUMMARIES_LIMIT + 2):
        await system.summary(style=Style.ONE_LINE, build=str(number))
    outcome = await system.replay(build="51")
    assert (len(outcome.summaries), outcome.more_summaries) == (SUMMARIES_LIMIT, True)
    assert outcome.summaries[0].same_writer
    assert sum(each.same_writer for each in outcome.summaries) == 1
