"""Where the same words stand, in every text of the library, whoever says them."""

from knowledge.shingles.arrays import Voice, hashed
from knowledge.shingles.generations import Shingles
from knowledge.shingles.search import Runs, WordMap

__all__ = ["Runs", "Shingles", "Voice", "WordMap", "hashed"]
