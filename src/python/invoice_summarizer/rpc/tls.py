"""The files of TLS, checked before gRPC sees them: what it says of a wrong one names no setting."""

from collections.abc import Callable
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

_CERTIFICATE = "INVOICES_SERVER__TLS__CERTIFICATE_FILE"
_KEY = "INVOICES_SERVER__TLS__KEY_FILE"
_AUTHORITY = "INVOICES_SERVER__TLS__CLIENT_AUTHORITY_FILE"

Parsed = TypeVar("Parsed")


def server_credentials(tls: TlsSettings) -> grpc.ServerCredentials:
    """Returns the credentials of the files. Raises WrongSetting with the variable of the one that cannot be used."""
    chain, certificates = _certificates(_CERTIFICATE, tls.certificate_file)
    key_pem = _read(_KEY, tls.key_file)
    key = _parsed(_KEY, "holds no private key in PEM without a password", _private_key, key_pem)
    if _public(key) != certificates[0].public_key().public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    ):
        raise WrongSetting((_KEY, f"is not the key of the first certificate of {_CERTIFICATE}"))
    authority = None
    if tls.client_authority_file is not None:
        authority, _ = _certificates(_AUTHORITY, tls.client_authority_file)
    return grpc.ssl_server_credentials(
        [(key_pem, chain)],
        root_certificates=authority,
        require_client_auth=authority is not None,
    )


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
