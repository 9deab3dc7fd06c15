"""YAML files that people write by hand: values together with the line and the place each stands at."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from knowledge.model.errors import BookError


@dataclass(frozen=True)
class Handwritten:
    """A parsed YAML file; `text` is the whole file, `value` its content."""

    path: Path
    text: str
    value: Any
    root: yaml.Node

    def node(self, keys: Sequence[str | int]) -> yaml.Node:
        """Return the deepest node that the path of keys and positions reaches."""
        node = self.root
        for key in keys:
            if isinstance(node, yaml.MappingNode):
                found = next((value for name, value in node.value if name.value == key), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
                found = node.value[key]
            else:
                found = None
            if found is None:
                return node
            node = found
        return node

    def error(self, keys: Sequence[str | int], reason: str) -> BookError:
        """Return an error that names the line of the value at `keys`."""
        return BookError(self.path, self.node(keys).start_mark.line + 1, reason)

    def invalid(self, error: ValidationError) -> BookError:
        """Return the first complaint of a pydantic validation, with its line."""
        first = error.errors()[0]
        keys = [key for key in first["loc"] if isinstance(key, str | int)]
        where = ".".join(map(str, keys)) or "the file"
        return self.error(keys, f"{where}: {first['msg']}")

    def place(self, keys: Sequence[str | int]) -> tuple[int, int]:
        """Return the characters [start, end) of the file at which the one-line string at `keys` stands verbatim.

        Raises:
            BookError: the string runs over several lines or is written with escapes.
        """
        node = self.node(keys)
        content = str(node.value)
        start = self.text.find(content, node.start_mark.index, node.end_mark.index) if content else -1
        if start < 0 or "\n" in content:
            raise self.error(keys, "write the words on one line under “|-”, without escapes")
        return start, start + len(content)


def load_yaml(path: Path) -> Handwritten:
    """Read a YAML file.

    Raises:
        BookError: the file is not YAML, or is empty.
    """
    text = path.read_text(encoding="utf-8")
    try:
        loader = _TextLoader(text)
        root = loader.get_single_node()
        value = None if root is None else loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        raise _unreadable(path, text, error) from error
    except yaml.YAMLError as error:  # a character that no YAML may hold: the parser names no line
        raise BookError(path, 1, f"not readable as YAML: {' '.join(str(error).split())}") from error
    if root is None:
        raise BookError(path, 1, "the file is empty")
    return Handwritten(path=path, text=text, value=value, root=root)


def _unreadable(path: Path, text: str, error: yaml.MarkedYAMLError) -> BookError:
    try:
        yaml.compose(text, Loader=yaml.SafeLoader)  # the parser in C names the line after the last
    except yaml.MarkedYAMLError as exact:
        error = exact
    line = error.problem_mark.line + 1 if error.problem_mark else 1
    return BookError(path, line, f"not readable as YAML: {error.problem}")


class _TextLoader(yaml.CSafeLoader):
    """Reads dates as the text they are: `2015-01-31` stays a string."""


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
