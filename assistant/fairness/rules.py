"""The rules of `rules.yaml`, read once: what beside a quotation denies, limits, supposes, answers or takes it back."""

import re
from functools import cache, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from knowledge.model.located_yaml import load_yaml

_FILE = Path(__file__).parent / "rules.yaml"
_SPACES = re.compile(r"\s+")
_CJK_GAP = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_APOSTROPHES = str.maketrans("’‘ʼ＇", "''''")


class Rule(BaseModel):
    """One way in which a neighbour changes what a quotation means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    pattern: str
    why: str
    match: tuple[str, ...]
    near_miss: tuple[str, ...]


def found(name: str, text: str) -> bool:
    """Whether the rule of this name finds what it looks for in a text."""
    return rule(name).search(spoken(text)) is not None


@cache
def rule(name: str) -> re.Pattern[str]:
    """Return the pattern of a rule, for texts in the form that `spoken` gives.

    Raises:
        KeyError: there is no such rule.
    """
    return re.compile(rules()[name].pattern.replace("\n", ""), re.IGNORECASE)


@cache
def rules() -> dict[str, Rule]:
    """Return every rule by its name.

    Raises:
        BookError: the file holds something else.
    """
    file = load_yaml(_FILE)
    try:
        listed = TypeAdapter(list[Rule]).validate_python(file.value)
    except ValidationError as error:
        raise file.invalid(error) from error
    return {one.name: one for one in listed}


@lru_cache(maxsize=1 << 14)
def spoken(text: str) -> str:
    """Return a text as the rules see it: straight apostrophes, single spaces, none between Chinese characters."""
    return _CJK_GAP.sub("", _SPACES.sub(" ", text.translate(_APOSTROPHES))).strip()
