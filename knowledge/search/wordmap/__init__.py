"""Where the same words stand, in every text of the library, whoever says them."""

from knowledge.search.wordmap.generations import Shingles
from knowledge.search.wordmap.lookup import Runs, WordMap
from knowledge.search.wordmap.word_arrays import Voice, hashed

__all__ = ["Runs", "Shingles", "Voice", "WordMap", "hashed"]
