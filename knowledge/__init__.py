"""What he said: sources, who speaks in them, the library that keeps them and the index that finds them."""

from knowledge.errors import AskIlyaError
from knowledge.passages import Passage
from knowledge.provenance import Provenance
from knowledge.source import Source
from knowledge.turns import Turn

__all__ = ["AskIlyaError", "Passage", "Provenance", "Source", "Turn"]
