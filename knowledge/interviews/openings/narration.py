"""What is told, noted or printed beside the words: “Tom asked, …”, “He smiles”, “My take: …”, an address, a sponsor.

It stands under the subject's label and was said by nobody; what follows it may be anyone's. The rules are data, each
with its reason; names of the file's speakers are put in their places.
"""

import re
from functools import lru_cache
from pathlib import Path

from knowledge.metadata.label_names import names_subject
from knowledge.model.subject import Subject
from knowledge.model.word_rules import RuleFile

NARRATION = RuleFile(Path(__file__).with_suffix(".yaml"))
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


@lru_cache(maxsize=32)
def _compiled(names: str, own: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    def joined(kind: str) -> re.Pattern[str]:
        rules = [rule.name for rule in NARRATION.rules.values() if rule.kind == kind]
        filled = (NARRATION.pattern(rule, other=names, subject=own).pattern for rule in rules)
        return re.compile("|".join(f"(?:{pattern})" for pattern in filled))

    return joined("anywhere"), joined("line")
