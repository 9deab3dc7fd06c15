"""`POST /verify`: a certificate is verified against its file, without it, by keys; what is wrong is one sentence."""

import base64
import json

import pytest
from starlette.testclient import TestClient

from assistant.certificates.issuing import certify
from assistant.certificates.signing_keys import make_signing_key, written
from assistant.quotes import Quote
from knowledge.readers import read
from tests.invented import BEES, MIRA
from ui.api import PREFIX

RAW = BEES.encode()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, object], str]:
    """A signed certificate of Mira Vane's words, and the key that signed it."""
    source = read(RAW, origin="bees.txt", source_id="bees", subject=MIRA)
    start = source.text.index("Nobody taught them that.")
    key = make_signing_key(tmp_path_factory.mktemp("signer"))
    made = certify(Quote(source=source, start=start, end=start + 24), RAW, origin="bees.txt", subject=MIRA, key=key)
    return json.loads(made.model_dump_json()), written(key.public)


def sent(client: TestClient, **body: object) -> tuple[int, dict[str, object]]:
    response = client.post(f"{PREFIX}/verify", json=body)
    return response.status_code, response.json()


def outcomes(told: dict[str, object]) -> dict[str, str]:
    findings = told["findings"]
    assert isinstance(findings, list)
    return {one["what"]: one["outcome"] for one in findings}


def test_the_file_proves_it(client: TestClient, certificate: tuple[dict[str, object], str]) -> None:
    status, told = sent(client, certificate=certificate[0], file=base64.b64encode(RAW).decode())
    assert (status, told["standing"], told["valid"]) == (200, "proved", True)
    assert outcomes(told)["speaker"] == "passed"


def test_without_the_file_it_is_unproven_and_vouched_for_by_a_trusted_key(
    client: TestClient, certificate: tuple[dict[str, object], str]
) -> None:
    assert sent(client, certificate=certificate[0])[1]["standing"] == "unproven"
    assert sent(client, certificate=certificate[0], keys=[certificate[1]])[1]["standing"] == "vouched"
    assert sent(client, certificate=certificate[0], keys=["ed25519:" + "0" * 64])[1]["standing"] == "refused"


@pytest.mark.parametrize(("field", "value"), [("words", "Somebody taught them that."), ("speaker", "Tom Reed")])
def test_what_was_changed_is_refused(
    client: TestClient, certificate: tuple[dict[str, object], str], field: str, value: str
) -> None:
    status, told = sent(client, certificate=certificate[0] | {field: value}, file=base64.b64encode(RAW).decode())
    assert (status, told["standing"]) == (200, "refused")


def test_another_file_is_refused(client: TestClient, certificate: tuple[dict[str, object], str]) -> None:
    other = base64.b64encode(RAW.replace(b"Nobody", b"My aunt")).decode()
    assert sent(client, certificate=certificate[0], file=other)[1]["standing"] == "refused"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"certificate": {"format": "something else"}}, 422),
        ({"certificate": {}, "file": "not base64 at all!"}, 422),
        ({}, 422),
    ],
)
def test_what_is_no_certificate_is_one_sentence(client: TestClient, body: dict[str, object], status: int) -> None:
    found, told = sent(client, **body)
    assert found == status
    assert str(told["detail"]).count(". ") == 0


def test_a_name_of_a_file_on_the_server_is_no_key(
    client: TestClient, certificate: tuple[dict[str, object], str]
) -> None:
    status, told = sent(client, certificate=certificate[0], keys=["/etc/hostname"])
    assert status == 422
    assert "public key" in str(told["detail"])


def test_a_file_too_large_is_refused(client: TestClient, certificate: tuple[dict[str, object], str]) -> None:
    status, told = sent(client, certificate=certificate[0], file=base64.b64encode(b"a" * 8_000_001).decode())
    assert status == 413
    assert "8 MB" in str(told["detail"])
