"""What importing costs beside embedding: `python -m evals.benchmarks.import_cost FILE|FOLDER …`.

Reading, telling who speaks, storing and indexing are timed together, the embedder alone inside them.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel

from assistant import Assistant, Settings
from knowledge.library.importer import Outcome, import_paths
from knowledge.search.embedding import BilingualEmbeddings
from knowledge.search.late_interaction import Encoded


class Cost(BaseModel):
    """Seconds of one import, of reading alone and of the embedder alone."""

    files: int
    quotable_words: int
    passages: int
    read: float
    embedder: float
    total: float

    @property
    def overhead(self) -> float:
        """Return what everything but the embedder costs on top of it, 0.15 for 15 %."""
        return (self.total - self.embedder) / self.embedder


class TimedEmbeddings(BilingualEmbeddings):
    """The default embedder, counting its seconds."""

    seconds = 0.0

    def passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Read the texts, counting the time."""
        started = time.perf_counter()
        try:
            return super().passages(texts)
        finally:
            self.seconds += time.perf_counter() - started


def main() -> None:
    """Import what is named into an empty library and print what it cost."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("paths", nargs="+", help="transcripts, or folders of them")
    cost = measure(asked.parse_args().paths)
    sys.stdout.write(
        f"{cost.files} files, {cost.quotable_words:,} quotable words, {cost.passages} passages\n"
        f"reading and storing {cost.read:.1f} s, embedder {cost.embedder:.1f} s, total {cost.total:.1f} s: "
        f"{cost.overhead:.1%} on top of the embedder\n"
    )


def measure(paths: Sequence[str]) -> Cost:
    """Import paths into a library of their own and return what it cost."""
    embeddings = TimedEmbeddings()
    embeddings.embed_query("warm")  # loading the model is no part of an import
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        assistant = Assistant.open(Settings(home=Path(home), starter=False), embeddings=embeddings)
        embeddings.seconds = 0.0
        started = time.perf_counter()
        reports = list(import_paths(paths, assistant.library, assistant.subject))
        read = time.perf_counter() - started
        passages = assistant.index.sync()
        total = time.perf_counter() - started
    return Cost(
        files=sum(report.outcome is not Outcome.REFUSED for report in reports),
        quotable_words=sum(report.quotable_words for report in reports),
        passages=passages,
        read=read,
        embedder=embeddings.seconds,
        total=total,
    )


if __name__ == "__main__":
    main()
