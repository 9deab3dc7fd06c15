"""What is told, noted or printed beside the words: “Tom asked, …”, “He smiles”, “My take: …”, an address, a sponsor.

It stands under the subject's label and was said by nobody; what follows it may be anyone's. The rules are data, each
with its reason; names of the file's speakers are put in their places.
"""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from knowledge.metadata.label_names import names_subject
from knowledge.model.located_yaml import load_yaml
from knowledge.model.subject import Subject

_DATA = Path(__file__).with_name("narration.yaml")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_NO_PART = frozenset("the of and a an van von der de da di du la le dr mr ms mrs prof".split())
_SPEAKS = re.compile(r"\b(?:asks?|asked|says|said|speaks|spoke|questions?|repl(?:y|ies|ied)|comments?|interrupts?)\b")
_MIN_PART = 3


class Narration:
    """The rules for one file.

    Args:
        labels: the speakers' labels of the file.
        subject: whose words are quoted.
    """

    def __init__(self, labels: tuple[str, ...], subject: Subject) -> None:
        others = frozenset(label for label in labels if not names_subject(label, subject))
        own = frozenset([subject.name, *subject.aliases])
        self._anywhere, self._line = _compiled(_alternatives(others, but=own), _alternatives(own, but=frozenset()))

    def begins(self, text: str, start: int, *, line: bool) -> bool:
        """Whether text from character `start` on, the start of a line or sentence, is nobody's words."""
        return bool(self._anywhere.match(text, start) or (line and self._line.match(text, start)))

    def tells(self, inside: str) -> bool:
        """Whether a remark in brackets tells that somebody else speaks: “[Long silence, then Tom asks]”."""
        return _SPEAKS.search(inside) is not None


def _alternatives(names: frozenset[str], *, but: frozenset[str]) -> str:
    """Return a pattern of the names and of their parts, none of them a part of the names in `but`."""
    taken = {word.casefold() for name in but for word in _WORD.findall(name)}
    found = set()
    for name in names:
        words = _WORD.findall(name)
        parts = [word for word in words if len(word) >= _MIN_PART and word.casefold() not in _NO_PART | taken]
        found |= {re.escape(name), *(re.escape(part[:1].upper() + part[1:]) for part in parts)}
        found |= {re.escape(part.title()) for part in parts if part.isupper()}
    return rf"(?:{'|'.join(sorted(found, key=len, reverse=True))})(?!\w)" if found else "(?!)"


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_yaml(_DATA).value
    return data


@lru_cache(maxsize=32)
def _compiled(names: str, own: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    told = _data()
    words = {"{name}": names, "{subject}": own, "{told}": _folded(told["told"]), "{role}": _folded(told["role"])}
    filled = [(rule.get("line", False), _filled(rule["pattern"], words)) for rule in told["rules"]]
    anywhere = "|".join(pattern for line, pattern in filled if not line)
    return re.compile(anywhere), re.compile("|".join(pattern for line, pattern in filled if line))


def _folded(data: str) -> str:
    """Return a list of alternatives as one pattern, the line breaks behind its bars left out."""
    return re.sub(r"\|\s+", "|", data.strip())


def _filled(pattern: str, words: dict[str, str]) -> str:
    return "(?:" + re.sub(r"\{(?:name|subject|told|role)\}", lambda match: words[match.group()], pattern) + ")"
