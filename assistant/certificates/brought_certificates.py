"""A certificate that a stranger brings: held to its file within bounds, and its signature to the keys they trust.

Where they name no key, this home's own counts where it signed; anybody else's is for the reader to name. Nothing of the
library is read for it.
"""

from collections.abc import Sequence
from pathlib import Path

from assistant.certificates.certified_quotes import Certificate
from assistant.certificates.signing_keys import KeyRefused, public_key, signing_key
from assistant.certificates.verification import Verification, verify
from knowledge.library.bounded_reader import read_bounded
from knowledge.model.source import Source
from knowledge.model.subject import Subject

LARGEST = 8_000_000
"""Bytes of a file that is read for a stranger."""
_SECONDS = 10.0
"""Processor time for reading it."""
_DIGITS = 64


def verify_brought(
    certificate: Certificate, file: bytes | None, *, home: Path, keys: Sequence[str] = ()
) -> Verification:
    """Verify what somebody else brings; the file is read in a bounded process.

    Raises:
        KeyRefused: one of the keys is no public key; the name of a file on this machine is none.
    """
    return verify(certificate, file or None, trusted=trusted_keys(certificate, keys, home=home), reading=_reading)


def trusted_keys(certificate: Certificate, keys: Sequence[str], *, home: Path) -> list[str] | None:
    """Return the keys of which one must have signed; None where no signature is asked for.

    Raises:
        KeyRefused: one of them is no public key.
    """
    for key in keys:
        if not key.startswith("ed25519:") and len(key) != _DIGITS:
            raise KeyRefused(f"“{key[:80]}” is no public key: ed25519: and {_DIGITS} digits.")
    return [public_key(key) for key in keys] if keys else own_key(certificate, home=home)


def own_key(certificate: Certificate, *, home: Path) -> list[str] | None:
    """Return the public key of a home where it signed the certificate."""
    held = signing_key(home)
    signed = held and certificate.signature and certificate.signature.public_key == held.public
    return [held.public] if held and signed else None


def _reading(raw: bytes, origin: str, source_id: str, subject: Subject) -> Source:
    return read_bounded(raw, origin=origin, source_id=source_id, subject=subject, seconds=_SECONDS)
