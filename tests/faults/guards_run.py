"""Modules that no test imports by name: `python -m tests.faults.guards_run`, and which of them guard the promise.

A module may still run in tests of others; a guard should have tests of its own.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.faults.workshop import ROOT

PACKAGES = ("assistant", "knowledge", "prompts", "ui", "evals")
GUARDS = (
    *("assistant/quotes", "assistant/fairness/", "assistant/checking/", "assistant/selection/", "assistant/records/"),
    *("knowledge/speakers/", "knowledge/interviews/", "knowledge/search/", "knowledge/library/", "ui/web/access/"),
    *("ui/api/api_access", "ui/api/keys", "ui/slack/events", "ui/slack/state/", "assistant/retrieval/confidence"),
)
"""How the paths of modules begin that keep the promise, or keep others out."""


def untested() -> list[str]:
    """Return the modules, as paths, that no test file imports."""
    named = {name for path in (ROOT / "tests").rglob("*.py") for name in _imported(path)}
    modules = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if path.name != "__init__.py"]
    paths = sorted(path.relative_to(ROOT) for path in modules if "versions" not in path.parts)
    return [str(path) for path in paths if ".".join(path.with_suffix("").parts) not in named]


def untested_guards() -> list[str]:
    """Return those of them that guard the promise."""
    return [path for path in untested() if path.startswith(GUARDS)]


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


if __name__ == "__main__":
    guards = untested_guards()
    sys.stdout.write("".join(f"{'guard ' if path in guards else '      '}{path}\n" for path in untested()))
    sys.stdout.write(f"{len(untested())} modules are imported by no test, {len(guards)} of them are guards.\n")
