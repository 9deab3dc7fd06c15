"""Servers in the shapes of the sites that the catalogue names, on the own machine; a test says their words."""

import html
import http.server
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest

from knowledge.fetching import polite_fetcher
from knowledge.fetching.fetcher import fetch

YOUTUBE = "https://www.youtube.com"


class Reply(NamedTuple):
    """What a server answers."""

    body: str | bytes
    status: int = 200
    location: str | None = None


class Video(NamedTuple):
    """A video's captions: the language heard, and the texts by language with whether a machine wrote them."""

    tracks: Mapping[str, tuple[str, bool]]


class Sites:
    """A server that answers for many hosts; remembers what it was asked."""

    def __init__(self, pages: Mapping[str, Reply], videos: Mapping[str, Video]) -> None:
        self.pages, self.videos = dict(pages), dict(videos)
        self.asked: list[str] = []
        self.address = ""

    def answer(self, path: str, body: bytes) -> Reply:
        """Return the reply to a path, which begins with the host it stands for."""
        self.asked.append(path)
        host, _, rest = path.lstrip("/").partition("/")
        if host == "www.youtube.com" and rest != "robots.txt":
            return self._youtube(rest, body)
        return self.pages.get(f"{host}/{rest}", Reply("<h1>404 Not Found</h1>", 404))

    def _youtube(self, rest: str, body: bytes) -> Reply:
        query = parse_qs(urlsplit(rest).query)
        if rest.startswith("watch"):
            return Reply('<script>{"INNERTUBE_API_KEY": "key"}</script>')
        if rest.startswith("youtubei"):
            return Reply(json.dumps(self._player(json.loads(body)["videoId"])))
        text, _ = self.videos[query["v"][0]].tracks[query["lang"][0]]
        return Reply(timed_text(text))

    def _player(self, video: str) -> object:
        if video not in self.videos:
            return {"playabilityStatus": {"status": "ERROR", "reason": "This video is unavailable"}}
        tracks = [
            {
                "baseUrl": f"{YOUTUBE}/api/timedtext?v={video}&lang={code}",
                "name": {"runs": [{"text": code}]},
                "languageCode": code,
                **({"kind": "asr"} if generated else {}),
            }
            for code, (_, generated) in self.videos[video].tracks.items()
        ]
        return {
            "playabilityStatus": {"status": "OK"},
            "captions": {"playerCaptionsTracklistRenderer": {"captionTracks": tracks}},
        }


def timed_text(text: str, words: int = 9) -> str:
    """Return a text as YouTube gives captions: runs of words with times, as XML."""
    spoken = text.split()
    cues = (
        f'<text start="{at * 0.4:.2f}" dur="{words * 0.4:.2f}">{html.escape(" ".join(spoken[at : at + words]))}</text>'
        for at in range(0, len(spoken), words)
    )
    return f'<?xml version="1.0" encoding="utf-8" ?><transcript>{"".join(cues)}</transcript>'


@contextmanager
def serving(pages: Mapping[str, Reply], videos: Mapping[str, Video]) -> Iterator[Sites]:
    """Serve sites on the own machine while the block runs."""
    sites = Sites(pages, videos)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            reply = sites.answer(self.path, self.rfile.read(length))
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            self.send_response(reply.status)
            if reply.location:
                self.send_header("Location", reply.location)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815  # the name that the library calls

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sites.address = f"http://127.0.0.1:{server.server_port}"
        yield sites
        server.shutdown()


def lead_there(sites: Sites, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every request of this program go to `sites` instead of the web, those of the `youtube` extra too."""
    requests = pytest.importorskip("requests")

    def local(url: str) -> str:
        parts = urlsplit(url)
        return f"{sites.address}/{parts.netloc}{parts.path}" + (f"?{parts.query}" if parts.query else "")

    def fetched(url: str, **options: object) -> tuple[bytes, str]:
        if urlsplit(url).path == "/watch":
            return fetch(url, **options)  # type: ignore[arg-type]  # by the extra
        raw, found = fetch(local(url), **{**options, "allow_private": True})  # type: ignore[arg-type]
        return raw, url if found == local(url) else "http://" + found.removeprefix(f"{sites.address}/")

    send: Callable[..., object] = requests.adapters.HTTPAdapter.send

    def sent(adapter: object, request: object, **options: object) -> object:
        request.url = local(request.url)  # type: ignore[attr-defined]
        return send(adapter, request, **options)

    monkeypatch.setattr(polite_fetcher, "fetch", fetched)
    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", sent)
