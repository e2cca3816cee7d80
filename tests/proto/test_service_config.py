"""The service configuration: which services there are, and the REST paths of those that others have defined."""

import re
from pathlib import Path

import pytest
from google.api import http_pb2, service_pb2
from google.longrunning import operations_pb2
from google.protobuf import json_format

from invoice_summarizer.rpc.authorization import ROLES
from invoice_summarizer.rpc.mapping.names import OPERATION, TENANT

PROTO = Path("proto") if Path("proto/buf.yaml").exists() else Path(__file__).parents[2] / "proto"
_OPERATIONS = "google.longrunning.Operations"
_TEMPLATE = re.compile(r"/v1/\{name=([^}]+)\}(/operations)?(:[a-z]+)?")


@pytest.fixture(scope="module")
def config() -> service_pb2.Service:
    text = (PROTO / "invoices" / "v1" / "service_config.json").read_text(encoding="utf-8")
    return json_format.Parse(text, service_pb2.Service())


def test_services_are_those_that_are_served(config: service_pb2.Service) -> None:
    served = {method.split("/")[1] for method in ROLES}
    assert sorted(api.name for api in config.apis) == sorted(served)


def test_every_method_of_operations_that_is_served_has_a_path(config: service_pb2.Service) -> None:
    served = {
        f"{_OPERATIONS}.{method.rpartition('/')[2]}" for method in ROLES if _OPERATIONS in method
    }
    assert sorted(rule.selector for rule in config.http.rules) == sorted(served)


def test_paths_take_the_names_of_our_operations(config: service_pb2.Service) -> None:
    tenant, operation = TENANT.format(tenant="a"), OPERATION.format(tenant="a", operation="b")
    for rule in config.http.rules:
        path = _path(rule)
        found = _TEMPLATE.fullmatch(path)
        assert found, path
        named = re.compile(found[1].replace("*", "[^/]+"))
        fits = [name for name in (tenant, operation) if named.fullmatch(name)]
        assert fits == ([tenant] if found[2] else [operation])


def test_methods_and_names_are_those_of_the_proto_that_google_has_defined(
    config: service_pb2.Service,
) -> None:
    methods = operations_pb2.DESCRIPTOR.services_by_name["Operations"].methods_by_name
    for rule in config.http.rules:
        method = methods[rule.selector.rpartition(".")[2]]
        assert "name" in method.input_type.fields_by_name
        assert (rule.body == "*") is (rule.WhichOneof("pattern") == "post")


def _path(rule: http_pb2.HttpRule) -> str:
    pattern = rule.WhichOneof("pattern")
    assert pattern in ("get", "post")
    return str(getattr(rule, pattern))
