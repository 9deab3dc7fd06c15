"""Quote verifiers of others, run beside ours on the same claims, each in an environment of its own."""

from evals.peers.peer import PEERS, Peer, PeerFailed
from evals.peers.table import Accepted, accepted_by, compare_peers, peers_table

__all__ = ["PEERS", "Accepted", "Peer", "PeerFailed", "accepted_by", "compare_peers", "peers_table"]
