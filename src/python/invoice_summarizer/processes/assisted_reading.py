"""What reads documents where a model may point at words."""

from invoice_summarizer.ports.document_reader import AskingDocumentReader, DocumentReader
from invoice_summarizer.ports.language_model import LanguageModel
from invoice_summarizer.settings import ModelSettings
from invoice_summarizer.telemetry import Metrics
from invoice_summarizer.use_cases.assisted_reading import AssistedDocumentReader


def reader_with_model(
    reader: AskingDocumentReader,
    settings: ModelSettings | None,
    model: LanguageModel | None,
    metrics: Metrics,
) -> DocumentReader:
    """Returns the reader, which asks the model where the settings say so; the metrics have what became of it."""
    if settings is None or model is None or not settings.assists_reading:
        return reader
    return AssistedDocumentReader(
        reader,
        model,
        answer_seconds=settings.answer_seconds,
        counted=lambda outcome: metrics.reading_assists.labels(outcome).inc(),
    )
