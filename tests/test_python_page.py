"""Every example of docs/python.md and of examples/ is run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from langchain_core.messages import AIMessage
from langchain_core.runnables import RunnableLambda

from assistant import Assistant
from examples.honest_bot import honest_bot

ROOT = Path(__file__).parent.parent
EXAMPLES = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "python.md").read_text(encoding="utf-8"), re.DOTALL)


def run(*command: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ILYA_HOME": str(home), "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_of_the_page_runs(book_home: Path, number: int) -> None:
    done = run("-c", EXAMPLES[number], home=book_home)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_the_example_that_asks_answers_and_refuses(book_home: Path) -> None:
    script = str(ROOT / "examples" / "ask.py")
    answered = run(script, "Why did OpenAI give up on robotics?", home=book_home)
    assert (answered.returncode, answered.stdout[:4]) == (0, "[1] ")
    assert run(script, "What is the price of copper in Chile?", home=book_home).returncode == 3


@pytest.mark.parametrize(("said", "sent"), [("Bees dance to point at flowers.", True), ("Bees dance at night.", False)])
def test_the_honest_bot_tells_true_quotations_from_false(assistant: Assistant, said: str, sent: bool) -> None:
    model = RunnableLambda(lambda _: AIMessage(f"Mira Vane said: “{said}” That is all."))
    verified = honest_bot(assistant, model).invoke("Why do bees dance?")
    assert len(verified.quotations) == 1
    assert verified.trustworthy is sent
