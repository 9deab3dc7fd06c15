"""Measures the page: `python -m tests.ui.web.benchmark [--people 50] [--seconds 120] [--questions 5000]`.

Over the quotation book, in one run: what the embedder alone allows so many people at once, what the page gives them
(through its own queue, as browsers ask), its memory over many questions, how soon the first quote stands in a real
browser against the engine's own time, and its weight against a bare Gradio page. Prints the figures as JSON lines.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from threading import Thread
from typing import Any

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from assistant import Assistant, Settings
from knowledge.search.embedding import BilingualEmbeddings
from knowledge.starter.book import topics
from tests.ui.web.conftest import CHROMIUM, FLAGS, visiting

_BARE = "import gradio as gr\nwith gr.Blocks() as page: gr.Chatbot(); gr.Textbox()\npage.launch(server_port={port})"
_ALONE = 30
_FIRST_QUOTE = """() => new Promise((done) => {
  const box = document.querySelector("#question textarea");
  const before = document.querySelectorAll("#chat .quote").length;
  const begun = performance.now();
  new MutationObserver((_, watch) => {
    if (document.querySelectorAll("#chat .quote").length <= before) return;
    watch.disconnect();
    done(performance.now() - begun);
  }).observe(document.documentElement, { childList: true, subtree: true });
  document.querySelector("#ask").click();
})"""


def main() -> None:
    """Measure everything that was not left out by a zero."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    for name, default in (("people", 50), ("seconds", 120), ("questions", 5_000)):
        options.add_argument(f"--{name}", type=int, default=default)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        assistant = Assistant.open(Settings(home=home))
        asked = _questions()
        if chosen.seconds:
            embedder = BilingualEmbeddings()
            alone = together(chosen.people, chosen.seconds / 2, lambda _: embedder.embed_query(next(asked)))
            tell("the embedder alone", people=chosen.people, **alone)
        with page_of(home) as (site, pid):
            if chosen.seconds:
                askers = [Asker(site) for _ in range(chosen.people)]
                loaded = together(chosen.people, chosen.seconds, lambda number: askers[number].ask(next(asked)))
                tell("the page", people=chosen.people, **loaded, p95_ratio=round(loaded["p95"] / alone["p95"], 2))
            if chosen.questions:
                memory(site, pid, chosen.questions, asked)
            engine = [timed(lambda: assistant.ask(next(asked))) for _ in range(_ALONE)]
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
                first_quotes(browser, site, engine, asked)
                weights(browser, site)
                browser.close()


def together(people: int, seconds: float, act: Callable[[int], Any]) -> dict[str, Any]:
    """Let people act again and again, all at once; return how many acts, errors, and seconds an act took."""
    taken: list[float] = []
    errors: list[str] = []
    until = time.monotonic() + seconds

    def person(number: int) -> None:
        while time.monotonic() < until:
            try:
                taken.append(timed(lambda: act(number)))
            except Exception as error:  # noqa: BLE001 - counted and told
                errors.append(repr(error))

    threads = [Thread(target=person, args=[number]) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cuts = quantiles(taken, n=20)
    shown = {"n": len(taken), "errors": len(errors), "p50": round(median(taken), 3), "p95": round(cuts[-1], 3)}
    return shown | ({"first_error": errors[0]} if errors else {})


class Asker:
    """Somebody with the page open: asks through Gradio's queue, as the browser does."""

    def __init__(self, site: str) -> None:
        self._client = httpx.Client(base_url=site, timeout=300)
        config = self._client.get("/config").json()
        box = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == "question")
        self._event = next(one["id"] for one in config["dependencies"] if [box, "submit"] in one["targets"])
        self._tabs = count()

    def ask(self, question: str) -> None:
        """Ask in a new conversation and wait for the whole answer."""
        tab = f"{id(self)}-{next(self._tabs)}"
        sent = {"data": [question, [], "{}", None, ""], "fn_index": self._event, "session_hash": tab}
        self._client.post("/gradio_api/queue/join", json=sent).raise_for_status()
        with self._client.stream("GET", "/gradio_api/queue/data", params={"session_hash": tab}) as heard:
            for line in heard.iter_lines():
                if '"process_completed"' in line:
                    told = json.loads(line.removeprefix("data:"))
                    if not told["success"]:
                        raise RuntimeError(line[:200])
                    return
        raise RuntimeError("the stream ended without an answer")


def memory(site: str, pid: int, questions: int, asked: Iterator[str]) -> None:
    """Tell the resident memory of the page's process while it answers through the API."""
    seen = []
    with httpx.Client(base_url=site, timeout=300) as client:
        for number in range(questions + 1):
            if number % max(questions // 10, 1) == 0:
                seen.append(_resident(pid))
            client.post("/api/v1/ask", json={"question": next(asked)}).raise_for_status()
    tell("memory", questions=questions, megabytes=seen, growth_after_first_tenth=seen[-1] - seen[1])


def first_quotes(browser: Browser, site: str, engine: list[float], asked: Iterator[str]) -> None:
    """Tell how soon the first quote stands on the page after pressing the button, against the engine's own time."""
    seen = []
    with visiting(browser) as visit:
        page = visit.open(site)
        for _ in range(_ALONE):
            page.wait_for_selector("#ask:visible")
            page.fill("#question textarea", next(asked))
            seen.append(page.evaluate(_FIRST_QUOTE) / 1000)
            page.wait_for_selector("#ask:visible")
    engines = median(engine)
    tell(
        "first quote",
        n=_ALONE,
        engine_p50=round(engines, 3),
        visible_p50=round(median(seen), 3),
        allowed=round(1.5 * engines + 0.15, 3),
    )


def weights(browser: Browser, site: str) -> None:
    """Tell what the page weighs more than a bare one."""
    with bare_page() as bare:
        ours, theirs = weight(browser, site, "#ask:visible"), weight(browser, bare, "textarea")
    tell("page weight", kilobytes=ours // 1000, bare=theirs // 1000, more=(ours - theirs) // 1000)


def weight(browser: Browser, site: str, ready: str) -> int:
    """Return the bytes of everything a first visit loads."""
    with visiting(browser, locale="en-GB") as visit:
        page: Page = visit.context.new_page()
        bodies: list[int] = []
        page.on("requestfinished", lambda request: bodies.append(request.sizes()["responseBodySize"]))
        page.goto(site)
        page.wait_for_selector(ready)
        page.wait_for_timeout(2_000)
        return sum(bodies)


@contextmanager
def page_of(home: Path) -> Iterator[tuple[str, int]]:
    """Serve the page from a process of its own; yield its address and the process's id."""
    command = [Path(sys.executable).with_name("ilya"), "chat", "--port", "0"]
    environment = {"ILYA_HOME": str(home), "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found
        try:
            yield found.group(), process.pid
        finally:
            process.terminate()


@contextmanager
def bare_page(port: int = 7999) -> Iterator[str]:
    """Serve Gradio with a chatbot and a text box."""
    command = [sys.executable, "-c", _BARE.format(port=port)]
    quiet = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1", "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(command, env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        site = f"http://127.0.0.1:{port}"
        try:
            while True:
                try:
                    httpx.get(site)
                    break
                except httpx.ConnectError:
                    time.sleep(0.5)
            yield site
        finally:
            process.terminate()


def timed(act: Callable[[], Any]) -> float:
    """Return how many seconds an act takes."""
    begun = time.monotonic()
    act()
    return time.monotonic() - begun


def tell(what: str, **figures: Any) -> None:
    """Write a line of figures."""
    sys.stdout.write(json.dumps({"what": what, **figures}) + "\n")
    sys.stdout.flush()


def _questions() -> Iterator[str]:
    """Yield questions that the book answers, no two alike, so that nothing is answered from a cache."""
    known = [topic.en for topic in topics()]
    # a map, not a generator: many threads take from it at once
    return map(lambda number: f"{known[number % len(known)]} ({number})", count())


def _resident(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1]) // 1000


if __name__ == "__main__":
    main()
