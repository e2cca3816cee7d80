"""The whole system on one machine, its three services at addresses of their own, behind the gateway.

from rest_stack import rest
"""

import json
import tempfile
from collections.abc import AsyncIterator, Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest_asyncio
from gateway_process import Answer, GatewayProcess, upstreams
from google.protobuf import json_format
from google.protobuf.message import Message

from invoice_summarizer.local_stack import LocalStack, local_stack
from tenant_client import TenantClient


class Rest:
    """The owner's requests, and the same calls by gRPC."""

    def __init__(self, local: LocalStack, gateway: GatewayProcess, direct: TenantClient) -> None:
        self.gateway = gateway
        self.direct = direct
        self.parent = f"/v1/tenants/{local.tenant}"
        self.token = local.token

    async def get(self, path: str, **headers: str) -> Answer:
        return await self.gateway.request("GET", path, token=self.token, headers=headers)

    async def post(self, path: str, body: Any, **headers: str) -> Answer:
        """Sends the body as it is where it is bytes, and else as JSON."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return await self.gateway.request("POST", path, data, token=self.token, headers=headers)

    async def upload(
        self,
        document: bytes | Iterable[bytes],
        media_type: str,
        *,
        to: str = "",
        headers: Mapping[str, str] | None = None,
        **parameters: str,
    ) -> Answer:
        """Sends the document as it is: to be ingested, where nothing else is said."""
        return await self.gateway.request(
            "POST",
            f"{to or f'{self.parent}/invoices:ingest'}?{urlencode(parameters)}",
            document,
            token=self.token,
            headers={"Content-Type": media_type, **(headers or {})},
        )

    async def done(self, operation: Answer) -> Answer:
        """Waits for the operation, and returns the answer that says so."""
        assert operation.status == 200, operation.body
        done = await self.post(f"/v1/{operation.json['name']}:wait", {"timeout": "30s"})
        assert done.json.get("done"), done.body
        return done


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def rest() -> AsyncIterator[Rest]:
    # Short, so that PostgreSQL's socket lies in it.
    with tempfile.TemporaryDirectory(prefix="rest-") as name:
        folder = Path(name)
        async with local_stack(folder / "data", throwaway=True, one_server=False) as local:
            ports = {
                "ingest": local.ingest_port,
                "summarize": local.summarize_port,
                "query": local.query_port,
            }
            gateway = GatewayProcess(upstreams(**ports), folder)
            direct = TenantClient(local.tenant, local.token, **ports)
            try:
                await gateway.start()
                yield Rest(local, gateway, direct)
            finally:
                await direct.close()
                if gateway.is_running:
                    gateway.terminate()
                    await gateway.ended()


def canonical(answer: Message | bytes) -> str:
    """Returns the JSON of a message, or of an answer, in the one form that equal ones have (as RFC 8785 has it)."""
    text = (
        json_format.MessageToJson(answer, preserving_proto_field_name=True)
        if isinstance(answer, Message)
        else answer
    )
    value = json.loads(text, parse_float=_number)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _number(text: str) -> float:
    number = float(text)
    return int(number) if number.is_integer() else number  # 1.0 is 1
