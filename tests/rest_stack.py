"""The whole system on one machine, its three services at addresses of their own, behind the gateway.

from rest_stack import rest
"""

import json
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

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
        return await self.gateway.request(
            "POST", path, json.dumps(body).encode(), token=self.token, headers=headers
        )


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
