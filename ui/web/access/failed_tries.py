"""Wrong passwords of late, by the address they came from: guessing is slowed down, and nobody's account is locked.

They are kept in the library's database, so that several processes and a restart agree. A name is never counted:
who is guessed at can still sign in from where nobody guesses.
"""

import ipaddress
import time
from collections.abc import Callable

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.library.store import Base, Library

SECONDS = 300.0
"""How long a wrong password counts."""
TRIES = 10
"""Wrong passwords that an address may give in that time."""
TRIES_UNDER_ATTACK = 3
"""The same while many addresses guess together."""
MANY = 200
"""Wrong passwords from everywhere in that time that count as an attack."""


class FailedTryRow(Base):
    """One wrong password."""

    __tablename__ = "failed_sign_ins"

    number: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(index=True)
    at: Mapped[float] = mapped_column(index=True)


class FailedTries:
    """Counts wrong passwords.

    Args:
        library: in whose database they are kept.
        clock: tells the time in seconds.
    """

    def __init__(self, library: Library, clock: Callable[[], float] = time.time) -> None:
        self._engine = library.engine
        self._clock = clock

    def may_try(self, address: str) -> bool:
        """Whether a password from this address is looked at."""
        lately = FailedTryRow.at > self._clock() - SECONDS
        with Session(self._engine) as session:
            everywhere = session.scalar(select(func.count()).where(lately)) or 0
            own = session.scalar(select(func.count()).where(lately, FailedTryRow.address == _network(address))) or 0
        return own < (TRIES if everywhere < MANY else TRIES_UNDER_ATTACK)

    def add(self, address: str) -> None:
        """Count a wrong password; what no longer counts is forgotten."""
        now = self._clock()
        with Session(self._engine) as session, session.begin():
            session.execute(delete(FailedTryRow).where(FailedTryRow.at <= now - SECONDS))
            session.add(FailedTryRow(address=_network(address), at=now))


def _network(address: str) -> str:
    """Return what one guesser has: an address, or of the sixth version the network that a subscriber is given."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if found.version == 6 else str(found)
