"""A real Chroma server, as the wheel brings it: filled, asked, cut off and back; what is found stays the same."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import numpy as np
import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding

from knowledge.library.store import Library
from knowledge.search import ChromaServer, Index, chroma, open_chroma
from tests.invented import BEES, TIDES, labelled_source
from tests.programs import free_port

PROGRAM = Path(sys.executable).with_name("chroma")


@contextmanager
def running_chroma(folder: Path, port: int) -> Iterator[str]:
    """Yield the address of a server over a folder."""
    log = folder / "chroma.log"
    command = [str(PROGRAM), "run", "--path", str(folder / "chroma"), "--host", "127.0.0.1", "--port", str(port)]
    with log.open("a") as told, subprocess.Popen(command, stdout=told, stderr=told) as server:
        url = f"http://127.0.0.1:{port}"
        try:
            for _ in range(600):
                if server.poll() is not None:
                    pytest.fail(log.read_text())
                try:
                    urllib.request.urlopen(f"{url}/api/v2/heartbeat", timeout=5).close()
                    break
                except (URLError, OSError):
                    time.sleep(0.1)
            yield url
        finally:
            server.terminate()
            server.wait(20)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    library.add(labelled_source(BEES, "bees"), BEES.encode(), origin="bees.txt")
    return library


def test_it_finds_what_comparing_all_finds_before_while_and_after_it_is_away(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chroma, "_REST", 0.0)
    embeddings, port = DeterministicFakeEmbedding(size=8), free_port()
    server = ChromaServer(f"http://127.0.0.1:{port}", token="secret")
    index = Index(lambda: open_chroma(server), tmp_path / "index", library, embeddings)
    alone = Index(None, tmp_path / "alone", library, embeddings)
    vector = np.asarray(embeddings.embed_query("bees"), dtype=np.float32)
    vector /= np.linalg.norm(vector)

    def near() -> tuple[set[str], set[str]]:
        here, there = alone.current(), index.current()
        return (
            {here.ids[number] for number in alone.nearest(here, vector, 2)},
            {there.ids[number] for number in index.nearest(there, vector, 2)},
        )

    with running_chroma(tmp_path, port):
        index.sync()
        alone.sync()
        expected, found = near()
        assert found == expected
        assert index.trouble is None
        assert open_chroma(server).get_collection("passages").count() == len(index.current())
    assert near() == (expected, expected)  # it is away: all are compared
    assert "ILYA_CHROMA_URL" in (index.trouble or "")
    library.add(labelled_source(TIDES, "tides"), TIDES.encode(), origin="tides.txt")
    index.sync()  # added while it is away
    alone.sync()
    with running_chroma(tmp_path, port):
        index.sync()
        expected, found = near()
        assert found == expected
        assert index.trouble is None
        assert open_chroma(server).get_collection("passages").count() == len(index.current())
