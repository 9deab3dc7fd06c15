"""Tools of others, run beside ours on the same sources, each in an environment of its own."""

from evals.rivals.acceptance import Accepted, accepted_by, compare_peers, peers_table
from evals.rivals.fidelity import answering_peers, compare_answers, fidelity_table
from evals.rivals.peer import PEERS, Compared, Peer, PeerFailed

__all__ = [
    "PEERS",
    "Accepted",
    "Compared",
    "Peer",
    "PeerFailed",
    "accepted_by",
    "answering_peers",
    "compare_answers",
    "compare_peers",
    "fidelity_table",
    "peers_table",
]
