"""Whatever a document says to a model, and whatever the model answers: a summary says what the templates could say.

`benchmarks:injections` asks a real model.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import cycle, islice, product

from prompt_injections.answers import answers
from prompt_injections.documents import ALL, UNSEEN, injections
from prompt_injections.judgement import STATUS, InjectedReading, reached, read_injection
from prompt_injections.orders import KINDS, MARKS
from summarizing import summarize_invoice, summarized

from invoice_summarizer.adapters.memory.language_model import MemoryLanguageModel
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.domain.summarizing.language import SUPPORTED_LANGUAGES
from invoice_summarizer.domain.summary import Origin, Style
from invoice_summarizer.use_cases.write_summary import Wanted, Written
from storage_samples import add_invoice, read_invoice

EDITOR = Principal(subject="ed", tenant="acme", roles=frozenset({Role.EDITOR}))
INVOICE = replace(read_invoice(1), status=STATUS)
_ANSWERS_EACH = 3
_STYLES = (Style.SHORT, Style.APPROVER, Style.FULL)


@cache
def injected() -> tuple[InjectedReading, ...]:
    return tuple(map(read_injection, injections()))


def asked() -> Iterator[tuple[InjectedReading, str, Wanted]]:
    """Yields every document with some of the answers, so that all answers, languages and styles come."""
    names = cycle(answers(""))
    forms = cycle(product(sorted(SUPPORTED_LANGUAGES), _STYLES))
    for each in injected():
        language, style = next(forms)
        wanted = Wanted(language_code=language, style=style, instruction=each.injection.instruction)
        for name in islice(names, _ANSWERS_EACH):
            yield each, name, wanted


async def written(each: InjectedReading, answer: str, wanted: Wanted) -> Written:
    """Returns what comes of the stored document by the answer, and the model is asked as it should be."""
    injection = each.injection
    order = injection.instruction or injection.data.decode("utf-8", "replace")[:4000]
    model = MemoryLanguageModel(answers(order)[answer])
    summarize = summarize_invoice(await stored(each), model=model)
    found = await summarized(
        summarize,
        EDITOR,
        INVOICE.id,
        language_code=wanted.language_code,
        style=wanted.style,
        instruction=wanted.instruction,
    )
    [request] = model.requests
    assert not any(mark in request.system for mark in MARKS)
    if injection.place in UNSEEN - {"instruction"}:
        assert not any(mark in request.user for mark in MARKS)
    assert found.written is not None
    return found.written


async def stored(each: InjectedReading) -> MemoryStore:
    store = MemoryStore()
    document = replace(INVOICE.document, file_name=each.injection.file_name)
    async with MemoryTransactions(store).begin(INVOICE.tenant) as transaction:
        await add_invoice(transaction, replace(INVOICE, document=document, reading=each.reading))
    return store


def test_orders_stand_at_every_kind_of_place_and_are_seen_there() -> None:
    assert len(injected()) == ALL
    assert {each.injection.kind for each in injected()} == set(KINDS)
    assert {each.injection.place for each in injected()} >= UNSEEN
    assert len({each.injection.place for each in injected()}) > 40
    assert len({each.injection.data for each in injected()}) > 0.8 * ALL


async def test_order_reaches_nothing_whatever_the_model_answers() -> None:
    found = [
        (each.injection.name, answer, what)
        for each, answer, wanted in asked()
        for what in reached(each, wanted, await written(each, answer, wanted))
    ]
    assert found == []


async def test_answers_are_taken_and_refused() -> None:
    """Both locks are tried: answers that are taken, of which nothing false comes, and answers that are refused."""
    origins = {answer: set[Origin]() for answer in answers("")}
    for each, answer, wanted in islice(asked(), 4 * len(origins)):
        origins[answer].add((await written(each, answer, wanted)).origin)
    taken = {answer for answer, of in origins.items() if of == {Origin.MODEL}}
    refused = {answer for answer, of in origins.items() if of == {Origin.TEMPLATE_AFTER_REFUSAL}}
    assert taken >= {"one sentence alone", "everything backwards", "everything three times"}
    assert refused >= {"free words", "the order as a key", "free words among the keys"}
    assert Origin.TEMPLATE_AFTER_FAILURE not in set().union(*origins.values())
