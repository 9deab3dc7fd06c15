"""The layouts in which the readers know labels, as templates: where the label, and where the words stand in each."""

from collections.abc import Sequence
from typing import NamedTuple

from evals.benchmarks.slips.written import Written, WrittenTurn


class Said(NamedTuple):
    """What one person says: paragraphs."""

    speaker: str
    paragraphs: tuple[str, ...]


class Layout(NamedTuple):
    """How a transcript is written.

    `turn` holds `{name}`, `{time}`, `{number}` and `{words}`; `inner` parts paragraphs of one turn. In a `framed`
    layout a turn's frame (a row, a cue, a tag) names the speaker outside the words: there a slip is somebody else's
    words, label and all, inside the subject's frame.
    """

    turn: str
    inner: str = "\n\n"
    framed: bool = False
    head: str = ""
    foot: str = ""


def _page(turn: str) -> Layout:
    head = "<!DOCTYPE html><html lang='en'><head><title>Talk</title></head><body><main><article>"
    return Layout(turn, "</p>\n<p>", head=head, foot="</article></main></body></html>")


LAYOUTS: dict[str, Layout] = {
    "colon": Layout("{name}: {words}\n\n"),
    "colon, no empty lines": Layout("{name}: {words}\n", "\n"),
    "capitals": Layout("{NAME}: {words}\n\n"),
    "bold colon": Layout("**{name}:** {words}\n\n"),
    "bold, colon outside": Layout("**{name}**: {words}\n\n"),
    "bold colon above": Layout("**{name}:**\n{words}\n\n"),
    "bold above": Layout("**{name}**\n\n{words}\n\n"),
    "bold": Layout("**{name}** {words}\n\n"),
    "bold above, italic time": Layout("**{name}** *{time}*\n\n{words}\n\n"),
    "heading above": Layout("### {name}\n\n{words}\n\n"),
    "name above": Layout("{name}\n{words}\n\n"),
    "name and bracketed time above": Layout("{name} ({time}):\n{words}\n\n"),
    "name and time above": Layout("{name} {time}\n{words}\n\n"),
    "time before the words": Layout("{name} ({time}) {words}\n\n"),
    "linked time": Layout("{name} [({time})](https://video.example/watch?v=x&t={number}) {words}\n\n"),
    "time before the name": Layout("[{time}] {name}: {words}\n\n"),
    "bare time before the name": Layout("{time} {name}: {words}\n\n"),
    "time above the name": Layout("{time}\n{name}\n{words}\n\n"),
    "name in brackets": Layout("[{name}] {words}\n\n"),
    "name in brackets, colon": Layout("[{name}]: {words}\n\n"),
    "em dash": Layout("{name} — {words}\n\n"),
    "hyphen, capitals": Layout("{NAME} - {words}\n\n"),
    "bar": Layout("{name} | {words}\n", "\n"),
    "tab": Layout("{name}\t{words}\n", "\n"),
    "italic colon": Layout("*{name}:* {words}\n\n"),
    "numbered": Layout("{number}. {name}: {words}\n\n"),
    "quoted below": Layout("**{name}:**\n\n> {words}\n\n", "\n>\n> "),
    "page, bold label": _page("<p><strong>{name}:</strong> {words}</p>\n"),
    "page, bold without a colon": _page("<p><b>{name}</b> {words}</p>\n"),
    "page, label above": _page("<div class='who'>{name} <span>({time})</span></div><p>{words}</p>\n"),
    "page, dash": _page("<p><em>{name}</em> &mdash; {words}</p>\n"),
    "table": Layout("| {name} | {words} |\n", " ", True, "| Speaker | Words |\n|---|---|\n"),
    "voice tags": Layout("{vtt} --> {later}\n<v {name}>{words}\n\n", "\n", True, "WEBVTT\n\n"),
    "captions with colons": Layout("{number}\n{srt} --> {later_srt}\n{NAME}: {words}\n\n", "\n"),
    "JSON rows": Layout('{{"speaker": "{name}", "start": {seconds}, "text": "{words}"}}\n', "\\n", True),
    "comma separated": Layout('{seconds},{name},"{words}"\n', " ", True, "start,speaker,text\n"),
}  # fmt: skip


def written(layout: Layout, said: Sequence[Said]) -> Written:
    """Return an interview in a layout; the words' places are those of the text as written."""
    text = layout.head
    turns = []
    for number, one in enumerate(said, 1):
        seconds = 7 + 31 * number
        before, after = layout.turn.format(
            name=one.speaker,
            NAME=one.speaker.upper(),
            words="\0",
            number=number,
            seconds=seconds,
            time=_clock(seconds),
            vtt=f"00:{_clock(seconds)}.000",
            later=f"00:{_clock(seconds + 30)}.000",
            srt=f"00:{_clock(seconds)},000",
            later_srt=f"00:{_clock(seconds + 30)},000",
        ).split("\0")
        words = layout.inner.join(one.paragraphs)
        start = len(text)
        text += before + words
        shown = one.speaker.upper() if "{NAME}" in layout.turn else one.speaker
        turns.append(WrittenTurn(shown, start, (start + len(before), len(text))))
        text += after
    return Written(text + layout.foot, tuple(turns))


def _clock(seconds: int) -> str:
    return f"{seconds // 60:02}:{seconds % 60:02}"
