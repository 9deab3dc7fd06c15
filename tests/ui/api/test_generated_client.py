"""A client that a generator makes of the description asks, checks and reads, with types of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from tests.homes import copy_home
from tests.ui.web.conftest import served
from ui.api import PREFIX

ROOT = Path(__file__).parents[3]
GENERATOR = "openapi-python-client==0.29.1"
"""Wants other versions of our own packages, so it lives in an environment that uv makes for it."""
UV = ROOT / ".tools" / "bin" / "uv"
USE = """
import sys
from ask_ilya_client import Client
from ask_ilya_client.api.default import ask, check, quote, sources
from ask_ilya_client.models import AnswerRecord, AskRequest, CheckRecord, CheckRequest, Problem, QuoteRecord

client = Client(base_url=sys.argv[1])
answer = ask.sync(client=client, body=AskRequest(question="Why do bees dance?"))
assert isinstance(answer, AnswerRecord) and answer.answered, answer
first = answer.quotes[0]
held = quote.sync(first.id, client=client)
assert isinstance(held, QuoteRecord) and held.text == first.text, held
unknown = quote.sync("q_nothing", client=client)
assert isinstance(unknown, Problem) and unknown.status == 404 and unknown.instance, unknown
found = check.sync(client=client, body=CheckRequest(text=first.text))
assert isinstance(found, CheckRecord) and found.verdict == "exact", found
assert len(sources.sync(client=client)) > 1
print(first.text)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, invented: Assistant) -> Iterator[str]:
    """The address of a served copy."""
    with served(copy_home(invented.settings.home, tmp_path_factory.mktemp("generated") / "home")) as url:
        yield url


def test_a_generated_client_asks_checks_and_reads(site: str, tmp_path: Path, invented: Assistant) -> None:
    if not UV.exists():
        pytest.skip("no uv in this checkout: make check")
    runner = [str(UV), "tool", "run", "--python", sys.executable, "--from", GENERATOR]
    tried = subprocess.run([*runner, "openapi-python-client", "--version"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"the generator cannot be had here: {tried.stderr.splitlines()[-1:]}")
    (tmp_path / "config.yaml").write_text("package_name_override: ask_ilya_client\n", encoding="utf-8")
    made = subprocess.run(
        [*runner, "openapi-python-client", "generate", "--url", f"{site}{PREFIX}/openapi.json", "--meta", "none",
         "--config", "config.yaml", "--output-path", str(tmp_path / "ask_ilya_client")],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    used = subprocess.run(
        [*runner, "python", "-c", USE, f"{site}{PREFIX}"],
        cwd=tmp_path, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert used.returncode == 0, used.stderr
    sources = (invented.library.source(one.source_id) for one in invented.library.editions())
    assert any(used.stdout.strip() in source.text for source in sources)
