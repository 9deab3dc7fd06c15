"""Fetching: against a local server what may be fetched, and every way into the own network refused."""

import http.server
import socket
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from knowledge.fetching import request_routes
from knowledge.fetching.fetcher import fetch
from knowledge.metadata.known_addresses import video_id
from knowledge.model.errors import SourceRefused


class Pages(http.server.BaseHTTPRequestHandler):
    """A few pages, good and bad."""

    was_left = threading.Event()
    """Whether somebody hung up while the head of a page was written."""

    def do_GET(self) -> None:
        if "/to?" in self.path:
            self.send_response(302)
            self.send_header("Location", self.path.partition("?")[2])
            self.end_headers()
        elif self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(100):
                self.wfile.write(b"bee ")
                time.sleep(0.05)
        elif self.path == "/slow-headers":
            try:
                for letter in b"HTTP/1.0 200 OK\r\n" + b"X-Bees: many\r\n" * 6:
                    self.wfile.write(bytes([letter]))
                    time.sleep(0.05)
            except ConnectionError:
                self.was_left.set()
        elif self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            for _ in range(200):
                self.wfile.write(b"bees " * 1000)
        elif self.path == "/large":
            self.send_response(200)
            self.send_header("Content-Length", "999999999")
            self.end_headers()
        elif self.path.startswith("/latin"):
            self.send_response(200)
            self.send_header("Content-Type", f"text/html; charset={self.path.partition('?')[2]}")
            self.end_headers()
            self.wfile.write("It’s naïve".encode("cp1252"))
        elif self.path == "/short":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"bees")
        elif self.path == "/raw-redirect":
            self.wfile.write("HTTP/1.0 302 x\r\nLocation: /früh stück?ä=ö\r\n\r\n".encode())
        elif self.path == "/missing":
            self.send_error(404)
        else:
            body = f"{self.headers['Host']} {self.path}".encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            return  # the client hung up, as it should


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages) as httpd:
        httpd.daemon_threads = True
        httpd.block_on_close = False
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()


def test_a_page_is_fetched_with_its_query(server: str) -> None:
    raw, address = fetch(f"{server}/talk?id=3", allow_private=True)
    assert raw == f"{server.removeprefix('http://')} /talk?id=3".encode()
    assert address == f"{server}/talk?id=3"


def test_every_address_of_a_host_is_tried(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo

    def resolve(host: str, *options: object, **named: object) -> object:
        tried = ("::1", "127.0.0.1") if host == "bees.example" else (host,)  # nobody listens at the first
        return [one for address in tried for one in real(address, *options, **named)]  # type: ignore[arg-type]

    monkeypatch.setattr(request_routes.socket, "getaddrinfo", resolve)
    port = server.rpartition(":")[2]
    raw, _ = fetch(f"http://bees.example:{port}/talk", allow_private=True)
    assert raw == f"bees.example:{port} /talk".encode()


def test_redirects_are_followed_and_the_last_address_is_told(server: str) -> None:
    raw, address = fetch(f"{server}/to?/to?/talk", allow_private=True)
    assert address == f"{server}/talk"
    assert raw.endswith(b"/talk")


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/missing", "answered 404"),
        ("/large", "larger than"),
        ("/endless", "larger than"),
        ("/slow", "too long"),
        ("/short", "broke off"),
        ("/to?https://consent.youtube.com/m", "consent to cookies"),
        ("/to?http://[bad/", "no web address"),
        ("/to?" * 9 + "/talk", "redirects more than"),
        ("/to?file:///etc/passwd", "only http and https"),
        ("/to?ftp://host/x", "only http and https"),
    ],
)
def test_what_cannot_be_fetched_is_refused_in_one_sentence(server: str, path: str, why: str) -> None:
    with pytest.raises(SourceRefused, match=why) as refused:
        fetch(server + path, allow_private=True, max_bytes=500_000, timeout=1.0)
    assert refused.value.reason.endswith(".")


def test_a_server_that_never_comes_to_the_page_is_left(server: str) -> None:
    with pytest.raises(SourceRefused, match="too long"):
        fetch(f"{server}/slow-headers", allow_private=True, timeout=0.5)
    assert Pages.was_left.wait(10)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "10.1.2.3", "192.168.0.1", "169.254.169.254", "[fe80::1]",
     "[::ffff:127.0.0.1]", "2130706433", "0x7f000001", "127.1", "[fd00::1]", "100.64.0.1", "224.0.0.1",
     "[64:ff9b::7f00:1]", "[64:ff9b::a00:1]", "[::127.0.0.1]", "[::10.0.0.1]", "[fec0::1]", "[2002:7f00:1::]"],
)  # fmt: skip
def test_the_own_machine_and_network_are_refused(host: str) -> None:
    with pytest.raises(SourceRefused, match=r"inside the own machine|no such host"):
        fetch(f"http://{host}/")


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808"])
def test_public_addresses_are_public(address: str) -> None:
    assert request_routes.is_public(address)


def test_letters_outside_ascii_are_escaped(server: str) -> None:
    raw, _ = fetch(f"{server}/früh stück?ä=ö&b=%20c", allow_private=True)
    assert raw.endswith(b" /fr%C3%BCh%20st%C3%BCck?%C3%A4=%C3%B6&b=%20c")
    raw, _ = fetch(f"{server}/raw-redirect", allow_private=True)
    assert raw.endswith(b" /fr%C3%BCh%20st%C3%BCck?%C3%A4=%C3%B6")


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1", "latin1"])
def test_the_servers_charset_is_heard(server: str, charset: str) -> None:
    assert fetch(f"{server}/latin?{charset}", allow_private=True)[0].decode() == "It’s naïve"


def test_names_passwords_and_tracking_stay_out_of_the_stored_address(server: str) -> None:
    given = server.replace("http://", "http://mira:secret@")
    _, address = fetch(f"{given}/talk?id=3&utm_source=x&fbclid=y#:~:text=bees", allow_private=True)
    assert address == f"{server}/talk?id=3"


def test_a_video_that_is_blocked_or_out_of_reach_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    api = pytest.importorskip("youtube_transcript_api")
    requests = pytest.importorskip("requests")
    for error, why in [
        (api.RequestBlocked("abcdefghijk"), "refuses requests from this network"),
        (api.IpBlocked("abcdefghijk"), "refuses requests from this network"),
        (requests.ConnectionError("no network"), "cannot be reached"),
    ]:

        def fails(*args: object, error: Exception = error, **options: object) -> object:
            raise error

        monkeypatch.setattr(api.YouTubeTranscriptApi, "list", fails)
        with pytest.raises(SourceRefused, match=why):
            fetch("https://youtu.be/abcdefghijk")


def names_point_to(monkeypatch: pytest.MonkeyPatch, addresses: dict[str, str]) -> None:
    """Let names resolve as a hostile name server would answer."""
    real = socket.getaddrinfo

    def resolve(host: str, port: int, **options: int) -> object:
        return real(addresses.get(host, host), port, type=options.get("type", 0))

    monkeypatch.setattr(request_routes.socket, "getaddrinfo", resolve)


def test_a_name_that_points_into_the_own_network_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    names_point_to(monkeypatch, {"bees.example": "127.0.0.1"})
    with pytest.raises(SourceRefused, match=r"leads to 127\.0\.0\.1"):
        fetch("http://bees.example/talk")


def test_a_redirect_into_the_own_network_is_refused(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # the first address counts as public, so that only the redirect is at fault
    monkeypatch.setattr(request_routes, "is_public", lambda address: address != "127.0.0.9")
    with pytest.raises(SourceRefused, match=r"leads to 127\.0\.0\.9"):
        fetch(f"{server}/to?http://127.0.0.9/secret")


@pytest.mark.parametrize(
    "url", ["ftp://host/x", "file:///etc/passwd", "bees", "http://", "http://[bad/", "http://h:99999/"]
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(SourceRefused):
        fetch(url)


@pytest.mark.parametrize(
    ("url", "video"),
    [
        ("https://www.youtube.com/watch?v=abcdefghijk&t=3s", "abcdefghijk"),
        ("https://youtu.be/abcdefghijk?si=x", "abcdefghijk"),
        ("https://m.youtube.com/live/abcdefghijk", "abcdefghijk"),
        ("https://www.youtube.com/embed/abcdefghijk", "abcdefghijk"),
        ("https://www.youtube.com/@bees", None),
        ("https://youtube.com.example.org/watch?v=abcdefghijk", None),
    ],
)
def test_addresses_of_videos_are_told_from_pages(url: str, video: str | None) -> None:
    assert video_id(url) == video


def test_without_the_extra_a_video_is_refused_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "youtube_transcript_api", None)
    with pytest.raises(SourceRefused, match="pip install"):
        fetch("https://youtu.be/abcdefghijk")


def test_a_video_without_captions_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    api = pytest.importorskip("youtube_transcript_api")
    disabled = api.TranscriptsDisabled("abcdefghijk")

    def no_captions(*args: object, **options: object) -> object:
        raise disabled

    monkeypatch.setattr(api.YouTubeTranscriptApi, "list", no_captions)
    with pytest.raises(SourceRefused, match="no captions for this video"):
        fetch("https://youtu.be/abcdefghijk")


@pytest.fixture
def proxy(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A proxy that the environment names: our server, which is then asked with the whole address."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", server.removeprefix("http://"))
    monkeypatch.setenv("https_proxy", server)
    return server


def test_a_proxy_is_asked_for_names_that_only_it_can_resolve(proxy: str) -> None:
    raw, address = fetch("http://bees.invalid/talk?id=3")
    assert raw == b"bees.invalid http://bees.invalid/talk?id=3"
    assert address == "http://bees.invalid/talk?id=3"


def test_what_a_proxy_does_not_grant_is_told(proxy: str) -> None:
    with pytest.raises(SourceRefused, match=r"cannot be reached \(501"):  # our server knows no CONNECT
        fetch("https://bees.invalid/talk")


def test_hosts_that_the_environment_keeps_from_the_proxy_are_resolved(
    proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "bees.example")
    names_point_to(monkeypatch, {"bees.example": "127.0.0.1"})
    with pytest.raises(SourceRefused, match=r"leads to 127\.0\.0\.1"):
        fetch("http://bees.example/talk")


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "0x7f000001", "2130706433", "[::1]", "[::ffff:10.0.0.1]", "169.254.169.254", "localhost",
     "LOCALHOST.", "a.localhost", "wiki", "printer.local", "metadata.google.internal", "nas.home.arpa"],
)  # fmt: skip
@pytest.mark.parametrize("way", ["", "/to?http://"])
def test_a_proxy_is_not_asked_for_what_is_written_as_inside(proxy: str, host: str, way: str) -> None:
    with pytest.raises(SourceRefused, match="inside the own machine"):
        fetch(f"http://bees.invalid{way}{host}/" if way else f"http://{host}/")


def test_the_own_machine_is_asked_without_the_proxy_where_it_may_be(proxy: str) -> None:
    assert fetch(f"{proxy}/talk", allow_private=True)[0] == f"{proxy.removeprefix('http://')} /talk".encode()


@pytest.mark.parametrize("proxy_address", ["ftp://proxy.invalid:21", "socks5://proxy.invalid:1080"])
def test_a_proxy_that_cannot_be_used_is_told(proxy: str, proxy_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", proxy_address)
    with pytest.raises(SourceRefused, match="the proxy cannot be used"):
        fetch("http://bees.invalid/talk")
