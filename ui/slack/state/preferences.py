"""Preferences kept in the database: what a person narrows their questions to, what admins allow in a channel."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import JSON, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant import Filters
from knowledge.library.store import Base, Library
from knowledge.model.provenance import Provenance
from ui.rendering.filter_form import Wishes


# What admins decided for a channel: whether the bot may answer there, when, from what and how much.
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
    daily_at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = None
    """When the quotation of the day is posted, as `09:00`; None: never."""
    daily_zone: str | None = None
    """The time zone of that hour, such as `Europe/Amsterdam`: that of the admin who set it; None: UTC."""


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

    def rules(self, workspace: str, channel: str) -> ChannelRules:
        """Return the rules of a channel."""
        with Session(self._engine) as session:
            row = session.get(ChannelRow, (workspace, channel))
            return ChannelRules.model_validate(row.rules) if row else ChannelRules()

    def with_daily(self) -> list[tuple[str, str, ChannelRules]]:
        """Return workspace, channel and rules of every channel that wants the quotation of the day."""
        with Session(self._engine) as session:
            rows = session.scalars(select(ChannelRow)).all()
        found = [(row.workspace, row.channel, ChannelRules.model_validate(row.rules)) for row in rows]
        return [one for one in found if one[2].daily_at]

    def set(self, workspace: str, channel: str, rules: ChannelRules) -> None:
        """Set the rules of a channel."""
        with Session(self._engine) as session, session.begin():
            session.merge(ChannelRow(workspace=workspace, channel=channel, rules=rules.model_dump(mode="json")))


class PreferencesRow(Base):
    """The wishes of one person."""

    __tablename__ = "slack_preferences"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(primary_key=True)
    wishes: Mapped[str]


class Preferences:
    """The wishes of everybody."""

    def __init__(self, library: Library) -> None:
        self._engine = library.engine

    def wishes(self, workspace: str, user: str) -> Wishes:
        """Return what somebody wishes: nothing when they never said, or said it to a version we cannot read."""
        with Session(self._engine) as session:
            row = session.get(PreferencesRow, (workspace, user))
        try:
            return Wishes.model_validate_json(row.wishes) if row else Wishes()
        except ValidationError:
            return Wishes()

    def set(self, workspace: str, user: str, wishes: Wishes) -> None:
        """Keep what somebody wishes."""
        with Session(self._engine) as session, session.begin():
            session.merge(PreferencesRow(workspace=workspace, user=user, wishes=wishes.model_dump_json()))


def within(filters: Filters, rules: ChannelRules) -> Filters:
    """Return the filters narrowed to what a channel allows; where nothing is left of a wish, the channel's rule stands.

    >>> from knowledge.model.provenance import Provenance as P
    >>> within(Filters(provenances=(P.QUOTATION,)), ChannelRules(provenances=(P.TRANSCRIPT,))).provenances
    (<Provenance.TRANSCRIPT: 'transcript'>,)
    """
    if not rules.provenances:
        return filters
    both = tuple(kind for kind in filters.provenances if kind in rules.provenances)
    return filters.model_copy(update={"provenances": both or rules.provenances})
