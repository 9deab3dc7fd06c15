"""Review: proposals for unlabelled text, and a person's decisions that make the speakers known."""

from collections.abc import Collection, Sequence

import pytest

from knowledge.model.errors import SpanError
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.model.turns import Certainty, Role
from knowledge.speakers.review import NOT_SPEECH, Cue, Decision, Proposal, confirm, propose
from tests.knowledge.speakers.dialogues import GUEST, HOST, Said, source

LINES = (
    (HOST, "Why do you think that bees dance?"),
    (GUEST, "I think they point at flowers. The angle is the angle of the sun. Nobody taught them that."),
    (HOST, "And what did you learn from watching them?"),
    (GUEST, "Well, I learned to be slow. My notes from those years are mostly about waiting."),
)
TALK = source([Said(word, speaker) for speaker, line in LINES for word in line.split()], labelled=False)
WHOLE = TALK.turns[0]


def _span(words: str) -> tuple[int, int]:
    start = TALK.text.index(words)
    return start, start + len(words)


def _words(found: Source) -> list[tuple[str, Role]]:
    return [(found.text[turn.start : turn.end], turn.role) for turn in found.turns]


def test_questions_are_proposed_as_the_hosts_and_answers_as_the_guests() -> None:
    proposals = propose(TALK)
    assert [(TALK.text[one.start : one.end], one.role) for one in proposals] == [
        (line, Role.OTHER if speaker == HOST else Role.SUBJECT) for speaker, line in LINES
    ]
    assert set(proposals[0].why) >= {Cue.QUESTION, Cue.ADDRESS}
    assert Cue.OWN in proposals[1].why


def test_nothing_proposed_is_quotable_and_labelled_turns_are_not_proposed() -> None:
    assert TALK.quotable_words() == 0
    labelled = source([Said("Bees", HOST), Said("dance.", HOST)], labelled=True)
    assert propose(labelled) == []


def test_a_model_proposes_by_numbers_only() -> None:
    class Model:
        def __init__(self) -> None:
            self.seen: list[str] = []

        def interviewer_sentences(self, numbered: Sequence[str]) -> Collection[int]:
            self.seen += numbered
            return [0, 4, 99]

    model = Model()
    proposals = propose(TALK, model)
    assert model.seen[0] == LINES[0][1]
    assert [TALK.text[one.start : one.end] for one in proposals if one.role is Role.OTHER] == [LINES[0][1], LINES[2][1]]
    assert {cue for one in proposals for cue in one.why} == {Cue.MODEL}


def test_a_persons_decisions_cut_the_turn_and_leave_text_and_the_rest() -> None:
    start, end = _span("I think they point at flowers. The angle is the angle of the sun.")
    found = confirm(TALK, [Decision(start=start, end=end, role=Role.SUBJECT, speaker=GUEST)])
    assert found.text == TALK.text
    assert _words(found) == [
        (LINES[0][1], Role.UNKNOWN),
        ("I think they point at flowers. The angle is the angle of the sun.", Role.SUBJECT),
        ("Nobody taught them that. " + LINES[2][1] + " " + LINES[3][1], Role.UNKNOWN),
    ]
    assert (found.turns[1].certainty, found.turns[1].speaker) == (Certainty.REVIEWED, GUEST)
    assert (found.turns[1].start, found.turns[1].end) == (start, end)


def test_every_proposal_can_be_confirmed_and_taken_back() -> None:
    def decided(one: Proposal) -> Decision:
        return Decision(
            start=one.start, end=one.end, role=one.role, speaker=GUEST if one.role is Role.SUBJECT else HOST
        )

    found = confirm(TALK, [decided(one) for one in reversed(propose(TALK))])
    assert [turn.speaker for turn in found.turns] == [HOST, GUEST, HOST, GUEST]
    assert found.quotable_words() == sum(len(line.split()) for speaker, line in LINES if speaker == GUEST)
    last = found.turns[-1]
    back = confirm(found, [Decision(start=last.start, end=last.end, role=Role.UNKNOWN)])
    assert (back.turns[-1].role, back.turns[-1].certainty, back.turns[-1].speaker) == (Role.UNKNOWN, None, None)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (3, WHOLE.end),  # starts in the middle of a sentence
        (0, 12),  # ends in the middle of one
        (WHOLE.end + 5, WHOLE.end + 9),  # no turn there
        (0, 0),
    ],
)
def test_a_decision_that_points_at_no_turn_is_an_error(start: int, end: int) -> None:
    with pytest.raises(SpanError):
        confirm(TALK, [Decision(start=start, end=end, role=Role.SUBJECT)])


def test_decisions_that_overlap_are_an_error() -> None:
    one = Decision(start=0, end=WHOLE.end, role=Role.SUBJECT)
    with pytest.raises(SpanError, match="overlap"):
        confirm(TALK, [one, one])


def test_a_decision_over_two_turns_is_an_error() -> None:
    two = source([Said("Bees", HOST), Said("dance.", HOST), Said("They", GUEST), Said("do.", GUEST)], labelled=True)
    with pytest.raises(SpanError, match="inside one turn"):
        confirm(two, [Decision(start=0, end=len(two.text), role=Role.SUBJECT)])


def test_background_becomes_his_by_a_decision_unless_the_file_shows_that_it_is_no_record_of_speech() -> None:
    turn = WHOLE.model_copy(update={"provenance": Provenance.REPORT})
    report = TALK.model_copy(update={"provenance": Provenance.REPORT, "turns": (turn,)})
    start, end = _span(LINES[1][1])
    his = Decision(start=start, end=end, role=Role.SUBJECT, speaker=GUEST)
    assert [turn.provenance for turn in confirm(report, [his]).turns if turn.role is Role.SUBJECT] == [
        Provenance.QUOTATION
    ]
    rewritten = report.model_copy(update={"notes": (f"{NOT_SPEECH}: it was rewritten.",)})
    with pytest.raises(SpanError, match="no record of speech"):
        confirm(rewritten, [his])
