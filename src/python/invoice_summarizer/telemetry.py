"""Logs and metrics: one JSON event a line on standard error, and the numbers of a process. Never content of a document."""

import logging
import math
import sys
from typing import Any, TextIO

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_DURATION_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


def configure_logging(service: str, level: str = "INFO", file: TextIO | None = None) -> None:
    """Every event is one JSON object with time, level, service and what is bound to the call.

    It goes to the file, standard error where none is given.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            _upper_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            _with_service(service),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.WriteLoggerFactory(file=file or sys.stderr),
        cache_logger_on_first_use=True,
    )


def _with_service(service: str) -> structlog.typing.Processor:
    def add(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        event["service"] = service
        return event

    return add


def _upper_level(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    # Operators search the logs for the literal ERROR.
    event["level"] = event["level"].upper()
    return event


class Metrics:
    """The metrics of one process, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.calls = Counter(
            "grpc_server_handled_total",
            "Calls that have ended, by their status code.",
            ("grpc_service", "grpc_method", "grpc_code"),
            registry=self.registry,
        )
        self.call_seconds = Histogram(
            "grpc_server_handling_seconds",
            "How long calls took.",
            ("grpc_service", "grpc_method"),
            buckets=_DURATION_BUCKETS,
            registry=self.registry,
        )
        self.refused_calls = Counter(
            "grpc_server_refused_total",
            "Calls that went beyond a limit, by the reason, and whose limit it is.",
            ("reason", "whose"),
            registry=self.registry,
        )
        self.calls_in_flight = Gauge(
            "grpc_server_in_flight", "Calls under way.", registry=self.registry
        )
        self.certificate_expires = Gauge(
            "tls_certificate_expires_timestamp_seconds",
            "When the certificate in use expires, by what it is used as; seconds since 1970.",
            ("use",),
            registry=self.registry,
        )
        self.cache_requests = Counter(
            "cache_requests_total",
            "Reads of what Redis may keep, by what is kept and what came of it.",
            ("kind", "result"),
            registry=self.registry,
        )
        self.redis_up = Gauge(
            "redis_up",
            "Whether Redis has answered last, by its role; 1 or 0.",
            ("role",),
            registry=self.registry,
        )
        self.operations = Counter(
            "invoice_operations_total",
            "Operations that a worker has ended, by outcome.",
            ("kind", "outcome"),
            registry=self.registry,
        )
        self.summaries = Counter(
            "invoice_summaries_total",
            "Summaries that were written, by origin.",
            ("origin",),
            registry=self.registry,
        )
        self.added_sentences = Counter(
            "invoice_summary_added_sentences_total",
            "Required sentences that a model left out and that were added.",
            registry=self.registry,
        )
        self.model_misses = Counter(
            "invoice_model_misses_total",
            "Answers of a model that did not become a summary, by the reason.",
            ("reason",),
            registry=self.registry,
        )
        self.model_tokens = Counter(
            "invoice_model_tokens_total",
            "Tokens of requests to a model (prompt) and of its answers (answer), as far as it tells.",
            ("tenant", "phase"),
            registry=self.registry,
        )
        self.model_cost_units = Counter(
            "invoice_model_cost_units_total",
            "What these tokens cost, in the units of the settings.",
            ("tenant", "phase"),
            registry=self.registry,
        )
        self.model_wait_seconds = Histogram(
            "invoice_model_wait_seconds",
            "How long answers of a model took to begin: the wait for its turn, and its reading of the prompt.",
            buckets=_DURATION_BUCKETS,
            registry=self.registry,
        )
        self.reading_assists = Counter(
            "invoice_reading_assists_total",
            "Documents that were not read surely and of which a model was asked, by what came of it.",
            ("outcome",),
            registry=self.registry,
        )
        self.first_segment_seconds = Histogram(
            "invoice_summary_first_segment_seconds",
            "How long callers of StreamSummary waited for the first segment of a new summary, by its origin.",
            ("origin",),
            buckets=_DURATION_BUCKETS,
            registry=self.registry,
        )


class QueueMetrics:
    """What a worker says of the queue of all workers; NaN while the queue does not answer."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.due = Gauge(
            "invoice_queue_due_operations",
            "Operations of all tenants that wait to be taken up.",
            registry=registry,
        )
        self.oldest_due_seconds = Gauge(
            "invoice_queue_oldest_due_seconds",
            "How long the oldest of them has been due.",
            registry=registry,
        )
        self.set(math.nan, math.nan)

    def set(self, due: float, oldest_due_seconds: float) -> None:
        self.due.set(due)
        self.oldest_due_seconds.set(oldest_due_seconds)
