"""No module needs, on the way to itself, a module that needs it: each may be imported first, by anybody."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("assistant", "evals", "knowledge", "prompts", "ui")


def needs(files: dict[str, str]) -> dict[str, set[str]]:
    """Return what each module imports when it is imported itself; who imports a module imports its packages too."""
    return {module: _needed(module, ast.parse(text), set(files)) for module, text in files.items()}


def _needed(module: str, tree: ast.Module, known: set[str]) -> set[str]:
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    packages = {name.rsplit(".", depth)[0] for name in found & known for depth in range(1, name.count(".") + 1)}
    own = {module.rsplit(".", depth)[0] for depth in range(1, module.count(".") + 1)}
    return (found | packages) & known - own - {module}


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Return one circle of imports, or nothing."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def sources() -> dict[str, str]:
    """Return every module of ours by its dotted name."""
    paths = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    names = {path: ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in paths}
    return {name: path.read_text(encoding="utf-8") for path, name in names.items()}


def test_there_is_no_circle_of_imports() -> None:
    assert circle(needs(sources())) == []


@pytest.mark.parametrize(
    "files",
    [
        {"a.x": "from b.y import f", "b.y": "import a.x"},
        {"a": "from a.x import f", "a.x": "from b.y import g", "a.z": "", "b.y": "from a.z import h"},
    ],
    ids=["two modules", "by way of a package"],
)
def test_a_circle_is_found(files: dict[str, str]) -> None:
    assert circle(needs(files))
