"""Files of keys and certificates that variables name, looked at before they are used."""

import ssl
from collections.abc import Callable
from pathlib import Path

from invoice_summarizer.renewed_files import Contents, RenewedFiles
from invoice_summarizer.settings import WrongSetting


def key_of_file(variable: str, path: Path, size_bytes: int) -> bytes:
    """Returns the key whose bytes the file holds in hex. Raises WrongSetting where it holds none."""
    try:
        key = bytes.fromhex(path.read_text().strip())
    except OSError as error:
        raise WrongSetting((variable, f"cannot read {path}: {error.strerror}")) from None
    except ValueError:
        key = b""
    if len(key) != size_bytes:
        problem = f"{path} must hold {2 * size_bytes} hex digits and nothing else"
        raise WrongSetting((variable, problem))
    return key


def require_authority(variable: str, path: Path) -> None:
    """Raises WrongSetting where the file holds no certificates that others could come from."""
    try:
        ssl.create_default_context(cafile=path)
    except ssl.SSLError:
        raise WrongSetting((variable, f"{path} holds no certificate in PEM")) from None
    except OSError as error:
        raise WrongSetting((variable, f"cannot read {path}: {error.strerror}")) from None


def renewed_authority(variable: str, path: Path) -> Callable[[], str]:
    """Returns what says which certificates the file holds, or did when they could last be used, in PEM.

    Raises WrongSetting where it holds none now.
    """
    require_authority(variable, path)

    def parsed(contents: Contents) -> str:
        # Only what stands between certificates, such as their names, is other than ASCII.
        pem = contents[variable].decode("ascii", "ignore")
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=pem)
        except (ssl.SSLError, ValueError):
            raise WrongSetting((variable, f"{path} holds no certificate in PEM")) from None
        return pem

    return RenewedFiles(variable, {variable: path}, parsed).now
