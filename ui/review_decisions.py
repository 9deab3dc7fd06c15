"""Keeping what a person decided about who speaks in a source, from whichever surface they decided it."""

from collections.abc import Sequence

from assistant import Assistant
from knowledge import Source
from knowledge.library.editions import origin_of
from knowledge.model.turns import Role
from knowledge.speakers.review import Decision, confirm


def decision(assistant: Assistant, start: int, end: int, role: Role, speaker: str | None) -> Decision:
    """Return a decision on characters [start, end); the subject's name is known, another's is `speaker`."""
    name = assistant.subject.name if role is Role.SUBJECT else speaker
    return Decision(start=start, end=end, role=role, speaker=name)


def store(assistant: Assistant, source: Source, decisions: Sequence[Decision]) -> Source:
    """Store a source with the speakers decided on, make its words searchable, and return it.

    Raises:
        SpanError: a decision is not a run of whole sentences inside one turn, or two overlap.
    """
    reviewed = confirm(source, decisions)
    origin = origin_of(assistant.library, source) or source.id
    assistant.library.add(reviewed, assistant.library.raw(source), origin=origin)
    assistant.index.sync()
    return reviewed
