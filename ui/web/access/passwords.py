"""Passwords of the people who may sign in: hashed with argon2 and compared; `ilya password` makes the pairs."""

import re
from collections.abc import Mapping

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from knowledge.model.errors import AskIlyaError
from ui.web.access.failed_tries import FailedTries

_HASHER = PasswordHasher()


class AuthMisread(AskIlyaError):
    """`ILYA_AUTH` cannot be understood."""


class TooManyTries(AskIlyaError):
    """Somebody guesses passwords."""


def hashed_pair(name: str, password: str) -> str:
    """Return a pair for `ILYA_AUTH`.

    Raises:
        AuthMisread: the name could not be read back, or the password is empty.
    """
    if not re.fullmatch(r"[^\s:]+", name):
        raise AuthMisread(f"“{name}” cannot be a name to sign in with: leave out spaces and colons.")
    if not password:
        raise AuthMisread("The password is empty; give one.")
    return f"{name}:{_HASHER.hash(password)}"


def read_pairs(value: str) -> dict[str, str]:
    """Return hashes by name.

    Raises:
        AuthMisread: a pair has no name or no argon2 hash.
    """
    pairs = {}
    for pair in value.split():
        name, _, hashed = pair.partition(":")
        if not name or not hashed.startswith("$argon2"):
            raise AuthMisread("ILYA_AUTH holds pairs name:hash parted by spaces; make each with `ilya password NAME`.")
        pairs[name] = hashed
    return pairs


class Passwords:
    """Knows who may sign in, and slows down guessing.

    Args:
        pairs: argon2 hashes by name.
        tries: wrong passwords of late.
    """

    def __init__(self, pairs: Mapping[str, str], tries: FailedTries) -> None:
        self._pairs = pairs
        self._tries = tries
        self._nobody = _HASHER.hash("nobody")

    def fit(self, name: str, password: str, *, address: str) -> bool:
        """Whether the password, which came from an address, is this person's.

        Raises:
            TooManyTries: too many wrong ones came from there lately.
        """
        if not self._tries.may_try(address):
            raise TooManyTries("Too many wrong passwords; please try again in five minutes.")
        try:
            # an unknown name takes as long as a known one
            _HASHER.verify(self._pairs.get(name, self._nobody), password)
        except (VerificationError, InvalidHashError):
            self._tries.add(address)
            return False
        if name not in self._pairs:
            self._tries.add(address)
            return False
        return True
