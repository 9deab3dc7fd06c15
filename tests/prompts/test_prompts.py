from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.answers import Reason
from assistant.selection.prompt_examples import check_examples
from prompts import FOLDER, Example, Prompt, PromptError, load

SHIPPED: Mapping[str, set[str]] = {
    "select": {"subject", "passages", "history", "question", "max_quotes"},
    "rewrite": {"subject", "history", "question"},
    "label": {"subject", "turns"},
    "judge": {"case"},
}
WITHOUT_EXAMPLES: Mapping[str, set[str]] = {"quote": {"subject", "question"}, "repair": {"error"}}
"""What a client's own model is told, which chooses nothing for us; and what follows a worked case."""

TEXT = """\
# A task

## system
You know {{subject}}.

## user
Find {{thing}}.

## example
### thing
a bell
### reply
{"bell": 1}
"""


def written(folder: Path, text: str) -> Path:
    (folder / "task.md").write_text(text, encoding="utf-8")
    return folder


def test_every_shipped_prompt_loads_with_the_variables_its_code_gives() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == SHIPPED.keys() | WITHOUT_EXAMPLES.keys()
    for name, variables in SHIPPED.items():
        assert load(name, variables).examples
    for name, variables in WITHOUT_EXAMPLES.items():
        assert load(name, variables).system


def test_messages_are_task_then_examples_then_the_case(tmp_path: Path) -> None:
    prompt = load("task", {"subject", "thing"}, written(tmp_path, TEXT))
    assert prompt.messages({"subject": "Mira", "thing": "a mill"}) == [
        ("system", "You know Mira."),
        ("user", "Find a bell."),
        ("assistant", '{"bell": 1}'),
        ("user", "Find a mill."),
    ]


def test_values_are_filled_in_once(tmp_path: Path) -> None:
    prompt = load("task", {"subject", "thing"}, written(tmp_path, TEXT))
    last = prompt.messages({"subject": "Mira", "thing": "{{subject}} {{thing}}"})[-1]
    assert last == ("user", "Find {{subject}} {{thing}}.")


def test_the_hash_changes_with_any_change(tmp_path: Path) -> None:
    before = load("task", {"subject", "thing"}, written(tmp_path, TEXT)).hash
    after = load("task", {"subject", "thing"}, written(tmp_path, TEXT + " ")).hash
    assert before != after
    assert len(before) == 12


@pytest.mark.parametrize(
    ("text", "variables", "complaint"),
    [
        (TEXT, {"subject"}, "uses"),
        (TEXT, {"subject", "thing", "other"}, "uses"),
        (TEXT.replace("## user", "## usr"), {"subject", "thing"}, "needs “## system” and “## user”"),
        (TEXT.replace("### reply", "### answer"), {"subject", "thing"}, "no “### reply”"),
        (TEXT.replace("### thing", "### think"), {"subject", "thing"}, "example 1 gives"),
        (TEXT.replace("Find {{thing}}.", ""), {"subject"}, "with text"),
    ],
)
def test_a_broken_prompt_is_refused_when_loading(
    tmp_path: Path, text: str, variables: set[str], complaint: str
) -> None:
    with pytest.raises(PromptError, match=complaint):
        load("task", variables, written(tmp_path, text))


def test_a_missing_prompt_is_refused_when_loading(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="cannot be read"):
        load("nothing", set(), tmp_path)


def test_a_missing_value_is_refused_when_asking(tmp_path: Path) -> None:
    prompt = load("task", {"subject", "thing"}, written(tmp_path, TEXT))
    with pytest.raises(PromptError, match="values for"):
        prompt.messages({"subject": "Mira"})


def test_the_selection_prompt_explains_every_reason() -> None:
    prompt = load("select", SHIPPED["select"])
    assert all(f'"{reason}"' in prompt.system for reason in Reason)


def test_the_shipped_examples_stand_up_to_the_code_that_validates_replies() -> None:
    check_examples(load("select", SHIPPED["select"]))


@pytest.mark.parametrize(
    ("reply", "complaint"),
    [
        ('{"picks":[{"passage":9,"first":1,"last":1}],"unanswerable":null}', "no such passage"),
        ('{"picks":[{"passage":1,"first":1,"last":9}],"unanswerable":null}', "no such sentences"),
        ('{"picks":[{"passage":"1","first":1,"last":1}],"unanswerable":null}', "not a pick"),
        ('{"picks":[],"unanswerable":"because"}', "neither picks nor one reason"),
        ('{"picks":[', "not whole"),
    ],
)
def test_a_wrong_example_is_refused(reply: str, complaint: str) -> None:
    good = load("select", SHIPPED["select"])
    wrong = Prompt("select", good.system, good.user, (Example(good.examples[0].values, reply),), "0" * 12)
    with pytest.raises(PromptError, match=complaint):
        check_examples(wrong)
