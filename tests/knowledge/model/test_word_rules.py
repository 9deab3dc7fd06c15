"""Rules about words: each finds its examples, and not what only looks like them; a broken file says where."""

from importlib import import_module
from pathlib import Path

import pytest
import yaml

from knowledge.model.errors import BookError
from knowledge.model.word_rules import RuleFile

ROOT = Path(__file__).parents[3]
PACKAGES = ("assistant", "evals", "knowledge", "ui")


def rule_files() -> list[RuleFile]:
    """Return every rule file that a module of ours reads."""
    modules = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    reading = [path for path in modules if "= RuleFile(" in path.read_text(encoding="utf-8")]
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in reading]
    return [one for name in names for one in vars(import_module(name)).values() if isinstance(one, RuleFile)]


FILES = list({one.path: one for one in rule_files()}.values())
EVERY = [(file, rule) for file in FILES for rule in file.rules.values()]
NAMES = [f"{file.path.stem}: {rule.name}" for file, rule in EVERY]


@pytest.mark.parametrize("case", EVERY, ids=NAMES)
def test_a_rule_finds_its_matches_and_leaves_its_near_misses_alone(case) -> None:  # noqa: ANN001
    file, rule = case
    assert rule.why
    assert rule.match
    assert rule.near_miss
    assert [text for text in rule.match if not file.found(rule.name, text, **rule.given)] == []
    assert [text for text in rule.near_miss if file.found(rule.name, text, **rule.given)] == []


@pytest.mark.parametrize("case", [(file, rule) for file, rule in EVERY if file.form("it’s") == "it's"])
def test_rules_about_speech_see_any_apostrophe(case) -> None:  # noqa: ANN001
    file, rule = case
    assert [text for text in rule.match if not file.found(rule.name, text.replace("'", "’"))] == []


def test_no_file_of_patterns_is_left_out() -> None:
    listed = [path for package in PACKAGES for path in (ROOT / package).rglob("*.yaml")]
    patterns = {path for path in listed if "\n  pattern:" in path.read_text(encoding="utf-8")}
    assert patterns == {file.path for file in FILES}


def rules_of(folder: Path, *rows: dict[str, object]) -> RuleFile:
    path = folder / "rules.yaml"
    path.write_text(yaml.safe_dump([{"why": "w", "match": [], "near_miss": [], **row} for row in rows]))
    return RuleFile(path)


def test_a_rule_stands_in_another_by_its_name(tmp_path: Path) -> None:
    file = rules_of(
        tmp_path,
        {"name": "insect", "pattern": "bee|wasp"},
        {"name": "flies", "pattern": r"\b{insect}s? fl(?:y|ies)\b"},
        {"name": "Named", "pattern": "Ms {insect}", "case": True},
    )
    assert file.found("flies", "Wasps fly")
    assert not file.found("flies", "bee")
    assert file.found("Named", "Ms Bee")  # a rule keeps its own way with capitals inside another
    assert not file.found("Named", "ms bee")


def test_what_a_caller_gives_stands_in_a_rule(tmp_path: Path) -> None:
    file = rules_of(tmp_path, {"name": "told", "pattern": "{who} said", "given": {"who": "Vane"}})
    assert file.found("told", "Reed said", who="Reed")
    assert not file.found("told", "Vane said", who="Reed")
    with pytest.raises(KeyError):
        file.pattern("told")


@pytest.mark.parametrize(
    ("at", "finds"),
    [("anywhere", {"bees", "bees dance", "the bees"}), ("start", {"bees", "bees dance"}), ("whole", {"bees"})],
)
def test_a_rule_says_where_it_looks(tmp_path: Path, at: str, finds: set[str]) -> None:
    file = rules_of(tmp_path, {"name": "bees", "pattern": "bees", "at": at})
    assert {text for text in ("bees", "bees dance", "the bees") if file.found("bees", text)} == finds


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([{"name": "a", "pattern": "{b}"}, {"name": "b", "pattern": "x{a}"}], "line 1: a: it refers to itself"),
        ([{"name": "a", "pattern": "x"}, {"name": "b", "pattern": "{bee}"}], "b: it refers to “bee”, which is no rule"),
        ([{"name": "a", "pattern": "x"}, {"name": "a", "pattern": "y"}], "a: another rule has the same name"),
        ([{"name": "a", "pattern": "(x"}], "a: its pattern cannot be read"),
        ([{"name": "a", "pattern": "x", "colour": "red"}], "0.colour: Extra inputs"),
    ],
)
def test_a_file_that_is_wrong_says_where(tmp_path: Path, rows: list[dict[str, object]], says: str) -> None:
    with pytest.raises(BookError) as refused:
        rules_of(tmp_path, *rows).pattern("a")
    assert says in str(refused.value)
