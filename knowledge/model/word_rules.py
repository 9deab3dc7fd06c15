"""Rules about words as data: each a pattern with its reason, texts in which it must find something, and texts not.

A file is a YAML list of rules. `{name}` inside a pattern stands for the pattern of another rule of the file, or for
words that only the caller knows (the speakers of a transcript); line breaks in a pattern mean nothing.
"""

import re
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from knowledge.model.located_yaml import load_yaml

_SPACES = re.compile(r"\s+")
_CJK_GAP = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_APOSTROPHES = str.maketrans("’‘ʼ＇", "''''")
_REFERENCE = re.compile(r"\{([a-z_]+)\}")


class Rule(BaseModel):
    """One thing that words can say or do, such as a way in which a neighbour changes what a quotation means.

    `kind` groups rules that mean the same; `at` is where in a text the pattern must stand; `case` tells capitals from
    small letters; `given` holds examples of what callers fill in, by name, for `match` and `near_miss`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    pattern: str
    why: str
    match: tuple[str, ...]
    near_miss: tuple[str, ...]
    kind: str | None = None
    at: Literal["anywhere", "start", "whole"] = "anywhere"
    case: bool = False
    given: Mapping[str, str] = Field(default_factory=dict)


class RuleFile:
    """The rules of one file, read when the first is used.

    Args:
        path: a YAML list of rules.
        form: brings a text into the form for which the patterns are written; by default it stays as it stands.
    """

    def __init__(self, path: Path, *, form: Callable[[str], str] = str) -> None:
        self.path = path
        self.form = form
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._words: dict[str, frozenset[str]] = {}

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """Return every rule by its name, in the order of the file.

        Raises:
            BookError: the file holds something else, two rules of one name, or one that refers to itself or to nothing.
        """
        file = load_yaml(self.path)
        try:
            listed = _RULES.validate_python(file.value)
        except ValidationError as error:
            raise file.invalid(error) from error
        rules = {one.name: one for one in listed}
        for place, one in enumerate(listed):
            if wrong := _complaint(one, rules):
                raise file.error([place], f"{one.name}: {wrong}")
        return rules

    def pattern(self, name: str, **given: str) -> re.Pattern[str]:
        """Return the pattern of a rule, for texts in the form of the file.

        Args:
            name: of the rule.
            given: the words of the caller, as patterns, by the names under which the rule refers to them.

        Raises:
            KeyError: there is no such rule, or words it refers to are not given.
            BookError: the pattern cannot be read.
        """
        found = None if given else self._patterns.get(name)
        if found is None:
            rule = self.rules[name]
            try:
                found = re.compile(_built(rule, self.rules, given), re.NOFLAG if rule.case else re.IGNORECASE)
            except re.error as error:
                place = list(self.rules).index(name)
                raise load_yaml(self.path).error([place], f"{name}: its pattern cannot be read: {error}") from error
            if not given:  # what callers give has no end; they keep such patterns themselves
                self._patterns[name] = found
        return found

    def find(self, name: str, text: str, **given: str) -> re.Match[str] | None:
        """Return what the rule of this name finds in a text, None for nothing; offsets are those of the text's form."""
        pattern, text = self.pattern(name, **given), self.form(text)
        at = self.rules[name].at
        if at == "start":
            return pattern.match(text)
        return pattern.fullmatch(text) if at == "whole" else pattern.search(text)

    def found(self, name: str, text: str, **given: str) -> bool:
        """Whether the rule of this name finds what it looks for in a text."""
        return self.find(name, text, **given) is not None

    def of_kind(self, kind: str) -> tuple[re.Pattern[str], ...]:
        """Return the patterns of every rule of a kind, in the order of the file."""
        return tuple(self.pattern(one.name) for one in self.rules.values() if one.kind == kind)

    def words(self, name: str) -> frozenset[str]:
        """Return the alternatives of a rule that is a list of plain words, as they are written there.

        Raises:
            KeyError: there is no such rule.
        """
        found = self._words.get(name)
        if found is None:
            found = frozenset(self.rules[name].pattern.replace("\n", "").replace("\\", "").split("|"))
            self._words[name] = found
        return found

    def found_kind(self, kind: str, text: str) -> bool:
        """Whether any rule of a kind finds what it looks for in a text."""
        return any(one.kind == kind and self.found(one.name, text) for one in self.rules.values())


_RULES = TypeAdapter(list[Rule])


def _complaint(rule: Rule, rules: Mapping[str, Rule]) -> str | None:
    """Return why a rule of a file cannot be used, None when it can."""
    if rules[rule.name] is not rule:
        return "another rule has the same name"
    try:
        _built(rule, rules, rule.given)
    except KeyError as error:
        return f"it refers to “{error.args[0]}”, which is no rule of the file and not given"
    except RecursionError:
        return "it refers to itself, so that its pattern has no end"
    return None


def _built(rule: Rule, rules: Mapping[str, Rule], given: Mapping[str, str], *, path: tuple[str, ...] = ()) -> str:
    """Return the pattern of a rule with the patterns of those it refers to inside it.

    Raises:
        KeyError: it refers to what is neither a rule nor given.
        RecursionError: it refers to itself, perhaps through others.
    """
    if rule.name in path:
        raise RecursionError(rule.name)

    def inner(found: re.Match[str]) -> str:
        name = found[1]
        if name in given:
            return f"(?:{given[name]})"
        other = rules[name]
        flag = "" if other.case == rule.case else "-i" if other.case else "i"
        return f"(?{flag}:{_built(other, rules, given, path=(*path, rule.name))})"

    return _REFERENCE.sub(inner, rule.pattern.replace("\n", ""))


@lru_cache(maxsize=1 << 14)
def spoken(text: str) -> str:
    """Return a text as rules about speech see it: straight apostrophes, single spaces, none between Chinese words."""
    return _CJK_GAP.sub("", _SPACES.sub(" ", text.translate(_APOSTROPHES))).strip()
