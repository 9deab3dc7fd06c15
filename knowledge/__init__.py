"""What he said: sources, who speaks in them, the library that keeps them and the index that finds them."""

from knowledge.model.errors import AskIlyaError
from knowledge.model.passages import Passage
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.model.turns import Turn

__all__ = ["AskIlyaError", "Passage", "Provenance", "Source", "Turn"]
