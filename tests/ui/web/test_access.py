"""Who may use the page."""

from pathlib import Path

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from knowledge.library.store import Library
from knowledge.search.embedding import BilingualEmbeddings
from tests.ui.in_process import request
from tests.ui.web.conftest import Visit, ask, conversation_in, furnish, served, visiting
from ui.web.access.access_control import Access, NotOpen, choose_guard, may_change_library
from ui.web.access.failed_tries import MANY, SECONDS, TRIES, TRIES_UNDER_ATTACK, FailedTries
from ui.web.access.passwords import AuthMisread, Passwords, TooManyTries, read_pairs
from ui.web.access.sessions import SignIns
from ui.web.page_settings import Uploads, WebSettings
from ui.web.server import CannotServe, address, listen

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def sign_ins(tmp_path: Path) -> SignIns:
    return SignIns(Library(f"sqlite:///{tmp_path / 'library.db'}"))


def test_signing_in_leads_back_stays_over_a_restart_and_ends(
    tmp_path: Path, browser: Browser, embeddings: BilingualEmbeddings
) -> None:
    furnish(tmp_path, embeddings)
    auth = f"ada:{QUICK.hash('secret')} bob:{QUICK.hash('other')}"
    with visiting(browser) as visit:
        with served(tmp_path, ILYA_AUTH=auth) as site:
            page = visit.open(f"{site}/library")
            assert page.url == f"{site}/login?next=%2Flibrary"
            assert page.request.get(f"{site}/api/v1/sources").status == 401
            assert page.request.get(f"{site}/gradio_api/info").status == 401
            assert page.request.get(f"{site}/healthz").status == 200
            page.fill("input[name=name]", "ada")
            page.fill("input[name=password]", "wrong")
            page.keyboard.press("Enter")
            page.wait_for_selector(".trouble")
            assert page.input_value("input[name=name]") == "ada"
            assert page.evaluate("document.activeElement.name") == "password"
            page.keyboard.type("secret")
            page.keyboard.press("Enter")
            page.wait_for_selector("table.sources")
            assert page.url == f"{site}/library"
            assert page.locator("input[type=file]").count() == 0
            page.goto(site)
            ask(page, "Why do bees dance?")
            conversation = conversation_in(page)
            cookies = visit.context.cookies()
        assert [(cookie["httpOnly"], cookie["sameSite"]) for cookie in cookies] == [(True, "Lax")]
        with served(tmp_path, ILYA_AUTH=auth) as site:
            page = visit.open(f"{site}/?c={conversation}")
            page.wait_for_selector("#chat .quote")
            page.wait_for_selector("#ask:visible")
            with visiting(browser, http_credentials={"username": "bob", "password": "other"}) as bob:
                page_of_bob = bob.open(f"{site}/healthz")
                basic = {"authorization": "Basic Ym9iOm90aGVy"}
                assert page_of_bob.request.get(f"{site}/api/v1/sources", headers=basic).status == 200
                assert page_of_bob.request.get(f"{site}/c/{conversation}.json", headers=basic).status == 404
            # a sign-in that runs out while the page is open leads to the form and back
            visit.context.clear_cookies()
            page.fill("#question textarea", "Is honey eternal?")
            page.keyboard.press("Enter")
            page.fill("input[name=name]", "ada")
            page.fill("input[name=password]", "secret")
            page.keyboard.press("Enter")
            page.wait_for_selector("#chat .quote")
            assert page.url == f"{site}/?c={conversation}"
            page.locator(".site-header form button").click()
            page.wait_for_selector("form.login")
            assert page.request.get(f"{site}/api/v1/sources").status == 401


def test_another_name_for_this_machine_is_turned_away(site: str, visit: Visit) -> None:
    page = visit.open(f"{site}/healthz")
    rebound = page.request.get(f"{site}/api/v1/sources", headers={"host": "evil.example"})
    assert rebound.status == 403


def test_a_public_address_needs_a_way_to_sign_in_or_the_word_that_it_is_open(sign_ins: SignIns) -> None:
    with pytest.raises(NotOpen, match="ILYA_AUTH"):
        choose_guard(WebSettings(), "0.0.0.0", sign_ins, None)
    open_to_all = choose_guard(WebSettings(open_to_all=True), "0.0.0.0", sign_ins, None)
    assert open_to_all(request(host="somewhere.example")) is None
    assert choose_guard(WebSettings(), "::1", sign_ins, None)(request(host="[::1]:7860")) == "local"


def test_only_a_trusted_proxy_is_believed(sign_ins: SignIns) -> None:
    settings = WebSettings(proxy_user_header="X-Forwarded-User", trusted_proxies="10.0.0.2")
    guard = choose_guard(settings, "0.0.0.0", sign_ins, None)
    assert guard(request(peer="10.0.0.2", x_forwarded_user="ada")) == "ada"
    for stranger in (request(peer="10.0.0.3", x_forwarded_user="ada"), request(peer="10.0.0.2")):
        refused = guard(stranger)
        assert isinstance(refused, Response)
        assert refused.status_code == 401


@pytest.mark.parametrize(
    ("settings", "host", "allowed"),
    [
        (WebSettings(), "127.0.0.1", True),
        (WebSettings(), "0.0.0.0", False),
        (WebSettings(proxy_user_header="X-User"), "127.0.0.1", False),
        (WebSettings(uploads=Uploads.NEVER), "127.0.0.1", False),
        (WebSettings(uploads=Uploads.ALWAYS), "0.0.0.0", True),
    ],
)
def test_the_library_is_changed_only_where_it_is_allowed(settings: WebSettings, host: str, allowed: bool) -> None:
    assert may_change_library(settings, host) is allowed


@pytest.fixture
def passwords(tmp_path: Path) -> Passwords:
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    return Passwords({"ada": QUICK.hash("secret")}, FailedTries(library))


def test_guessing_is_stopped_where_it_comes_from_and_locks_nobody_out(passwords: Passwords, tmp_path: Path) -> None:
    for name in ("ada", "nobody") * 5:
        assert not passwords.fit(name, "nobody", address="203.0.113.1")
    with pytest.raises(TooManyTries):
        passwords.fit("ada", "secret", address="203.0.113.1")
    assert passwords.fit("ada", "secret", address="203.0.113.2")
    other_process = Passwords({"ada": QUICK.hash("secret")}, FailedTries(Library(f"sqlite:///{tmp_path}/library.db")))
    with pytest.raises(TooManyTries):
        other_process.fit("ada", "secret", address="203.0.113.1")


def test_the_tenth_wrong_password_is_heard_and_the_eleventh_is_not_until_it_is_old(tmp_path: Path) -> None:
    now = [1000.0]
    tries = FailedTries(Library(f"sqlite:///{tmp_path / 'library.db'}"), clock=lambda: now[0])
    for _ in range(TRIES):
        assert tries.may_try("203.0.113.1")
        tries.add("203.0.113.1")
    assert not tries.may_try("203.0.113.1")
    now[0] += SECONDS - 1
    assert not tries.may_try("203.0.113.1")
    now[0] += 1
    assert tries.may_try("203.0.113.1")


def test_many_guessers_together_get_fewer_tries_each(tmp_path: Path) -> None:
    tries = FailedTries(Library(f"sqlite:///{tmp_path / 'library.db'}"))
    for number in range(TRIES_UNDER_ATTACK):
        tries.add("203.0.113.1")
        assert tries.may_try("203.0.113.1"), number
    for number in range(MANY):
        tries.add(f"198.51.100.{number}")
    assert not tries.may_try("203.0.113.1")
    assert tries.may_try("203.0.113.2")


def test_one_network_of_the_sixth_version_is_one_guesser(tmp_path: Path) -> None:
    tries = FailedTries(Library(f"sqlite:///{tmp_path / 'library.db'}"))
    for number in range(TRIES):
        tries.add(f"2001:db8:1:2::{number}")
    assert not tries.may_try("2001:db8:1:2:ffff::1")
    assert tries.may_try("2001:db8:1:3::1")


def test_only_the_open_paths_themselves_are_open() -> None:
    async def inside(scope: Scope, receive: Receive, send: Send) -> None:
        await Response("in")(scope, receive, send)

    client = TestClient(Access(inside, lambda _request: Response("out", 401)))
    assert {client.get(path).status_code for path in ("/healthz", "/readyz", "/login", "/look/page.css")} == {200}
    assert {client.get(path).status_code for path in ("/", "/loginx", "/login/x", "/healthzz", "/look")} == {401}


@pytest.mark.parametrize("value", ["ada", "ada:secret", ":$argon2id$x"])
def test_a_plain_password_in_the_setting_is_refused(value: str) -> None:
    with pytest.raises(AuthMisread):
        read_pairs(value)


def test_a_token_is_somebodys_until_it_is_ended(sign_ins: SignIns) -> None:
    token = sign_ins.begin("ada")
    assert sign_ins.name(token) == "ada"
    sign_ins.end(token)
    assert sign_ins.name(token) is None


def test_a_taken_port_is_one_sentence() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = int(address(taken).rsplit(":", 1)[1])
        with pytest.raises(CannotServe, match="--port"):
            listen("127.0.0.1", port)
