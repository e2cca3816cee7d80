"""Keys with certificates, which they have signed themselves or an authority has."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Identity:
    certificate: bytes
    key: bytes


def identity(name: str, *, lifetime: timedelta = _HOUR) -> Identity:
    """Returns a key with a certificate that it has signed itself; it may have expired."""
    key = ec.generate_private_key(ec.SECP256R1())
    named = _named(name)
    certificate = (
        _unsigned(named, named, key.public_key(), lifetime=lifetime)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return Identity(_pem(certificate), _pem_of_key(key))


@dataclass(frozen=True, slots=True)
class Authority:
    """Two of one name are told apart by their keys, as one is that has been renewed."""

    name: str = "authority"
    _key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    @property
    def certificate(self) -> bytes:
        public = self._key.public_key()
        named = _named(self.name)
        return _pem(
            _unsigned(named, named, public)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .sign(self._key, hashes.SHA256())
        )

    def identity(
        self,
        name: str,
        *,
        lifetime: timedelta = _HOUR,
        begins: timedelta = timedelta(days=-1),
    ) -> Identity:
        """Returns a key with a certificate; it may have expired, or begin to hold later."""
        key = ec.generate_private_key(ec.SECP256R1())
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        certificate = (
            _unsigned(
                _named(name), _named(self.name), key.public_key(), lifetime=lifetime, begins=begins
            )
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
            .add_extension(issuer, critical=False)
            .sign(self._key, hashes.SHA256())
        )
        return Identity(_pem(certificate), _pem_of_key(key))


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _unsigned(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    *,
    lifetime: timedelta = _HOUR,
    begins: timedelta = timedelta(days=-1),
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + begins)
        .not_valid_after(now + lifetime)
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _pem_of_key(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
