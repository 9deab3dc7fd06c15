"""The rules of fairness: what beside a quotation denies, limits, supposes, answers or takes back what it says."""

import re
from pathlib import Path

from knowledge.model.word_rules import RuleFile, spoken

FAIRNESS = RuleFile(Path(__file__).parent / "rules.yaml", form=spoken)


def found(name: str, text: str) -> bool:
    """Whether the rule of fairness of this name finds what it looks for in a text."""
    return FAIRNESS.found(name, text)


def rule(name: str) -> re.Pattern[str]:
    """Return the pattern of a rule of fairness, for texts in the form that `spoken` gives.

    Raises:
        KeyError: there is no such rule.
    """
    return FAIRNESS.pattern(name)
