"""Makes the documentation's screenshots: `python -m tests.ui.web.screenshots [ADDRESS] [--every FOLDER]`.

Without an address it serves a fresh library with the quotation book. With `--every` it makes pictures of every view
as five visitors see it (desktop, phone, dark, Chinese, Chinese on a phone) into a folder, to be looked at.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright

from tests.ui.web.conftest import CHROMIUM, FLAGS, ask, visiting
from ui.web.access.passwords import hashed_pair

FOLDER = Path(__file__).parents[3] / "docs" / "screenshots"
CLAIM = """So in a world where all of the progress comes from the combination of compute and data, \
there was no path to data on robotics. — Ilya Sutskever, NeurIPS 2024"""
BIRDS = b"""WEBVTT

00:00.000 --> 00:19.000
Do you watch the herons? Yes, I count the herons every single morning. I write their number into the sand. \
And do you ever miss one? I never miss a heron at all. The tide reads the list and wipes it clean.
"""
DESK = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 800}
_IN_HAND: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
VISITORS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": DESK},
    "phone": _IN_HAND,
    "dark": {"viewport": DESK, "color_scheme": "dark"},
    "chinese": {"viewport": DESK, "locale": "zh-CN"},
    "chinese-phone": {**_IN_HAND, "locale": "zh-CN"},
}


def main() -> None:
    """Make the pictures asked for."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    options.add_argument("address", nargs="?")
    options.add_argument("--every", type=Path, metavar="FOLDER")
    chosen = options.parse_args()
    if chosen.address:
        shoot(chosen.address, chosen.every)
        return
    with tempfile.TemporaryDirectory() as home:
        with served(home) as address:
            shoot(address, chosen.every)
        if chosen.every:
            with served(home, ILYA_AUTH=hashed_pair("ada", "herons")) as address, sync_playwright() as playwright:
                sign_in_views(playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS), address, chosen.every)


@contextmanager
def served(home: str, **environment: str) -> Iterator[str]:
    """Serve the page over a home folder from a process of its own; yield its address."""
    command = [Path(sys.executable).with_name("ilya"), "chat", "--port", "0"]
    surroundings = os.environ | {"ILYA_HOME": home} | environment
    with subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        # a first start tells of its progress before it says where it is open
        yield next(word for line in process.stdout for word in line.split() if word.startswith("http"))
        process.terminate()


def shoot(address: str, every: Path | None) -> None:
    """Make the pictures of the page at an address: those of the documentation, or every view into a folder."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        if every:
            every.mkdir(parents=True, exist_ok=True)
            for name, visitor in VISITORS.items():
                every_view(browser, address, every / name, visitor)
        else:
            views(browser, address)
        browser.close()


def every_view(browser: Browser, address: str, stem: Path, visitor: dict[str, Any]) -> None:
    """Picture every view that one visitor comes to, each as `STEM-VIEW.png`."""
    with visiting(browser, **visitor) as one:
        page = one.open(address)

        def picture(view: str, *, whole: bool = False) -> None:
            page.evaluate("Promise.all(document.getAnimations().map((moving) => moving.finished))")
            page.screenshot(path=f"{stem}-{view}.png", full_page=whole)

        page.wait_for_selector("#ask:visible")
        picture("first", whole=True)
        page.locator(".open-panel").click()
        picture("sources")
        page.keyboard.press("Escape")
        ask(page, "他怎么看超级智能?" if "locale" in visitor else "How did his view of scaling change?")
        picture("answer")
        cards = [str(card.get_attribute("id")) for card in page.locator("#chat .quote").all()]
        answer = str(page.locator("a.permalink").first.get_attribute("href"))
        for menu in ("cite", "more"):
            page.locator(f"#chat .{menu}-menu summary").first.click()
            picture(f"{menu}-menu")
            page.keyboard.press("Escape")
        page.locator("#chat a.read").first.click()
        page.wait_for_selector("#reader mark")
        picture("reader")
        page.keyboard.press("Escape")
        ask(page, "What is the price of gold?")
        picture("refusal")
        page.locator("a.edit").last.click()
        picture("editing")
        page.keyboard.press("Escape")
        page.goto(f"{address}/topics")
        topic = str(page.locator("main a[href*='/topics/']").first.get_attribute("href"))
        page.goto(f"{address}/library")
        source = str(page.locator("table.sources th a").first.get_attribute("href"))
        for view, place in {
            "topics": "/topics", "topic": topic, "library": "/library", "source": source, "facts": f"{source}/facts",
            "review": f"{source}/speakers", "quote": f"/q/{cards[0]}", "cite": f"/q/{cards[0]}/cite", "saved": answer,
            "compare": f"/compare?a={cards[0]}&b={cards[-1]}", "check": "/check", "verdict": f"/check?q={quote(CLAIM)}",
            "verify": "/verify", "missing": "/nowhere",
        }.items():  # fmt: skip
            page.goto(address + place)
            picture(view, whole=view not in ("source", "review", "quote"))


def sign_in_views(browser: Browser, address: str, folder: Path) -> None:
    """Picture the sign-in page of a page at an address that asks for one: fresh, after a wrong word, and within."""
    for name, visitor in VISITORS.items():
        with visiting(browser, **visitor) as one:
            page = one.open(f"{address}/login")
            page.screenshot(path=f"{folder / name}-sign-in.png")
            page.fill("[name=name]", "ada")
            for view, word in (("sign-in-refused", "egrets"), ("signed-in", "herons")):
                page.fill("[name=password]", word)
                page.locator("form.login button").click()
                page.wait_for_load_state()
                page.screenshot(path=f"{folder / name}-{view}.png")


def views(browser: Browser, address: str) -> None:
    """Visit the main views as four visitors."""
    with visiting(browser, viewport=DESK) as desk:
        page = desk.open(address)
        page.wait_for_selector("#first a.ask:visible")
        page.screenshot(path=FOLDER / "start.png")
        ask(page, "How did his view of scaling change?")
        page.screenshot(path=FOLDER / "answer.png")
        page.locator("#chat a.read").first.click()
        page.wait_for_selector("#reader .source-map:visible")
        page.screenshot(path=FOLDER / "reader.png")
        first, last = (str(page.locator("#chat .quote").nth(place).get_attribute("id")) for place in (0, -1))
        page.goto(f"{address}/compare?a={first}&b={last}")
        page.screenshot(path=FOLDER / "compare.png")
        page.goto(f"{address}/topics")
        page.screenshot(path=FOLDER / "topics.png")
        page.goto(f"{address}/check")
        page.fill("#claim", CLAIM)
        page.locator("form.check button").click()
        page.wait_for_selector(".verdict")
        page.screenshot(path=FOLDER / "check.png", full_page=True)
        page.goto(f"{address}/library")
        page.screenshot(path=FOLDER / "library.png")
        page.set_input_files(".adding input[type=file]", {"name": "birds.vtt", "mimeType": "text/vtt", "buffer": BIRDS})
        page.wait_for_selector(".reports tbody a")
        page.goto(f"{address}/s/birds/speakers")
        page.screenshot(path=FOLDER / "review.png")
    with visiting(browser, viewport=DESK, color_scheme="dark") as night:
        page = night.open(f"{address}/?since=2023")
        ask(page, "What does predicting the next token well mean?")
        page.locator("#chat a.read").first.click()
        page.wait_for_selector("#reader .source-map:visible")
        page.screenshot(path=FOLDER / "dark.png")
    with visiting(browser, viewport=PHONE, has_touch=True, is_mobile=True) as phone:
        page = phone.open(address)
        ask(page, "Will we run out of data?")
        page.screenshot(path=FOLDER / "phone.png")
        page.locator("#chat a.read").first.tap()
        page.wait_for_selector("#reader mark")
        page.evaluate("Promise.all(document.getAnimations().map((moving) => moving.finished))")
        page.screenshot(path=FOLDER / "phone-reader.png")
    with visiting(browser, viewport=DESK, locale="zh-CN") as chinese:
        page = chinese.open(address)
        ask(page, "数据会用完吗?")
        page.screenshot(path=FOLDER / "chinese.png")


if __name__ == "__main__":
    main()
