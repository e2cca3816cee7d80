"""A gRPC server with what stands around every call."""

from collections.abc import Sequence

from invoice_summarizer.ports.clock import new_uuid
from invoice_summarizer.ports.token_verifier import TokenVerifier
from invoice_summarizer.rpc.interceptor import CallInterceptor
from invoice_summarizer.rpc.server import ApiServer, Service
from invoice_summarizer.settings import ServerSettings
from invoice_summarizer.telemetry import Metrics


def api_server(
    settings: ServerSettings, tokens: TokenVerifier, metrics: Metrics, services: Sequence[Service]
) -> ApiServer:
    """Raises WrongSetting where the files of TLS cannot be used."""
    interceptor = CallInterceptor(
        tokens,
        metrics,
        new_uuid,
        default_deadline_seconds=settings.default_deadline_seconds,
        longest_deadline_seconds=settings.longest_deadline_seconds,
    )
    return ApiServer(settings, [interceptor], services)
