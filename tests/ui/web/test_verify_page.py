"""The verify page: open to everybody, tells what a file proves, keeps nothing and shows nothing of the library."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.certificates.certified_quotes import Certificate
from assistant.certificates.issuing import certify
from assistant.certificates.signing_keys import make_signing_key, written
from assistant.certificates.verification import Outcome, Standing
from assistant.quotes import Quote
from knowledge.readers import read
from tests.assistant.certificates.test_certificates import forge
from tests.invented import BEES, MIRA
from ui.texts.text_tables import text_table
from ui.web.access.access_control import Access
from ui.web.access.current_visit import Visits
from ui.web.routes.verify_page import VerifyTexts, verify_routes

ENGLISH = text_table(VerifyTexts, "verify", "en")
CHINESE = text_table(VerifyTexts, "verify", "zh")

RAW = BEES.encode()


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    app = FastAPI()
    app.include_router(verify_routes(tmp_path))
    app.add_middleware(Visits)
    app.add_middleware(Access, guard=_nobody)
    return TestClient(app)


def _nobody(request: object) -> str:
    raise AssertionError("the page asks nobody to sign in")


def _certificate(home: Path | None = None) -> Certificate:
    source = read(RAW, origin="bees.txt", source_id="bees", subject=MIRA)
    start = source.text.index("Nobody taught them that.")
    quote = Quote(source=source, start=start, end=start + 24)
    return certify(quote, RAW, origin="bees.txt", subject=MIRA, key=make_signing_key(home) if home else None)


def _sent(client: TestClient, certificate: bytes, raw: bytes | None, key: str = "", lang: str = "en") -> str:
    files = {"certificate": ("c.json", certificate)} | ({"file": ("bees.txt", raw)} if raw is not None else {})
    response = client.post(f"/verify?lang={lang}", files=files, data={"key": key})
    assert response.status_code == 200
    return response.text


def _standing(page: str) -> str:
    return page.partition('class="standing ')[2].partition('"')[0]


def test_anybody_can_verify_a_certificate_against_its_file(client: TestClient) -> None:
    assert client.get("/verify").status_code == 200
    sent = _certificate().model_dump_json().encode()
    assert _standing(_sent(client, sent, RAW)) == "proved"
    assert _standing(_sent(client, sent, RAW.replace(b"Nobody", b"Somebody"))) == "refused"
    assert _standing(_sent(client, sent, None)) == "unproven"
    assert CHINESE.standing[Standing.PROVED] in _sent(client, sent, RAW, lang="zh")


def test_the_site_tells_its_key_and_trusts_it(client: TestClient, tmp_path: Path) -> None:
    assert client.get("/verify/key").status_code == 404
    sent = _certificate(tmp_path).model_dump_json().encode()
    key = written(make_signing_key(tmp_path).public)
    assert key in client.get("/verify").text
    assert client.get("/verify/key").text.startswith("-----BEGIN PUBLIC KEY-----")
    assert _standing(_sent(client, sent, None)) == "vouched"
    assert _standing(_sent(client, sent, RAW, "ed25519:" + "0" * 64)) == "refused"


@pytest.mark.parametrize("brought", [b"", b"no json", b"\xff\xfe", b"[" * 50_000])
def test_what_is_no_certificate_is_one_sentence(client: TestClient, brought: bytes) -> None:
    assert _standing(_sent(client, brought, RAW)) == ""


def test_a_key_that_is_the_name_of_a_file_here_is_not_read(client: TestClient, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("ed25519:" + "0" * 64)
    page = _sent(client, _certificate().model_dump_json().encode(), RAW, str(secret))
    assert (_standing(page), "hexadecimal digits" in page) == ("", True)


def test_mark_up_in_a_certificate_is_shown_as_text(client: TestClient) -> None:
    forged = forge(_certificate(), words="<script>alert(1)</script>", speaker="<b>x</b>", source__title="<i>t</i>")
    page = _sent(client, forged.model_dump_json().encode(), RAW)
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page
    assert "<i>t</i>" not in page


def test_chinese_tells_what_every_step_found() -> None:
    assert CHINESE.details.keys() == CHINESE.step.keys()
    assert all(Outcome.FAILED in told for told in CHINESE.details.values())
