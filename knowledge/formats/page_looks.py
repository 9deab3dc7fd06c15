"""What an element's attributes say of its words: off the screen, in a box of its own, who speaks, how it looks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.model.word_rules import RuleFile

BOXES = RuleFile(Path(__file__).with_name("page_boxes.yaml"))
"""Signs that names give (kinds box, hidden, speaker), and that a style gives (hidden_style)."""
_WORDS = re.compile(r"[^a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMBERS = re.compile(r"\d+")
_TOLD = ("color", "bgcolor", "align", "face", "data-speaker", "data-speaker-name", "data-name", "data-role")
_PLAIN = frozenset(["", "left", "justify", "start"])
_UNSEEN_IN_LOOK = re.compile(
    r"(?:text-align|line-height|margin(?:-top|-bottom)?|padding(?:-top|-bottom)?|letter-spacing)$"
)


@dataclass(frozen=True)
class Look:
    """What one element's attributes say.

    `aside`: its words are off the screen or in a box beside the article; `speaker`: it marks who speaks; `style`: how
    its words look, equal for elements that look alike.
    """

    aside: bool = False
    speaker: bool = False
    style: str = ""


NO_LOOK = Look()


def look_of(values: Mapping[str, str]) -> Look:
    """Return what the attributes of an element say."""
    if not values:
        return NO_LOOK
    names = " ".join(values.get(key, "") for key in ("class", "id", "role", "data-type", "data-testid", "aria-label"))
    told = " ".join(values[key] for key in _TOLD if values.get(key, "").lower() not in _PLAIN)
    return _look(names, values.get("class", ""), values.get("style", ""), "hidden" in values, told)


@lru_cache(maxsize=2000)
def _look(names: str, classes: str, style: str, hidden: bool, told: str) -> Look:
    words = _WORDS.sub("-", _CAMEL.sub("-", names).lower())
    bare = re.sub(r"\s", "", style.lower())
    kinds = {BOXES.rules[name].kind for name in BOXES.rules if BOXES.found(name, bare if _of_style(name) else words)}
    aside = hidden or not kinds.isdisjoint(("box", "hidden", "hidden_style"))
    return Look(aside, "speaker" in kinds, _style(classes, bare, told))


def _of_style(name: str) -> bool:
    return BOXES.rules[name].kind == "hidden_style"


def _style(classes: str, bare: str, told: str) -> str:
    shown = sorted(_NUMBERS.sub("", name) for name in classes.lower().split())
    rules = [rule for rule in bare.split(";") if rule and not _UNSEEN_IN_LOOK.match(rule.partition(":")[0])]
    return " ".join([*shown, *sorted(rules), *([told.lower()] if told else [])])
