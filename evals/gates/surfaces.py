"""Surfaces read back: each is rendered, then parsed by what shares nothing with its renderer."""

import json
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant import Answer
from ui.rendering import answer_html, answer_markdown, answer_text, frame, slack_blocks, slack_messages

# Slack's surface: Block Kit blocks, sent as JSON and read back.
if TYPE_CHECKING:
    from assistant import Answer

_NUMBER = re.compile(r"\[(\d+)\] ")


def read_slack(answer: "Answer", *, subject: str) -> "list[Surface]":
    """Return Slack's surface: `[n] …` in a section opens a card, quotations hold its words, a link its address.

    A quotation before any card, or in a block that is not rich text, is read as card -1, which no record has.
    """

    sent = json.dumps(slack_messages(slack_blocks(frame(answer, subject=subject))))
    quotes: list[Shown] = []
    rest: list[str] = []
    for block in (block for message in json.loads(sent) for block in message):
        if block["type"] != "rich_text":
            rest += _texts(block)
            continue
        for part in block["elements"]:
            said = "".join(_texts(part))
            opening = _NUMBER.match(said)
            if part["type"] == "rich_text_quote":
                card = quotes[-1] if quotes else Shown(-1, "", "")
                quotes[-1:] = [card._replace(words=card.words + said)]
            elif opening:
                quotes.append(Shown(int(opening[1]), "", said))
            elif quotes and not said.startswith("—"):
                rest.append(said)
            elif quotes:
                link = next((inline["url"] for inline in part["elements"] if inline["type"] == "link"), None)
                quotes[-1] = quotes[-1]._replace(around=f"{quotes[-1].around}\n{said}", link=link)
            else:
                rest.append(said)
    return [Surface("slack", quotes, "\n".join(rest))]


def _texts(part: Any) -> list[str]:
    if isinstance(part, list):
        return [text for one in part for text in _texts(one)]
    if not isinstance(part, dict):
        return []
    inside = [part["text"]] if isinstance(part.get("text"), str) else _texts(part.get("text"))
    return inside + _texts(part.get("elements"))


class Shown(NamedTuple):
    """One quote as it can be read on a surface; None where the surface does not show a thing."""

    number: int
    words: str
    around: str
    """Everything else that stands in the same card, the interviewer's question included."""
    link: str | None = None


class Surface(NamedTuple):
    """A surface with the quotes on it and the text that belongs to no quote."""

    name: str
    quotes: list[Shown]
    rest: str
    keeps_space: bool = True
    """Whether it shows white space as it is; Markdown does not."""


def surfaces(answer: Answer, *, subject: str) -> list[Surface]:
    """Return every surface of an answer, read back."""
    shown = frame(answer, subject=subject)
    return [
        read_json(answer.model_dump_json()),
        read_terminal(answer_text(shown)),
        read_html(answer_html(shown)),
        read_markdown(answer_markdown(shown)),
        *read_slack(answer, subject=subject),
    ]


def read_json(text: str) -> Surface:
    """Read the JSON contract."""
    told = json.loads(text)
    quotes = [Shown(quote["number"], quote["text"], _about(quote), quote["source"]["url"]) for quote in told["quotes"]]
    return Surface("json", quotes, "")


_TERMINAL_CARD = re.compile(
    r"^\[(?P<number>\d+)\] (?P<before>(?:(?!\[\d+\] )[^\n]*\n)*?)\n“(?P<words>.*?)”\n\n(?P<after>(?:    [^\n]*\n)+)",
    re.MULTILINE | re.DOTALL,
)


def read_terminal(text: str) -> Surface:
    """Read plain text: `[n] …`, an empty line, the words in quotation marks, an empty line, indented lines."""
    quotes = []
    for card in _TERMINAL_CARD.finditer(text):
        after = card["after"]
        link = next((line.strip() for line in after.splitlines() if line.strip().startswith("http")), None)
        around = card["before"] + (after.replace(link, "") if link else after)
        quotes.append(Shown(int(card["number"]), card["words"], around, link))
    return Surface("terminal", quotes, _TERMINAL_CARD.sub("", text))


def read_html(text: str) -> Surface:
    """Read cards: `<article data-number>` with the words in a `<blockquote>`."""
    from bs4 import BeautifulSoup

    page = BeautifulSoup(text, "lxml")
    quotes = []
    for article in page.find_all("article"):
        words = article.find("blockquote")
        link = article.find("a")
        number = int(str(article.get("data-number") or 0))
        printed = article.find(class_="number")
        if printed is not None and printed.get_text() != f"[{number}]":
            number = -1
        shown = words.get_text() if words else ""
        if words:
            words.extract()
        href = str(link.get("href")) if link else None
        if link:
            link.extract()
        quotes.append(Shown(number, shown, article.get_text(" "), href))
        article.extract()
    return Surface("html", quotes, page.get_text(" "))


def read_markdown(text: str) -> Surface:
    """Render CommonMark and read it back: `[n] …` opens a card, its block quote holds the words."""
    from bs4 import BeautifulSoup
    from markdown_it import MarkdownIt

    page = BeautifulSoup(MarkdownIt("commonmark").render(text), "lxml")
    quotes: list[Shown] = []
    rest: list[str] = []
    opened: tuple[int, list[str]] | None = None
    for block in page.body.find_all(recursive=False) if page.body else []:
        said = block.get_text()
        start = re.match(r"\[(\d+)\] ", said)
        if block.name == "p" and start:
            opened = (int(start[1]), [said])
        elif block.name == "blockquote" and opened:
            quotes.append(Shown(opened[0], said.strip("\n"), "\n".join(opened[1])))
            opened = None
        elif opened:
            opened[1].append(said)
        elif quotes and said.startswith("—"):
            link = block.find("a")
            last = quotes[-1]
            href = str(link.get("href")) if link else None
            quotes[-1] = last._replace(around=last.around + "\n" + said, link=href)
        else:
            rest.append(said)
    return Surface("markdown", quotes, "\n".join(rest), keeps_space=False)


def _about(quote: dict[str, Any]) -> str:
    source = quote["source"]
    parts: Sequence[Any] = (quote["speaker"], source["title"], source["date"], source["venue"], quote["asked"])
    parts = (*parts, quote["before"], quote["after"])
    return "\n".join(str(part) for part in parts if part)


Reader = Callable[[str], Surface]
