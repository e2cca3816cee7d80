"""A file of TLS that cannot be used is named with what is wrong with it."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from typer.testing import CliRunner

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.main import app
from invoice_summarizer.cli.tls_files import TlsFiles, require_usable, tls_files
from tls_identity import identity


@pytest.fixture
def files(tmp_path: Path) -> TlsFiles:
    own = identity("localhost")
    (tmp_path / "certificate.pem").write_bytes(own.certificate)
    (tmp_path / "key.pem").write_bytes(own.key)
    (tmp_path / "ca.pem").write_bytes(identity("authority").certificate)
    return TlsFiles(
        authority=tmp_path / "ca.pem",
        certificate=tmp_path / "certificate.pem",
        key=tmp_path / "key.pem",
    )


def test_files_that_hold_what_they_should_are_taken(files: TlsFiles) -> None:
    require_usable(files)
    require_usable(TlsFiles())


@pytest.mark.parametrize(
    ("file", "content", "problem"),
    [
        ("ca", b"junk", "holds no certificate in PEM"),
        ("ca", b"", "holds no certificate in PEM"),
        ("ca", identity("x").key, "holds no certificate in PEM"),
        ("certificate", b"junk", "holds no certificate in PEM"),
        ("key", b"junk", "holds no private key in PEM without a password"),
        ("key", identity("x").certificate, "holds no private key in PEM without a password"),
        ("key", identity("x").key, "is not the key of the certificate in"),
    ],
)
def test_file_that_holds_something_else_is_named(
    files: TlsFiles, tmp_path: Path, file: str, content: bytes, problem: str
) -> None:
    path = tmp_path / f"{file}.pem"
    path.write_bytes(content)
    with pytest.raises(CommandFailed, match=f"{path} {problem}") as refused:
        require_usable(files)
    assert (refused.value.exit_code, refused.value.reason) == (ExitCode.USAGE, "FILE_UNUSABLE")


def test_key_with_a_password_is_named_and_nobody_is_asked_for_it(files: TlsFiles) -> None:
    assert files.key is not None
    key = serialization.load_pem_private_key(files.key.read_bytes(), password=None)
    files.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"secret"),
        )
    )
    with pytest.raises(CommandFailed, match="holds no private key in PEM without a password"):
        require_usable(files)


@pytest.mark.parametrize("file", ["ca", "certificate", "key"])
def test_file_that_is_not_there_is_named(files: TlsFiles, tmp_path: Path, file: str) -> None:
    (tmp_path / f"{file}.pem").unlink()
    with pytest.raises(CommandFailed, match=f"cannot read .*{file}.pem: No such file") as refused:
        require_usable(files)
    assert refused.value.reason == "FILE_UNREADABLE"


@pytest.mark.parametrize(
    ("given", "missing"),
    [("--key-file", "--certificate-file"), ("--certificate-file", "--key-file")],
)
def test_certificate_and_key_are_given_together(tmp_path: Path, given: str, missing: str) -> None:
    result = CliRunner().invoke(app, [given, "some.pem", "--data", str(tmp_path), "list"])
    assert result.exit_code == ExitCode.USAGE
    assert f"{given} needs {missing} too" in result.stderr


def test_authority_alone_asks_for_tls_and_nothing_does_not() -> None:
    assert tls_files(False, None, None, None) is None
    assert tls_files(True, None, None, None) == TlsFiles()
    assert tls_files(False, Path("ca.pem"), None, None) == TlsFiles(authority=Path("ca.pem"))
