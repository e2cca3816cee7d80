"""The use case that writes summaries, over memory."""

from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.domain.summary import Style
from invoice_summarizer.ports.clock import NewId, new_uuid, utc_now
from invoice_summarizer.ports.language_model import LanguageModel
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.use_cases.summarize_invoice import Summarized, SummarizeInvoice
from invoice_summarizer.use_cases.write_summary import SummaryWriter, Wanted


def summary_writer(model: LanguageModel | None = None, build: str = "1") -> SummaryWriter:
    return SummaryWriter(in_a_thread, model, build=build, answer_seconds=5.0)


def summarize_invoice(
    store: MemoryStore,
    *,
    model: LanguageModel | None = None,
    build: str = "1",
    new_id: NewId = new_uuid,
) -> SummarizeInvoice:
    return SummarizeInvoice(
        MemoryTransactions(store), summary_writer(model, build), utc_now, new_id
    )


async def summarized(
    summarize: SummarizeInvoice,
    principal: Principal,
    invoice_id: str,
    *,
    language_code: str = "en",
    style: Style = Style.SHORT,
    instruction: str = "",
) -> Summarized:
    wanted = Wanted(language_code=language_code, style=style, instruction=instruction)
    return await summarize(principal, invoice_id, wanted, seconds_left=5.0)
