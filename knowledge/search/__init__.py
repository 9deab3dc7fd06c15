"""The search index over the library's passages: Chroma, BM25 and field vectors. Rebuildable, never the truth."""

from knowledge.search.fields import Field
from knowledge.search.index import Index, Progress, open_chroma
from knowledge.search.snapshot import Scored, Snapshot

__all__ = ["Field", "Index", "Progress", "Scored", "Snapshot", "open_chroma"]
