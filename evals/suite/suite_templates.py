"""New cases: a template to fill, cases proposed from an interview's questions, and cases from readers' feedback."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from assistant.answers import NumberedQuote
from assistant.records.saved_answers import Records, SavedAnswer, Verdict
from evals.evaluation_errors import SuiteMissing
from knowledge.library.store import Library
from knowledge.model.passages import question_before
from knowledge.model.source import Source
from knowledge.model.turns import Role
from knowledge.text.sentences import sentences

# A 👎 becomes a case: what somebody said about the quotes of a saved answer, as YAML for a person to edit.
_HEAD = {
    Verdict.OFF_TOPIC: "# Said not to answer. Put in the words that do; if none do, leave [] and give a reason.\n",
    Verdict.OUT_OF_CONTEXT: "# Said to mislead alone. Shorten `needs` to the smallest run of his words that is fair.\n",
    Verdict.WRONG_SPEAKER: "# Said to be somebody else's: if so, review the source's speakers, then claim it.\n",
    Verdict.NOT_VERBATIM: "# Said not to be his exact words: hear the source; if so, correct the transcript.\n",
}


def case_from_feedback(library: Library, answer_id: str) -> str:
    """Return proposed cases from what was said about an answer.

    Raises:
        SuiteMissing: there is no such answer, or nobody complained about it.
    """
    records = Records(library)
    answer = records.answer(answer_id)
    if answer is None:
        raise SuiteMissing(f"There is no saved answer “{answer_id}”; the page's link to an answer ends with its id.")
    parts = []
    for numbered in answer.quotes:
        complaints = [verdict for verdict in records.judgements(numbered.quote.id) if verdict is not Verdict.GOOD]
        for verdict in dict.fromkeys(complaints):
            case = _case(answer, numbered, verdict)
            told = yaml.safe_dump([case], allow_unicode=True, sort_keys=False, width=110)
            added = (f"# “{note}”\n" for note in records.notes(numbered.quote.id, verdict))
            parts.append("".join([_HEAD.get(verdict, ""), *added, told]))
    if not parts:
        raise SuiteMissing(f"Nobody complained about a quote of {answer_id}.")
    return "\n".join(parts)


def _case(answer: SavedAnswer, numbered: NumberedQuote, verdict: Verdict) -> dict[str, Any]:
    quote = numbered.quote
    name = f"{answer.id}-{numbered.number}-{verdict.value}"
    if verdict is Verdict.OUT_OF_CONTEXT:
        spans = sentences(quote.source.text, quote.turn.start, quote.turn.end)
        inside = [place for place, span in enumerate(spans) if span.start < quote.end and quote.start < span.end]
        first, last = max(inside[0] - 1, 0), min(inside[-1] + 1, len(spans) - 1)
        needs = quote.source.text[spans[first].start : spans[last].end]
        return {"id": name, "source": quote.source.id, "sentence": quote.text, "needs": needs}
    if verdict is Verdict.WRONG_SPEAKER:
        return {"id": name, "claim": quote.text, "verdict": "other_speaker"}
    case: dict[str, Any] = {"id": name, "kind": "feedback", "question": answer.question}
    if verdict is Verdict.OFF_TOPIC:
        return case | {"note": f"shown was: {quote.text}", "evidence": []}
    return case | {"evidence": [{"source": quote.source.id, "text": quote.text}]}


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
