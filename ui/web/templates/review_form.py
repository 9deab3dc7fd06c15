"""The speaker review as a form: a row for each stretch, its words, who speaks, and where one can listen."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from pydantic import BaseModel, ConfigDict

from assistant.deep_links import deep_link
from knowledge import Source, Turn
from knowledge.model.source import count_words
from knowledge.model.subject import Subject
from knowledge.model.turns import Role
from knowledge.speakers.review import REVIEWED, Cue, Proposal
from ui.rendering.framing import clock
from ui.rendering.page_texts import PageTexts
from ui.web.templates.facts_texts import facts_texts
from ui.web.templates.page_frame import rendered
from ui.web.templates.review_texts import ReviewTexts, review_texts

_OPENING, _CLOSING = 2_000, 600
"""Characters at either end of a source in which an interview names its guest."""


class Row(BaseModel):
    """Characters [start, end) of a source, whole sentences inside its turn number `number`."""

    model_config = ConfigDict(frozen=True)

    start: int
    end: int
    number: int
    turn: Turn
    guess: Proposal | None

    @property
    def field(self) -> str:
        """Return the name of the form's field that holds the decision."""
        return f"r{self.start}-{self.end}"


@dataclass(frozen=True)
class ShownRow:
    """A row as the template shows it; `choices` are (role, name) pairs, `play` opens the recording at its `time`."""

    field: str
    label: str
    hint: str
    length: str
    said: str
    words: int
    role: str
    choices: tuple[tuple[str, str], ...]
    time: str
    play: str


@dataclass(frozen=True)
class Way:
    """A way to look at the review: its name, its address, and whether it is this one."""

    name: str
    address: str
    here: bool


def names_subject(source: Source, subject: Subject) -> bool:
    """Whether a source says that it is about the subject: in its facts, or where interviews name their guest."""
    facts = (source.title, source.id.replace("-", " "), source.venue or "", source.url or "")
    told = " ".join((*facts, source.text[:_OPENING], source.text[-_CLOSING:]))
    return subject.without_names(told, "\0") != told


def review_html(
    source: Source,
    found: Sequence[Row],
    page: PageTexts,
    subject: Subject,
    *,
    told: str,
    ways: Sequence[Way],
    history: Sequence[object] = (),
) -> str:
    """Return the form. No guess is chosen beforehand: saving it untouched changes nothing."""
    said = review_texts(page.code)
    named = names_subject(source, subject)
    return rendered(
        "review.html",
        page,
        source=source,
        said=said,
        subject=subject.name,
        told=Markup(told),  # composed by code
        ways=[way for way in ways if way.name],
        address=next(way.address for way in ways if way.here),
        named=named,
        quotable=source.quotable_words(),
        other=_others_name(source),
        roles=[(role.value, page.role[role].format(subject=subject.name)) for role in Role],
        rows=[_shown(source, row, number, page, subject, named) for number, row in enumerate(found, start=1)],
        reviewed=REVIEWED in source.notes,
        history=history,
        facts=facts_texts(page.code),
    )


def _others_name(source: Source) -> str:
    other = next((turn.speaker for turn in source.turns if turn.role is Role.OTHER and turn.speaker), None)
    return other or (source.interviewers[0] if source.interviewers else "")


def _shown(source: Source, row: Row, number: int, page: PageTexts, subject: Subject, named: bool) -> ShownRow:
    said = review_texts(page.code)
    names = {role: page.role[role].format(subject=subject.name) for role in Role}
    if row.turn.role is Role.OTHER and row.turn.speaker:
        names[Role.OTHER] = row.turn.speaker
    words = source.text[row.start : row.end]
    at = source.said_at(row.start)
    link = deep_link(source.url, seconds=at, words=words) if at is not None else None
    count = count_words(words)
    return ShownRow(
        field=row.field,
        label=said.stretch.format(number=number),
        hint=_hint(row, names, said, named=named),
        length=said.length[count != 1].format(count=count),
        said=words,
        words=count,
        role=row.turn.role.value,
        choices=tuple((role.value, names[role]) for role in Role),
        time=clock(at) if at is not None else "",
        play=link if link and link.startswith(("https://", "http://")) else "",
    )


def _hint(row: Row, names: dict[Role, str], said: ReviewTexts, *, named: bool) -> str:
    """Return what is known or may be supposed; nobody is supposed to be the subject where nothing names the subject."""
    if row.guess is None:
        return said.known[row.turn.certainty] if row.turn.certainty else ""
    if row.guess.role is Role.UNKNOWN or row.guess.why == (Cue.NONE,):
        return ""
    role = names[row.guess.role] if named or row.guess.role is not Role.SUBJECT else said.answerer
    return said.perhaps.format(role=role, why=", ".join(said.cues[cue] for cue in row.guess.why))
