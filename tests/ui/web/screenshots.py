"""Makes the pictures in docs/screenshots: `python -m tests.ui.web.screenshots [ADDRESS]`.

Without an address it serves a fresh library with the quotation book.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.ui.web.conftest import CHROMIUM, FLAGS, ask, visiting

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


def main() -> None:
    """Make every picture."""
    if len(sys.argv) > 1:
        shoot(sys.argv[1])
        return
    with tempfile.TemporaryDirectory() as home:
        command = [Path(sys.executable).with_name("ilya"), "chat", "--port", "0"]
        with subprocess.Popen(
            command, env=os.environ | {"ILYA_HOME": home}, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            address = next(word for word in process.stdout.readline().split() if word.startswith("http"))
            try:
                shoot(address)
            finally:
                process.terminate()


def shoot(address: str) -> None:
    """Make the pictures of the page at an address."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        views(browser, address)
        browser.close()


def views(browser: Browser, address: str) -> None:
    """Visit the main views as four visitors."""
    with visiting(browser, viewport=DESK) as desk:
        page = desk.open(address)
        page.wait_for_selector("#first a.ask:visible")
        page.screenshot(path=FOLDER / "start.png")
        ask(page, "Why did OpenAI give up on robotics?")
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
