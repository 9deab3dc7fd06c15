"""Verifiers of others beside ours, on the same claims; a peer that breaks is one sentence."""

import re
from pathlib import Path

import pytest

from assistant import Assistant
from evals.evaluation_errors import SuiteMissing
from evals.rivals import Peer, PeerFailed, compare_peers, peers_table
from evals.rivals.peer import PEERS
from evals.run.worlds import World
from knowledge.search.embedding import BilingualEmbeddings
from tests.evals.suites import suite_of

CLAIMS = (
    {"id": "a", "claim": "Ants follow a smell on the ground.", "verdict": "exact"},
    {"id": "b", "claim": "Ants never follow a smell on the ground.", "verdict": "altered"},
    {"id": "c", "claim": "Do you think ants do something like it?", "verdict": "other_speaker"},
)
SUBSTRING = next(peer for peer in PEERS if peer.requirement is None)


@pytest.fixture
def world(assistant: Assistant, embeddings: BilingualEmbeddings) -> World:
    return World(assistant, embeddings, {name: assistant.library.source(name) for name in ("bees", "tides")})


def written(folder: Path, code: str) -> Peer:
    script = folder / "adapter.py"
    script.write_text(code, encoding="utf-8")
    return Peer("other", script)


def test_a_verifier_that_knows_no_speakers_takes_the_interviewers_words_for_hers(world: World, tmp_path: Path) -> None:
    found = compare_peers(suite_of(tmp_path, CLAIMS), world, [SUBSTRING], tmp_path)
    shares = {(one.system, one.verdict): one.share for shares in found.found for one in shares}
    assert [shares["ask-ilya", verdict] for verdict in ("exact", "altered", "other_speaker")] == [1, 0, 0]
    assert [shares["substring", verdict] for verdict in ("exact", "altered", "other_speaker")] == [1, 0, 1]
    assert "| other_speaker | 1 | 0.00 | 1.00 |" in peers_table(found)


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        ("raise SystemExit('no model')", "failed: no model"),
        ("print('hello')", "not JSON"),
        ("print('[true]')", "1 verdicts for 3 claims"),
        ("print('[1, 2, 3]')", "3 verdicts for 3 claims"),
    ],
)
def test_a_peer_that_breaks_is_one_line_and_the_others_are_asked(
    world: World, tmp_path: Path, code: str, complaint: str
) -> None:
    found = compare_peers(suite_of(tmp_path, CLAIMS), world, [written(tmp_path, code), SUBSTRING], tmp_path)
    [line] = found.complaints.splitlines()
    assert line.startswith("Not compared: other. ")
    assert complaint in line
    assert line in peers_table(found)
    assert [shares[0].system for shares in found.found] == ["ask-ilya", "substring"]


@pytest.mark.parametrize("peer", PEERS, ids=[peer.name for peer in PEERS])
def test_what_is_installed_is_pinned_and_has_an_adapter(peer: Peer) -> None:
    compile(peer.adapter.read_text(encoding="utf-8"), str(peer.adapter), "exec")
    assert peer.requirement is None or re.fullmatch(r"[\w-]+==\d[\w.]*", peer.requirement)


def test_one_adapter_serves_two_settings(world: World, tmp_path: Path) -> None:
    code = "import json, sys; json.dump([sys.argv[1] == 'fuzzy'] * len(json.load(sys.stdin)['claims']), sys.stdout)"
    script = written(tmp_path, code).adapter
    settings = [Peer(name, script, arguments=(name,)) for name in ("exact", "fuzzy")]
    found = compare_peers(suite_of(tmp_path, CLAIMS), world, settings, tmp_path)
    shares = [one for shares in found.found for one in shares]
    assert {one.system: one.share for one in shares if one.verdict == "altered"} == {
        "ask-ilya": 0,
        "exact": 0,
        "fuzzy": 1,
    }


def test_a_suite_without_claims_is_one_sentence(world: World, tmp_path: Path) -> None:
    question = {"id": "q", "question": "Why do bees dance?"}
    with pytest.raises(SuiteMissing, match="no claims"):
        compare_peers(suite_of(tmp_path, (question,)), world, [SUBSTRING], tmp_path)


def test_a_peer_that_cannot_be_installed_is_one_sentence(tmp_path: Path) -> None:
    nowhere = Peer("other", SUBSTRING.adapter, str(tmp_path / "no-such-package"))
    with pytest.raises(PeerFailed, match="failed"):
        nowhere.accepts(["a"], ["b"], tmp_path)
