"""Captions under the subject's voice tag that are not the subject's words: in no variant are they quotable."""

import re

import pytest

from knowledge.formats.timed.cue_voices import CUE_LINES, is_credit
from knowledge.model.source import Source
from knowledge.model.turns import Role
from knowledge.model.word_rules import Rule
from knowledge.readers import read
from tests.invented import MIRA
from tests.knowledge.interviews.test_labelled import check_map, quotable_text

HERS = "I watch them dance at noon."
MORE = "Then they sleep."
LATER = "00:40.000 --> 00:41.000\n<v Mira Vane>"


def cues(*bodies: str) -> str:
    rows = [f"00:{n:02}.000 --> 00:{n + 1:02}.000\n{body}\n" for n, body in enumerate(bodies)]
    return "WEBVTT\n\n" + "\n".join(rows)


def talk(*bodies: str) -> Source:
    text = cues("<v Tom Reed>Why bees?", *bodies, "<v Tom Reed>I see.", f"<v Mira Vane>{MORE}")
    source = read(text.encode(), origin="talk.vtt", source_id="talk", subject=MIRA)
    check_map(source, text.encode())
    return source


STRANGE = {
    "a dash below": f"<v Mira Vane>{HERS}\n- You do?",
    "a dash and a line below it": f"<v Mira Vane>{HERS}\n- You do?\nReally so?",
    "dashes on both lines": f"<v Mira Vane>- {HERS}\n- You do?",
    "an en dash, no space": f"<v Mira Vane>{HERS}\n–You do?",
    "a Spanish question": f"<v Mira Vane>{HERS}\n- ¿You do?",
    "a quotation behind a dash": f"<v Mira Vane>{HERS}\n- “You do?” he asks",
    "an arrow below": f"<v Mira Vane>{HERS}\n&gt;&gt; You do?",
    "a label below": f"<v Mira Vane>{HERS}\nTom Reed: You do?",
    "a label below, words below it": f"<v Mira Vane>{HERS}\nTom Reed:\nYou do?",
    "a letter below": f"<v Mira Vane>{HERS}\nQ: You do?",
    "a narrator": f"<v Mira Vane>{HERS}\n\n00:40.000 --> 00:41.000\n<v Mira Vane>[Narrator] You do?",
    "a narrator below": f"<v Mira Vane>{HERS}\n(Narrator) You do?",
    "an audience and a line below": f"<v Mira Vane>{HERS}\n[Audience] Why?\nYou do?",
    "a song": f"<v Mira Vane>{HERS}\n♪ You do? ♪",
    "a song on two lines": f"<v Mira Vane>{HERS}\n♪ You do?\nYou do? ♪",
    "a song without an end": f"<v Mira Vane>{HERS}\n♪ You do?\nYou do?",
    "a song of its own": f"<v Mira Vane>{HERS}\n\n00:40.000 --> 00:41.000\n<v Mira Vane>♪ You do? ♪",
    "credits": f"<v Mira Vane>{HERS}\nSubtitles by You do? media",
    "credits of their own": f"<v Mira Vane>{HERS}\n\n00:40.000 --> 00:41.000\n<v Mira Vane>Transcribed by You do?",
    "narration": f"<v Mira Vane>{HERS}\nVane laughs and asks: You do?",
    "narration with a pronoun": f"<v Mira Vane>{HERS}\n\n00:40.000 --> 00:41.000\n<v Mira Vane>She smiles. You do?",
    "narration in mid-line": f"<v Mira Vane>{HERS}\n\n00:40.000 --> 00:41.000\n<v Mira Vane>Oh. He nods. You do?",
    "the same tag below a label": f"<v Mira Vane>{HERS} Tom Reed: So?\n\n{LATER}You do?",
    "the same tag below a line of nobody": f"<v Mira Vane>{HERS}\nProducer: So?\n\n{LATER}You do?",
    "the same tag below a cue of nobody": f"<v Mira Vane>{HERS}\n\n{LATER}Producer: So?\n\n{LATER}You do?",
    "a label that nobody heard": f"<v Mira Vane>{HERS} [inaudible]: You do?",
    "a drawn label at a further cue": f"<v Mira Vane>{HERS}\n\n{LATER}== Interviewer == You do?",
    "an arrow in mid-line": f"<v Mira Vane>{HERS} &gt; You do?",
    "a bullet in mid-line": f"<v Mira Vane>{HERS} • You do?",
    "a bar in mid-line": f"<v Mira Vane>{HERS} ― You do?",
    "nobody known": f"<v Mira Vane>{HERS}\n?: You do?",
    "an empty line": f"<v Mira Vane>{HERS}\n\nYou do?",
    "an untagged cue": f"<v Mira Vane>{HERS}\n\n00:40.000 --> 00:41.000\nYou do?",
    "another tag in the line": f"<v Mira Vane>{HERS} <v Tom Reed>You do?",
    "a tag that is closed": f"<v Mira Vane>{HERS}</v> You do?",
}


@pytest.mark.parametrize("kind", STRANGE)
def test_other_words_under_the_voice_tag_are_not_the_subjects(kind: str) -> None:
    said = quotable_text(talk(STRANGE[kind]))
    assert "You do" not in said
    assert HERS.strip(".") in said
    assert MORE in said


@pytest.mark.parametrize("kind", [kind for kind in STRANGE if "song" in kind or "credits" in kind])
def test_songs_and_credits_are_no_words(kind: str) -> None:
    assert "You do" not in talk(STRANGE[kind]).text


OWN = [
    f"<v Mira Vane>- {HERS}",
    f"<v Mira Vane>[laughs] {HERS}",
    f"<v Mira Vane>{HERS.replace(' dance', chr(10) + 'dance')}",
    f"<v Mira Vane>Mira Vane: {HERS}",
    f"<v Mira Vane>{HERS}\n<v Mira Vane>- I do.",
    "<v Mira Vane>They know what they do: I watch them dance at noon.",
    "<v.loud Mira Vane>I watch them <i>dance</i> at noon.",
]


@pytest.mark.parametrize("body", OWN)
def test_what_is_no_sign_of_others_stays_hers(body: str) -> None:
    assert "dance at noon." in " ".join(quotable_text(talk(body)).split())


def test_words_below_an_empty_line_are_kept_and_told() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nBees dance\n\nat noon.\n\n2\n00:00:02,000 --> 00:00:03,000\nThey sleep.\n"
    source = read(text.encode(), origin="talk.srt", source_id="talk", subject=MIRA)
    assert " ".join(source.text.split()) == "Bees dance at noon. They sleep."
    assert {turn.role for turn in source.turns} == {Role.UNKNOWN}
    assert any("empty line" in note for note in source.notes)


def test_notes_between_cues_and_names_of_cues_are_no_words() -> None:
    text = cues("Bees dance.") + "\nNOTE by hand\nand long\n\nthe second\n00:09.000 --> 00:10.000\nAt noon.\n"
    source = read(text.encode(), origin="talk.vtt", source_id="talk", subject=MIRA)
    assert source.text == "Bees dance. At noon."


@pytest.mark.parametrize("sign", CUE_LINES.rules.values(), ids=lambda sign: sign.name)
def test_every_sign_matches_its_match_and_not_its_near_miss(sign: Rule) -> None:
    def told(line: str) -> bool:
        if sign.kind == "credit":
            return is_credit(line)
        source = talk(f"<v Mira Vane>Oh.\n{line}")
        return re.sub(r"\W", "", line) not in re.sub(r"\W", "", quotable_text(source))

    assert [line for line in sign.match if not told(line)] == []
    assert [line for line in sign.near_miss if told(line)] == []
