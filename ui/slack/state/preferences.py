"""What a person narrowed their questions to on the App Home: used wherever they ask."""

from pydantic import ValidationError
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant import Filters
from knowledge.library.store import Base, Library
from ui.slack.state.channels import ChannelRules
from ui.web.chat.filter_form import Wishes


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
        Base.metadata.create_all(self._engine)

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
