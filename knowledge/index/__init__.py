"""The search index over the library's passages: Chroma, BM25 and field vectors. Rebuildable, never the truth."""

from knowledge.index.fields import Field
from knowledge.index.index import Index, Progress, open_chroma
from knowledge.index.snapshot import Scored, Snapshot

__all__ = ["Field", "Index", "Progress", "Scored", "Snapshot", "open_chroma"]
