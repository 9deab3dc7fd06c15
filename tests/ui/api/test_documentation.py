"""Everything docs/api.md and the description of the API show is run; what the description allows never fails."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance
from starlette.testclient import TestClient

from assistant import Assistant, Settings
from assistant.records.saved_answers import Records
from knowledge.library.store import Library
from knowledge.model.subject import default_subject
from knowledge.starter.book import book_files, read_book_file
from tests.homes import copy_home
from tests.ui.web.conftest import served
from ui.api import PREFIX, build_api
from ui.api.api_settings import ApiSettings
from ui.api.keys import Keys
from ui.api.problems import MEDIA_TYPE

PAGE = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^curl .+$", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, invented: Assistant) -> Iterator[str]:
    """The address of a served copy."""
    home = copy_home(invented.settings.home, tmp_path_factory.mktemp("documented") / "home")
    path = book_files()[0]
    library = Library(Settings(home=home).library_url)
    library.add(read_book_file(path, default_subject()), path.read_bytes(), origin=f"quotation-book:{path.stem}")
    library.engine.dispose()
    with served(home) as url:
        yield url


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_of_the_page_answer(site: str, command: str) -> None:
    words = [word.replace("localhost:7860", site) for word in shlex.split(command)]
    done = subprocess.run([*words, "--fail"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(("{", "[", "event: ", "<?xml"))


def test_the_page_names_every_address(client: TestClient) -> None:
    described = client.get(f"{PREFIX}/openapi.json").json()["paths"]
    for path in described:
        assert (
            path.replace("quote_id", "ID").replace("answer_id", "ID").replace("source_id", "ID").replace("{ID}", "ID")
            in PAGE
        )


def described_examples(client: TestClient) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield method, path and the arguments of a call for every example of the description."""
    for path, methods in client.get(f"{PREFIX}/openapi.json").json()["paths"].items():
        for method, told in methods.items():
            body = told.get("requestBody", {}).get("content", {}).get("application/json", {})
            for example in body.get("examples", {}).values():
                yield method, path, {"json": example["value"]}
            for parameter in told.get("parameters", []):
                for example in parameter.get("examples", {}).values():
                    yield method, path, {"params": {parameter["name"]: example["value"]}}


def test_the_examples_of_the_description_work(client: TestClient) -> None:
    calls = list(described_examples(client))
    assert len(calls) >= 8
    for method, path, arguments in calls:
        assert client.request(method, f"{PREFIX}{path}", **arguments).status_code == 200


def test_errors_are_described_as_they_are_sent(client: TestClient) -> None:
    described = client.get(f"{PREFIX}/openapi.json").json()
    for told in (one for path in described["paths"].values() for one in path.values()):
        for status, response in told["responses"].items():
            if status >= "400" and "content" in response:
                assert set(response["content"]) == {MEDIA_TYPE}
                assert response["content"][MEDIA_TYPE]["schema"]["$ref"].endswith("/Problem")
        assert "404" in told["responses"]
    assert client.get(f"{PREFIX}/quotes/q_nothing").headers["content-type"] == MEDIA_TYPE


UNASKED = ("/sources", "/holdings", "/topics", "/today.atom", "/today.rss")
"""Operations without a parameter, so that none can be asked wrongly."""
OPERATIONS = [
    ("POST", "/ask"),
    ("GET", "/ask"),
    ("POST", "/search"),
    ("GET", "/search"),
    ("POST", "/check"),
    ("GET", "/check"),
    ("POST", "/verify"),
    ("GET", "/quotes/{quote_id}"),
    ("GET", "/answers/{answer_id}"),
    ("GET", "/sources"),
    ("GET", "/holdings"),
    ("GET", "/topics"),
    ("GET", "/sources/{source_id}"),
    ("GET", "/quotes/{quote_id}/card.png"),
    ("GET", "/oembed"),
    ("GET", "/today"),
    ("GET", "/today.atom"),
    ("GET", "/today.rss"),
]


@pytest.fixture(scope="module")
def described(invented: Assistant) -> Any:
    """The API by itself, described to schemathesis."""
    keys, options = Keys(invented.library), ApiSettings(home=invented.settings.home)
    return schemathesis.openapi.from_asgi(
        "/openapi.json", build_api(invented, Records(invented.library), keys, options)
    )


def test_every_operation_is_tried(described: Any) -> None:
    found = [one.ok() for one in described.get_all_operations()]
    assert {(one.method.upper(), one.path) for one in found} == set(OPERATIONS)


@pytest.mark.parametrize(
    ("method", "path", "mode"),
    # a list takes no input that could be wrong
    [
        (*one, mode)
        for one in OPERATIONS
        for mode in GenerationMode
        if not (one[1] in UNASKED and mode.value == "negative")
    ],
)
def test_no_input_makes_it_fail(described: Any, method: str, path: str, mode: GenerationMode) -> None:
    operation = described[path][method]

    @settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def tried(case: Case) -> None:
        response = case.call()
        assert response.status_code < 500, response.text
        case.validate_response(response, checks=[response_schema_conformance, content_type_conformance])

    tried()
