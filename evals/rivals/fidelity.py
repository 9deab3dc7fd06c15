"""How much of what each answering system shows is in a source, is his, and is evidence; and what an answer costs."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from evals.evaluation_errors import SuiteMissing
from evals.metrics.ranking import Place, Word, words_at
from evals.metrics.rates import percentile
from evals.metrics.standing import Standing, Wording, standing
from evals.rivals.answer_systems import Answering, LlamaIndex, Ours, Shown, TutorialChain
from evals.rivals.peer import Compared, attempt
from evals.run.systems.ours import NAME
from evals.run.worlds import KeptEmbeddings, World
from evals.suite.cases import QuestionCase
from evals.suite.evidence_places import locate_all
from evals.suite.suite_file import Suite
from knowledge.model.source import Source
from knowledge.model.turns import Role
from knowledge.search import Progress
from knowledge.text.sentences import sentences

_MARK = re.compile(r"\s*\[\d+(?:, ?\d+)*\]")


class Fidelity(NamedTuple):
    """One system over some questions: the words of its answers and of its citations, and what they cost."""

    system: str
    questions: int
    silent: int
    """Questions to which it showed nothing."""
    answer: Standing
    cited: Standing
    seconds: float
    """Median per answer."""
    tokens: tuple[float, float] | None
    """Mean read and written per answer; None where the endpoint does not count."""


def answering_peers(world: World, folder: Path) -> list[Answering]:
    """Return ours with the model and without, and the peers with the same model over the same sources.

    Raises:
        SuiteMissing: no model is set.
    """
    sources = list({source.id: source for source in world.sources.values()}.values())
    settings = world.assistant.settings
    kept = KeptEmbeddings(world.embeddings, settings.home / "baselines")
    return [
        Ours(world.assistant.with_settings(answer_cache=False)),
        Ours(world.assistant.with_settings(model=None), f"{NAME} extractive"),
        TutorialChain(sources, kept, settings),
        LlamaIndex(sources, settings, folder),
    ]


def compare_answers(
    suite: Suite, world: World, systems: Sequence[Answering], progress: Progress | None = None
) -> Compared[Fidelity]:
    """Return the fidelity of each system on the questions of a suite that have evidence.

    Raises:
        SuiteMissing: the suite has no such question.
        CaseError: evidence is not what it says.
    """
    written = tuple(one for one in suite.written if isinstance(one.case, QuestionCase) and one.case.evidence)
    if not written:
        raise SuiteMissing(f"“{suite.name}” has no questions with evidence.")
    golds = locate_all(written, world.sources, lenient=suite.file.lenient)
    asked = [one.case.question for one in written if isinstance(one.case, QuestionCase)]
    evidence = [words_at(golds[one.case.id][0]) for one in written]
    sources = {source.id: source for source in world.sources.values()}
    wording = Wording({name: source.text for name, source in sources.items()})
    his = words_at(place for source in sources.values() for place in _his(source))

    def asking(system: Answering) -> tuple[str, Callable[[], Fidelity]]:
        return system.name, lambda: _fidelity(system.name, system.answers(asked), evidence, wording, his)

    return attempt(list(map(asking, systems)), progress)


def fidelity_table(compared: Compared[Fidelity]) -> str:
    """Return the comparison as a Markdown table, one column per system; then what failed."""
    found = compared.found
    questions = found[0].questions if found else 0
    rows = [
        ("answers that show nothing", [f"{one.silent}" for one in found]),
        *_rows("shown as the answer", [one.answer for one in found]),
        *_rows("shown as citation", [one.cited for one in found]),
        ("time of an answer, p50, ms", [f"{one.seconds * 1000:.0f}" for one in found]),
        ("tokens read, written per answer", [_tokens(one) for one in found]),
    ]
    lines = [f"| {questions} questions with evidence | " + " | ".join(one.system for one in found) + " |"]
    lines.append("|---|" + "--:|" * len(found))
    lines += [f"| {name} | " + " | ".join(cells) + " |" for name, cells in rows]
    return "\n".join(lines) + "\n" + compared.complaints


def _fidelity(
    system: str, shown: Sequence[Shown], evidence: Sequence[set[Word]], wording: Wording, his: set[Word]
) -> Fidelity:
    pairs = list(zip(shown, evidence, strict=True))
    answers = [standing(_pieces(one.answer), wording, his=his, gold=gold) for one, gold in pairs]
    cited = [standing(one.cited, wording, his=his, gold=gold) for one, gold in pairs]
    used = [one.tokens for one in shown if one.tokens is not None]
    tokens = (fmean(read for read, _ in used), fmean(written for _, written in used)) if used else None
    silent = sum(not one.words for one in answers)
    seconds = percentile([one.seconds for one in shown], 0.5)
    return Fidelity(system, len(shown), silent, _summed(answers), _summed(cited), seconds, tokens)


def _pieces(texts: Sequence[str]) -> list[str]:
    """Return the sentences of an answer, without the marks of its citations."""
    bare = [_MARK.sub("", text) for text in texts]
    return [text[span.start : span.end] for text in bare for span in sentences(text)]


def _his(source: Source) -> list[Place]:
    turns = [turn for turn in source.turns if turn.role is Role.SUBJECT and turn.provenance.quotable]
    return [Place(source.id, turn.start, turn.end, source.text[turn.start : turn.end]) for turn in turns]


def _summed(parts: Sequence[Standing]) -> Standing:
    return Standing(*(sum(column) for column in zip(*parts, strict=True)))


def _rows(where: str, found: Sequence[Standing]) -> list[tuple[str, list[str]]]:
    return [
        (f"words {where}", [str(one.words) for one in found]),
        ("- of them in a source", [_share(one.in_source, one.words) for one in found]),
        ("- of them his", [_share(one.his, one.words) for one in found]),
        ("- of them inside the evidence", [_share(one.in_evidence, one.words) for one in found]),
    ]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else ""


def _tokens(one: Fidelity) -> str:
    return "not counted" if one.tokens is None else f"{one.tokens[0]:.0f}, {one.tokens[1]:.0f}"
