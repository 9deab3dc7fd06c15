"""How often an attack gets through, and how little is known when none did."""


def attack_success_rate(successes: int, attempts: int) -> float:
    """Return the share of attacks that succeeded.

    Source: Zou et al., Universal and Transferable Adversarial Attacks, 2023 ("ASR").

    Raises:
        ValueError: there was no attempt.

    >>> attack_success_rate(1, 20)
    0.05
    """
    if attempts < 1:
        raise ValueError("a rate needs at least one attempt")
    return successes / attempts


def rule_of_three(attempts: int) -> float:
    """Return the 95 % upper bound of a rate when none of `attempts` independent attempts succeeded: 3/n.

    Source: Hanley & Lippman-Hand, If Nothing Goes Wrong, Is Everything All Right?, JAMA 249(13), 1983.

    Raises:
        ValueError: there was no attempt.

    >>> rule_of_three(60)
    0.05
    """
    if attempts < 1:
        raise ValueError("a bound needs at least one attempt")
    return min(3 / attempts, 1.0)
