"""Certificates for one Ray on one machine: an authority that signs one certificate and is then forgotten.

Ray Serve's replicas listen on every address of the machine and take pickled messages there; with these, they talk to
nobody who has no key of this Ray.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

_VALID = timedelta(days=3650)


def create_certificates(folder: Path, address: str) -> Mapping[str, str]:
    """The folder, for this user only, holds a key and certificates; returns the environment by which Ray uses them."""
    folder.mkdir(mode=0o700)
    authority_key = ec.generate_private_key(ec.SECP256R1())
    key = ec.generate_private_key(ec.SECP256R1())
    authority_name = _name("authority of one Ray")
    authority = _certificate(authority_name, authority_name, authority_key, authority_key, None)
    certificate = _certificate(_name("one Ray"), authority_name, key, authority_key, address)
    files = {
        "RAY_TLS_CA_CERT": (folder / "authority.pem", authority.public_bytes(Encoding.PEM)),
        "RAY_TLS_SERVER_CERT": (folder / "ray.pem", certificate.public_bytes(Encoding.PEM)),
        "RAY_TLS_SERVER_KEY": (
            folder / "ray.key",
            key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        ),
    }
    for path, content in files.values():
        path.write_bytes(content)
    return {"RAY_USE_TLS": "1", **{variable: str(path) for variable, (path, _) in files.items()}}


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer_key: ec.EllipticCurvePrivateKey,
    address: str | None,
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + _VALID)
        .add_extension(x509.BasicConstraints(ca=address is None, path_length=None), critical=True)
    )
    if address is not None:
        names = x509.SubjectAlternativeName(
            [x509.IPAddress(ip_address(address)), x509.DNSName("localhost")]
        )
        builder = builder.add_extension(names, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())
