"""Guessing passwords, signing in, open paths, sizes of requests, other sites' requests."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

from knowledge.library.store import Library
from tests.loops import run
from tests.ui.in_process import request
from ui.web.access.access_control import Access, NotOpen, choose_guard, may_change_library
from ui.web.access.failed_tries import FailedTries
from ui.web.access.passwords import Passwords, TooManyTries
from ui.web.access.request_limits import BodyLimit
from ui.web.access.sessions import SignInRow, SignIns
from ui.web.access.visitors import same_origin
from ui.web.page_settings import Uploads, WebSettings

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
ONE, OTHER = "203.0.113.1", "203.0.113.2"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    yield library
    library.engine.dispose()


class Clock:
    """Tells the time that a test sets."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def guessed(tries: FailedTries, count: int, address: str = ONE) -> None:
    for _ in range(count):
        tries.add(address)


def test_ten_wrong_passwords_are_heard_from_one_address_and_no_eleventh(library: Library) -> None:
    tries = FailedTries(library)
    guessed(tries, 9)
    assert tries.may_try(ONE)
    guessed(tries, 1)
    assert not tries.may_try(ONE)
    assert tries.may_try(OTHER)


def test_a_wrong_password_counts_for_five_minutes(library: Library) -> None:
    clock = Clock()
    tries = FailedTries(library, clock)
    guessed(tries, 10)
    clock.now += 299
    assert not tries.may_try(ONE)
    clock.now += 1
    assert tries.may_try(ONE)


def test_after_two_hundred_wrong_passwords_from_everywhere_each_address_has_three(library: Library) -> None:
    tries = FailedTries(library)
    guessed(tries, 3)
    for number in range(196):
        tries.add(f"198.51.100.{number}")
    assert tries.may_try(ONE)  # 199 in all
    tries.add("198.51.100.250")
    assert not tries.may_try(ONE)
    guessed(tries, 2, OTHER)
    assert tries.may_try(OTHER)
    guessed(tries, 1, OTHER)
    assert not tries.may_try(OTHER)


def test_a_subscribers_network_of_the_sixth_version_is_one_guesser_and_its_neighbour_another(library: Library) -> None:
    tries = FailedTries(library)
    for number in range(10):
        tries.add(f"2001:db8:1:2::{number}")
    assert not tries.may_try("2001:db8:1:2:ffff:ffff:ffff:ffff")
    assert tries.may_try("2001:db8:1:3::")


def test_wrong_passwords_and_unknown_names_are_counted_and_then_not_even_the_right_one_is_heard(
    library: Library,
) -> None:
    passwords = Passwords({"ada": QUICK.hash("secret")}, FailedTries(library))
    for _ in range(5):
        assert not passwords.fit("ada", "wrong", address=ONE)
        assert not passwords.fit("nobody", "nobody", address=ONE)  # the stand-in's own password
    with pytest.raises(TooManyTries):
        passwords.fit("ada", "secret", address=ONE)
    assert passwords.fit("ada", "secret", address=OTHER)


def runs_out(library: Library, at: datetime) -> None:
    with Session(library.engine) as session, session.begin():
        session.execute(update(SignInRow).values(until=at.timestamp()))


def test_a_sign_in_lasts_thirty_days_and_an_expired_one_is_nobodys(library: Library) -> None:
    sign_ins = SignIns(library)
    before = datetime.now(UTC)
    token = sign_ins.begin("ada")
    with Session(library.engine) as session:
        [row] = session.scalars(select(SignInRow)).all()
        assert (
            timedelta(0) <= datetime.fromtimestamp(row.until, UTC) - (before + timedelta(days=30)) < timedelta(hours=1)
        )
        assert token not in row.token_sha256
    runs_out(library, datetime.now(UTC) + timedelta(hours=1))
    assert sign_ins.name(token) == "ada"
    runs_out(library, datetime.now(UTC) - timedelta(seconds=1))
    assert sign_ins.name(token) is None
    sign_ins.begin("bob")
    with Session(library.engine) as session:
        assert session.scalar(select(func.count()).select_from(SignInRow)) == 1  # the expired one is forgotten


def is_let_in(found: str | Response | None) -> bool:
    return not isinstance(found, Response)


@pytest.mark.parametrize(
    ("peer", "headers", "let_in"),
    [
        ("10.0.0.2", {"x_user": "ada"}, True),
        ("10.0.0.22", {"x_user": "ada"}, False),
        ("10.0.0.2", {}, False),
    ],
)
def test_a_header_is_believed_from_the_trusted_proxy_only(
    library: Library, peer: str, headers: dict[str, str], let_in: bool
) -> None:
    settings = WebSettings(proxy_user_header="X-User", trusted_proxies="10.0.0.2")
    guard = choose_guard(settings, "0.0.0.0", SignIns(library), None)
    assert is_let_in(guard(request(peer=peer, method="POST", **headers))) is let_in


@pytest.mark.parametrize(
    ("host", "let_in"),
    [("localhost:7860", True), ("127.0.0.1", True), ("[::1]:7860", True), ("evil.example", False)],
)
def test_only_names_of_this_machine_are_let_in_where_nobody_signs_in(library: Library, host: str, let_in: bool) -> None:
    guard = choose_guard(WebSettings(), "127.0.0.1", SignIns(library), None)
    assert is_let_in(guard(request(host=host, method="POST"))) is let_in


def test_a_page_that_others_reach_is_refused_unless_somebody_says_who_may(library: Library) -> None:
    with pytest.raises(NotOpen):
        choose_guard(WebSettings(), "0.0.0.0", SignIns(library), None)
    assert is_let_in(
        choose_guard(WebSettings(open_to_all=True), "0.0.0.0", SignIns(library), None)(request(method="POST"))
    )


@pytest.mark.parametrize(
    ("settings", "host", "allowed"),
    [
        (WebSettings(), "127.0.0.1", True),
        (WebSettings(), "0.0.0.0", False),
        (WebSettings(proxy_user_header="X-User"), "127.0.0.1", False),
        (WebSettings(auth=f"ada:{QUICK.hash('secret')}"), "127.0.0.1", False),
        (WebSettings(uploads=Uploads.NEVER), "127.0.0.1", False),
        (WebSettings(uploads=Uploads.ALWAYS), "0.0.0.0", True),
    ],
)
def test_visitors_change_the_library_on_this_machine_alone(settings: WebSettings, host: str, allowed: bool) -> None:
    assert may_change_library(settings, host) is allowed


async def inside(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close", "code": 1000})
        return
    await Response("in")(scope, receive, send)


def test_open_paths_are_open_to_the_letter_and_websockets_are_guarded_too() -> None:
    def nobody(_request: HTTPConnection) -> Response:
        return Response("out", 401)

    client = TestClient(Access(inside, nobody))
    assert {client.get(path).status_code for path in ("/healthz", "/readyz", "/login", "/look/page.css")} == {200}
    assert {client.get(path).status_code for path in ("/", "/loginx", "/login/x", "/healthzz", "/look")} == {401}
    with pytest.raises(WebSocketDisconnect) as closed, client.websocket_connect("/queue"):
        pass
    assert closed.value.code == 1008


LIMIT = 16_000_000


def sent(pieces: list[int], *, told: int | None, path: str = "/api/v1/ask") -> int:
    """Send a body in pieces of these sizes through the limit; return the status."""
    statuses = []
    left = list(pieces)
    headers = [(b"host", b"127.0.0.1")] + ([] if told is None else [(b"content-length", str(told).encode())])

    async def reading(scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive()).get("more_body"):
            pass
        await Response("read")(scope, receive, send)

    async def receive() -> Message:
        return {"type": "http.request", "body": bytes(left.pop(0)), "more_body": bool(left)}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": headers, "scheme": "http"}

    async def all_of_it() -> None:
        try:
            await BodyLimit(reading)(scope | {"server": ("127.0.0.1", 80), "client": (ONE, 1)}, receive, send)
        except HTTPException as refused:
            statuses.append(refused.status_code)

    run(all_of_it())
    return int(statuses[-1])


def test_a_request_has_sixteen_megabytes_and_not_a_byte_more_whether_it_says_so_or_not() -> None:
    half = LIMIT // 2
    assert sent([half, half], told=LIMIT) == 200
    assert sent([half, half], told=None) == 200
    assert sent([1], told=LIMIT + 1) == 413
    assert sent([half, half, 1], told=None) == 413
    assert sent([half, half, 1], told=10) == 413


def test_a_file_that_is_uploaded_has_fifty_megabytes() -> None:
    path = "/api/library/uploads/u1"
    assert sent([1], told=50_000_000, path=path) == 200
    assert sent([1], told=50_000_001, path=path) == 413


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({}, False),
        ({"origin": "http://127.0.0.1:7860"}, False),
        ({"origin": "http://evil.example"}, True),
        ({"origin": "http://127.0.0.1:1"}, True),
        ({"origin": "null"}, True),
        ({"sec-fetch-site": "same-origin"}, False),
        ({"sec-fetch-site": "cross-site"}, True),
    ],
)
def test_another_sites_request_changes_nothing(headers: dict[str, str], refused: bool) -> None:
    asked = request(method="POST", **headers)
    if refused:
        with pytest.raises(HTTPException) as caught:
            same_origin(asked)
        assert caught.value.status_code == 403
    else:
        same_origin(asked)
