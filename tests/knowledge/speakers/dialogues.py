"""Invented dialogues of any length, and what a speech recogniser might make of them, every word's speaker known."""

import hashlib
from dataclasses import dataclass
from random import Random

from knowledge.model.provenance import Provenance
from knowledge.model.source import RawMap, Segment, Source
from knowledge.model.turns import Certainty, Role, Turn

HOST, GUEST = "Tom Reed", "Mira Vane"
_COMMON = "the a and to of it is that in we you they this but so what how not as with for on be have do".split()
_RARE = [
    first + second
    for first in "bee tide moon wind hill salt reed drum lamp wool fern clay mint cork jute kelp loam moss".split()
    for second in "ward let mill song work light path stone craft wise field bird".split()
]
_ASIDES = ("Right.", "Yes.", "Okay.", "I see.", "Really?", "That is right.")


@dataclass(frozen=True)
class Said:
    """A word as it is written, and who says it; None: the recogniser made it up."""

    word: str
    speaker: str | None


def dialogue(seed: int, *, runs: int = 40) -> list[Said]:
    """Return an invented interview: host and guest in turn, some runs of one short sentence."""
    random = Random(seed)
    said: list[Said] = []
    for number in range(runs):
        speaker = (HOST, GUEST)[number % 2]
        if random.random() < 0.2:
            lines = [random.choice(_ASIDES)]
        else:
            lines = [_sentence(random, "?" if speaker == HOST else ".") for _ in range(random.randint(1, 6))]
        said += [Said(word, speaker) for line in lines for word in line.split()]
    return said


def misheard(said: list[Said], rate: float, seed: int) -> list[Said]:
    """Return the words with this share of them replaced, left out, or with one put in after."""
    random = Random(seed)
    heard: list[Said] = []
    for one in said:
        chance = random.random()
        if chance >= rate:
            heard.append(one)
        elif chance < rate * 0.5:
            ending = one.word[-1] if one.word[-1] in ".?" else ""
            heard.append(Said(_word(random) + ending, one.speaker))
        elif chance < rate * 0.75:
            heard += [one, Said(_word(random), None)]
    return heard


def unpunctuated(said: list[Said]) -> list[Said]:
    """Return the words as captions made by machine give them: lower case, no punctuation."""
    return [Said(one.word.strip(".?,").lower(), one.speaker) for one in said]


def source(said: list[Said], *, labelled: bool, source_id: str = "talk", **facts: object) -> Source:
    """Return the words as a source: one unknown turn, or labelled turns."""
    text, turns, start = "", [], 0
    for number, one in enumerate(said):
        text += one.word
        last = number + 1 == len(said)
        if labelled and (last or said[number + 1].speaker != one.speaker):
            role = Role.SUBJECT if one.speaker == GUEST else Role.OTHER
            turns.append(_turn(start, len(text), role, one.speaker))
            start = len(text) + 2
            text += "" if last else "\n\n"
        else:
            text += "" if last else " "
    if not labelled:
        turns = [_turn(0, len(text), Role.UNKNOWN, None)]
    return Source(
        id=source_id,
        title=source_id,
        language="en",
        provenance=Provenance.TRANSCRIPT,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        reader="invented/1",
        text=text,
        turns=tuple(turns),
        raw_map=RawMap(encoding="utf-8", segments=(Segment(0, len(text), 0, len(text)),)),
    ).model_copy(update=facts)


def quotable(found: Source, said: list[Said]) -> dict[str | None, int]:
    """Return how many words of each speaker are quotable in a source made by `source(said, labelled=False)`."""
    counts: dict[str | None, int] = {HOST: 0, GUEST: 0, None: 0}
    spans = [(turn.start, turn.end) for turn in found.turns if turn.quotable()]
    offset = 0
    for one in said:
        counts[one.speaker] += any(start < offset + len(one.word) and offset < end for start, end in spans)
        offset += len(one.word) + 1
    return counts


def _sentence(random: Random, ending: str) -> str:
    words = [_word(random) for _ in range(random.randint(3, 18))]
    return words[0].capitalize() + " " + " ".join(words[1:]) + ending


def _word(random: Random) -> str:
    return random.choice(_COMMON if random.random() < 0.6 else _RARE)


def _turn(start: int, end: int, role: Role, speaker: str | None) -> Turn:
    return Turn(
        start=start,
        end=end,
        role=role,
        speaker=speaker,
        certainty=None if speaker is None else Certainty.LABELLED,
        provenance=Provenance.TRANSCRIPT,
        language="en",
    )
