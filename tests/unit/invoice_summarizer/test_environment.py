"""What a variable of the environment that cannot be used is said to be: a line in words, without its value."""

import os
from pathlib import Path

import pytest
from pydantic import SecretStr

from invoice_summarizer.environment import read_settings, variables_of
from invoice_summarizer.settings import (
    BatchProcessSettings,
    DatabaseSettings,
    ModelSettings,
    QuerySettings,
    ReadingSettings,
    WrongSetting,
)

SECRET = "a-password-that-nobody-may-see"
USABLE = {
    "INVOICES_DATABASE__DSN": f"postgresql://service:{SECRET}@127.0.0.1:1/invoices",
    "INVOICES_OBJECT_FOLDER": "/objects",
    "INVOICES_TOKEN_FILE": "/tokens.json",
    "INVOICES_PAGE_TOKEN_KEY_FILE": "/key",
}
CERTIFICATE = "INVOICES_SERVER__TLS__CERTIFICATE_FILE"
KEY = "INVOICES_SERVER__TLS__KEY_FILE"
DEFAULT = "INVOICES_SERVER__DEFAULT_DEADLINE_SECONDS"
LONGEST = "INVOICES_SERVER__LONGEST_DEADLINE_SECONDS"


@pytest.fixture(autouse=True)
def usable(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in [each for each in os.environ if each.startswith("INVOICES_")]:
        monkeypatch.delenv(variable)
    for variable, value in USABLE.items():
        monkeypatch.setenv(variable, value)


def problems(monkeypatch: pytest.MonkeyPatch, **variables: str) -> list[str]:
    """Returns the lines of what is wrong with the variables, beside those that can be used."""
    for variable, value in variables.items():
        monkeypatch.setenv(variable, value)
    with pytest.raises(WrongSetting) as caught:
        read_settings(QuerySettings)
    assert SECRET not in str(caught.value)
    return str(caught.value).splitlines()


def test_settings_are_those_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INVOICES_SERVER__PORT", "50051")
    monkeypatch.setenv("INVOICES_SERVER__REFLECTION", "true")
    monkeypatch.setenv("INVOICES_WORKER__SLOTS", "of another process")
    settings = read_settings(QuerySettings)
    assert settings.database.dsn.get_secret_value() == USABLE["INVOICES_DATABASE__DSN"]
    assert (settings.server.port, settings.server.reflection) == (50051, True)


@pytest.mark.parametrize("value", ["x", "", "{}", '{"host": "localhost"}'])
def test_value_of_a_group_is_refused_with_the_variables_in_it(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    assert problems(monkeypatch, INVOICES_HTTP=value) == [
        "INVOICES_HTTP: takes no value, as it is a group: set INVOICES_HTTP__HOST, INVOICES_HTTP__PORT"
    ]


def test_value_of_a_group_in_a_group_is_refused_too(monkeypatch: pytest.MonkeyPatch) -> None:
    [line] = problems(monkeypatch, INVOICES_SERVER__TLS="true")
    assert line.startswith("INVOICES_SERVER__TLS: takes no value")
    assert CERTIFICATE in line and KEY in line and "INVOICES_SERVER__PORT" not in line


@pytest.mark.parametrize(
    ("set_", "missing"),
    [
        ([CERTIFICATE], [KEY]),
        ([KEY], [CERTIFICATE]),
        (["INVOICES_SERVER__TLS__CLIENT_AUTHORITY_FILE"], [CERTIFICATE, KEY]),
    ],
)
def test_half_of_tls_names_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, set_: list[str], missing: list[str]
) -> None:
    said = problems(monkeypatch, **{variable: "/some.pem" for variable in set_})
    assert said == [f"{variable}: is missing" for variable in missing]


@pytest.mark.parametrize(
    ("variable", "value", "problem"),
    [
        ("INVOICES_SERVER__PORT", "ten", "must be a whole number from 0 to 65535"),
        ("INVOICES_SERVER__PORT", "1.5", "must be a whole number from 0 to 65535"),
        ("INVOICES_HTTP__PORT", "65536", "must be a whole number from 0 to 65535"),
        (
            "INVOICES_SERVER__MAX_CONCURRENT_CALLS",
            "0",
            "must be a whole number of at least 2",
        ),
        ("INVOICES_DATABASE__POOL_TIMEOUT_SECONDS", "0", "must be a number above 0"),
        ("INVOICES_DATABASE__POOL_TIMEOUT_SECONDS", "nan", "must be a number above 0"),
        ("INVOICES_DATABASE__POOL_TIMEOUT_SECONDS", "inf", "must be a number above 0"),
        ("INVOICES_SERVER__GRACE_SECONDS", "long", "must be a number of at least 0"),
        ("INVOICES_SERVER__REFLECTION", "maybe", "must be true or false"),
        ("INVOICES_LOG_LEVEL", "LOUD", "must be one of DEBUG, INFO, WARNING, ERROR"),
        ("INVOICES_DATABASE__DSN", "", "is empty"),
        ("INVOICES_TOKEN_FILE", "", "is empty"),
        ("INVOICES_SERVER__HOST", "", "is empty: leave it out"),
        (
            "INVOICES_HTTP__PROT",
            "1",
            "is no setting: there are INVOICES_HTTP__HOST, INVOICES_HTTP__PORT",
        ),
        (
            "INVOICES_HTTP__PORT__NUMBER",
            "1",
            "is no setting: there are INVOICES_HTTP__HOST, INVOICES_HTTP__PORT",
        ),
    ],
)
def test_value_that_cannot_be_is_one_line_of_what_is_wanted(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, problem: str
) -> None:
    assert problems(monkeypatch, **{variable: value}) == [f"{variable}: {problem}"]


def test_everything_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INVOICES_TOKEN_FILE")
    said = problems(
        monkeypatch,
        INVOICES_HTTP="x",
        INVOICES_LOG_LEVEL="LOUD",
        INVOICES_SERVER__PORT="ten",
        INVOICES_SERVER__PROT="1",
        INVOICES_PAGE_TOKEN_KEY_FILE="",
    )
    assert sorted(line.partition(":")[0] for line in said) == [
        "INVOICES_HTTP",
        "INVOICES_LOG_LEVEL",
        "INVOICES_PAGE_TOKEN_KEY_FILE",
        "INVOICES_SERVER__PORT",
        "INVOICES_SERVER__PROT",
        "INVOICES_TOKEN_FILE",
    ]


def test_host_beyond_loopback_without_tls_is_named_with_what_it_needs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    [line] = problems(monkeypatch, INVOICES_SERVER__HOST="0.0.0.0")
    assert line.startswith("INVOICES_SERVER__HOST: is not loopback")
    assert CERTIFICATE in line and KEY in line


@pytest.mark.parametrize(
    ("variables", "line"),
    [
        ({DEFAULT: "301"}, f"{DEFAULT}: must not be above {LONGEST} (300)"),
        ({DEFAULT: "2", LONGEST: "1.5"}, f"{DEFAULT}: must not be above {LONGEST} (1.5)"),
        ({LONGEST: "30"}, f"{LONGEST}: must not be below {DEFAULT} (60)"),
    ],
)
def test_deadline_of_calls_that_bring_none_is_within_the_longest(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], line: str
) -> None:
    assert problems(monkeypatch, **variables) == [line]


BUCKET = "INVOICES_OBJECTS__BUCKET"
NAME = "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$"
PREFIX = "^([A-Za-z0-9][A-Za-z0-9._-]*/)+$"


@pytest.mark.parametrize(
    ("variables", "line"),
    [
        ({}, f"INVOICES_OBJECT_FOLDER: is set, and so is {BUCKET}: leave one out"),
        ({"REGION": "eu-central-1", "BUCKET": ""}, f"{BUCKET}: is empty"),
        ({"BUCKET": "Documents!"}, f"{BUCKET}: must be a text of the form {NAME}"),
        ({"PREFIX": "no-slash"}, f"INVOICES_OBJECTS__PREFIX: must be a text of the form {PREFIX}"),
        ({"PREFIX": "../"}, f"INVOICES_OBJECTS__PREFIX: must be a text of the form {PREFIX}"),
        (
            {"ENCRYPTION": "rot13"},
            "INVOICES_OBJECTS__ENCRYPTION: must be one of bucket, AES256, aws:kms",
        ),
        (
            {"KMS_KEY": "k"},
            "INVOICES_OBJECTS__KMS_KEY: needs INVOICES_OBJECTS__ENCRYPTION to be aws:kms",
        ),
        (
            {"ACCESS_KEY_ID": "id"},
            "INVOICES_OBJECTS__SECRET_ACCESS_KEY: is missing: an access key has both",
        ),
        (
            {"SECRET_ACCESS_KEY": SECRET},
            "INVOICES_OBJECTS__ACCESS_KEY_ID: is missing: an access key has both",
        ),
    ],
)
def test_bucket_that_cannot_be_is_named(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], line: str
) -> None:
    given = {"BUCKET": "documents", **variables}
    if variables:
        monkeypatch.delenv("INVOICES_OBJECT_FOLDER")
    assert problems(
        monkeypatch, **{f"INVOICES_OBJECTS__{name}": given[name] for name in given}
    ) == [line]


def test_bucket_takes_the_place_of_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INVOICES_OBJECT_FOLDER")
    for name, value in {
        "BUCKET": "documents",
        "PREFIX": "eu/invoices/",
        "ENCRYPTION": "aws:kms",
        "KMS_KEY": "our-key",
        "ACCESS_KEY_ID": "id",
        "SECRET_ACCESS_KEY": SECRET,
        "PATH_STYLE": "true",
    }.items():
        monkeypatch.setenv(f"INVOICES_OBJECTS__{name}", value)
    settings = read_settings(QuerySettings)
    assert settings.object_folder is None and settings.objects is not None
    assert (settings.objects.bucket, settings.objects.path_style) == ("documents", True)
    assert SECRET not in repr(settings)


def test_variables_of_settings_give_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = BatchProcessSettings(
        database=DatabaseSettings(dsn=SecretStr("postgresql://u:%20@h/d")),
        object_folder=Path("/objects"),
        reading=ReadingSettings(processes=3, require_cell=True),
        model=ModelSettings(url="http://h/v1", name="m", api_key=SecretStr("k")),
    )
    variables = variables_of(settings, BatchProcessSettings)
    assert variables["INVOICES_MODEL__API_KEY"] == "k"
    assert "INVOICES_IMPORT_FOLDER" not in variables, "what is not set is left out"
    for variable, value in variables.items():
        monkeypatch.setenv(variable, value)
    assert read_settings(BatchProcessSettings) == settings
