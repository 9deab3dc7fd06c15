"""The embedder by setting: over real HTTP, remembered by the index, its failures told in one sentence."""

import json
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.models.embedder import EmbedderFailed, EndpointEmbeddings, chosen_embedder
from knowledge.model.errors import IndexMismatch
from knowledge.search.embedding import BilingualEmbeddings, fingerprint
from tests.invented import BEES, MIRA

WIDTH = 64


def vector(text: str) -> list[float]:
    counts = [0.0] * WIDTH
    for word in text.lower().split():
        counts[zlib.crc32(word.strip(".,?!").encode()) % WIDTH] += 1.0
    return counts


class _Embeds(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts = asked["input"] if isinstance(asked["input"], list) else [asked["input"]]
        rows = [{"object": "embedding", "index": n, "embedding": vector(text)} for n, text in enumerate(texts)]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        body = json.dumps({"object": "list", "data": rows, "model": asked["model"], "usage": usage}).encode()
        known = asked["model"] == "bag-of-words"
        self.send_response(200 if known else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Embeds)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()
    thread.join()


def settings(home: Path, url: str, model: str = "bag-of-words") -> Settings:
    return Settings(home=home, starter=False, embeddings=model, embeddings_url=url)


def test_the_offline_embedder_is_taken_where_nothing_is_set(tmp_path: Path) -> None:
    assert isinstance(chosen_embedder(Settings(home=tmp_path)), BilingualEmbeddings)


def test_the_model_of_the_endpoint_embeds_library_and_question(tmp_path: Path, url: str) -> None:
    (tmp_path / "bees.txt").write_text(BEES, encoding="utf-8")
    assistant = Assistant.open(settings(tmp_path / "home", url), subject=MIRA)
    assistant.add([tmp_path / "bees.txt"])
    assert "dance" in assistant.search("Why do bees dance?", 1)[0].passage.text
    assert fingerprint(assistant.embeddings) == "endpoint/bag-of-words"


def test_an_index_of_another_embedder_is_refused(tmp_path: Path, url: str) -> None:
    (tmp_path / "bees.txt").write_text(BEES, encoding="utf-8")
    Assistant.open(settings(tmp_path / "home", url), subject=MIRA).add([tmp_path / "bees.txt"])
    with pytest.raises(IndexMismatch, match="endpoint/bag-of-words"):
        Assistant.open(settings(tmp_path / "home", url, "another"), subject=MIRA)


@pytest.mark.parametrize("where", ["refusing", "closed"])
def test_what_fails_is_one_sentence_that_says_what_to_set(tmp_path: Path, url: str, where: str) -> None:
    address = url if where == "refusing" else "http://127.0.0.1:9/v1"
    embedder = EndpointEmbeddings(settings(tmp_path, address, "unknown"), "unknown")
    with pytest.raises(EmbedderFailed, match="ILYA_EMBEDDINGS_URL"):
        embedder.embed_query("Why do bees dance?")
