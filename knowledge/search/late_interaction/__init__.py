"""Late interaction: one pass over a passage, then compared with a question word piece by word piece."""

from knowledge.search.late_interaction.english_encoder import Encoded, EnglishEncoder
from knowledge.search.late_interaction.passage_encoding import LateEncoder, ShortVectors

__all__ = ["Encoded", "EnglishEncoder", "LateEncoder", "ShortVectors"]
