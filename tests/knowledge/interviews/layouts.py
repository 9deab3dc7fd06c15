"""One invented interview, written out in every layout that real transcripts use."""

import html
import json
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


def _table(head: str, render: Callable[[Line], str]) -> Callable[[tuple[Line, ...]], str]:
    rule = "|".join("---" for _ in head.split("|")[1:-1])
    return lambda lines: f"{head}\n|{rule}|\n" + "\n".join(render(line) for line in lines) + "\n"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _csv(line: Line) -> str:
    words = _flat(line.text).replace('"', '""')
    return f'{line.seconds},{line.speaker},"{words}"'


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
    "em dash": _each(lambda line: f"{line.speaker} — {_paragraphs(line.text)}"),
    "en dash, first name": _each(lambda line: f"{line.speaker.split()[0]} – {_paragraphs(line.text)}"),
    "bold name, dash": _each(lambda line: f"**{line.speaker}** — {_paragraphs(line.text)}"),
    "hyphen, capitals": _each(lambda line: f"{line.speaker.upper()} - {_paragraphs(line.text)}"),
    "bar": _each(lambda line: f"{line.speaker} | {_flat(line.text)}", joint="\n"),
    "tab": _each(lambda line: f"{line.speaker}\t{_flat(line.text)}", joint="\n"),
    "time, bar, name, bar": _each(
        lambda line: f"{clock(line.seconds)} | {line.speaker} | {_flat(line.text)}", joint="\n"
    ),
    "italic colon": _each(lambda line: f"*{line.speaker}:* {_paragraphs(line.text)}"),
    "underlined bold": _each(lambda line: f"__{line.speaker}__: {_paragraphs(line.text)}"),
    "name in brackets": _each(lambda line: f"[{line.speaker}] {_paragraphs(line.text)}"),
    "name and time in brackets": _each(lambda line: f"[{line.speaker} {clock(line.seconds)}] {_paragraphs(line.text)}"),
    "name in parentheses": _each(lambda line: f"({line.speaker}) {_paragraphs(line.text)}"),
    "Chinese brackets": _each(lambda line: f"【{line.speaker}】{_paragraphs(line.text)}"),
    "time above name above": _each(lambda line: f"{clock(line.seconds)}\n{line.speaker}\n{_flat(line.text)}"),
    "name above, time before the words": _each(
        lambda line: f"{line.speaker}\n({clock(line.seconds)}) {_flat(line.text)}"
    ),
    "name above, time above the words": _each(
        lambda line: f"{line.speaker}:\n[{clock(line.seconds)}]\n{_flat(line.text)}"
    ),
    "heading with colon": _each(lambda line: f"## {line.speaker}:\n\n{_paragraphs(line.text)}"),
    "heading underlined": _each(lambda line: f"{line.speaker}\n-----\n\n{_paragraphs(line.text)}"),
    "label above a quotation": _each(lambda line: f"**{line.speaker}:**\n\n> {_flat(line.text)}"),
    "numbered": lambda lines: "\n\n".join(
        f"{number}. {line.speaker}: {_flat(line.text)}" for number, line in enumerate(lines, 1)
    ),
    "title before the name": _each(
        lambda line: f"{'Dr. ' if line.speaker == MIRA else ''}{line.speaker}: {_paragraphs(line.text)}"
    ),
    "long office after the name": _each(
        lambda line: (
            f"{line.speaker}, "
            f"{'Co-founder and Chief Scientist of the Bee Institute' if line.speaker == MIRA else 'host'}: "
            f"{_paragraphs(line.text)}"
        )
    ),
    "host and guest with names": _each(
        lambda line: f"{'Guest' if line.speaker == MIRA else 'Host'} ({line.speaker}): {_paragraphs(line.text)}"
    ),
    "host and first name": _each(
        lambda line: f"{'Mira' if line.speaker == MIRA else 'Interviewer'}: {_paragraphs(line.text)}"
    ),
    "table": _table("| Speaker | Words |", lambda line: f"| {line.speaker} | {_flat(line.text)} |"),
    "table with times": _table(
        "| Time | Speaker | Words |",
        lambda line: f"| {clock(line.seconds)} | **{line.speaker}** | {_flat(line.text)} |",
    ),
    "comma separated, with times": lambda lines: "start,speaker,text\n" + "\n".join(_csv(line) for line in lines),
    "JSON Lines with times": _each(
        lambda line: json.dumps({"Speaker": {"name": line.speaker}, "start": line.seconds, "text": _flat(line.text)}),
        joint="\n",
    ),
    "page, table with times": _page(
        lambda line: (
            f"<table><tr><td>{clock(line.seconds)}</td><td>{line.speaker}</td>"
            f"<td>{html.escape(_flat(line.text))}</td></tr></table>"
        )
    ),
    "page, dash": _page(lambda line: f"<p><em>{line.speaker}</em> &mdash; {html.escape(_flat(line.text))}</p>"),
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
