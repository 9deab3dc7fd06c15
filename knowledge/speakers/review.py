"""Review: who may be speaking in unlabelled text, as proposals; and a person's decisions, which make it known.

Nothing proposed here is quotable. A text-only guess is right for three sentences of four, so that it only saves a
person from starting with an empty page.
"""

from collections.abc import Collection, Sequence
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict

from knowledge.model.errors import SpanError
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.model.turns import Certainty, Role, Turn
from knowledge.model.word_rules import RuleFile
from knowledge.text.sentences import Span, sentences

_SWITCH = 2.0
"""What a change of speaker costs, in cues; after a question it is expected."""
CUES = RuleFile(Path(__file__).with_suffix(".yaml"))

NOT_SPEECH = "It is not a record of what was said"
REVIEWED = "A person decided who speaks in it."
"""The note by which a source keeps that its labels are not the reader's alone."""


class Cue(StrEnum):
    """What speaks for a proposal."""

    QUESTION = "asks a question"
    ADDRESS = "says “you”"
    ASKING = "opens as questions do"
    ANSWER = "answers a question"
    OWN = "says “I” or “we”"
    MODEL = "a model says so"
    NONE = "follows the sentence before it"


class Proposal(BaseModel):
    """A stretch of whole sentences [start, end) inside the unknown turn number `turn`, and who may be speaking."""

    model_config = ConfigDict(frozen=True)

    turn: int
    start: int
    end: int
    role: Role
    why: tuple[Cue, ...]


class Decision(BaseModel):
    """A person's word on who speaks in [start, end): whole sentences inside one turn."""

    model_config = ConfigDict(frozen=True)

    start: int
    end: int
    role: Role
    speaker: str | None = None


class Labeller(Protocol):
    """A model that may propose who speaks; it returns numbers only."""

    def interviewer_sentences(self, numbered: Sequence[str]) -> Collection[int]:
        """Return which of the sentences, counted from 0, the interviewer says."""


def propose(source: Source, labeller: Labeller | None = None) -> list[Proposal]:
    """Return who may be speaking in the unknown turns: runs of whole sentences, host and guest taking turns.

    With a labeller, its labels stand in for the cues in the text.
    """
    found = []
    for number, turn in enumerate(source.turns):
        if turn.role is Role.UNKNOWN:
            spans = sentences(source.text, turn.start, turn.end)
            texts = [source.text[span.start : span.end] for span in spans]
            if labeller is None:
                found += _runs(number, spans, _roles(texts), [_cues(text) for text in texts])
            else:
                hosts = labeller.interviewer_sentences(texts)
                roles = [Role.OTHER if at in hosts else Role.SUBJECT for at in range(len(texts))]
                found += _runs(number, spans, roles, [{Cue.MODEL: 1.0}] * len(texts))
    return found


def confirm(source: Source, decisions: Sequence[Decision]) -> Source:
    """Return the source with the speakers a person has decided on; text and offsets stay as they are.

    Turns are cut where decisions start and end. A decision of role unknown takes a label back.

    Raises:
        SpanError: a decision is not a run of whole sentences inside one turn, or two decisions overlap.
    """
    ordered = sorted(decisions, key=lambda decision: decision.start)
    for one, two in pairwise(ordered):
        if two.start < one.end:
            raise SpanError(f"two decisions on {source.id} overlap at character {two.start}")
    by_turn: dict[int, list[Decision]] = {}
    for decision in ordered:
        by_turn.setdefault(_turn_of(source, decision), []).append(decision)
    turns: list[Turn] = []
    for number, turn in enumerate(source.turns):
        turns += _cut(source, turn, by_turn.get(number, []))
    notes = source.notes if REVIEWED in source.notes else (*source.notes, REVIEWED)
    return source.model_copy(update={"turns": tuple(turns), "notes": notes})


def _cues(text: str) -> dict[Cue, float]:
    """Return what speaks for the host (above 0) and for the guest (below)."""
    found = {}
    if text.rstrip("\"'”’").endswith(("?", "？")):
        found[Cue.QUESTION] = 2.0
    if CUES.found("asking", text):
        found[Cue.ASKING] = 1.0
    if CUES.found("address", text):
        found[Cue.ADDRESS] = 0.5
    if CUES.found("answer", text):
        found[Cue.ANSWER] = -0.5
    if CUES.found("own", text):
        found[Cue.OWN] = -0.5
    return found


def _roles(texts: Sequence[str]) -> list[Role]:
    """Return the likeliest speaker of each sentence: the best path between host and guest (Viterbi)."""
    roles = (Role.OTHER, Role.SUBJECT)
    best = {role: 0.0 for role in roles}
    via: list[dict[Role, Role]] = []
    asked = False
    for text in texts:
        score = sum(_cues(text).values()) - 0.4
        gain = {Role.OTHER: score, Role.SUBJECT: -score}
        answer = -0.5 if asked else _SWITCH
        cost = {(Role.OTHER, Role.SUBJECT): answer, (Role.SUBJECT, Role.OTHER): _SWITCH}
        step = {role: max(roles, key=lambda old: best[old] - cost.get((old, role), 0.0)) for role in roles}
        best = {role: best[step[role]] - cost.get((step[role], role), 0.0) + gain[role] for role in roles}
        via.append(step)
        asked = Cue.QUESTION in _cues(text)
    last = max(roles, key=lambda role: best[role])
    path = []
    for step in reversed(via):
        path.append(last)
        last = step[last]
    return path[::-1]


def _runs(turn: int, spans: Sequence[Span], roles: Sequence[Role], cues: Sequence[dict[Cue, float]]) -> list[Proposal]:
    found: list[Proposal] = []
    for span, role, cue in zip(spans, roles, cues, strict=True):
        sign = 1.0 if role is Role.OTHER else -1.0
        why = tuple(name for name, weight in cue.items() if weight * sign > 0 or name is Cue.MODEL) or (Cue.NONE,)
        if found and found[-1].role is role:
            merged = tuple(dict.fromkeys(part for part in (*found[-1].why, *why) if part is not Cue.NONE))
            found[-1] = found[-1].model_copy(update={"end": span.end, "why": merged or (Cue.NONE,)})
        else:
            found.append(Proposal(turn=turn, start=span.start, end=span.end, role=role, why=why))
    return found


def _turn_of(source: Source, decision: Decision) -> int:
    number = source.turn_index(decision.start)
    turn = source.turns[number]
    spans = sentences(source.text, turn.start, turn.end)
    starts, ends = {span.start for span in spans}, {span.end for span in spans}
    if decision.start not in starts or decision.end not in ends or decision.end <= decision.start:
        raise SpanError(
            f"[{decision.start}, {decision.end}) is not a run of whole sentences inside one turn of {source.id}; "
            f"`ilya speakers show {source.id}` lists the turns."
        )
    return number


def _cut(source: Source, turn: Turn, decisions: Sequence[Decision]) -> list[Turn]:
    """Return the turn in pieces: those decided on, and what is left between them."""
    pieces: list[Turn] = []
    at = turn.start
    for decision in decisions:
        pieces += _rest(source, turn, at, decision.start)
        known = decision.role is not Role.UNKNOWN
        label: dict[str, Any] = {
            "provenance": _provenance(source, turn, decision),
            "role": decision.role,
            "speaker": decision.speaker if known else None,
            "certainty": Certainty.REVIEWED if known else None,
        }
        pieces.append(_piece(source, turn, decision.start, decision.end, **label))
        at = decision.end
    return pieces + _rest(source, turn, at, turn.end)


def _provenance(source: Source, turn: Turn, decision: Decision) -> Provenance:
    """Return how the words decided on reached us: background that a person says was spoken is no longer background.

    In a file that is background as a whole they are words printed by somebody else.
    """
    if decision.role is not Role.SUBJECT or turn.provenance is not Provenance.REPORT:
        return turn.provenance
    if any(NOT_SPEECH in note for note in source.notes):
        raise SpanError(f"{source.id} shows itself that it is no record of speech; add a transcript of it instead.")
    return Provenance.QUOTATION if source.provenance is Provenance.REPORT else source.provenance


def _rest(source: Source, turn: Turn, start: int, end: int) -> list[Turn]:
    words = source.text[start:end]
    if not words.strip():
        return []
    start += len(words) - len(words.lstrip())
    return [_piece(source, turn, start, start + len(words.strip()))]


def _piece(source: Source, turn: Turn, start: int, end: int, **label: Any) -> Turn:
    if source.times:
        label["said_at"] = source.said_at(start)
    elif start != turn.start:
        label["said_at"] = None
    return turn.model_copy(update={"start": start, "end": end, **label})
