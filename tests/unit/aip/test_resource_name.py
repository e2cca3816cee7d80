import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aip.errors import ResourceNameError
from aip.resource_name import ResourcePattern

INVOICE = ResourcePattern("tenants/{tenant}/invoices/{invoice}")
ids = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", fullmatch=True)


@given(ids, ids)
def test_ids_come_back_from_the_name(tenant: str, invoice: str) -> None:
    name = INVOICE.format(tenant=tenant, invoice=invoice)
    assert name == f"tenants/{tenant}/invoices/{invoice}"
    assert INVOICE.parse(name) == {"tenant": tenant, "invoice": invoice}


@given(st.uuids())
def test_uuids_are_ids(invoice: uuid.UUID) -> None:
    assert INVOICE.parse(f"tenants/acme/invoices/{invoice}")["invoice"] == str(invoice)


@given(st.one_of(st.text(), st.text("-/abtensivoc")))
def test_any_text_is_a_name_or_refused(text: str) -> None:
    try:
        found = INVOICE.parse(text)
    except ResourceNameError as error:
        assert error.pattern == INVOICE.pattern
    else:
        assert INVOICE.format(**found) == text


@pytest.mark.parametrize(
    "name",
    [
        "",
        "tenants/acme",
        "tenants/acme/invoices/",
        "tenants/acme/invoices/a/summaries/b",
        "/tenants/acme/invoices/a",
        "tenants/acme/invoices/a/",
        "tenants/acme/invoices/a\n",
        "tenants//invoices/a",
        "tenants/acme/bills/a",
        "tenants/Acme/invoices/a",
        "tenants/acme/invoices/-a",
        "tenants/acme/invoices/a-",
        "tenants/acme/invoices/a.b",
        "tenants/acme/invoices/ä",
        "tenants/acme/invoices/" + "a" * 64,
        "tenants/-/invoices/a",
    ],
)
def test_other_forms_are_refused_without_repeating_them(name: str) -> None:
    with pytest.raises(ResourceNameError) as refused:
        INVOICE.parse(name)
    assert (
        str(refused.value) == "not a resource name of the form tenants/{tenant}/invoices/{invoice}"
    )


def test_hyphen_stands_for_any_parent_where_that_is_asked_for() -> None:
    found = INVOICE.parse("tenants/-/invoices/a", any_parent=True)
    assert found == {"tenant": "-", "invoice": "a"}


def test_hyphen_never_stands_for_the_resource_itself() -> None:
    with pytest.raises(ResourceNameError):
        INVOICE.parse("tenants/acme/invoices/-", any_parent=True)


def test_hyphen_stands_for_the_last_parent_of_a_singleton() -> None:
    certificate = ResourcePattern("tenants/{tenant}/invoices/{invoice}/certificate")
    found = certificate.parse("tenants/acme/invoices/-/certificate", any_parent=True)
    assert found == {"tenant": "acme", "invoice": "-"}


@pytest.mark.parametrize(
    "given_ids",
    [
        {"tenant": "acme", "invoice": "a/b"},
        {"tenant": "acme", "invoice": ""},
        {"tenant": "-", "invoice": "a"},
        {"tenant": "acme"},
        {"tenant": "acme", "invoice": "a", "summary": "b"},
        {"tenant": "acme/invoices/x", "invoice": "a"},
    ],
)
def test_no_name_is_made_of_wrong_ids(given_ids: dict[str, str]) -> None:
    with pytest.raises(ResourceNameError):
        INVOICE.format(**given_ids)


@pytest.mark.parametrize(
    "pattern", ["", "tenants/", "tenants/{}", "t/{a}/u/{a}", "/t/{a}", "t/{a}x"]
)
def test_wrong_patterns_are_refused_at_once(pattern: str) -> None:
    with pytest.raises(ValueError, match="not a resource pattern"):
        ResourcePattern(pattern)
