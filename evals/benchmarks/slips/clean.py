"""Real labelled interviews of other people, the guest's label replaced by the subject's name."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from evals.benchmarks.slips.written import Written, WrittenTurn
from knowledge.model.subject import default_subject

_TIME = r"(?:\[?\(?(?:\d+:)?\d+:\d\d\)?\]?(?:\([^)\s]*\))?)"


class Clean(NamedTuple):
    """A file under the shared corpus, its guest, and how a label is written in it ."""

    path: str
    guest: str
    label: str


FILES = (
    Clean("other-speakers/axrp-24-leike-labelled.md", "Jan Leike", r"^\*\*(?P<name>[A-Z][\w ]+):\*\*\n"),
    Clean(
        "other-speakers/dwarkesh-jang-labelled-with-data-uri.md",
        "Eric Jang",
        rf"^\*\*(?P<name>[A-Z][\w ]+)\*\*(?: \*{_TIME}\*)?\n+",
    ),
    Clean("other-speakers/lenny-turley-labelled.md", "Nick Turley", rf"^(?P<name>[A-Z][\w ]+) {_TIME}:\n"),
    Clean("other-speakers/lex-419-altman-labelled.txt", "Sam Altman", rf"^(?P<name>[A-Z][\w ]+) {_TIME} "),
    Clean("other-speakers/practical-ai-126-labelled.md", "David Sweet", r"^\*\*(?P<name>[A-Z][\w ]+):\*\* "),
    Clean("transcripts/lex-094-2020-labelled-blog.md", default_subject().name, r"^\*\*(?P<name>[A-Z][\w ]+):\*\* "),
)
_STAGE = re.compile(
    r"^(?:#+ .*|\[?\(?(?:\d+:)?\d+:\d\d\)?\]?(?:\([^)\s]*\))?|!?\[[^\]]*\]\([^)]*\)|\\?\[[^\]]*\\?\]|\*\*\*|---+)$",
    re.MULTILINE,
)


def clean_files(shared: Path, subject: str) -> Iterator[tuple[Clean, Written]]:
    """Yield the files as written, the guest's labels carrying the subject's name."""
    for clean in FILES:
        yield clean, written(clean, (shared / "corpus" / clean.path).read_text(), subject)


def written(clean: Clean, text: str, subject: str) -> Written:
    """Return the turns of a labelled file by its own layout, headings and lone times left out of their words."""
    text = re.sub(
        clean.label,
        lambda match: match.group().replace(clean.guest, subject) if match["name"] == clean.guest else match.group(),
        text,
        flags=re.MULTILINE,
    )
    labels = list(re.finditer(clean.label, text, re.MULTILINE))
    ends = [label.start() for label in labels[1:]] + [len(text)]
    turns = []
    for label, end in zip(labels, ends, strict=True):
        stage = _STAGE.search(text, label.end(), end)
        words = label.end(), len(text[: stage.start() if stage else end].rstrip())
        turns.append(WrittenTurn(label["name"], label.start(), words))
    return Written(text, tuple(turns))
