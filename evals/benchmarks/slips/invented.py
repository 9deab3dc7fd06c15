"""Interviews of invented words: sentences as people say them, drawn by a seed, no two turns alike."""

import random
from collections.abc import Sequence

from evals.benchmarks.slips.transcripts import Said

_THINGS = """bees hives rivers tides lamps engines maps gardens bridges kites mills orchards gears harbours looms
stones clocks mirrors ladders rafts""".split()
_ACTS = "follow build carry answer mend measure watch draw teach leave gather weigh trust lift sort paint".split()
_HOW = "slowly by hand in winter without a plan at night for a year with great care in the end".split(" ")
_SAID = (
    "I think that {a} {act} the {b}, and we learn from it.", "So the {a} have to {act} before anything else.",
    "It is not that {a} matter; it is that {b} do.", "You know, when we started, nobody could {act} the {a}.",
    "Yeah. We tried to {act} {a} for a long time.", "The way I see it, {a} and {b} are one problem.",
    "Well, if you {act} the {a}, then the {b} come by themselves.", "And that is why I like {a} so much.",
    "Right, exactly, the {a} are the point: you {act} them and wait.", "Is it hard? Of course it is, like all {a}.",
    "Honestly, I would rather {act} {a} than {b}.", "There was a day in {place} when the {a} simply stopped.",
)  # fmt: skip
_ASKED = (
    "Do you think that {a} can {act} the {b}?", "How did you come to {act} {a}?", "So why {a}, and not {b}?",
    "What would you say to somebody who wants to {act} {a}?", "Yeah, right.", "Okay, that makes sense.",
    "I see. And the {b}, are they harder than the {a}?", "That is interesting, because {a} never {act} anything.",
    "Let me push on this a little. Nobody has seen {a} {act} the {b}.", "Tell me about the {a}.",
    "Thank you so much for coming, I enjoyed the {a}.", "Hm. I would have said that {b} come first.",
)  # fmt: skip
_PLACES = ("Ostrava", "Halden", "Vigo", "Turku", "Brno")


def interview(seed: int, speakers: Sequence[str], subject: str, turns: int = 12) -> list[Said]:
    """Return an interview in which the subject answers whoever of the others asks."""
    drawn = random.Random(seed)
    others = [name for name in speakers if name != subject]
    said = []
    for number in range(turns):
        if number % 2:
            paragraphs = tuple(_lines(drawn, _SAID, drawn.randint(2, 5)) for _ in range(drawn.choice((1, 1, 1, 2, 3))))
            said.append(Said(subject, paragraphs))
        else:
            asker = others[(number // 2) % len(others)] if drawn.random() < 0.7 else drawn.choice(others)
            said.append(Said(asker, (_lines(drawn, _ASKED, drawn.randint(1, 3)),)))
    return [*said, Said(others[0], (_lines(drawn, _ASKED, 2),))]


def _lines(drawn: random.Random, sentences: Sequence[str], count: int) -> str:
    return " ".join(
        sentence.format(
            a=drawn.choice(_THINGS), b=drawn.choice(_THINGS), act=drawn.choice(_ACTS), place=drawn.choice(_PLACES)
        )
        for sentence in drawn.sample(sentences, count)
    )
