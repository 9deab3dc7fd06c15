"""Keys that certificates are signed with: Ed25519, one private key in the home of an operator, public keys to trust.

A public key is written `ed25519:` and 64 hexadecimal digits, which is the key itself and so its own fingerprint; a PEM
file of another tool is read as well.
"""

import contextlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from assistant.certificates.certified_quotes import Signature
from assistant.exceptions import AssistantError

FILE_NAME = "signing-key.pem"
_WRITTEN = re.compile(r"(?:ed25519:)?([0-9a-f]{64})", re.IGNORECASE)


class KeyRefused(AssistantError):
    """A file or text is no key that certificates are signed with."""


@dataclass(frozen=True)
class SigningKey:
    """A private key; signs, and tells its public half."""

    _private: Ed25519PrivateKey

    def sign(self, content: bytes) -> Signature:
        """Return the signature over some bytes."""
        return Signature(public_key=self.public, value=self._private.sign(content).hex())

    @property
    def public(self) -> str:
        """Return the public key in 64 hexadecimal digits."""
        return self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    @property
    def public_pem(self) -> str:
        """Return the public key as other tools read it."""
        written = self._private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return written.decode()


def written(public: str) -> str:
    """Return a public key as it is shown and handed on."""
    return f"ed25519:{public}"


def signing_key(home: Path) -> SigningKey | None:
    """Return the key of a home; None where none was made.

    Raises:
        KeyRefused: the file holds no such key, or others may read it.
    """
    path = home / FILE_NAME
    try:
        told = path.read_bytes()
        open_to = path.stat().st_mode & 0o077
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KeyRefused(f"{path} cannot be read ({error.strerror}).") from error
    if os.name == "posix" and open_to:
        raise KeyRefused(f"{path} can be read by others on this machine; close it with: chmod 600 {path}")
    try:
        private = load_pem_private_key(told, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyRefused(
            f"{path} holds no key; put the file back from a copy, or remove it to make another."
        ) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyRefused(f"{path} holds a key of another kind than Ed25519.")
    return SigningKey(private)


def make_signing_key(home: Path) -> SigningKey:
    """Return the key of a home; makes it first where there is none, to be read by its owner only.

    Raises:
        KeyRefused: the file there holds none.
    """
    if held := signing_key(home):
        return held
    content = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    descriptor, name = tempfile.mkstemp(dir=home, prefix=".signing-key-")  # made for its owner only
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):  # never over a key that another process made meanwhile
            os.link(name, home / FILE_NAME)
    finally:
        os.unlink(name)
    made = signing_key(home)
    assert made is not None
    return made


def public_key(told: str) -> str:
    """Return the 64 digits of a public key given as `ed25519:…`, as its digits, or as a file with it or a PEM in it.

    Raises:
        KeyRefused: it is neither.
    """
    if match := _WRITTEN.fullmatch(told.strip()):
        return match[1].lower()
    try:
        content = Path(told).read_bytes()
    except (OSError, ValueError) as error:
        raise KeyRefused(f"“{told}” is neither a public key (ed25519: and 64 digits) nor a file with one.") from error
    if match := _WRITTEN.fullmatch(content.decode("utf-8", "replace").strip()):
        return match[1].lower()
    try:
        held = load_pem_public_key(content)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeyRefused(f"{told} holds no public key.") from error
    if not isinstance(held, Ed25519PublicKey):
        raise KeyRefused(f"{told} holds a key of another kind than Ed25519.")
    return held.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def is_signed(signature: Signature, content: bytes) -> bool:
    """Whether a signature was made over these bytes by the key it names."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signature.public_key))
        key.verify(bytes.fromhex(signature.value), content)
    except (InvalidSignature, ValueError):
        return False
    return True
