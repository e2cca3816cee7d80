"""Which role a caller needs for which method. A method that is not here is not served."""

import grpc

from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.rpc.errors import CallRefused

_EVERYONE = frozenset(Role)
_EDITORS = frozenset({Role.EDITOR})
_REVIEWERS = frozenset({Role.REVIEWER})

ROLES: dict[str, frozenset[Role]] = {
    "/invoices.v1.IngestService/IngestInvoice": _EDITORS,
    "/invoices.v1.IngestService/UploadInvoice": _EDITORS,
    "/invoices.v1.IngestService/DeleteInvoice": _EDITORS,
    "/invoices.v1.IngestService/ReprocessInvoice": _EDITORS,
    "/invoices.v1.ReviewService/CorrectInvoice": _EDITORS | _REVIEWERS,
    "/invoices.v1.ReviewService/ApproveInvoice": _REVIEWERS,
    "/invoices.v1.ReviewService/RejectInvoice": _REVIEWERS,
    "/invoices.v1.ReviewService/ReopenInvoice": _REVIEWERS,
    "/invoices.v1.SummarizeService/SummarizeInvoice": _EDITORS | _REVIEWERS,
    "/invoices.v1.SummarizeService/StreamSummary": _EDITORS | _REVIEWERS,
    "/invoices.v1.SummarizeService/CreateBatch": _EDITORS,
    "/invoices.v1.SummarizeService/GetBatch": _EVERYONE,
    "/invoices.v1.SummarizeService/ListBatches": _EVERYONE,
    "/invoices.v1.SummarizeService/ListBatchItems": _EVERYONE,
    "/invoices.v1.SummarizeService/CancelBatch": _EDITORS,
    "/invoices.v1.SummarizeService/DeleteBatch": _EDITORS,
    "/invoices.v1.SummarizeService/ExplainClaim": _EVERYONE,
    "/invoices.v1.ValidateService/ValidateInvoice": _EVERYONE,
    "/invoices.v1.QueryService/GetInvoice": _EVERYONE,
    "/invoices.v1.QueryService/ListInvoices": _EVERYONE,
    "/invoices.v1.QueryService/AggregateInvoices": _EVERYONE,
    "/invoices.v1.QueryService/ListLines": _EVERYONE,
    "/invoices.v1.QueryService/ListEvents": _EVERYONE,
    "/invoices.v1.QueryService/GetDocument": _EVERYONE,
    "/invoices.v1.QueryService/ExportInvoices": _EVERYONE,
    "/invoices.v1.PageService/RenderPage": _EVERYONE,
    "/invoices.v1.PageService/GetAttachment": _EVERYONE,
    "/invoices.v1.QueryService/GetSummary": _EVERYONE,
    "/invoices.v1.QueryService/ListSummaries": _EVERYONE,
    "/google.longrunning.Operations/GetOperation": _EVERYONE,
    "/google.longrunning.Operations/ListOperations": _EVERYONE,
    "/google.longrunning.Operations/WaitOperation": _EVERYONE,
    "/google.longrunning.Operations/CancelOperation": _EDITORS,
}

# Health checks come from the kubelet, which has no credentials; reflection is off unless it is configured.
PUBLIC_SERVICES = frozenset(
    {
        "grpc.health.v1.Health",
        "grpc.reflection.v1.ServerReflection",
        "grpc.reflection.v1alpha.ServerReflection",
    }
)


def authorize(principal: Principal, method: str) -> None:
    """Raises CallRefused where the principal has none of the roles that the method is open to."""
    if method not in ROLES:
        raise CallRefused(
            grpc.StatusCode.UNIMPLEMENTED, "METHOD_UNIMPLEMENTED", "the method is not served"
        )
    if not principal.roles & ROLES[method]:
        raise CallRefused(
            grpc.StatusCode.PERMISSION_DENIED,
            "ROLE_MISSING",
            "the caller has no role that this method is open to",
        )
