"""Where the services are, and the channels to them: TLS, limits, retries."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import grpc
import grpc.aio

from invoice_summarizer.cli.tls_files import TlsFiles, require_usable

# Calls that can be repeated without harm; the others are not tried again.
_REPEATABLE = (
    {"service": "invoices.v1.QueryService"},
    {"service": "invoices.v1.ValidateService"},
    {"service": "google.longrunning.Operations"},
    {"service": "invoices.v1.SummarizeService", "method": "GetBatch"},
    {"service": "invoices.v1.SummarizeService", "method": "ListBatches"},
    {"service": "invoices.v1.SummarizeService", "method": "ListBatchItems"},
    # These carry a request id.
    {"service": "invoices.v1.SummarizeService", "method": "CreateBatch"},
    {"service": "invoices.v1.IngestService", "method": "IngestInvoice"},
    {"service": "invoices.v1.IngestService", "method": "ReprocessInvoice"},
)
_SERVICE_CONFIG = json.dumps(
    {
        "methodConfig": [
            {
                "name": _REPEATABLE,
                "retryPolicy": {
                    "maxAttempts": 4,
                    "initialBackoff": "0.1s",
                    "maxBackoff": "1s",
                    "backoffMultiplier": 2,
                    "retryableStatusCodes": ["UNAVAILABLE"],
                },
            }
        ]
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where the three services are, and who calls. Without `tls`, the addresses must be on loopback."""

    ingest_address: str
    summarize_address: str
    query_address: str
    token: str
    tenant: str
    token_tenant: str = ""  # where that is known here
    tls: TlsFiles | None = None
    timeout_seconds: float = 60.0

    @property
    def addresses(self) -> Sequence[str]:
        """Each address once."""
        return list(
            dict.fromkeys((self.ingest_address, self.summarize_address, self.query_address))
        )


@asynccontextmanager
async def opened_channels(endpoint: Endpoint) -> AsyncIterator[Mapping[str, grpc.aio.Channel]]:
    """Yields a channel for each address; nothing is sent before its first call."""
    async with AsyncExitStack() as stack:
        yield {
            address: await stack.enter_async_context(_channel(address, endpoint.tls))
            for address in endpoint.addresses
        }


def _channel(address: str, tls: TlsFiles | None) -> grpc.aio.Channel:
    options = [("grpc.service_config", _SERVICE_CONFIG)]
    if tls is None:
        return grpc.aio.insecure_channel(address, options=options)
    require_usable(tls)
    credentials = grpc.ssl_channel_credentials(
        root_certificates=_pem(tls.authority),
        private_key=_pem(tls.key),
        certificate_chain=_pem(tls.certificate),
    )
    return grpc.aio.secure_channel(address, credentials, options=options)


def _pem(path: Path | None) -> bytes | None:
    return path.read_bytes() if path else None
