"""The search index over the library's passages: vectors and BM25. Rebuildable, never the truth."""

from knowledge.search.chroma import ChromaServer, open_chroma
from knowledge.search.embedded_editions import Progress
from knowledge.search.index import Index
from knowledge.search.scored_rows import Scored
from knowledge.search.snapshot import Snapshot
from knowledge.search.vectors import Field

__all__ = ["ChromaServer", "Field", "Index", "Progress", "Scored", "Snapshot", "open_chroma"]
