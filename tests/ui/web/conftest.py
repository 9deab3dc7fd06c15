"""The page served from an invented library, and a real browser that looks at it."""

import atexit
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from assistant import Assistant, Settings
from assistant.records.saved_answers import Records
from knowledge.search.embedding import BilingualEmbeddings
from tests import forked
from tests.homes import copy_home
from tests.invented import MIRA
from tests.ui.in_process import running
from tests.ui.web.library import sources
from tests.ui.web.serving import serve_home
from ui.web.chat.streaming import Answering
from ui.web.page_settings import WebSettings
from ui.web.services import build_services

_ELSEWHERE = re.compile(r"^(?!http://(127\.0\.0\.1|localhost)[:/])")
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory, embeddings: BilingualEmbeddings) -> Assistant:
    """An assistant over the library that the browser tests share; they only read it."""
    return furnish(tmp_path_factory.mktemp("home"), embeddings)


def furnish(home: Path, embeddings: BilingualEmbeddings, **settings: object) -> Assistant:
    """Return an assistant over a new library of the invented interviews, in a folder that is empty or not there."""
    if not _FURNISHED:
        made = Path(tempfile.mkdtemp(prefix="furnished-"))
        atexit.register(shutil.rmtree, made)
        assistant = Assistant.open(Settings(home=made, starter=False), subject=MIRA, embeddings=embeddings)
        for source, raw in sources():
            assistant.library.add(source, raw, origin=f"/talks/{source.id}.txt")
        assistant.index.sync()
        _FURNISHED.append(assistant)  # kept open: its files are whole only as long as it is
    copy_home(_FURNISHED[0].settings.home, home)
    given = Settings(home=home, starter=False, **settings)  # type: ignore[arg-type]
    return Assistant.open(given, subject=MIRA, embeddings=embeddings)


_FURNISHED: list[Assistant] = []
"""The library that is made once and copied."""


@contextmanager
def served(home: Path, **environment: str) -> Iterator[str]:
    """Serve the page over a data folder from a process of its own; yield its address."""
    log = home / "page.log"
    with forked.running(serve_home, str(home), environment=os.environ | environment, log=log) as (line, _):
        said = line()
        found = re.search(r"http://\S+", said)
        assert found, f"the page did not start: {said}{log.read_text()}"
        yield found.group()


@pytest.fixture(scope="session")
def site(furnished: Assistant) -> Iterator[str]:
    """The address of the page."""
    with served(furnished.settings.home) as url:
        yield url


class Workshop(NamedTuple):
    """A page whose library the tests change, each its own part of it."""

    site: str
    assistant: Assistant


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory, embeddings: BilingualEmbeddings) -> Iterator[Workshop]:
    """A page over a library of its own, with an assistant over the same library."""
    assistant = furnish(tmp_path_factory.mktemp("workshop"), embeddings)
    with served(assistant.settings.home) as url:
        yield Workshop(url, assistant)


@contextmanager
def pages_of(assistant: Assistant) -> Iterator[str]:
    """Serve every page but the chat from this process; yield the address. Far quicker to start than `served`."""
    with running(build_services(Answering(assistant, Records(assistant.library)), WebSettings())) as url:
        yield url


@pytest.fixture(scope="session")
def pages(furnished: Assistant) -> Iterator[str]:
    """The address of the pages without the chat, over the library that is only read."""
    with pages_of(furnished) as url:
        yield url


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory, embeddings: BilingualEmbeddings) -> Iterator[Workshop]:
    """The pages without the chat over a library of their own, which tests change, each its own part of it."""
    assistant = furnish(tmp_path_factory.mktemp("bench"), embeddings)
    with pages_of(assistant) as url:
        yield Workshop(url, assistant)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if not os.path.exists(CHROMIUM):
        pytest.skip(f"no browser at {CHROMIUM}: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


class Visit:
    """A browser context that cannot reach anything but this machine, and remembers what it tried."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.outside: list[str] = []
        self.errors: list[str] = []
        # a pattern, not a function: that would hold every request up until the test's thread looks at it
        context.route(_ELSEWHERE, self._refuse)

    def open(self, url: str) -> Page:
        """Open a page and wait until it is ready to be used."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(url)
        return page

    def _refuse(self, route: Route) -> None:
        self.outside.append(route.request.url)
        route.abort()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """An English-speaking visitor at a desk."""
    with visiting(browser) as found:
        yield found


@contextmanager
def visiting(browser: Browser, **options: object) -> Iterator[Visit]:
    """Yield a visitor; options are Playwright's: locale, viewport, color_scheme …"""
    context = browser.new_context(**{"locale": "en-GB", "viewport": {"width": 1280, "height": 900}, **options})  # type: ignore[arg-type]
    context.set_default_timeout(90_000)
    yield (found := Visit(context))
    context.close()
    assert found.outside == []
    assert found.errors == []


def slices(assistant: Assistant, site: str, page: Page) -> list[str]:
    """Return what the last answer's quotes must read: slices of the library's own texts, by its JSON's offsets."""
    link = page.locator(".answer-links a.permalink").last.get_attribute("href")
    told = page.request.get(f"{site}{link}.json").json()
    return [
        assistant.library.source(quote["source"]["id"]).text[quote["start"] : quote["end"]] for quote in told["quotes"]
    ]


def begin(page: Page, question: str) -> None:
    """Ask a question in the chat, once the page is ready for one."""
    page.wait_for_selector("#ask:visible")
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")


def ask(page: Page, question: str) -> None:
    """Ask a question in the chat and wait for its whole answer."""
    page.wait_for_selector("#ask:visible")
    answered = page.locator(".answer-links").count()
    begin(page, question)
    page.wait_for_function("count => document.querySelectorAll('.answer-links').length > count", arg=answered)
    page.wait_for_selector("#ask:visible")


def conversation_in(page: Page) -> str:
    """Return the id of the conversation, once the page's address keeps it."""
    page.wait_for_function("new URLSearchParams(location.search).has('c')")
    return str(page.evaluate("new URLSearchParams(location.search).get('c')"))
