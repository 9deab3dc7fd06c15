"""Speaker maps: made from one transcript, laid on another; no text inside, no interviewer's word quotable."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.interviews.unlabelled import UNKNOWN_SPEAKERS
from knowledge.model.errors import BookError, SourceRefused
from knowledge.model.provenance import Provenance, TranscriptKind
from knowledge.model.source import TimeMark
from knowledge.model.turns import Certainty, Role
from knowledge.speakers.map_application import apply_map, matching_map, with_known_speakers
from knowledge.speakers.speaker_maps import SpeakerMap, make_map, read_map, read_maps
from knowledge.text.fingerprints import BITS, EDGE_BITS, SHINGLE, spoken_words
from tests.invented import BEES, labelled_source
from tests.knowledge.speakers.dialogues import GUEST, HOST, dialogue, misheard, quotable, source, unpunctuated

TALK = dialogue(1)
LABELLED = source(TALK, labelled=True)
MAP = make_map(LABELLED)


def test_the_same_words_unlabelled_get_the_speakers_of_the_map_sentence_by_sentence() -> None:
    found = apply_map(source(TALK, labelled=False), MAP)
    known = [turn for turn in found.turns if turn.role is not Role.UNKNOWN]
    labels = {(LABELLED.text[turn.start : turn.end], turn.speaker) for turn in LABELLED.turns}
    assert {turn.certainty for turn in known} == {Certainty.REVIEWED}
    # a whole run, or all of it but a sentence that no fingerprint happens to lie in
    for turn in known:
        words = found.text[turn.start : turn.end]
        assert any(words in said and turn.speaker == speaker for said, speaker in labels)
    assert quotable(found, TALK)[GUEST] > 0.98 * sum(one.speaker == GUEST for one in TALK)


def test_text_and_offsets_stay_and_every_word_keeps_a_turn() -> None:
    unlabelled = source(misheard(TALK, 0.1, 2), labelled=False)
    found = apply_map(unlabelled, MAP)
    assert found.text == unlabelled.text
    covered = "".join(found.text[turn.start : turn.end] for turn in found.turns)
    assert re.sub(r"\s", "", covered) == re.sub(r"\s", "", found.text)
    assert "stay unknown" in found.notes[-1]


def test_a_sentence_that_mixes_two_speakers_stays_unknown() -> None:
    said = dialogue(3)
    last = max(at for at in range(200) if said[at].speaker == HOST and said[at + 1].speaker == GUEST)
    merged = [*said[:last], type(said[last])(said[last].word.strip("?."), HOST), *said[last + 1 :]]
    merged[last + 1] = type(said[last])(said[last + 1].word.lower(), GUEST)
    found = apply_map(source(merged, labelled=False), make_map(source(said, labelled=True)))
    offset = sum(len(one.word) + 1 for one in merged[:last])
    assert found.turns[found.turn_index(offset)].role is Role.UNKNOWN
    assert quotable(found, merged)[HOST] == 0


@settings(max_examples=40, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000), rate=st.floats(0.05, 0.25), punctuated=st.booleans())
def test_no_interviewers_word_is_quotable_however_badly_the_recogniser_heard(
    seed: int, rate: float, punctuated: bool
) -> None:
    said = dialogue(seed)
    heard = misheard(said, rate, seed + 1)
    heard = heard if punctuated else unpunctuated(heard)
    found = apply_map(source(heard, labelled=False), make_map(source(said, labelled=True)))
    assert quotable(found, heard)[HOST] == 0


def test_most_of_the_guests_words_become_quotable() -> None:
    heard = misheard(TALK, 0.04, 5)
    guests = sum(one.speaker == GUEST for one in heard)
    assert quotable(apply_map(source(heard, labelled=False), MAP), heard)[GUEST] > 0.85 * guests
    captions = unpunctuated(heard)
    assert quotable(apply_map(source(captions, labelled=False), MAP), captions)[GUEST] > 0.7 * guests


def test_captions_without_punctuation_are_cut_where_the_map_has_sentences() -> None:
    captions = unpunctuated(TALK)
    found = apply_map(source(captions, labelled=False), MAP)
    assert found.how is TranscriptKind.ASR
    starts = {re.sub(r"\W", "", line.lower()) for line in re.split(r"(?<=[.?])\s+", LABELLED.text)}
    for turn in found.turns:
        if turn.quotable():
            words = re.sub(r"\W", "", found.text[turn.start : turn.end])
            assert any(words.startswith(line) for line in starts)
            assert any(words.endswith(line) for line in starts)


def test_turns_take_their_time_from_the_file() -> None:
    plain = source(TALK, labelled=False)
    timed = plain.model_copy(update={"times": (TimeMark(0, 0.0), TimeMark(len(plain.text), 600.0))})
    turn = apply_map(timed, MAP).turns[5]
    assert turn.said_at == pytest.approx(600 * turn.start / len(plain.text), abs=0.01)


def test_labelled_turns_are_left_alone() -> None:
    assert with_known_speakers(LABELLED, [MAP]).turns == LABELLED.turns
    assert apply_map(LABELLED, MAP).turns == LABELLED.turns


def test_a_map_is_found_by_the_words_and_never_for_another_interview() -> None:
    other = make_map(source(dialogue(77), labelled=True, source_id="other"))
    heard = source(misheard(TALK, 0.1, 3), labelled=False, source_id="no-hint")
    assert matching_map(heard, [other, MAP]) == MAP
    assert matching_map(heard, [other]) is None
    assert with_known_speakers(heard, [other]) is heard
    assert apply_map(heard, other).quotable_words() == 0


def test_a_report_that_prints_the_interview_is_no_transcript_of_it() -> None:
    report = source(TALK, labelled=False).model_copy(update={"provenance": Provenance.REPORT})
    assert matching_map(report, [MAP]) is None


def test_an_excerpt_fits_a_page_that_quotes_little_does_not() -> None:
    excerpt = source(TALK[300:700], labelled=False)
    assert matching_map(excerpt, [MAP]) == MAP
    assert quotable(apply_map(excerpt, MAP), TALK[300:700])[HOST] == 0
    essay = source([*dialogue(50), *TALK[300:420]], labelled=False)
    assert matching_map(essay, [MAP]) is None


def test_a_map_holds_no_word_and_fewer_bits_than_the_words_have() -> None:
    whole = MAP.to_json()
    parts = json.loads(whole)
    # what is left when the facts of the interview are taken out: digits of marks, and numbers
    for run in parts.pop("runs"):
        assert all(part is None or isinstance(part, int) for part in run[:3])
    marks = parts.pop("marks")
    assert set(parts) == {"format", "appearance", "language", "notes", "speakers"}
    bits = len(MAP.positions) * BITS + 0.92 * MAP.words + 2 * EDGE_BITS * len(MAP.runs)
    assert bits < 4 * MAP.words
    assert len(marks) < 2.5 * len(MAP.positions)
    assert not any(word.form in whole for word in spoken_words(LABELLED.text) if len(word.form) > 5)


def test_a_map_survives_its_file(tmp_path: Path) -> None:
    path = tmp_path / "talk.json"
    path.write_text(MAP.to_json(), encoding="utf-8")
    assert read_map(path) == MAP
    assert read_maps(tmp_path) == (MAP,)


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda text: text[:-20], "JSON"),
        (lambda text: text.replace("speaker-map/1", "speaker-map/9"), "format"),
        (lambda text: text.replace('"runs"', '"Runs"'), "runs"),
        (lambda text: re.sub(r"\[0,", "[7,", text, count=1), "speaker 7"),
    ],
)
def test_a_damaged_map_is_refused_by_name(tmp_path: Path, damage: object, reason: str) -> None:
    path = tmp_path / "talk.json"
    path.write_text(damage(MAP.to_json()), encoding="utf-8")  # type: ignore[operator]
    with pytest.raises(BookError, match=reason) as caught:
        read_map(path)
    assert caught.value.path == path


def test_a_source_in_which_nobody_is_known_makes_no_map() -> None:
    with pytest.raises(SourceRefused, match="review who speaks"):
        make_map(source(TALK, labelled=False))


def test_a_map_of_a_map_says_the_same() -> None:
    again = make_map(apply_map(source(TALK, labelled=False), MAP))
    assert again.marks == MAP.marks
    assert again.words == MAP.words


def test_short_runs_have_no_fingerprint_of_fewer_words_than_a_shingle() -> None:
    short = make_map(labelled_source(BEES, "bees"))
    assert short.words == len(spoken_words(BEES.replace("Tom Reed:", "").replace("Mira Vane:", "")))
    assert all(mark.position + SHINGLE <= short.words for mark in short.positions)


def test_what_the_catalogue_knows_fills_what_the_file_does_not_say() -> None:
    named = SpeakerMap.model_validate(MAP.model_dump() | {"appearance": "dwarkesh-2023"})
    found = apply_map(source(TALK, labelled=False, source_id="my-file_01"), named)
    assert (found.appearance, found.date, found.interviewers) == ("dwarkesh-2023", "2023-03-27", ("Dwarkesh Patel",))
    assert found.title.startswith("Ilya Sutskever")
    told = source(TALK, labelled=False).model_copy(update={"title": "My title", "url": "https://a.b/c"})
    kept = apply_map(told, named)
    assert (kept.title, kept.url) == ("My title", "https://a.b/c")


def test_the_catalogues_date_venue_and_host_win_over_a_pages_own_and_the_difference_is_told() -> None:
    named = SpeakerMap.model_validate(MAP.model_dump() | {"appearance": "dwarkesh-2023"})
    blog = {"date": "2024-05-01", "venue": "My blog", "interviewers": ("Ann Blogger",)}
    found = apply_map(source(TALK, labelled=False).model_copy(update=blog), named)
    assert (found.date, found.interviewers) == ("2023-03-27", ("Dwarkesh Patel",))
    assert found.venue != "My blog"
    for printed in ("2024-05-01", "My blog", "Ann Blogger"):
        assert any(f"“{printed}”; that of the appearance" in note for note in found.notes)
    same = apply_map(source(TALK, labelled=False).model_copy(update={"date": "2023-03-27"}), named)
    assert not any("that of the appearance" in note for note in same.notes)


def test_notes_tell_the_words_that_are_his_and_contradict_nothing() -> None:
    before = source(TALK, labelled=False).model_copy(update={"notes": (UNKNOWN_SPEAKERS, "Something else.")})
    found = apply_map(before, MAP)
    assert "Something else." in found.notes
    assert UNKNOWN_SPEAKERS not in found.notes
    assert f"{found.quotable_words():,} words are his" in found.notes[-1]


@pytest.mark.parametrize("gloss", ["灵长类", "https://a.example/b"])
def test_a_gloss_that_a_note_taker_put_among_his_words_is_not_quoted(gloss: str) -> None:
    for captions in (False, True):
        said = unpunctuated(TALK) if captions else list(TALK)
        place = next(n for n in range(200, len(said)) if said[n - 4].speaker == said[n + 4].speaker == GUEST)
        said.insert(place, type(said[0])(gloss, None))
        found = apply_map(source(said, labelled=False), MAP)
        quoted = [found.text[turn.start : turn.end] for turn in found.turns if turn.quotable()]
        assert quoted
        assert not any(gloss in words for words in quoted)
