"""The files of TLS, checked before gRPC sees them: what it says of a wrong one names no setting."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import grpc
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

from invoice_summarizer.settings import TlsSettings, WrongSetting

CERTIFICATE = "INVOICES_SERVER__TLS__CERTIFICATE_FILE"
KEY = "INVOICES_SERVER__TLS__KEY_FILE"
NAME = "INVOICES_SERVER__TLS__NAME"
AUTHORITY = "INVOICES_SERVER__TLS__CLIENT_AUTHORITY_FILE"

Parsed = TypeVar("Parsed")


def server_credentials(tls: TlsSettings) -> grpc.ServerCredentials:
    """Returns the credentials of the files. Raises WrongSetting with the variable of one that cannot be used."""
    key, chain = require_identity(tls.certificate_file, tls.key_file, tls.name)
    authority = None
    if tls.client_authority_file is not None:
        authority = require_authority(tls.client_authority_file)
    return grpc.ssl_server_credentials(
        [(key, chain)],
        root_certificates=authority,
        require_client_auth=authority is not None,
    )


def require_identity(
    certificate_file: Path, key_file: Path, name: str | None = None
) -> tuple[bytes, bytes]:
    """Returns the key and the chain of certificates. Raises WrongSetting with each of the two that cannot be used.

    With a name, the first certificate is for it, and holds today: callers would refuse another.
    """
    problems: list[tuple[str, str]] = []
    try:
        chain, certificates = _certificates(CERTIFICATE, certificate_file)
    except WrongSetting as error:
        problems += error.problems
    try:
        key_pem = _read(KEY, key_file)
        key = _parsed(KEY, "holds no private key in PEM without a password", _private_key, key_pem)
    except WrongSetting as error:
        problems += error.problems
    if problems:
        raise WrongSetting(*problems)
    if _public(key) != certificates[0].public_key().public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    ):
        raise WrongSetting((KEY, f"is not the key of the first certificate of {CERTIFICATE}"))
    if name is not None:
        _require_name(certificates[0], name)
    return key_pem, chain


def _require_name(certificate: x509.Certificate, name: str) -> None:
    """Raises WrongSetting where nobody who calls the name accepts the certificate (RFC 9525: a whole label for `*`)."""
    if certificate.not_valid_after_utc < datetime.now(UTC):
        raise WrongSetting((CERTIFICATE, "has expired"))
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        found = {each.lower() for each in names.value.get_values_for_type(x509.DNSName)}
    except x509.ExtensionNotFound:
        found = set()
    wanted = name.lower()
    _, dot, domain = wanted.partition(".")
    if not found & ({wanted, f"*.{domain}"} if dot else {wanted}):
        raise WrongSetting((CERTIFICATE, f"is not for {NAME}, by which callers know the server"))


def require_authority(path: Path) -> bytes:
    """Returns the certificates. Raises WrongSetting where there are none."""
    return _certificates(AUTHORITY, path)[0]


def _certificates(variable: str, path: Path) -> tuple[bytes, list[x509.Certificate]]:
    pem = _read(variable, path)
    problem = "holds no certificate in PEM"
    return pem, _parsed(variable, problem, x509.load_pem_x509_certificates, pem)


def _private_key(pem: bytes) -> PrivateKeyTypes:
    return load_pem_private_key(pem, password=None)


def _public(key: PrivateKeyTypes) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _parsed(variable: str, problem: str, parse: Callable[[bytes], Parsed], pem: bytes) -> Parsed:
    try:
        return parse(pem)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        # TypeError is of a key that has a password.
        raise WrongSetting((variable, problem)) from None


def _read(variable: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WrongSetting((variable, f"cannot be read: {error.strerror}")) from None
