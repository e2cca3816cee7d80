"""That nothing was found because the token is of another tenant is said from what is known here."""

from pathlib import Path

import grpc

from invoice_summarizer.adapters.token_file.creation import add_token
from invoice_summarizer.cli.failures import CallFailed
from invoice_summarizer.cli.other_tenant import of_another_tenant, tenant_of
from invoice_summarizer.domain.principal import Role
from invoices.v1 import query_service_pb2

GET = query_service_pb2.GetInvoiceRequest(name="tenants/acme/invoices/1")
LIST = query_service_pb2.ListInvoicesRequest(parent="tenants/acme")


def said(request: object, token_tenant: str, reason: str = "RESOURCE_NOT_FOUND") -> str:
    failure = CallFailed(grpc.StatusCode.NOT_FOUND, reason, "no such resource")
    return of_another_tenant(failure, request, token_tenant).message


def test_tenant_of_a_token_is_known_where_its_list_is(tmp_path: Path) -> None:
    file = tmp_path / "tokens.json"
    token = add_token(file, subject="s", tenant="acme", roles=[Role.VIEWER])
    assert tenant_of(token, file) == "acme"
    assert tenant_of("another", file) == ""
    assert tenant_of(token, tmp_path / "none.json") == ""
    file.write_text("{")
    assert tenant_of(token, file) == ""


def test_tenant_of_the_token_is_said_where_the_name_has_another() -> None:
    for request in (GET, LIST):
        assert "is of tenant acme, and the token of other: look at --tenant" in said(
            request, "other"
        )
        assert said(request, "acme") == "no such resource"
        assert said(request, "other", "OBJECT_NOT_FOUND") == "no such resource"


def test_tenant_that_its_own_token_would_find_is_another_than_that_of_the_token() -> None:
    assert "the token is of another tenant than acme" in said(LIST, "")
    assert said(GET, "") == "no such resource"
