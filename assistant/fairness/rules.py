"""Rules about words as data: each a pattern with its reason, texts it must find and texts it must not."""

import re
from collections.abc import Mapping
from functools import cache, cached_property, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from knowledge.model.located_yaml import load_yaml

_SPACES = re.compile(r"\s+")
_CJK_GAP = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_APOSTROPHES = str.maketrans("’‘ʼ＇", "''''")


class Rule(BaseModel):
    """One thing that words can say or do, such as a way in which a neighbour changes what a quotation means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    pattern: str
    why: str
    match: tuple[str, ...]
    near_miss: tuple[str, ...]


class RuleFile:
    """The rules of one file, read once.

    Args:
        path: a YAML list of rules.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._patterns: dict[str, re.Pattern[str]] = {}

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """Return every rule by its name, in the order of the file.

        Raises:
            BookError: the file holds something else.
        """
        file = load_yaml(self._path)
        try:
            listed = TypeAdapter(list[Rule]).validate_python(file.value)
        except ValidationError as error:
            raise file.invalid(error) from error
        return {one.name: one for one in listed}

    def pattern(self, name: str) -> re.Pattern[str]:
        """Return the pattern of a rule, for texts in the form that `spoken` gives.

        Raises:
            KeyError: there is no such rule.
        """
        if name not in self._patterns:
            self._patterns[name] = re.compile(self.rules[name].pattern.replace("\n", ""), re.IGNORECASE)
        return self._patterns[name]

    def found(self, name: str, text: str) -> bool:
        """Whether the rule of this name finds what it looks for in a text."""
        return self.pattern(name).search(spoken(text)) is not None


# What beside a quotation denies, limits, supposes, answers or takes it back.
FAIRNESS = RuleFile(Path(__file__).parent / "rules.yaml")


def found(name: str, text: str) -> bool:
    """Whether the rule of fairness of this name finds what it looks for in a text."""
    return FAIRNESS.found(name, text)


@cache
def rule(name: str) -> re.Pattern[str]:
    """Return the pattern of a rule of fairness, for texts in the form that `spoken` gives.

    Raises:
        KeyError: there is no such rule.
    """
    return FAIRNESS.pattern(name)


def rules() -> Mapping[str, Rule]:
    """Return every rule of fairness by its name.

    Raises:
        BookError: the file holds something else.
    """
    return FAIRNESS.rules


@lru_cache(maxsize=1 << 14)
def spoken(text: str) -> str:
    """Return a text as the rules see it: straight apostrophes, single spaces, none between Chinese characters."""
    return _CJK_GAP.sub("", _SPACES.sub(" ", text.translate(_APOSTROPHES))).strip()
