"""Small articles made of parts: where the speaker is named, the verb, the name, the marks, other people as traps.

    python -m tests.assistant.documents.attribution_grid [how many] [seed] [-v]

Each layout gives his words and somebody else's with the same form; what is found must be the first and not the second.
"""

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from assistant.documents.document_claims import quotations
from assistant.documents.printed_documents import printed_text
from knowledge.text.words import keys
from tests.evals.articles.article_run import OREN

HIS = (
    "the tide has never once waited for a better chart",
    "a ship is mostly an argument about water",
    "we measured the harbour before we named it",
    "nobody can sell you a quiet sea",
    "every rope remembers who tied it last",
    "if the model is wrong then the anchor will tell you",
    "I would rather be late than be on the rocks",
    "you learn more from the mud than from the map",
    "our pilots do not sleep in a fog like this one",
    "it took us nine years to understand one small wave",
    "I don’t think that the current cares about us",
    "there is no such thing as an empty bay",
)
OTHERS = (
    "this is the loudest port on the whole coast",
    "my brother sold his boat in the spring of that year",
    "they have promised us a lighthouse since I was a child",
    "the council will vote on the bridge next week",
    "fish have no opinion about any of these plans",
    "you cannot eat a chart when the winter comes",
    "I was in the kitchen when the ferry came in",
    "it is an honest mistake and we will correct it",
    "somebody should have asked the people who row",
    "his charts are pretty and that is all they are",
    "we counted eleven buoys and then we stopped",
    "there were more gulls than tourists in the hall",
)
HIS_ZH = (
    "潮水从来不等一张更好的海图",
    "船大体上是关于水的一场争论",
    "我们先量港口再给它起名字",
    "没有人能卖给你一片安静的海",
    "我们花了九年才弄懂一个小小的浪",
)
OTHERS_ZH = (
    "这是整条海岸上最吵的码头",
    "我弟弟那年春天把船卖掉了",
    "议会下周要就大桥投票表决",
    "鱼对这些计划没有任何看法",
    "我们数到第十一个浮标就停了",
)

MARKS = (("“", "”"), ('"', '"'), ("‘", "’"), ("„", "“"), ("«", "»"), ("“", '"'), ("「", "」"))
MARKS_ZH = (("“", "”"), ("「", "」"), ("『", "』"), ('"', '"'))
VERBS = (
    "said",
    "says",
    "argued",
    "told reporters",
    "wrote",
    "added",
    "warned",
    "recalled",
    "quipped",
    "explained",
    "replied",
)
PLAIN_VERBS = ("said", "says", "argued", "wrote", "added", "warned", "recalled", "explained", "replied")
NAMES = ("Talmi", "Oren Talmi", "Dr. Talmi", "Mr Talmi")
PEOPLE = (
    "Ivo Brandt",
    "Brandt",
    "Mira Lund",
    "Lund",
    "a spokesman for the port",
    "the mayor",
    "one critic",
    "Dr. Aske Holm",
    "his former colleague Leo Marsh",
)
NAMED = ("Ivo Brandt", "Mira Lund", "Aske Holm", "Leo Marsh", "Petra Vance")
ROLES = ("the Tidewater founder", "the researcher", "the co-founder of Tidewater", "the scientist")
INTRO = (
    "Oren Talmi, the founder of Tidewater, gave a talk in Delft on Tuesday.",
    "It has been a busy spring for Oren Talmi.",
    "On a wet afternoon Oren Talmi sits in the canteen and draws waves on a napkin.",
)


class Case(NamedTuple):
    """A small article, the layout that made it, his words and others'."""

    layout: str
    text: str
    his: tuple[str, ...]


class _Maker:
    """Fills in the parts of one case."""

    def __init__(self, random_: random.Random) -> None:
        self._pick = random_.choice
        self._pools = {
            kind: random_.sample(pool, len(pool))
            for kind, pool in {"q": HIS, "o": OTHERS, "zq": HIS_ZH, "zo": OTHERS_ZH}.items()
        }
        self._marks, self._marks_zh = self._pick(MARKS), self._pick(MARKS_ZH)
        self.said: list[str] = []

    def text(self, layout: str) -> str:
        """Return a layout with every part chosen, inner parts first."""
        while (match := _PART.search(layout)) is not None:
            layout = f"{layout[: match.start()]}{self._part(match[1])}{layout[match.end() :]}"
        return layout

    def _part(self, part: str) -> str:
        if part in LISTS:
            return self._pick(LISTS[part])
        kind, *told = part.split(" ")
        if kind in self._pools:
            return self._quotation(kind, told)
        if kind in ("halves", "ohalves"):
            return self._halves(kind, " ".join(told))
        return self._pick(part.split("|"))

    def _quotation(self, kind: str, told: list[str]) -> str:
        words = "weather" if "short" in told else self._pools[kind].pop()
        if kind.endswith("q"):
            self.said.append(words)
        chinese, plain = kind.startswith("z"), {"low", "plain"} & set(told)
        words = words if chinese or plain else _capital(words)
        first, last = self._marks_zh if chinese else self._marks
        if {"bare", "plain"} & set(told):
            first = last = ""
        end = told[-1] if told and len(told[-1]) == 1 else ""
        return f"{first}{words}{end}{last}"

    def _halves(self, kind: str, tag: str) -> str:
        words = self._pools["o" if kind == "ohalves" else "q"].pop().split()
        at, (first, last) = len(words) // 2, self._marks
        halves = " ".join(words[:at]), " ".join(words[at:])
        if kind == "halves":
            self.said += halves
        return f"{first}{_capital(halves[0])},{last} {tag}, {first}{halves[1]}.{last}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


_PART = re.compile("⟨([^⟨⟩]*)⟩")
LISTS: dict[str, tuple[str, ...]] = {
    "INTRO": INTRO,
    "NAME": NAMES,
    "NAMED": NAMED,
    "WHO": PEOPLE,
    "Who": tuple(map(_capital, PEOPLE)),
    "ROLE": ROLES,
    "Role": tuple(map(_capital, ROLES)),
    "VERB": VERBS,
    "PLAIN": PLAIN_VERBS,
}
LAYOUTS: dict[str, str] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))


def cases(many: int, seed: int) -> Iterator[Case]:
    """Yield as many cases, every layout in turn."""
    random_ = random.Random(seed)
    for number in range(many):
        layout = list(LAYOUTS)[number % len(LAYOUTS)]
        maker = _Maker(random_)
        text = maker.text(LAYOUTS[layout])
        yield Case(layout, text, tuple(maker.said))


def found_in(text: str) -> list[str]:
    """Return the words of every quotation found, each part by itself."""
    printed = printed_text(text)
    found = []
    for one in quotations(printed, OREN):
        found += [printed.text[start:end] for start, end in one.parts] or [one.text]
    return found


def right_and_wrong(case: Case) -> tuple[list[str], list[str]]:
    """Return his words that were not found, and what was found that is not his."""
    left, wrong = list(case.his), []
    for told in found_in(case.text):
        match = next((one for one in left if keys(one) == keys(told)), None)
        if match is None:
            wrong.append(told)
        else:
            left.remove(match)
    return left, wrong


def main(many: int = 2000, seed: int = 1) -> None:
    """Print precision and recall, and the layouts that go wrong."""
    gold = right = found = 0
    misses: Counter[str] = Counter()
    errors: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    for case in cases(many, seed):
        left, wrong = right_and_wrong(case)
        gold += len(case.his)
        right += len(case.his) - len(left)
        found += len(case.his) - len(left) + len(wrong)
        misses[case.layout] += len(left)
        errors[case.layout] += len(wrong)
        if (left or wrong) and "-v" in sys.argv and shown[case.layout] < 4:
            shown[case.layout] += 1
            sys.stdout.write(f"--- {case.layout}\n{case.text}\n   MISSED {left} WRONG {wrong}\n")
    for layout in LAYOUTS:
        if misses[layout] or errors[layout]:
            sys.stdout.write(f"{layout:40} missed {misses[layout]:3} wrong {errors[layout]:3}\n")
    sys.stdout.write(f"precision {right}/{found} = {right / found:.3f}  recall {right}/{gold} = {right / gold:.3f}\n")


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:] if one.isdigit()]
    main(*numbers)
