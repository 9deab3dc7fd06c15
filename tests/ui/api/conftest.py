"""The application over an invented library, called without a network."""

import pytest
from starlette.testclient import TestClient

from assistant import Assistant
from assistant.records.saved_answers import Records
from knowledge.search.embedding import BilingualEmbeddings
from tests.ui.web.conftest import furnish
from ui.web.chat.streaming import Answering
from ui.web.page_settings import WebSettings
from ui.web.services import build_services


def client_of(assistant: Assistant, *, host: str = "127.0.0.1", **options: object) -> TestClient:
    """Return a client of everything that `ilya chat` serves but the chat, which is Gradio's."""
    answering = Answering(assistant, Records(assistant.library))
    app = build_services(answering, WebSettings(**options), host=host)  # type: ignore[arg-type]
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory, embeddings: BilingualEmbeddings) -> Assistant:
    """An assistant over the invented interviews."""
    return furnish(tmp_path_factory.mktemp("api"), embeddings)


@pytest.fixture(scope="session")
def client(invented: Assistant) -> TestClient:
    """A caller on this machine, who needs no key."""
    return client_of(invented)
