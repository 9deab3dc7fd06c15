"""The search index over the library's passages: vectors and BM25. Rebuildable, never the truth."""

from knowledge.search.chroma import ChromaServer, open_chroma
from knowledge.search.index import Index, Progress
from knowledge.search.snapshot import Scored, Snapshot
from knowledge.search.vectors import Field

__all__ = ["ChromaServer", "Field", "Index", "Progress", "Scored", "Snapshot", "open_chroma"]
