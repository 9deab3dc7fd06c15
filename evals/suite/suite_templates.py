"""Beginning a suite: a template to fill, and cases proposed from what an interviewer asked and he answered."""

from itertools import pairwise
from pathlib import Path

import yaml

from evals.evaluation_errors import SuiteMissing
from knowledge.model.passages import question_before
from knowledge.model.source import Source
from knowledge.model.turns import Role
from knowledge.text.sentences import sentences

_TEMPLATE = Path(__file__).parent.parent / "template"
_MIN_WORDS = 12
_SENTENCES = 3


def begin_suite(folder: Path) -> list[Path]:
    """Write the template into a folder and return its files.

    Raises:
        SuiteMissing: one of the files is there already, or the folder cannot be written.
    """
    written = []
    for path in sorted(_TEMPLATE.iterdir()):
        target = folder / path.name
        if target.exists():
            raise SuiteMissing(f"{target} is there already; nothing was overwritten.")
        written.append(target)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for target in written:
            target.write_text((_TEMPLATE / target.name).read_text(encoding="utf-8"), encoding="utf-8")
    except OSError as error:
        raise SuiteMissing(f"{folder} cannot be written: {error.strerror}.") from error
    return written


def suggestions(source: Source, count: int) -> str:
    """Return proposed question cases as YAML: the question asked, and the first sentences of his answer.

    Raises:
        SuiteMissing: no turn of the source is known to answer a question.
    """
    cases: list[dict[str, object]] = []
    for before, turn in pairwise((None, *source.turns)):
        if turn is None or len(cases) == count or turn.renders is not None or not turn.quotable():
            continue
        asked = question_before(source, turn)
        spans = sentences(source.text, turn.start, turn.end)[:_SENTENCES]
        text = source.text[spans[0].start : spans[-1].end] if spans else ""
        printed = turn.question is not None or (before is not None and before.role is Role.OTHER)
        if asked is None or not printed or len(text.split()) < _MIN_WORDS:
            continue
        number = len(cases) + 1
        evidence = [{"source": source.id, "text": text}]
        cases.append({"id": f"{source.id}-{number:02}", "kind": "direct", "question": asked.text, "evidence": evidence})
    if not cases:
        raise SuiteMissing(f"No turn of {source.id} is known to answer a question: its speakers must be known first.")
    head = (
        "# Proposed cases. Ask in your own words, shorten the evidence to what answers, delete what is no question.\n"
        "# Questions taken over word for word measure only whether the index finds its own text.\n"
    )
    return head + yaml.safe_dump(cases, allow_unicode=True, sort_keys=False, width=110)
