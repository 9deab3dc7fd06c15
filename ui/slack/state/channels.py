"""What admins decided for a channel: whether the bot may answer there, when, from what and how much."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.library.store import Base, Library
from knowledge.model.provenance import Provenance


class ChannelRules(BaseModel):
    """The rules of one channel; the defaults are those of a channel nobody has set up."""

    model_config = ConfigDict(frozen=True)

    allowed: bool = True
    mention_only: bool = False
    """Whether follow-ups in a thread need a mention too."""
    provenances: tuple[Provenance, ...] = ()
    """Which kinds may be quoted; empty: all."""
    language: str | None = None
    """Language of what stands around the quotes; None: the question's."""
    max_quotes: Annotated[int, Field(ge=1, le=10)] | None = None
    """Quotes in one answer at most; None: as many as everywhere."""


class ChannelRow(Base):
    """A channel that was set up."""

    __tablename__ = "slack_channels"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    rules: Mapped[dict[str, object]] = mapped_column(JSON)


class Channels:
    """The rules of every channel."""

    def __init__(self, library: Library) -> None:
        self._engine = library.engine
        Base.metadata.create_all(self._engine)

    def rules(self, workspace: str, channel: str) -> ChannelRules:
        """Return the rules of a channel."""
        with Session(self._engine) as session:
            row = session.get(ChannelRow, (workspace, channel))
            return ChannelRules.model_validate(row.rules) if row else ChannelRules()

    def set(self, workspace: str, channel: str, rules: ChannelRules) -> None:
        """Set the rules of a channel."""
        with Session(self._engine) as session, session.begin():
            session.merge(ChannelRow(workspace=workspace, channel=channel, rules=rules.model_dump(mode="json")))
