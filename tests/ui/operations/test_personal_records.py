"""What is kept of a person is exported whole, erased whole, and forgotten after its days; nobody else's is touched."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from assistant.records.saved_answers import AnswerRow, ConversationAnswerRow, ConversationRow, FeedbackRow
from knowledge.library.store import Base, Library
from ui.cli.commands import app
from ui.operations.personal_records import Forgotten, erase_person, export_person, forget_before
from ui.slack.state.conversations import ThreadRow
from ui.slack.state.preferences import PreferencesRow
from ui.slack.state.unanswered import Unanswered, UnansweredRow
from ui.web.access.sessions import SignInRow

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
OLD = NOW - timedelta(days=40)
SLACK = "slack:T1:U1"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library in which Ada, Ben and somebody in Slack asked, lately and long ago; two questions are shared."""
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    with Session(library.engine) as session, session.begin():
        for name, at in (
            ("ada-new", NOW),
            ("ada-old", OLD),
            ("both", NOW),
            ("ben", NOW),
            ("thread", OLD),
            ("ada-thread", NOW),
        ):
            session.add(
                AnswerRow(
                    id=name, question=f"{name}?", language="en", reason=None, selector="extractive",
                    coverage={"sources": 1}, quote_ids=["q_1"], given_at=at,
                )
            )  # fmt: skip
        for owner, at, answers in (
            ("ada", NOW, ("ada-new", "both", "ada-thread")),
            ("ada", OLD, ("ada-old",)),
            ("ben", NOW, ("ben", "both")),
        ):
            place = f"{owner}-{at:%m}"
            session.add(ConversationRow(id=place, owner=owner, title="t", begun_at=at, changed_at=at))
            session.flush()
            session.add_all(ConversationAnswerRow(conversation_id=place, answer_id=one) for one in answers)
        for owner, at in (("ada", NOW), ("ada", OLD), ("ben", NOW), (SLACK, NOW), (None, OLD)):
            session.add(FeedbackRow(quote_id="q_1", answer_id=None, verdict="good", owner=owner, given_at=at))
        session.add(SignInRow(token_sha256="x", name="ada", until=NOW.timestamp()))
        session.add(PreferencesRow(workspace="T1", user="U1", wishes="{}"))
        session.add(PreferencesRow(workspace="T1", user="U2", wishes="{}"))
        session.add(ThreadRow(workspace="T1", channel="C1", ts="1.1", answer_id="thread", at=OLD))
        session.add(ThreadRow(workspace="T1", channel="C1", ts="1.2", answer_id="ada-thread", at=NOW))
    return library


def left(library: Library, column: object) -> set[object]:
    with Session(library.engine) as session:
        return set(session.scalars(select(column)))  # type: ignore[call-overload]


def test_everything_of_a_person_is_exported_and_nothing_of_another(library: Library) -> None:
    told = export_person(library, "ada")
    questions = [one["question"] for row in told["conversations"] for one in row["questions"]]
    assert sorted(questions) == ["ada-new?", "ada-old?", "ada-thread?", "both?"]
    assert len(told["votes"]) == 2
    assert len(told["signed_in_until"]) == 1
    assert export_person(library, SLACK)["slack_preferences"] == "{}"
    nobody = export_person(library, "nobody")
    assert not any(nobody[name] for name in nobody if name != "person")


def test_a_person_is_erased_and_others_keep_what_is_theirs_too(library: Library) -> None:
    assert erase_person(library, "ada") == Forgotten(answers=2, conversations=2, votes=2, others=1)
    assert left(library, AnswerRow.id) == {"both", "ben", "thread", "ada-thread"}
    assert left(library, ConversationRow.owner) == {"ben"}
    assert left(library, FeedbackRow.owner) == {"ben", SLACK, None}
    told = export_person(library, "ada")
    assert not any(told[name] for name in told if name != "person")
    assert erase_person(library, SLACK) == Forgotten(answers=0, conversations=0, votes=1, others=1)
    assert left(library, PreferencesRow.user) == {"U2"}
    assert not erase_person(library, "slack:T1").anything


def test_what_is_older_than_its_days_is_forgotten_to_the_second(library: Library) -> None:
    assert not forget_before(library, OLD).anything
    assert forget_before(library, OLD + timedelta(seconds=1)) == Forgotten(
        answers=2, conversations=1, votes=2, others=1
    )
    assert left(library, AnswerRow.id) == {"ada-new", "both", "ben", "ada-thread"}
    assert left(library, ThreadRow.ts) == {"1.2"}
    assert left(library, ConversationRow.id) == {"ada-11", "ben-11"}


def test_a_question_that_waits_in_slack_is_theirs_until_it_is_answered(library: Library) -> None:
    for key, user in (("one", "U1"), ("two", "U2")):
        assert Unanswered(library).take(key, "message", {"text": f"{key}?"}, workspace="T1", user=user)
    assert export_person(library, "slack:T1:U2")["slack_unanswered"] == [{"text": "two?"}]
    assert erase_person(library, "slack:T1:U2").others == 2
    assert left(library, UnansweredRow.key) == {"one"}
    assert forget_before(library, datetime.now(UTC) + timedelta(seconds=9)).others > 0
    assert left(library, UnansweredRow.key) == set()


def test_every_table_that_names_a_person_is_looked_at(library: Library) -> None:
    """A new column with a person's name has to be exported and erased too: then it is added here."""
    named = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name in ("owner", "user", "visitor", "person", "email")
        or (table.name, column.name) == ("sign_ins", "name")
    }
    assert named == {
        "conversations.owner",
        "feedback.owner",
        "slack_preferences.user",
        "slack_unanswered.user",
        "sign_ins.name",
    }


def test_the_commands_export_erase_and_forget(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ILYA_DATABASE_URL", f"sqlite:///{tmp_path / 'library.db'}")
    run = CliRunner()
    assert '"ada-new?"' in run.invoke(app, ["privacy", "export", "ada"]).stdout
    assert run.invoke(app, ["privacy", "erase", "ada"], input="n\n").exit_code == 1
    assert "ada" in left(library, ConversationRow.owner)
    done = run.invoke(app, ["privacy", "erase", "ada", "--yes"])
    assert (done.exit_code, done.stdout) == (0, "Deleted: 2 answers, 2 conversations, 2 votes, 1 other records.\n")
    assert run.invoke(app, ["privacy", "erase", "ada", "--yes"]).exit_code == 3
    assert run.invoke(app, ["privacy", "forget", "--older-than", "0"]).exit_code == 2
    assert run.invoke(app, ["privacy", "forget", "--older-than", "1"]).exit_code == 0
