"""What we tell a model: one `.md` file per task, loaded and checked here. Imports nothing of ours.

A file has a title, then `## system`, `## user` and any number of `## example` sections. `{{name}}` stands for a
variable. An example gives each variable of the user section under `### name` and the answer under `### reply`.
"""

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

FOLDER = Path(__file__).parent

_VARIABLE = re.compile(r"\{\{(\w+)\}\}")


class PromptError(ValueError):
    """A prompt file is missing or breaks its format; raised when loading, never when asking."""


@dataclass(frozen=True)
class Example:
    """A worked example: values for the variables of the user section, and the right reply."""

    values: Mapping[str, str]
    reply: str


@dataclass(frozen=True)
class Prompt:
    """A task for a model. `hash` names this version of it: 12 hexadecimal digits of the file's SHA-256."""

    name: str
    system: str
    user: str
    examples: tuple[Example, ...]
    hash: str

    @cached_property
    def variables(self) -> frozenset[str]:
        """Return the names of the variables in the system and user sections."""
        return frozenset(_VARIABLE.findall(self.system + self.user))

    def messages(self, values: Mapping[str, str]) -> list[tuple[str, str]]:
        """Return (role, text) pairs: the task, the worked examples, and the case to decide.

        Raises:
            PromptError: a variable has no value, or there is a value for none.
        """
        if values.keys() != self.variables:
            raise PromptError(f"{self.name}: values for {sorted(values)}, variables {sorted(self.variables)}")
        found = [("system", _filled(self.system, values))]
        for example in self.examples:
            found += [("user", _filled(self.user, example.values)), ("assistant", example.reply)]
        return [*found, ("user", _filled(self.user, values))]


def load(name: str, variables: Collection[str], folder: Path = FOLDER) -> Prompt:
    """Read the prompt for a task and check that it uses exactly these variables.

    Raises:
        PromptError: the file is missing, a section is missing or unknown, or the variables differ.
    """
    path = folder / f"{name}.md"
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"the prompt {path} cannot be read: {error}") from error
    sections = _sections(text, "## ")
    bodies = {title: body for title, body in sections if title != "example"}
    if bodies.keys() != {"system", "user"} or not all(bodies.values()):
        raise PromptError(f"{path}: needs “## system” and “## user” with text, has {sorted(bodies)}")
    examples = tuple(_example(path, body) for title, body in sections if title == "example")
    digest = hashlib.sha256(raw).hexdigest()[:12]
    prompt = Prompt(name, bodies["system"], bodies["user"], examples, digest)
    if prompt.variables != set(variables):
        raise PromptError(f"{path}: uses {sorted(prompt.variables)}, the code gives {sorted(variables)}")
    asked = set(_VARIABLE.findall(prompt.user))
    for number, example in enumerate(examples, start=1):
        if example.values.keys() != asked:
            raise PromptError(f"{path}: example {number} gives {sorted(example.values)}, needs {sorted(asked)}")
    return prompt


def _example(path: Path, text: str) -> Example:
    values = dict(_sections(text, "### "))
    reply = values.pop("reply", "")
    if not reply:
        raise PromptError(f"{path}: an example has no “### reply”")
    return Example(values, reply)


def _sections(text: str, mark: str) -> list[tuple[str, str]]:
    """Return (title, body) of each heading of one level; what stands before the first is for maintainers."""
    parts = re.split(rf"^{mark}(.+)$", text, flags=re.MULTILINE)
    return [(parts[i].strip(), parts[i + 1].strip()) for i in range(1, len(parts), 2)]


def _filled(template: str, values: Mapping[str, str]) -> str:
    # one pass: a value that contains {{question}} stays as it is
    return _VARIABLE.sub(lambda match: values[match.group(1)], template)
