"""WebVTT and SubRip: words and times as a well-kept parser finds them, rolling captions once, bad times survived."""

import io
from itertools import pairwise

import pytest
import srt
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from knowledge.formats.document import versioned
from knowledge.model.errors import SourceRefused
from knowledge.model.provenance import Provenance, TranscriptKind
from knowledge.model.source import Source
from knowledge.model.turns import Role
from knowledge.readers import read
from tests.invented import MIRA
from tests.knowledge.interviews.test_labelled import check_map

VTT = """WEBVTT

NOTE made by hand

STYLE
::cue { color: red }

1
00:00:01.000 --> 00:00:03.500 align:start
Bees dance &amp; point

00:00:03.500 --> 00:00:06.000
to <i>flowers</i> by the
<c.yellow>sun</c>.

01:02:03.250 --> 01:02:05.000
That is all.
"""


def read_vtt(text: str) -> Source:
    return read(text.encode(), origin="talk.vtt", source_id="talk", subject=MIRA)


def time_of(source: Source, words: str) -> float | None:
    return source.said_at(source.text.index(words))


def test_cues_become_one_unknown_turn_with_times() -> None:
    source = read_vtt(VTT)
    assert source.text == "Bees dance & point to flowers by the sun. That is all."
    assert [(turn.role, turn.said_at) for turn in source.turns] == [(Role.UNKNOWN, 1.0)]
    assert (source.provenance, source.reader) == (Provenance.TRANSCRIPT, versioned("webvtt"))
    assert (time_of(source, "to flowers"), time_of(source, "That is")) == (3.5, 3723.25)
    check_map(source, VTT.encode())


def test_short_times_without_hours_are_read() -> None:
    source = read_vtt("WEBVTT\n\n59:59.000 --> 1:00:01.000\nOne more\n\n1:00:01.000 --> 1:00:02.000\nhour.\n")
    assert source.text == "One more hour."
    assert (time_of(source, "One"), time_of(source, "hour")) == (3599.0, 3601.0)


def test_voice_tags_are_labels() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Tom Reed>Why bees?\n\n00:02.000 --> 00:04.000\n<v Mira Vane>I like\n\n"
        "00:04.000 --> 00:05.000\n<v.loud Mira Vane>the dance.</v>\n"
    )
    source = read_vtt(text)
    assert [(turn.role, turn.speaker, source.text[turn.start : turn.end]) for turn in source.turns] == [
        (Role.OTHER, "Tom Reed", "Why bees?"),
        (Role.SUBJECT, "Mira Vane", "I like the dance."),
    ]
    assert [turn.said_at for turn in source.turns] == [1.0, 2.0]


def test_names_at_the_start_of_captions_are_labels() -> None:
    said = [("TOM REED", "Why bees?"), ("MIRA VANE", "I like them."), ("TOM REED", "All?"), ("MIRA VANE", "Most.")] * 2
    cues = [f"00:{n:02}.000 --> 00:{n + 1:02}.000\n>> {who}: {words}\n" for n, (who, words) in enumerate(said)]
    source = read_vtt("WEBVTT\n\n" + "\n".join(cues))
    assert [source.text[turn.start : turn.end] for turn in source.turns if turn.quotable()] == [
        "I like them.", "Most.", "I like them.", "Most.",
    ]  # fmt: skip


def test_a_mark_of_another_speaker_starts_another_turn() -> None:
    source = read_vtt(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n&gt;&gt; Why bees?\n\n00:02.000 --> 00:04.000\n>> I like them.\n"
    )
    assert [(source.text[turn.start : turn.end], turn.role, turn.said_at) for turn in source.turns] == [
        ("Why bees?", Role.UNKNOWN, 1.0),
        ("I like them.", Role.UNKNOWN, 2.0),
    ]


def test_in_bilingual_captions_the_other_script_is_a_translation() -> None:
    pairs = [("Bees dance at noon,", "蜜蜂在中午跳舞，"), ("and then they sleep.", "然后它们睡觉。")] * 3
    cues = [
        f"00:{n:02}.000 --> 00:{n + 1:02}.000\n{english}\n{chinese}\n" for n, (english, chinese) in enumerate(pairs)
    ]
    source = read_vtt("WEBVTT\n\n" + "\n".join(cues))
    assert [(turn.language, turn.provenance, turn.role) for turn in source.turns] == [
        ("en", Provenance.TRANSCRIPT, Role.UNKNOWN),
        ("zh", Provenance.TRANSLATION, Role.UNKNOWN),
    ]
    assert source.text.startswith("Bees dance at noon, and then they sleep. Bees dance")
    assert source.said_at(source.text.index("and then")) == 1.0


def rolling(words: list[str]) -> str:
    """Captions as YouTube rolls them: the line before stays above, then stands alone for an instant."""
    lines = [" ".join(words[start : start + 3]) for start in range(0, len(words), 3)]
    cues = []
    for number, line in enumerate(lines):
        above = lines[number - 1] if number else " "
        first, *rest = line.split()
        timed = first + "".join(f"<00:00:{number:02}.500><c> {word}</c>" for word in rest)
        cues.append(f"00:00:{number:02}.000 --> 00:00:{number:02}.900 align:start position:0%\n{above}\n{timed}\n")
        cues.append(f"00:00:{number:02}.900 --> 00:00:{number:02}.910 align:start position:0%\n{line}\n \n")
    return "WEBVTT\nKind: captions\nLanguage: en\n\n" + "\n".join(cues)


@given(st.lists(st.sampled_from(["no", "yes", "bees", "dance", "the", "the"]), min_size=6, max_size=40))
def test_rolling_captions_are_taken_once_even_when_words_repeat(words: list[str]) -> None:
    source = read_vtt(rolling(words))
    assert source.text.split() == words
    assert source.how is TranscriptKind.ASR
    check_map(source, rolling(words).encode())


def test_a_line_of_one_space_does_not_end_a_caption() -> None:
    source = read_vtt("WEBVTT\n\n00:01.000 --> 00:02.000\n \nBees dance\n\n00:02.000 --> 00:03.000\nat noon.\n")
    assert source.text == "Bees dance at noon."


def test_captions_that_grow_word_by_word_are_taken_once() -> None:
    shown = ["bees", "bees dance", "bees dance at", "bees dance at noon", "and then", "and then sleep"]
    cues = [f"00:{n:02}.000 --> 00:{n + 1:02}.000\n{line}\n" for n, line in enumerate(shown)]
    assert read_vtt("WEBVTT\n\n" + "\n".join(cues)).text == "bees dance at noon and then sleep"


def test_words_said_twice_are_kept_where_captions_do_not_roll() -> None:
    said = ["Yes.", "Yes.", "Bees dance.", "Why?", "I do not know.", "They do.", "Often.", "No.", "At noon."]
    cues = [f"00:{n:02}.000 --> 00:{n + 1:02}.000\n{line}\n" for n, line in enumerate(said)]
    assert read_vtt("WEBVTT\n\n" + "\n".join(cues)).text == " ".join(said)


def test_a_file_cut_off_after_a_time_keeps_what_it_has() -> None:
    source = read_vtt(VTT + "\n01:02:06.000 --> 01:02")
    assert source.text.endswith("That is all.")
    assert any("breaks off" in note for note in source.notes)


def test_captions_without_words_are_refused() -> None:
    with pytest.raises(SourceRefused, match="hold no words"):
        read_vtt("WEBVTT\n\n00:01.000 --> 00:02.000\n\n")


def test_times_that_overlap_or_run_back_cost_no_words_and_no_later_times() -> None:
    starts = [1, 2, 500, 3, 4, 4, 5, 6]
    cues = [f"{s // 60:02}:{s % 60:02}.000 --> {s // 60 + 1:02}:00.000\nword{n}\n" for n, s in enumerate(starts)]
    source = read_vtt("WEBVTT\n\n" + "\n".join(cues))
    assert source.text.split() == [f"word{n}" for n in range(8)]
    assert [mark.seconds for mark in source.times if mark.offset < len(source.text)] == [1, 2, 3, 4, 4, 5, 6]
    assert all(left.seconds <= right.seconds for left, right in pairwise(source.times))
    assert any("go back in time" in note for note in source.notes)


SRT = (
    "1\n00:00:01,000 --> 00:00:02,500\nBees dance\nat noon.\n\n"
    "2\n00:00:02,500 --> 00:00:04,000\nThen {\\an8}they sleep.\n"
)


def test_subrip_gives_words_and_times() -> None:
    source = read(SRT.replace("\n", "\r\n").encode(), origin="talk.srt", source_id="talk", subject=MIRA)
    assert source.text == "Bees dance at noon. Then they sleep."
    assert (time_of(source, "Then"), source.reader) == (2.5, versioned("subrip"))


WORD = st.text("abcdefgh'?.", min_size=1, max_size=6).filter(lambda word: word.strip("'?."))
# no line is the start of another, as in captions that grow
CUES = st.lists(
    st.lists(WORD, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=20, unique_by=lambda line: line[:1]
)


@given(CUES)
def test_webvtt_words_are_those_of_webvtt_py(lines: list[str]) -> None:
    cues = [f"00:{n:02}.000 --> 00:{n:02}.900\n{line}\n" for n, line in enumerate(lines)]
    text = "WEBVTT\n\n" + "\n".join(cues)
    expected = [word for caption in webvtt.from_buffer(io.StringIO(text)) for word in caption.text.split()]
    source = read_vtt(text)
    assert source.text.split() == expected
    check_map(source, text.encode())


@given(CUES)
def test_subrip_words_are_those_of_srt(lines: list[str]) -> None:
    text = "\n".join(f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{line}\n" for n, line in enumerate(lines, 1))
    source = read(text.encode(), origin="talk.srt", source_id="talk", subject=MIRA)
    assert source.text.split() == [word for caption in srt.parse(text) for word in caption.content.split()]
    check_map(source, text.encode())
