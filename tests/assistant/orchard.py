"""A large invented interview, the same for every run: enough different sentences to mutate by the hundred."""

import random

from knowledge.model.source import Source
from knowledge.text.sentences import sentences
from tests.invented import labelled_source

_OPENINGS = (
    "I think |Maybe |I believe |Well, |So |In fact, |Perhaps |And yet |Today |I guess |Probably |Most days ||||"
).split("|")
_WHO = (
    "the bees|a young hive|the old orchard|every swarm|my neighbour|the harbour|a tide mill|the river|some gardens"
    "|the queen"
).split("|")
_AUXILIARIES = (
    "is|was|can be|will be|could be|might be|should be|has been|is not|was never|isn't|cannot be|won't be"
).split("|")
_STATES = (
    "quite patient with the wind|good at finding water|sort of afraid of the cold|older than the path"
    "|very small in March|a thing that people know|likely to start before dawn|almost ready for the flowers"
    "|possible to build by hand|a way to see the whole valley|better than two hundred maps|kind of a slow clock"
    "|the reason people need salt"
).split("|")
_TAILS = (
    ", because the moon pulls it for 12 hours| when 40,000 wings make one sound| and many of them get lost"
    "|, which is a big part of it| until about 3.5 litres are left| in five or six of the ten villages"
    "| and nobody can say why|, at 99.9 per cent| after two or three cold weeks|, or so the efficient ﬁshermen say"
    "| before the first self-made boats return| every year since 1,200 trees fell"
).split("|")
_QUESTIONS = "Do you think|Would you say that|Is it true that|Why do people believe that|How do we know that".split("|")


def interview(turns: int = 150, seed: int = 7) -> Source:
    """Return an interview of Mira Vane by Tom Reed; she says four sentences in each of her turns."""
    dice = random.Random(seed)
    lines = []
    for _ in range(turns):
        lines.append(f"Tom Reed: {dice.choice(_QUESTIONS)} {_clause(dice)}?")
        lines.append("Mira Vane: " + " ".join(_sentence(dice) for _ in range(4)))
    return labelled_source("\n".join(lines) + "\n", f"orchard-{seed}", title="The orchard")


def said(source: Source, role: str) -> list[str]:
    """Return the sentences of one role, each once."""
    turns = [turn for turn in source.turns if turn.role == role]
    spans = [span for turn in turns for span in sentences(source.text, turn.start, turn.end)]
    return list(dict.fromkeys(source.text[start:end] for start, end in spans))


def _sentence(dice: random.Random) -> str:
    text = dice.choice(_OPENINGS) + _clause(dice)
    return text[0].upper() + text[1:] + "."


def _clause(dice: random.Random) -> str:
    clause = f"{dice.choice(_WHO)} {dice.choice(_AUXILIARIES)} {dice.choice(_STATES)}"
    return clause + "".join(dice.sample(_TAILS, dice.choice((1, 1, 2))))
