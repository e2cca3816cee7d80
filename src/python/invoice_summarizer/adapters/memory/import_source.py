"""Documents by their URIs."""

from collections.abc import AsyncGenerator, Mapping

from invoice_summarizer.ports.import_source import ImportNotFound, ImportRefused

ROOT = "file:///import"


class MemoryImportSource:
    """An ImportSource over `file:///import/TENANT/...`; the documents can be changed."""

    def __init__(self, documents: Mapping[str, bytes] | None = None) -> None:
        self.documents = dict(documents or {})

    def require(self, tenant: str, uri: str) -> None:
        parts = uri.removeprefix(f"{ROOT}/").rstrip("/").split("/")
        own = uri.startswith(f"{ROOT}/") and parts[0] == tenant
        if not own or any(part in ("", ".", "..") for part in parts):
            raise ImportRefused(
                "documents are taken from the tenant's own folder alone", field="uri_prefix"
            )

    async def uris(self, tenant: str, prefix: str) -> AsyncGenerator[str, None]:
        self.require(tenant, prefix)
        bare = prefix.rstrip("/")
        found = [uri for uri in sorted(self.documents) if uri == bare or uri.startswith(f"{bare}/")]
        if not found:
            raise ImportNotFound("no document is there")
        for uri in found:
            yield uri

    async def read(self, tenant: str, uri: str, *, limit_bytes: int) -> bytes:
        self.require(tenant, uri)
        if uri not in self.documents:
            raise ImportNotFound("no document is there")
        return self.documents[uri][: limit_bytes + 1]
