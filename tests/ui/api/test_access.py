"""Who may call the API, and how often."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant import Assistant
from knowledge.library.store import Library
from knowledge.search.embedding import BilingualEmbeddings
from tests.ui.api.conftest import client_of
from tests.ui.web.conftest import furnish
from ui.api import PREFIX
from ui.api.keys import KeyRefused, Keys, Scope, TooManyRequests

AUTH = "ada:$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$3r7bxmdIBz0"
QUESTION = {"question": "Why do bees dance?"}


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys(Library(f"sqlite:///{tmp_path / 'library.db'}"))


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, embeddings: BilingualEmbeddings) -> Assistant:
    """A library of its own: keys are made in it."""
    return furnish(tmp_path_factory.mktemp("guarded"), embeddings)


def test_a_key_is_found_until_it_is_revoked_and_its_secret_is_nowhere(keys: Keys, tmp_path: Path) -> None:
    token = keys.make("reader", scopes={Scope.READ}, per_minute=5)
    found = keys.find(token)
    assert found
    assert (found.name, found.scopes, found.per_minute) == ("reader", (Scope.READ,), 5)
    other = token[:-1] + ("0" if token[-1] != "0" else "1")
    assert keys.find(other) is None
    assert keys.find("ilya_none") is None
    secret = token.rpartition("_")[2].encode()
    assert all(secret not in path.read_bytes() for path in tmp_path.iterdir())
    with pytest.raises(KeyRefused):
        keys.make("reader", scopes={Scope.ASK}, per_minute=5)
    keys.revoke("reader")
    assert keys.find(token) is None
    with pytest.raises(KeyRefused):
        keys.revoke("reader")


def test_the_request_after_the_last_of_a_minute_is_refused_for_all_processes(
    keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_000_000.0
    monkeypatch.setattr("ui.api.keys.time", lambda: now)
    for _ in range(3):
        keys.count("somebody", per_minute=3)
    with pytest.raises(TooManyRequests) as refused:
        keys.count("somebody", per_minute=3)
    assert 0 < refused.value.retry_after <= 61
    keys.count("another", per_minute=3)
    now += refused.value.retry_after
    keys.count("somebody", per_minute=3)


def test_who_is_not_signed_in_needs_a_key_with_the_scope(guarded: Assistant) -> None:
    client = client_of(guarded, host="0.0.0.0", auth=AUTH)
    keys = Keys(guarded.library)
    asking = {"authorization": f"Bearer {keys.make('asking', scopes={Scope.ASK}, per_minute=100)}"}
    assert client.post(f"{PREFIX}/ask", json=QUESTION).status_code == 401
    assert client.post(f"{PREFIX}/ask", json=QUESTION, headers={"authorization": "Bearer x"}).status_code == 401
    assert client.post(f"{PREFIX}/ask", json=QUESTION, headers=asking).status_code == 200
    refused = client.get(f"{PREFIX}/sources", headers=asking)
    assert (refused.status_code, refused.json()["status"]) == (403, 403)
    assert client.get("/metrics", headers=asking).status_code == 403
    assert client.get("/library", headers=asking, follow_redirects=False).status_code in (303, 401)
    keys.revoke("asking")
    assert client.post(f"{PREFIX}/ask", json=QUESTION, headers=asking).status_code == 401


def test_a_used_up_minute_is_told_with_when_to_come_back(guarded: Assistant) -> None:
    client = client_of(guarded, host="0.0.0.0", auth=AUTH)
    token = Keys(guarded.library).make("seldom", scopes={Scope.READ}, per_minute=1)
    statuses = [client.get(f"{PREFIX}/sources", headers={"authorization": f"Bearer {token}"}) for _ in range(3)]
    assert statuses[-1].status_code == 429
    assert int(statuses[-1].headers["retry-after"]) > 0


def test_a_public_api_is_read_without_a_key_and_nothing_else_is(
    guarded: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ILYA_API_PUBLIC", "true")
    monkeypatch.setenv("ILYA_API_PUBLIC_PER_MINUTE", "1000")
    client = client_of(guarded, host="0.0.0.0", auth=AUTH)
    assert client.post(f"{PREFIX}/ask", json=QUESTION).status_code == 200
    assert client.get(f"{PREFIX}/sources").headers["cache-control"].startswith("public")
    assert client.get("/metrics").status_code == 401
    assert client.get(f"{PREFIX}x").status_code in (303, 401)
    assert client.post("/api/feedback", json={}).status_code == 401


@pytest.mark.parametrize(("origin", "allowed"), [("https://good.example", True), ("https://evil.example", False)])
def test_pages_of_named_origins_may_call(
    guarded: Assistant, monkeypatch: pytest.MonkeyPatch, origin: str, allowed: bool
) -> None:
    monkeypatch.setenv("ILYA_API_CORS", "https://good.example")
    client = client_of(guarded, host="0.0.0.0", auth=AUTH)
    headers = {"origin": origin, "access-control-request-method": "POST"}
    told = client.options(f"{PREFIX}/ask", headers=headers)
    assert (told.headers.get("access-control-allow-origin") == origin) is allowed


def test_a_caller_on_this_machine_needs_no_key(client: TestClient) -> None:
    assert client.get(f"{PREFIX}/sources").status_code == 200
    assert client.get("/metrics").status_code == 200
