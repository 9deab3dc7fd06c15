"""What the records hold of a person, and for how long: exported, erased, and forgotten after the days that are set.

A person is known by the name they sign in under (`ada`), or in Slack by `slack:WORKSPACE:USER`. Answers are kept
without a name; those of a person's conversations are theirs, those of Slack's threads belong to the thread.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any, NamedTuple

from sqlalchemy import JSON, CursorResult, DateTime, Delete, column, delete, select, table
from sqlalchemy.orm import Session

from assistant.records.saved_answers import AnswerRow, ConversationAnswerRow, ConversationRow, FeedbackRow
from assistant.selection.pick_cache import PicksRow
from knowledge.library.database import plain_errors
from knowledge.library.store import Library
from knowledge.model.errors import AskIlyaError
from ui.api.keys import UseRow
from ui.web.access.sessions import SignInRow

_LOG = logging.getLogger(__name__)
_LOOK_EVERY = 6 * 3600.0
_SLACK = "slack"
# by their names: what serves the page does not load the bot
_THREADS = table("slack_threads", column("answer_id"), column("at", DateTime))
_UNANSWERED = table("slack_unanswered", column("workspace"), column("user"), column("asked", JSON), column("at"))
_PREFERENCES = table("slack_preferences", column("workspace"), column("user"), column("wishes"))


class Forgotten(NamedTuple):
    """How much was deleted, by what it is called."""

    answers: int
    conversations: int
    votes: int
    others: int
    """Sign-ins, preferences, choices of a model, turns of Slack threads, what waits there, counts of API calls."""

    @property
    def anything(self) -> bool:
        """Whether there was anything."""
        return any(self)


def export_person(library: Library, name: str) -> dict[str, Any]:
    """Return everything that is kept of a person, as JSON; quotes by their ids."""
    with plain_errors(), Session(library.engine) as session:
        conversations = [
            {
                "title": row.title,
                "begun_at": row.begun_at.isoformat(),
                "questions": [
                    {"question": one.question, "quotes": one.quote_ids, "asked_at": one.given_at.isoformat()}
                    for one in session.scalars(
                        select(AnswerRow)
                        .join(ConversationAnswerRow, ConversationAnswerRow.answer_id == AnswerRow.id)
                        .where(ConversationAnswerRow.conversation_id == row.id)
                        .order_by(ConversationAnswerRow.number)
                    )
                ],
            }
            for row in session.scalars(select(ConversationRow).where(ConversationRow.owner == name))
        ]
        votes = [
            {"quote": row.quote_id, "verdict": row.verdict, "note": row.note, "given_at": row.given_at.isoformat()}
            for row in session.scalars(select(FeedbackRow).where(FeedbackRow.owner == name))
        ]
        signed_in = session.scalars(select(SignInRow.until).where(SignInRow.name == name)).all()
        wishes, unanswered = _wishes(session, name), _unanswered(session, name)
    return {
        "person": name,
        "conversations": conversations,
        "votes": votes,
        "signed_in_until": [datetime.fromtimestamp(until, UTC).isoformat() for until in signed_in],
        "slack_preferences": wishes,
        "slack_unanswered": unanswered,
    }


def erase_person(library: Library, name: str) -> Forgotten:
    """Delete everything that is kept of a person; answers that somebody else's conversation has too stay there."""
    with plain_errors(), Session(library.engine) as session, session.begin():
        theirs = select(ConversationRow.id).where(ConversationRow.owner == name)
        in_theirs = set(
            session.scalars(
                select(ConversationAnswerRow.answer_id).where(ConversationAnswerRow.conversation_id.in_(theirs))
            )
        )
        session.execute(delete(ConversationAnswerRow).where(ConversationAnswerRow.conversation_id.in_(theirs)))
        conversations = _count(session, delete(ConversationRow).where(ConversationRow.owner == name))
        elsewhere = set(session.scalars(select(ConversationAnswerRow.answer_id))) | set(
            session.scalars(select(_THREADS.c.answer_id).where(_THREADS.c.answer_id.is_not(None)))
        )
        answers = sum(_count(session, delete(AnswerRow).where(AnswerRow.id == one)) for one in in_theirs - elsewhere)
        votes = _count(session, delete(FeedbackRow).where(FeedbackRow.owner == name))
        others = _count(session, delete(SignInRow).where(SignInRow.name == name))
        if place := _slack_place(name):
            others += _count(
                session,
                delete(_PREFERENCES).where(_PREFERENCES.c.workspace == place[0], _PREFERENCES.c.user == place[1]),
            )
            others += _count(
                session,
                delete(_UNANSWERED).where(_UNANSWERED.c.workspace == place[0], _UNANSWERED.c.user == place[1]),
            )
    return Forgotten(answers, conversations, votes, others)


def forget_before(library: Library, moment: datetime) -> Forgotten:
    """Delete what is older than a moment: answers with their questions, conversations, votes, what goes with them.

    A link to such an answer leads nowhere afterwards; links to quotes go on leading to the library.
    """
    naive = moment.astimezone(UTC).replace(tzinfo=None)  # as the database keeps them
    with plain_errors(), Session(library.engine) as session, session.begin():
        old = select(ConversationRow.id).where(ConversationRow.changed_at < naive)
        session.execute(delete(ConversationAnswerRow).where(ConversationAnswerRow.conversation_id.in_(old)))
        conversations = _count(session, delete(ConversationRow).where(ConversationRow.changed_at < naive))
        old_answers = select(AnswerRow.id).where(AnswerRow.given_at < naive)
        session.execute(delete(ConversationAnswerRow).where(ConversationAnswerRow.answer_id.in_(old_answers)))
        others = _count(session, delete(_THREADS).where(_THREADS.c.at < naive))
        others += _count(session, delete(_UNANSWERED).where(_UNANSWERED.c.at < moment.timestamp()))
        answers = _count(session, delete(AnswerRow).where(AnswerRow.given_at < naive))
        votes = _count(session, delete(FeedbackRow).where(FeedbackRow.given_at < naive))
        others += _count(session, delete(PicksRow).where(PicksRow.made_at < naive))
        others += _count(session, delete(UseRow).where(UseRow.minute < moment.timestamp() // 60))
    return Forgotten(answers, conversations, votes, others)


def keep_forgetting(library: Library, days: int | None) -> Callable[[], None]:
    """Forget what is older than `days` now and every six hours, in a thread of its own; return what ends it.

    Nothing is forgotten where `days` is None. What goes wrong is logged, and tried again in the next round.
    """
    over = Event()
    if days is None:
        return over.set

    def go_on() -> None:
        while True:
            try:
                forget_before(library, datetime.now(UTC) - timedelta(days=days))
            except AskIlyaError as error:
                _LOG.warning("what is old was not forgotten: %s", error)
            if over.wait(_LOOK_EVERY):
                return

    Thread(target=go_on, name="forgetting", daemon=True).start()
    return over.set


def _wishes(session: Session, name: str) -> str | None:
    place = _slack_place(name)
    if place is None:
        return None
    theirs = (_PREFERENCES.c.workspace == place[0], _PREFERENCES.c.user == place[1])
    return session.scalar(select(_PREFERENCES.c.wishes).where(*theirs))


def _unanswered(session: Session, name: str) -> list[Any]:
    place = _slack_place(name)
    if place is None:
        return []
    theirs = (_UNANSWERED.c.workspace == place[0], _UNANSWERED.c.user == place[1])
    return list(session.scalars(select(_UNANSWERED.c.asked).where(*theirs)))


def _slack_place(name: str) -> tuple[str, str] | None:
    kind, _, rest = name.partition(":")
    workspace, _, user = rest.partition(":")
    return (workspace, user) if kind == _SLACK and workspace and user else None


def _count(session: Session, what: Delete) -> int:
    done = session.execute(what)
    assert isinstance(done, CursorResult)
    return done.rowcount
