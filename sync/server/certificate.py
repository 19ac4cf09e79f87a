"""A hub's own TLS certificate: self-made, pinned by its fingerprint, its private key encrypted at rest."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sync.server.words import Refusal

_BEGINS = datetime(2020, 1, 1, tzinfo=UTC)
_LASTS = timedelta(days=20_000)
"""Who joins pins the fingerprint and looks at no date: clocks in tents are wrong."""


class Certificate(NamedTuple):
    """A PEM file with certificate and encrypted key, and the certificate's SHA-256 in hex."""

    path: Path
    fingerprint: str


def prepared(path: Path, password: str) -> Certificate:
    """Return the certificate at `path`, made now where there is none that `password` opens.

    Raises:
        Refusal: when the file can't be written.
    """
    found = _read(path, password)
    if found is None:
        found = _made()
        try:
            _write(path, found, password)
        except OSError as error:
            raise Refusal(f"The certificate {path} can't be written: {error.strerror}.") from error
    return Certificate(path, found[1].fingerprint(hashes.SHA256()).hex())


_Pair = tuple[ec.EllipticCurvePrivateKey, x509.Certificate]


def _read(path: Path, password: str) -> _Pair | None:
    try:
        raw = path.read_bytes()
        key = serialization.load_pem_private_key(raw, password.encode())
        certificate = x509.load_pem_x509_certificate(raw[raw.index(b"-----BEGIN CERTIFICATE") :])
    except (OSError, ValueError, TypeError):
        return None
    return (key, certificate) if isinstance(key, ec.EllipticCurvePrivateKey) else None


def _made() -> _Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "fairclient hub")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_BEGINS)
        .not_valid_after(_BEGINS + _LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return key, certificate


def _write(path: Path, pair: _Pair, password: str) -> None:
    private = pair[0].private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(password.encode()),
    )
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(private + pair[1].public_bytes(serialization.Encoding.PEM))
