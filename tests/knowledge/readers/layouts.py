"""One invented interview, written out in every layout that real transcripts use."""

import html
from collections.abc import Callable
from typing import NamedTuple

MIRA = "Mira Vane"
TOM = "Tom Reed"


class Line(NamedTuple):
    """What one person says, from `seconds` on; paragraphs are parted by line breaks."""

    speaker: str
    text: str
    seconds: int


INTERVIEW = (
    Line(TOM, "Welcome to the show, I am glad that you are here. So what is it that you do with bees?", 3580),
    Line(
        MIRA, "Thank you. I watch how they dance, and I draw it.\nIt's a slow craft; you need patience & light.", 3592
    ),
    Line(TOM, "Do you think that they know what they do?", 3601),
    Line(MIRA, "Well, I think “know” is a large word. They do it, and we're the ones who know.", 3610),
    Line(TOM, "And what will you do next?", 3630),
    Line(MIRA, "I'm going to the coast. There I will listen to the tide, you know, and write it down.", 3640),
)


def clock(seconds: int, *, hours: bool = True) -> str:
    """Return 1:01:01 as transcripts print it."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}" if hours or minutes > 59 else f"{minutes}:{rest:02}"


def _each(render: Callable[[Line], str], *, joint: str = "\n\n") -> Callable[[tuple[Line, ...]], str]:
    return lambda lines: joint.join(render(line) for line in lines) + "\n"


def _paragraphs(text: str, joint: str = "\n\n") -> str:
    return joint.join(text.split("\n"))


def _page(render: Callable[[Line], str]) -> Callable[[tuple[Line, ...]], str]:
    def page(lines: tuple[Line, ...]) -> str:
        body = "\n".join(render(line) for line in lines)
        return (
            "<!DOCTYPE html><html lang='en'><head><title>Talk</title><script>var bees = 1;</script></head><body>"
            "<nav><a href='/'>Home</a> <a href='/x'>All shows</a></nav><main>"
            f"<article>{body}</article></main><footer>All rights reserved</footer></body></html>"
        )

    return page


def _html_paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n"))


LAYOUTS: dict[str, Callable[[tuple[Line, ...]], str]] = {
    "colon": _each(lambda line: f"{line.speaker}: {_paragraphs(line.text)}"),
    "colon, no empty lines": _each(lambda line: f"{line.speaker}: {_paragraphs(line.text, ' ')}", joint="\n"),
    "capitals": _each(lambda line: f"{line.speaker.upper()}: {_paragraphs(line.text)}"),
    "bold colon": _each(lambda line: f"**{line.speaker}:** {_paragraphs(line.text)}"),
    "bold, colon outside": _each(lambda line: f"**{line.speaker}**: {_paragraphs(line.text)}"),
    "bold colon above": _each(lambda line: f"**{line.speaker}:**\n{_paragraphs(line.text)}"),
    "bold above": _each(lambda line: f"**{line.speaker}**\n\n{_paragraphs(line.text)}"),
    "bold above, italic time": _each(
        lambda line: f"**{line.speaker}** *{clock(line.seconds)}*\n\n{_paragraphs(line.text)}"
    ),
    "heading above": _each(lambda line: f"### {line.speaker}\n\n{_paragraphs(line.text)}"),
    "name above": _each(lambda line: f"{line.speaker}\n{_paragraphs(line.text)}"),
    "name and bracketed time above": _each(
        lambda line: f"{line.speaker} ({clock(line.seconds)}):\n{_paragraphs(line.text)}"
    ),
    "name and time above": _each(lambda line: f"{line.speaker} {clock(line.seconds)}\n{_paragraphs(line.text)}"),
    "name and short time above": _each(
        lambda line: f"{line.speaker}  {clock(line.seconds, hours=False)}\n{_paragraphs(line.text)}"
    ),
    "linked time": _each(
        lambda line: (
            f"{line.speaker} [({clock(line.seconds)})](https://video.example/watch?v=x&t={line.seconds}) "
            f"{_paragraphs(line.text)}"
        )
    ),
    "time before name": _each(lambda line: f"[{clock(line.seconds)}] {line.speaker}: {_paragraphs(line.text)}"),
    "bare time before name": _each(lambda line: f"{clock(line.seconds)} {line.speaker}: {_paragraphs(line.text)}"),
    "name, colon, time above": _each(lambda line: f"{line.speaker}: ({clock(line.seconds)})\n{_paragraphs(line.text)}"),
    "brackets": _each(lambda line: f"[{line.speaker}]: {_paragraphs(line.text)}"),
    "office after the name": _each(
        lambda line: (
            f"{line.speaker}, {'Bee Institute' if line.speaker == MIRA else 'Field Notes'}: {_paragraphs(line.text)}"
        )
    ),
    "front matter": lambda lines: (
        "---\ntitle: Bees and Tides\ndate: 2021-05-04\nchannel: Field Notes\nurl: https://notes.example/bees\n---\n\n"
        "# Bees and Tides\n\n## Transcript\n\n" + LAYOUTS["bold colon"](lines)
    ),
    "page, bold label": _page(
        lambda line: f"<p><strong>{line.speaker}:</strong> {_html_paragraphs(line.text).removeprefix('<p>')}"
    ),
    "page, label above": _page(
        lambda line: (
            f"<div class='who'>{line.speaker} <span>({clock(line.seconds)})</span></div>{_html_paragraphs(line.text)}"
        )
    ),
    "page, spans": _page(
        lambda line: (
            f"<div><span class='n'>{line.speaker}</span> <span><a href='#t'>({clock(line.seconds)})</a> </span>"
            f"<span>{html.escape(' '.join(line.text.split()))}</span></div>"
        )
    ),
}
"""How each layout writes an interview out."""

TIMED = frozenset(name for name in LAYOUTS if "time" in name or name in {"page, label above", "page, spans"})
"""The layouts that print times."""
