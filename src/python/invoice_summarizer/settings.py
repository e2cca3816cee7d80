"""The settings of a process: read once, at its entry point, from the environment and from files named there.

Every variable starts with `INVOICES_`; two underscores go one level down: `INVOICES_DATABASE__POOL_SIZE=10`.
"""

from pathlib import Path
from typing import Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
    model_validator,
)

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class WrongSetting(Exception):
    """Settings name what cannot be used: a line for each, with the variable and why, and no value that may be secret."""

    def __init__(self, *problems: tuple[str, str]) -> None:
        super().__init__("\n".join(f"{variable}: {problem}" for variable, problem in problems))
        self.problems = problems


class UnfitField(ValueError):
    """A field of a group does not go together with the others."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(problem)
        self.field = field
        self.problem = problem


class DatabaseSettings(_Part):
    """Where PostgreSQL is and how many connections a process may hold."""

    dsn: SecretStr = Field(
        description="libpq URL of a login that is a member of invoices_app and invoices_worker."
    )
    pool_size: int = Field(default=5, ge=1, le=100, description="Connections that a process keeps.")
    max_overflow: int = Field(
        default=0, ge=0, le=100, description="Connections beyond those, in a rush."
    )
    pool_timeout_seconds: float = Field(
        default=5.0, gt=0, description="How long a call waits for a free connection."
    )
    statement_timeout_seconds: float = Field(
        default=10.0, gt=0, description="After this PostgreSQL ends a statement."
    )


class TlsSettings(_Part):
    """PEM files of the server. With a client authority, clients must show a certificate of it (mTLS)."""

    certificate_file: Path = Field(description="The server's certificate chain.")
    key_file: Path = Field(description="The key of that certificate.")
    client_authority_file: Path | None = Field(
        default=None, description="Certificates that clients' certificates must come from."
    )
    name: str | None = Field(
        default=None,
        description="DNS name by which callers know the server; a certificate of another name is refused at the start.",
    )


class ServerSettings(_Part):
    """Where a gRPC server listens and how long it gives its calls."""

    host: str = Field(
        default="127.0.0.1", description="Address to listen on; other than loopback needs TLS."
    )
    port: int = Field(
        default=0, ge=0, le=65535, description="Port to listen on; 0 takes a free one."
    )
    tls: TlsSettings | None = Field(
        default=None, description="Without it the server listens on loopback only."
    )
    default_deadline_seconds: float = Field(
        default=60.0, gt=0, description="Deadline of a call that brings none."
    )
    longest_deadline_seconds: float = Field(
        default=300.0, gt=0, description="No call goes on for longer, whatever deadline it brings."
    )
    max_concurrent_calls: int = Field(
        default=200,
        ge=2,
        description="Calls at once; those beyond are refused with RESOURCE_EXHAUSTED.",
    )
    max_concurrent_uploads: int = Field(
        default=64, ge=2, description="How many of those calls may be uploads."
    )
    max_upload_bytes: int = Field(
        default=2 * 1024 * 1024 * 1024,
        ge=256 * 1024 * 1024,
        description="Bytes that the uploads under way may have brought, together.",
    )
    tenant_percent: int = Field(
        default=25, ge=1, le=99, description="How much of these three one tenant may have."
    )
    upload_patience_seconds: float = Field(
        default=20.0, gt=0, description="How long an upload may keep the server waiting."
    )
    upload_bytes_per_second: int = Field(
        default=1024, ge=1, description="Bytes that give it back a second of that time."
    )
    leave_seconds: float = Field(
        default=2.0,
        ge=0,
        description="How long calls are still taken after SIGTERM, while callers are told to go elsewhere.",
    )
    grace_seconds: float = Field(
        default=20.0, ge=0, description="How long calls under way may go on after SIGTERM."
    )
    reflection: bool = Field(
        default=False, description="Whether clients may ask which services there are."
    )

    @model_validator(mode="after")
    def _plain_text_on_loopback_only(self) -> Self:
        if self.tls is None and self.host not in _LOOPBACK:
            raise UnfitField(
                "host",
                "is not loopback (127.0.0.1, localhost or ::1), where a server needs TLS: set"
                " INVOICES_SERVER__TLS__CERTIFICATE_FILE and INVOICES_SERVER__TLS__KEY_FILE too",
            )
        return self

    @model_validator(mode="after")
    def _default_deadline_within_the_longest(self) -> Self:
        if self.default_deadline_seconds <= self.longest_deadline_seconds:
            return self
        default, longest = (
            f"INVOICES_SERVER__{name}_DEADLINE_SECONDS" for name in ("DEFAULT", "LONGEST")
        )
        if "default_deadline_seconds" in self.model_fields_set:
            raise UnfitField(
                "default_deadline_seconds",
                f"must not be above {longest} ({self.longest_deadline_seconds:g})",
            )
        raise UnfitField(
            "longest_deadline_seconds",
            f"must not be below {default} ({self.default_deadline_seconds:g})",
        )


class HttpSettings(_Part):
    """Where the plain HTTP port of a process is: `/livez`, `/readyz` and `/metrics`."""

    host: str = Field(default="127.0.0.1", description="Address of the HTTP port.")
    port: int = Field(
        default=0, ge=0, le=65535, description="Number of the HTTP port; 0 takes a free one."
    )


class OcrSettings(_Part):
    """The child processes that recognise text in pictures, and their limits for one document."""

    enabled: bool = Field(
        default=True,
        description="Whether pictures are read, where the packages for it are installed.",
    )
    processes: int = Field(
        default=1, ge=1, le=64, description="Child processes, and so pages, at once."
    )
    pages_each: int = Field(
        default=200, ge=1, description="Pages a child reads before another takes its place."
    )
    resident_bytes: int = Field(
        default=1536 * 1024 * 1024,
        ge=600_000_000,
        description="Memory of a child above which another takes its place after a page.",
    )
    pages: int = Field(
        default=20, ge=1, description="Pictures of a document that are read; the rest is reported."
    )
    cpu_seconds_per_page: float = Field(
        default=8, gt=0, description="Processor time that each page adds whose picture is read."
    )
    most_cpu_seconds: float = Field(
        default=200,
        gt=0,
        description="The most processor time that the pictures of a document get.",
    )
    wall_seconds: float = Field(
        default=300, gt=0, description="Wall time of all pages; then the child is killed."
    )
    memory_bytes: int = Field(
        default=4 * 1024 * 1024 * 1024,
        ge=2_500_000_000,
        description="Address space of a child, of which it uses less than half.",
    )


class ReadingSettings(_Part):
    """The child processes that read documents, and their limits for one document."""

    processes: int = Field(default=2, ge=1, le=64, description="Child processes at once.")
    pages: int = Field(default=2000, ge=1, description="Pages a PDF may have.")
    cpu_seconds: float = Field(default=3, gt=0, description="Processor time for a document.")
    cpu_seconds_per_page: float = Field(
        default=0.2, ge=0, description="Processor time that each page adds."
    )
    cpu_seconds_per_mebibyte: float = Field(
        default=1,
        ge=0,
        description="Processor time that each MiB adds, of the document and of the files inside it.",
    )
    most_cpu_seconds: float = Field(
        default=30,
        gt=0,
        description="The most processor time that a document gets, whatever it is.",
    )
    wall_seconds: float = Field(
        default=60, gt=0, description="Wall time; then the child is killed."
    )
    memory_bytes: int = Field(
        default=1024 * 1024 * 1024, ge=200_000_000, description="Address space of a child."
    )
    require_cell: bool = Field(
        default=False,
        description="Whether to refuse to run where seccomp cannot keep children from files, sockets and processes.",
    )
    ocr: OcrSettings = Field(default_factory=OcrSettings, description="How pictures are read.")


class WorkerSettings(_Part):
    """How a worker takes up operations."""

    slots: int = Field(default=2, ge=1, le=64, description="Operations at once.")
    max_attempts: int = Field(
        default=3, ge=1, le=20, description="How often an operation is tried."
    )


class BucketSettings(_Part):
    """A bucket of S3, or of a store that speaks its protocol, which keeps versions."""

    bucket: str = Field(
        pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", description="Name of the bucket."
    )
    prefix: str | None = Field(
        default=None,
        pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]*/)+$",
        description="What all keys begin with, such as `invoices/`; it ends with a slash.",
    )
    region: str | None = Field(
        default=None, pattern=r"^[A-Za-z0-9-]+$", description="Region of the bucket."
    )
    endpoint_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s?#@]+$",
        description="Where S3 is, where it is not Amazon's.",
    )
    path_style: bool = Field(
        default=False,
        description="Whether the bucket's name stands in the path and not in the host.",
    )
    authority_file: Path | None = Field(
        default=None, description="Certificates that the endpoint's certificate must come from."
    )
    access_key_id: str | None = Field(
        default=None, description="Access key; else credentials are found as AWS's SDKs find them."
    )
    secret_access_key: SecretStr | None = Field(
        default=None, description="The secret of that access key."
    )
    encryption: Literal["bucket", "AES256", "aws:kms"] = Field(
        default="bucket",
        description="How S3 encrypts what is stored; `bucket` leaves it to the bucket.",
    )
    kms_key: str | None = Field(
        default=None, description="The key of `aws:kms`, where it is not the bucket's."
    )
    connections: int = Field(
        default=64, ge=1, le=1000, description="Requests at once; those beyond wait."
    )
    answer_seconds: float = Field(
        default=10.0,
        gt=0,
        description="How long S3 may leave a request without an answer; then it is asked again, twice at most.",
    )
    call_seconds: float = Field(
        default=60.0, gt=0, description="How long all of this may take for a document."
    )

    @model_validator(mode="after")
    def _access_key_is_whole(self) -> Self:
        if (self.access_key_id is None) == (self.secret_access_key is None):
            return self
        missing = "access_key_id" if self.access_key_id is None else "secret_access_key"
        raise UnfitField(missing, "is missing: an access key has both")

    @model_validator(mode="after")
    def _key_is_of_kms(self) -> Self:
        if self.kms_key is None or self.encryption == "aws:kms":
            return self
        raise UnfitField("kms_key", "needs INVOICES_OBJECTS__ENCRYPTION to be aws:kms")


class ObjectStoreSettings(_Part):
    """Where documents lie: in a folder, or in a bucket."""

    objects: BucketSettings | None = Field(
        default=None, description="Without it documents lie in the folder."
    )
    object_folder: Path | None = Field(
        default=None,
        validate_default=True,
        description="Folder of the object store, where it is no bucket.",
    )

    @field_validator("object_folder")
    @classmethod
    def _one_place(cls, folder: Path | None, others: ValidationInfo) -> Path | None:
        if "objects" not in others.data:
            return folder  # what is said of the bucket cannot be used, and is told already
        bucket = others.data["objects"]
        if folder is None and bucket is None:
            raise UnfitField(
                "object_folder", "is missing, and so is INVOICES_OBJECTS__BUCKET: set one of them"
            )
        if folder is not None and bucket is not None:
            raise UnfitField(
                "object_folder", "is set, and so is INVOICES_OBJECTS__BUCKET: leave one out"
            )
        return folder


class BatchSettings(_Part):
    """The Ray cluster that does batches: its API for jobs, which is that of its dashboard."""

    url: str = Field(
        pattern=r"^https?://[^\s?#@]+$",
        description="Where the API is, such as `http://ray-head:8265`.",
    )
    token: SecretStr | None = Field(
        default=None, description="Token of the cluster (RAY_AUTH_TOKEN), where it wants one."
    )


class RedisSettings(_Part):
    """A Redis, which may be away at any time."""

    url: SecretStr = Field(
        description="Where Redis is: `redis://:password@host:6379/0`, or `rediss:` for TLS."
    )
    authority_file: Path | None = Field(
        default=None, description="Certificates that its certificate must come from, for `rediss:`."
    )
    answer_seconds: float = Field(
        default=0.1, gt=0, description="How long it may take to answer; then it is done without."
    )


class CacheSettings(RedisSettings):
    """The Redis that keeps what was read. It may lose everything, and understands nothing of it."""

    key_file: Path = Field(
        description="File with the 32 bytes, in hex, that entries are encrypted with; all replicas share it."
    )
    seconds: int = Field(
        default=600, ge=1, le=86_400, description="How long an entry is kept, where there is room."
    )


class StateSettings(RedisSettings):
    """The Redis that counts what each tenant has under way in all servers, and wakes who waits."""

    tenant_calls: int = Field(
        default=200, ge=1, description="Calls at once that a tenant has in all servers together."
    )
    tenant_uploads: int = Field(
        default=64, ge=1, description="How many of those calls may be uploads."
    )


class StoreSettings(_Part):
    """What everything has that reads and writes what is stored."""

    database: DatabaseSettings
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="Least level logged."
    )


class ProcessSettings(StoreSettings):
    """What every process has."""

    http: HttpSettings = Field(default_factory=HttpSettings)
    state: StateSettings | None = Field(
        default=None, description="Without it each server has limits of its own only."
    )


class ModelSettings(_Part):
    """An endpoint by the OpenAI protocol, whose model chooses the sentences of summaries. Without it templates write."""

    url: str = Field(
        pattern=r"^https?://[^\s?#]+$",
        description="Where the API is, such as `http://127.0.0.1:8000/v1`.",
    )
    name: str = Field(min_length=1, description="The model's name there.")
    engine: str = Field(
        default="openai-compatible",
        description="What answers there, with its version; summaries record it.",
    )
    api_key: SecretStr | None = Field(
        default=None, description="Bearer token of the endpoint, where it wants one."
    )
    weights_sha256: str | None = Field(
        default=None, description="Digest of the model's weights; summaries record it."
    )
    tokenizer_sha256: str | None = Field(
        default=None, description="Digest of the model's tokenizer; summaries record it."
    )
    answer_seconds: float = Field(
        default=20.0, gt=0, description="How long an answer may take; then the templates write."
    )
    assists_reading: bool = Field(
        default=False,
        description="Whether documents that are not read surely are shown to it, to point at the words of fields.",
    )
    tenant_tokens: int | None = Field(
        default=None,
        ge=20_000,
        description="Tokens of prompts and answers that a tenant has in a window; none is no limit.",
    )
    tenant_window_seconds: float = Field(
        default=3600.0, gt=0, description="How long such a window is."
    )
    prompt_token_cost: float = Field(
        default=1.0, ge=0, description="Cost units of a token of a prompt, for the metrics."
    )
    answer_token_cost: float = Field(
        default=4.0, ge=0, description="Cost units of a token of an answer, for the metrics."
    )


class ServerProcessSettings(ProcessSettings):
    """What every server has."""

    token_file: Path = Field(
        description="JSON file with hashes of bearer tokens, tenants and roles."
    )
    server: ServerSettings = Field(default_factory=ServerSettings)


class ListingSettings(ServerProcessSettings):
    """What a server has that sends pages of lists."""

    page_token_key_file: Path = Field(
        description="File with the 32 bytes, in hex, that page tokens are sealed with; all replicas share it."
    )


class WritingSettings(_Part):
    """What everything has that writes summaries: it may have a model."""

    model: ModelSettings | None = Field(
        default=None, description="Without it the templates write all summaries."
    )
    import_folder: Path | None = Field(
        default=None,
        description="Folder that has a folder of each tenant, from which batches take its documents.",
    )


class SummarizeSettings(ListingSettings, WritingSettings):
    """What `summarize` has."""


class QuerySettings(ListingSettings, ObjectStoreSettings):
    """What `query` has: it sends documents, and pages of lists."""

    cache: CacheSettings | None = Field(
        default=None, description="Without it everything is worked out each time."
    )


class IngestSettings(QuerySettings):
    """What `ingest` has: it also reads documents, for ValidateInvoice, and paints their pages."""

    reading: ReadingSettings = Field(default_factory=ReadingSettings)


class WorkerProcessSettings(ProcessSettings, ObjectStoreSettings):
    """What `worker` has: it answers nobody, so that it needs no tokens. A model writes summaries again for replays."""

    reading: ReadingSettings = Field(default_factory=ReadingSettings)
    model: ModelSettings | None = Field(
        default=None, description="Without it the templates write all summaries."
    )
    worker: WorkerSettings = Field(default_factory=WorkerSettings)
    batches: BatchSettings | None = Field(
        default=None, description="Without it the worker leaves batches to others."
    )


class BatchProcessSettings(StoreSettings, WritingSettings, ObjectStoreSettings):
    """What the jobs of batches have, where the cluster runs them."""

    reading: ReadingSettings = Field(default_factory=ReadingSettings)


class WholeSettings(IngestSettings, SummarizeSettings, WorkerProcessSettings, BatchProcessSettings):
    """What the whole system in one process has."""
