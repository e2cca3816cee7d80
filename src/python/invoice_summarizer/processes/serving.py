"""A gRPC server with what stands around every call."""

from collections.abc import Sequence
from pathlib import Path

from invoice_summarizer.ports.clock import new_uuid
from invoice_summarizer.ports.tenant_places import OWN_PLACES, TenantPlaces
from invoice_summarizer.ports.token_verifier import TokenVerifier
from invoice_summarizer.processes.named_things import Looks
from invoice_summarizer.rpc import tls
from invoice_summarizer.rpc.admission import Admission, Limits
from invoice_summarizer.rpc.interceptor import CallInterceptor
from invoice_summarizer.rpc.server import ApiServer, Service
from invoice_summarizer.rpc.upload_pace import Pace
from invoice_summarizer.settings import ServerSettings
from invoice_summarizer.telemetry import Metrics


def api_server(
    settings: ServerSettings,
    tokens: TokenVerifier,
    metrics: Metrics,
    services: Sequence[Service],
    places: TenantPlaces = OWN_PLACES,
) -> ApiServer:
    """`places` are those of all servers; each has its own limits besides.

    Raises WrongSetting where the files of TLS cannot be used.
    """
    interceptor = CallInterceptor(
        tokens,
        metrics,
        new_uuid,
        Admission(limits_of(settings), places, tenant_percent=settings.tenant_percent),
        upload_pace=Pace(
            patience_seconds=settings.upload_patience_seconds,
            bytes_per_second=settings.upload_bytes_per_second,
        ),
        default_deadline_seconds=settings.default_deadline_seconds,
        longest_deadline_seconds=settings.longest_deadline_seconds,
    )
    server = ApiServer(settings, [interceptor], services)
    if server.certificates:
        certificates = server.certificates
        metrics.certificate_expires.labels("server").set_function(
            lambda: certificates.expires().timestamp()
        )
    return server


def limits_of(settings: ServerSettings) -> Limits:
    """Returns the limits of all calls of a server."""
    return Limits(
        calls=settings.max_concurrent_calls,
        uploads=settings.max_concurrent_uploads,
        upload_bytes=settings.max_upload_bytes,
    )


TLS_LOOKS: Looks = {
    (tls.CERTIFICATE, tls.KEY): lambda certificate, key: tls.require_identity(
        Path(certificate), Path(key)
    ),
    (tls.AUTHORITY,): lambda file: tls.require_authority(Path(file)),
}
