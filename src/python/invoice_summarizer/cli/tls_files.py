"""The files of TLS, looked at before gRPC is: of one that it cannot use, it says that no server answers."""

import ssl
from dataclasses import dataclass
from pathlib import Path

from invoice_summarizer.cli.failures import wrong_usage


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsFiles:
    """PEM files. Without an authority the system's are trusted; certificate and key are for servers that want mTLS."""

    authority: Path | None = None
    certificate: Path | None = None
    key: Path | None = None


def tls_files(
    wanted: bool, authority: Path | None, certificate: Path | None, key: Path | None
) -> TlsFiles | None:
    """Returns the files, or None where nothing asks for TLS. Raises CommandFailed for a half of certificate and key."""
    if (certificate is None) != (key is None):
        given, missing = "--certificate-file", "--key-file"
        if certificate is None:
            given, missing = missing, given
        raise wrong_usage(f"{given} needs {missing} too: the server checks both")
    if not (wanted or authority or certificate):
        return None
    return TlsFiles(authority=authority, certificate=certificate, key=key)


def require_usable(files: TlsFiles) -> None:
    """Raises CommandFailed where a file cannot be read, or does not hold what its option names."""
    for path in (files.authority, files.certificate):
        if path is not None:
            _require_certificate(path)
    if files.certificate is not None and files.key is not None:
        _require_key(files.key, files.certificate)


def _require_certificate(path: Path) -> None:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=path)
    except ssl.SSLError:
        raise wrong_usage(f"{path} holds no certificate in PEM", "FILE_UNUSABLE") from None
    except OSError as error:
        raise _unreadable(path, error) from None


def _require_key(path: Path, certificate: Path) -> None:
    try:
        path.read_bytes()
        # An empty password, so that nobody is asked for one.
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_cert_chain(certificate, path, password="")
    except ssl.SSLError as error:
        problem = (
            f"is not the key of the certificate in {certificate}"
            if error.reason == "KEY_VALUES_MISMATCH"
            else "holds no private key in PEM without a password"
        )
        raise wrong_usage(f"{path} {problem}", "FILE_UNUSABLE") from None
    except OSError as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: OSError) -> Exception:
    return wrong_usage(f"cannot read {path}: {error.strerror}", "FILE_UNREADABLE")
