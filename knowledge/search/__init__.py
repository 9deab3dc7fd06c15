"""The search index over the library's passages: Chroma, BM25 and field vectors. Rebuildable, never the truth."""

from knowledge.search.index import Index, Progress, open_chroma
from knowledge.search.snapshot import Scored, Snapshot
from knowledge.search.vectors import Field

__all__ = ["Field", "Index", "Progress", "Scored", "Snapshot", "open_chroma"]
