"""Tools of others, run beside ours on the same sources, each in an environment of its own."""

from evals.peers.attempts import Compared
from evals.peers.fidelity import answering_peers, compare_answers, fidelity_table
from evals.peers.peer import PEERS, Peer, PeerFailed
from evals.peers.table import Accepted, accepted_by, compare_peers, peers_table

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
