"""How often each verifier takes a claim for his exact words, by what the claim really is."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from evals.evaluation_errors import SuiteMissing
from evals.rivals.peer import Compared, Peer, attempt
from evals.run.systems.ours import NAME
from evals.run.worlds import World
from evals.suite.cases import ClaimCase
from evals.suite.suite_file import Suite
from knowledge.search import Progress

_EXACT = "exact"


class Accepted(NamedTuple):
    """Of `n` claims whose right verdict is `verdict`, the share a system took for his exact words."""

    system: str
    verdict: str
    share: float
    n: int


def accepted_by(system: str, claims: Sequence[ClaimCase], verdicts: Sequence[bool]) -> list[Accepted]:
    """Return the shares of one system, by right verdict."""
    found = []
    for verdict in dict.fromkeys(claim.verdict for claim in claims):
        told = [took for claim, took in zip(claims, verdicts, strict=True) if claim.verdict == verdict]
        found.append(Accepted(system, verdict, sum(told) / len(told), len(told)))
    return found


def our_verdicts(world: World, claims: Sequence[ClaimCase]) -> list[bool]:
    """Return which claims we call exact."""
    return [world.assistant.check(claim.claim).verdict.value == _EXACT for claim in claims]


def claims_of(suite: Suite) -> list[ClaimCase]:
    """Return the claims of a suite."""
    return [one.case for one in suite.written if isinstance(one.case, ClaimCase)]


def compare_peers(
    suite: Suite, world: World, peers: Sequence[Peer], folder: Path, progress: Progress | None = None
) -> Compared[list[Accepted]]:
    """Return the shares of ours and of each peer, on the claims of a suite over the sources of its world.

    Raises:
        SuiteMissing: the suite has no claims.
    """
    claims = claims_of(suite)
    if not claims:
        raise SuiteMissing(f"“{suite.name}” has no claims to check.")
    texts = [source.text for source in {source.id: source for source in world.sources.values()}.values()]
    told = [claim.claim for claim in claims]

    def asking(peer: Peer) -> tuple[str, Callable[[], list[Accepted]]]:
        return peer.name, lambda: accepted_by(peer.name, claims, peer.accepts(told, texts, folder))

    ours = (NAME, lambda: accepted_by(NAME, claims, our_verdicts(world, claims)))
    return attempt([ours, *map(asking, peers)], progress)


def peers_table(compared: Compared[list[Accepted]]) -> str:
    """Return the shares as a Markdown table: 1 is right in the row `exact`, 0 in every other; then what failed."""
    found = [one for shares in compared.found for one in shares]
    systems = list(dict.fromkeys(one.system for one in found))
    lines = ["| taken for his exact words, of claims that are | n | " + " | ".join(systems) + " |"]
    lines.append("|---|--:|" + "--:|" * len(systems))
    for verdict in dict.fromkeys(one.verdict for one in found):
        row = {one.system: one for one in found if one.verdict == verdict}
        shares = " | ".join(f"{row[system].share:.2f}" for system in systems)
        lines.append(f"| {verdict} | {next(iter(row.values())).n} | {shares} |")
    return "\n".join(lines) + "\n" + compared.complaints
