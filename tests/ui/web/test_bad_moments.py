"""What goes wrong around a page: nothing is lost, nobody is held up, and one sentence says what happened."""

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from assistant import Assistant
from assistant.checking import ClaimRefused
from assistant.exceptions import QuestionRefused
from assistant.models import Cancelled
from assistant.records.saved_answers import Records
from evals.hostile.endpoint_server import Exchange, serving
from knowledge.model.errors import IndexUnavailable, LibraryUnavailable
from knowledge.search.embedding import BilingualEmbeddings
from tests.ui.web.conftest import Visit, Workshop, ask, begin, conversation_in, furnish, served, visiting
from ui.rendering.filter_form import Wishes
from ui.rendering.page_texts import page_texts
from ui.web.chat.streaming import Answering, trouble

CHINESE = page_texts("zh")


def test_two_tabs_on_one_conversation_lose_nothing(site: str, visit: Visit) -> None:
    one = visit.open(site)
    ask(one, "Why do bees dance?")
    link = f"{site}/?c={conversation_in(one)}"
    two = visit.open(link)
    two.wait_for_selector("#chat .quote")
    ask(two, "Is honey eternal?")
    ask(one, "What moves the tides?")
    fresh = visit.open(link)
    fresh.wait_for_selector("#chat .quote")
    questions = fresh.locator("#chat .user-row").all_inner_texts()
    assert questions == ["Why do bees dance?", "Is honey eternal?", "What moves the tides?"]


def test_the_back_button_leads_back_into_the_conversation(site: str, visit: Visit) -> None:
    page = visit.open(site)
    ask(page, "Why do bees dance?")
    conversation_in(page)
    words = page.locator("#chat blockquote.words p").all_inner_texts()
    page.locator(".site-header a", has_text="Library").click()
    page.wait_for_selector("table.sources")
    page.go_back()
    page.wait_for_selector("#chat .quote")
    assert page.locator("#chat blockquote.words p").all_inner_texts() == words
    ask(page, "Is honey eternal?")
    assert page.locator("#chat .user-row").count() == 2


def test_two_hundred_files_are_each_reported(tmp_path: Path, browser: Browser, bench: Workshop) -> None:
    files = [tmp_path / f"part-{number:03}.vtt" for number in range(200)]
    for number, path in enumerate(files):
        path.write_bytes(b"\x7fELF\x02\x01\x01" if number % 2 else b"")
    (tmp_path / "part-199.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:09.000\nWe looked for the last gull.\n")
    with visiting(browser, locale="zh-CN") as visit:
        page = visit.open(f"{bench.site}/library")
        page.set_input_files(".adding input[type=file]", files)
        page.wait_for_function("document.querySelector('.uploads .state')?.textContent.includes('已完成 200 个')")
        assert page.locator(".reports tbody td:first-child").all_inner_texts() == [path.name for path in files]
        outcomes = page.locator(".reports tbody td:nth-child(2)").all_inner_texts()
        assert outcomes == ["已拒绝"] * 199 + ["新增"]
        assert "文件是空的" in page.locator(".reports tbody td:nth-child(6)").first.inner_text()
        page.locator(".uploads .dismiss").click()
        page.locator(".uploads").wait_for(state="hidden")


@pytest.mark.parametrize(
    ("method", "path", "size"),
    [("PUT", "/api/library/uploads/0-0", 300_000_000), ("POST", "/api/v1/ask", 20_000_000)],
)
@pytest.mark.parametrize("told", [True, False])
def test_what_is_too_large_is_refused_in_one_sentence_before_it_is_read(
    bench: Workshop, method: str, path: str, size: int, told: bool
) -> None:
    connection = http.client.HTTPConnection(urlsplit(bench.site).netloc, timeout=60)
    headers = {"content-type": "application/json", "accept-language": "zh"}
    if told:  # the body is announced and never sent
        connection.putrequest(method, path)
        for name, value in {**headers, "content-length": str(size)}.items():
            connection.putheader(name, value)
        connection.endheaders()
    else:
        connection.request(method, path, body=_chunks(size), headers=headers, encode_chunked=True)
    answered = connection.getresponse()
    body = answered.read().decode()
    connection.close()
    if method == "PUT" and not told:  # an upload that was never announced is refused for that, before its size is known
        assert answered.status == 409
        return
    assert answered.status == 413
    assert "MB" in body
    assert any(telling in body for telling in ("文件大于", "内容太多"))


def test_stop_and_a_closed_tab_end_the_request_to_the_model(
    browser: Browser, tmp_path: Path, embeddings: BilingualEmbeddings
) -> None:
    furnish(tmp_path, embeddings)
    asked, gone = threading.Semaphore(0), threading.Semaphore(0)

    def answers(exchange: Exchange) -> None:
        asked.release()
        if exchange.connection.recv(1) == b"":
            gone.release()

    with (
        serving(answers) as server,
        served(tmp_path, ILYA_MODEL="hostile", OPENAI_BASE_URL=server.url, ILYA_MODEL_SECONDS="300") as site,
        visiting(browser) as visit,
    ):
        page = visit.open(site)
        begin(page, "Why do bees dance?")
        assert asked.acquire(timeout=60)
        page.locator("#stop").click()
        page.wait_for_selector("#chat .halted")
        assert gone.acquire(timeout=60)
        begin(page, "Is honey eternal?")
        assert asked.acquire(timeout=60)
        page.close()
        assert gone.acquire(timeout=60)
    assert len(server.requests) == 2


class Broken:
    """An assistant whose stream fails at once."""

    def __init__(self, whole: Assistant, error: Exception) -> None:
        self.subject, self.settings, self.library = whole.subject, whole.settings, whole.library
        self._error = error

    def stream(self, *_: Any, **__: Any) -> Iterator[Any]:
        """Fail."""
        raise self._error
        yield


@pytest.mark.parametrize(
    ("error", "telling"),
    [
        (LibraryUnavailable("/home/ada/library.db is locked"), "资料库暂时无法读取"),
        (IndexUnavailable("/home/ada/index is damaged"), "索引暂时无法检索"),
        (RuntimeError("/home/ada"), "我们这边出了问题"),
    ],
)
def test_what_the_engine_says_is_told_in_the_pages_language_without_paths(
    furnished: Assistant, error: Exception, telling: str
) -> None:
    answering = Answering(Broken(furnished, error), Records(furnished.library))  # type: ignore[arg-type]
    [said] = answering.replies("Why?", history=(), wishes=Wishes(), page=CHINESE)
    assert said.last
    assert telling in said.content
    assert "ada" not in said.content


def test_nobody_is_told_anything_of_an_answer_that_was_stopped(furnished: Assistant) -> None:
    answering = Answering(Broken(furnished, Cancelled("stopped")), Records(furnished.library))  # type: ignore[arg-type]
    assert list(answering.replies("Why?", history=(), wishes=Wishes(), page=CHINESE)) == []


def test_what_was_given_is_named_where_it_is_the_trouble() -> None:
    assert "2,001" in trouble(QuestionRefused(""), CHINESE, given="x" * 2_001)
    assert "请用文字提问" in trouble(QuestionRefused(""), CHINESE, given="?")
    assert "引文太短" in trouble(ClaimRefused(""), CHINESE, given="scale")


def _chunks(size: int) -> Iterator[bytes]:
    for _ in range(size // 1_000_000):
        yield b" " * 1_000_000
