"""The page on configuration names every setting, metric, log event and variable of the code, and no other."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args, get_origin

import grpc
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo
from typer.main import get_command

from invoice_summarizer.adapters.postgres.database_role import DatabaseRole as DatabaseRole
from invoice_summarizer.adapters.token_file.verifier import TokenFileVerifier
from invoice_summarizer.cli.exit_codes import MEANINGS
from invoice_summarizer.cli.failures import CallFailed, FieldViolation
from invoice_summarizer.cli.main import app
from invoice_summarizer.services.migrate import MigrateSettings
from invoice_summarizer.settings import (
    BatchProcessSettings,
    IngestSettings,
    QuerySettings,
    SummarizeSettings,
    WholeSettings,
    WorkerProcessSettings,
)
from invoice_summarizer.telemetry import Metrics, QueueMetrics
from markdown_page import code, codes, page
from syntax_trees import called, calls, text

CONFIGURATION = page("docs/configuration.md")
_TYPES = {
    str: "text",
    int: "integer",
    float: "number",
    bool: "true or false",
    Path: "path",
    SecretStr: "secret",
}


def test_every_setting_is_documented_and_no_other() -> None:
    documented = {
        code(row["variable"]): (row["type"], row["default"])
        for row in CONFIGURATION.rows("Settings of the services")
    }
    declared = {name: (_type(field), _default(field)) for name, field in _declared().items()}
    assert documented == declared


def test_meaning_of_a_setting_begins_with_its_description() -> None:
    fields = _declared()
    for row in CONFIGURATION.rows("Settings of the services"):
        description = fields[code(row["variable"])].description
        assert description and row["meaning"].startswith(description)


def test_each_setting_says_which_processes_have_it() -> None:
    processes: dict[str, type[BaseModel]] = {
        "ingest": IngestSettings,
        "summarize": SummarizeSettings,
        "query": QuerySettings,
        "worker": WorkerProcessSettings,
        "batch": BatchProcessSettings,
        "migrate": MigrateSettings,
    }
    prefixes = {"migrate": "INVOICES_MIGRATE_"}
    has = {
        process: dict(_fields(kind, prefixes.get(process, "INVOICES_")))
        for process, kind in processes.items()
    }
    for row in CONFIGURATION.rows("Settings of the services"):
        if "processes" in row:
            variable = code(row["variable"])
            wanted = [process for process, fields in has.items() if variable in fields]
            said = [*processes][:5] if row["processes"] == "all" else codes(row["processes"])
            assert [*said] == wanted, variable


def test_every_metric_is_documented_and_no_other() -> None:
    documented = {
        code(row["metric"]): (row["type"], tuple(codes(row["labels"])), row["meaning"])
        for row in CONFIGURATION.table("Metrics", "metric")
    }
    declared = {}
    metrics = Metrics()
    for name, metric in {**vars(metrics), **vars(QueueMetrics(metrics.registry))}.items():
        if name != "registry":
            [family] = metric.describe()
            suffix = "_total" if family.type == "counter" else ""
            known = (family.type, tuple(metric._labelnames), family.documentation)
            declared[family.name + suffix] = known
    assert documented == declared


def test_every_log_event_is_documented_with_its_level_and_no_other() -> None:
    documented = {code(row["event"]): row["level"] for row in CONFIGURATION.table("Logs", "event")}
    assert documented == dict(_log_events())


def test_every_variable_of_invoicectl_is_documented_and_no_other() -> None:
    documented = {
        code(row["variable"]): code(row["option"])
        for row in CONFIGURATION.table("invoicectl", "variable")
    }
    options = [one for one in get_command(app).params if one.envvar]
    assert documented == {str(one.envvar): max(one.opts, key=len) for one in options}


async def test_example_of_a_token_file_is_one(tmp_path: Path) -> None:
    [example, _] = CONFIGURATION.fenced("json")
    file = tmp_path / "tokens.json"
    file.write_text(example)
    assert await TokenFileVerifier(file).verify("no such token") is None


def test_example_of_a_failure_has_what_failures_have() -> None:
    [_, example] = CONFIGURATION.fenced("json")
    violation = FieldViolation("filter", "unknown")
    failure = CallFailed(grpc.StatusCode.INVALID_ARGUMENT, "R", "m", "id", [violation])
    [violations] = failure.record()["field_violations"]
    documented = json.loads(example)["error"]
    assert documented.keys() == failure.record().keys()
    assert documented["field_violations"][0].keys() == violations.keys()


def test_statements_for_operators_make_the_roles_that_transactions_take_on() -> None:
    [statements] = CONFIGURATION.fenced("sql")
    for role in DatabaseRole:
        assert f"CREATE ROLE {role.value} NOLOGIN NOBYPASSRLS;" in statements
    members = ", ".join(role.value for role in DatabaseRole)
    assert f"NOINHERIT NOBYPASSRLS\n    IN ROLE {members};" in statements


def _declared() -> dict[str, FieldInfo]:
    return {
        **dict(_fields(WholeSettings, "INVOICES_")),
        **dict(_fields(MigrateSettings, "INVOICES_MIGRATE_")),
    }


def _fields(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, FieldInfo]]:
    for name, field in model.model_fields.items():
        kind = _plain(field)
        if issubclass(kind, BaseModel):
            yield from _fields(kind, f"{prefix}{name.upper()}__")
        else:
            yield f"{prefix}{name.upper()}", field


def _plain(field: FieldInfo) -> type:
    if get_origin(field.annotation) is Literal:
        return str
    members = [kind for kind in get_args(field.annotation) if kind is not type(None)]
    [kind] = members or [field.annotation]
    assert isinstance(kind, type)
    return kind


def _type(field: FieldInfo) -> str:
    least = _limit(field, "ge")
    most = _limit(field, "le")
    above = _limit(field, "gt")
    word = _TYPES[_plain(field)]
    if above is not None:
        return f"{word}, above {above}"
    if least is not None:
        return f"{word}, at least {least}" if most is None else f"{word}, {least} to {most}"
    return word


def _limit(field: FieldInfo, name: str) -> object:
    return next((getattr(one, name) for one in field.metadata if hasattr(one, name)), None)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    return "none" if field.default is None else f"`{field.default}`"


def _log_events() -> Iterator[tuple[str, str]]:
    layers = (
        "domain",
        "ports",
        "use_cases",
        "adapters",
        "rpc",
        "processes",
        "services",
        "renewed_files.py",
    )
    for call, module in calls(
        "invoice_batches", *(f"invoice_summarizer/{layer}" for layer in layers)
    ):
        if called(call) in ("debug", "info", "warning", "error") and isinstance(
            call.func, ast.Attribute
        ):
            logger = call.func.value
            if isinstance(logger, ast.Name) and logger.id in ("log", "_log"):
                event = text(call.args[0], module)
                assert event, "an event is a literal"
                yield event, called(call).upper()


def test_every_exit_code_of_invoicectl_is_documented_and_no_other() -> None:
    documented = {
        int(code(row["exit code"])): row["meaning"] for row in CONFIGURATION.rows("Exit codes")
    }
    assert documented == {code.value: meaning for code, meaning in MEANINGS.items()}
