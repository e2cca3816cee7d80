"""The files of TLS, checked before gRPC sees them: what it says of a wrong one names no setting."""

from collections.abc import Callable
from dataclasses import dataclass
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

from invoice_summarizer.renewed_files import Contents, RenewedFiles, read_files
from invoice_summarizer.settings import TlsSettings, WrongSetting

_GROUP = "INVOICES_SERVER__TLS__"
CERTIFICATE = f"{_GROUP}CERTIFICATE_FILE"
KEY = f"{_GROUP}KEY_FILE"
NAME = f"{_GROUP}NAME"
AUTHORITY = f"{_GROUP}CLIENT_AUTHORITY_FILE"

Parsed = TypeVar("Parsed")


@dataclass(frozen=True, slots=True)
class _Shown:
    configuration: grpc.ServerCertificateConfiguration
    expires: datetime


class ServerCertificates:
    """What a server shows to who connects, and whose certificates it wants: what the files hold at that time.

    Files that are renewed need no restart. Where the new ones cannot be used, those of before stay, and the log says so.
    Connections that there are go on. Raises WrongSetting with the variable of a file that cannot be used at the start.
    """

    def __init__(self, tls: TlsSettings) -> None:
        self._name = tls.name
        files = {CERTIFICATE: tls.certificate_file, KEY: tls.key_file}
        if tls.client_authority_file is not None:
            files[AUTHORITY] = tls.client_authority_file
        self._files = RenewedFiles(_GROUP, files, self._at_start, renewed=self._renewed)
        self._given = self._files.now()
        self.credentials = grpc.dynamic_ssl_server_credentials(
            self._given.configuration,
            self._fetched,  # type: ignore[arg-type]  # the stubs do not know of None, which is no change
            require_client_authentication=AUTHORITY in files,
        )

    def expires(self) -> datetime:
        """Returns until when the certificate in use holds."""
        return self._files.now().expires

    def _fetched(self) -> grpc.ServerCertificateConfiguration | None:
        """Returns what the next connection gets; None where that is what the one before got."""
        shown = self._files.now()
        if shown is self._given:
            return None
        self._given = shown
        return shown.configuration

    def _at_start(self, contents: Contents) -> _Shown:
        return self._shown(contents, _identity(contents, self._name))

    def _renewed(self, contents: Contents) -> _Shown:
        certificate = _identity(contents, self._name)
        _require_valid(certificate)  # without a name too: the one of before may hold still
        return self._shown(contents, certificate)

    def _shown(self, contents: Contents, certificate: x509.Certificate) -> _Shown:
        authority = contents.get(AUTHORITY)
        if authority is not None:
            _certificates(AUTHORITY, authority)
        configuration = grpc.ssl_server_certificate_configuration(
            [(contents[KEY], contents[CERTIFICATE])], root_certificates=authority
        )
        return _Shown(configuration, certificate.not_valid_after_utc)


def require_identity(certificate_file: Path, key_file: Path) -> None:
    """Raises WrongSetting with each of the two that cannot be used."""
    _without_problems(
        lambda: _certificate(read_files({CERTIFICATE: certificate_file})),
        lambda: _key(read_files({KEY: key_file})),
    )
    _identity(read_files({CERTIFICATE: certificate_file, KEY: key_file}))


def require_authority(path: Path) -> None:
    """Raises WrongSetting where the file holds no certificates."""
    _certificates(AUTHORITY, read_files({AUTHORITY: path})[AUTHORITY])


def _identity(contents: Contents, name: str | None = None) -> x509.Certificate:
    """Returns the first certificate, whose key it is. Raises WrongSetting with each of the two that cannot be used.

    With a name, the certificate is for it, and holds today: callers would refuse another.
    """
    _without_problems(lambda: _certificate(contents), lambda: _key(contents))
    certificate, key = _certificate(contents), _key(contents)
    if _public(key) != certificate.public_key().public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    ):
        raise WrongSetting((KEY, f"is not the key of the first certificate of {CERTIFICATE}"))
    if name is not None:
        _require_valid(certificate)
        _require_name(certificate, name)
    return certificate


def _without_problems(*parts: Callable[[], object]) -> None:
    """Raises WrongSetting with the problems of all parts that raise it."""
    problems: list[tuple[str, str]] = []
    for part in parts:
        try:
            part()
        except WrongSetting as error:
            problems += error.problems
    if problems:
        raise WrongSetting(*problems)


def _certificate(contents: Contents) -> x509.Certificate:
    return _certificates(CERTIFICATE, contents[CERTIFICATE])[0]


def _key(contents: Contents) -> PrivateKeyTypes:
    problem = "holds no private key in PEM without a password"
    return _parsed(KEY, problem, _private_key, contents[KEY])


def _require_valid(certificate: x509.Certificate) -> None:
    now = datetime.now(UTC)
    if certificate.not_valid_after_utc < now:
        raise WrongSetting((CERTIFICATE, "has expired"))
    if certificate.not_valid_before_utc > now:
        raise WrongSetting((CERTIFICATE, "does not hold yet"))


def _require_name(certificate: x509.Certificate, name: str) -> None:
    """Raises WrongSetting where nobody who calls the name accepts the certificate (RFC 9525: a whole label for `*`)."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        found = {each.lower() for each in names.value.get_values_for_type(x509.DNSName)}
    except (
        ValueError,
        x509.DuplicateExtension,
        x509.ExtensionNotFound,
        x509.UnsupportedGeneralNameType,
    ):
        found = set()
    wanted = name.lower()
    _, dot, domain = wanted.partition(".")
    if not found & ({wanted, f"*.{domain}"} if dot else {wanted}):
        raise WrongSetting((CERTIFICATE, f"is not for {NAME}, by which callers know the server"))


def _certificates(variable: str, pem: bytes) -> list[x509.Certificate]:
    problem = "holds no certificate in PEM"
    return _parsed(variable, problem, x509.load_pem_x509_certificates, pem)


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
