"""Did he say this? A claim goes in; a verdict with its places, differences and warnings comes out."""

from assistant.checking.checker import Checker
from assistant.checking.claim import ClaimRefused
from assistant.checking.results import Caution, Check, Difference, Place, Verdict

__all__ = ["Caution", "Check", "Checker", "ClaimRefused", "Difference", "Place", "Verdict"]
