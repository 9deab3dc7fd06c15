"""How far two judges agree beyond chance."""

from collections.abc import Sequence


def cohens_kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Return Cohen's kappa: 1 is perfect agreement, 0 what chance gives.

    κ = (p_o - p_e) / (1 - p_e), where p_e is the agreement expected from the two judges' own frequencies.
    Source: Cohen, A Coefficient of Agreement for Nominal Scales, 1960.

    Raises:
        ValueError: the lists are empty or of different lengths.

    >>> cohens_kappa(["yes", "yes", "no", "no"], ["yes", "no", "no", "no"])
    0.5
    """
    if not first or len(first) != len(second):
        raise ValueError("agreement needs the same items from both judges, at least one")
    size = len(first)
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / size
    labels = {*first, *second}
    chance = sum(first.count(label) * second.count(label) for label in labels) / size**2
    return 1.0 if chance == 1 else (observed - chance) / (1 - chance)
