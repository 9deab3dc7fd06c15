"""A quotation as a picture to share: the whole of its words with their attribution, drawn here, without a network.

It shows every character or none: words for which no font at hand has a glyph, or that do not fit, are not drawn.
"""

import io
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from knowledge.model.errors import AskIlyaError

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
"""Pixels; what Open Graph cards are shown in."""
_MARGIN = 80
_LARGEST, _SMALLEST, _STEP = 54, 22, 4
_CREDIT = 24
_LINE = 1.35
_PAPER, _INK, _QUIET, _ACCENT = "#fbfaf7", "#1c1b19", "#6b675f", "#0f766e"

# the first that is there; the one that comes along has no Chinese
_WIDE_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/STHeiti Light.ttc",
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/simsun.ttc",
)
_NO_BREAK_BEFORE = frozenset("，。、；：？！）】》」』”’…—,.;:?!)")
_SIMPLIFIED = 2
"""The face of Noto's CJK collections that draws characters as the mainland writes them."""


class NotDrawable(AskIlyaError):
    """The words cannot be drawn whole and right."""


class _Run(NamedTuple):
    """Characters that one font draws."""

    text: str
    face: int


def card_image(words: str, credit: Sequence[str]) -> bytes:
    """Return a PNG of 1200 by 630 pixels with the words and, under them, the lines of their credit.

    Raises:
        NotDrawable: no font at hand has one of the characters, or the words are too many.
    """
    from PIL import Image, ImageDraw

    size, lines = _laid_out(words, _room(credit))
    room = _room(credit)
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 14, HEIGHT), fill=_ACCENT)
    top = _MARGIN + (room - len(lines) * size * _LINE) / 2
    for line in lines:
        _draw_line(draw, line, top, size, _INK)
        top += size * _LINE
    top = HEIGHT - _MARGIN - len(credit) * _CREDIT * _LINE
    for told in credit:
        _draw_line(draw, _shortened(told), top, _CREDIT, _QUIET)
        top += _CREDIT * _LINE
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def is_drawable(words: str, credit: Sequence[str]) -> bool:
    """Whether `card_image` can draw them."""
    try:
        _laid_out(words, _room(credit))
    except NotDrawable:
        return False
    return True


def _room(credit: Sequence[str]) -> float:
    return HEIGHT - 2 * _MARGIN - len(credit) * _CREDIT * _LINE - _CREDIT


@lru_cache(512)
def _laid_out(words: str, room: float) -> tuple[int, tuple[str, ...]]:
    """Return the largest size at which the words fit, and their lines."""
    for size in range(_LARGEST, _SMALLEST - 1, -_STEP):
        lines = _wrapped(f"“{words}”", size)
        if len(lines) * size * _LINE <= room:
            return size, tuple(lines)
    raise NotDrawable("This quotation is too long for a picture; its page shows it whole.")


def _draw_line(draw: object, line: str, top: float, size: int, ink: str) -> None:
    left = float(_MARGIN)
    baseline = top + size
    for run in _runs(line):
        font = _font(run.face, size)
        draw.text((left, baseline), run.text, font=font, fill=ink, anchor="ls")  # type: ignore[attr-defined]
        left += font.getlength(run.text)


def _wrapped(text: str, size: int) -> list[str]:
    """Return the lines of a text; only white space at which a line ends is not drawn."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if line and _width(line + piece.rstrip(), size) > WIDTH - 2 * _MARGIN:
                lines.append(line.rstrip())
                line = ""
            line += piece
        lines.append(line.rstrip())
    return lines


def _pieces(text: str) -> Iterator[str]:
    """Yield what a line may end behind: a word with the space after it, a character of a script without spaces."""
    piece = ""
    for position, char in enumerate(text):
        piece += char
        following = text[position + 1 : position + 2]
        breaks = char.isspace() or ((_is_wide(char) or _is_wide(following)) and following not in _NO_BREAK_BEFORE)
        if breaks and not (following and following.isspace()):
            yield piece
            piece = ""
    if piece:
        yield piece


def _is_wide(char: str) -> bool:
    return bool(char) and "\u2e80" <= char <= "\uffef"


def _shortened(line: str) -> str:
    """Return a line of the credit that fits; what is left out is told by an ellipsis."""
    if _width(line, _CREDIT) <= WIDTH - 2 * _MARGIN:
        return line
    while line and _width(f"{line}…", _CREDIT) > WIDTH - 2 * _MARGIN:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _width(line: str, size: int) -> float:
    return sum(_font(run.face, size).getlength(run.text) for run in _runs(line))


@lru_cache(4096)
def _runs(line: str) -> tuple[_Run, ...]:
    runs: list[_Run] = []
    for char in line:
        face = _face_of(char)
        if runs and runs[-1].face == face:
            runs[-1] = _Run(runs[-1].text + char, face)
        else:
            runs.append(_Run(char, face))
    return tuple(runs)


@lru_cache(16384)
def _face_of(char: str) -> int:
    """Return which of the fonts draws a character.

    Raises:
        NotDrawable: none has it.
    """
    if char.isspace():
        return 0
    for face in range(len(_paths())):
        if _has(face, char):
            return face
    raise NotDrawable(f"No font on this machine has the character “{char}”; install one, such as fonts-noto-cjk.")


def _has(face: int, char: str) -> bool:
    font = _font(face, _CREDIT)
    return bytes(font.getmask(char)) != bytes(font.getmask("\U0010ffff"))


@lru_cache(64)
def _font(face: int, size: int) -> "FreeTypeFont":
    from PIL import ImageFont

    path = _paths()[face]
    collection = face and path.suffix == ".ttc" and "CJK" in path.name
    return ImageFont.truetype(str(path), size, index=_SIMPLIFIED if collection else 0)


@cache
def _paths() -> tuple[Path, ...]:
    import fontpkg

    wide = next((Path(path) for path in _WIDE_FONTS if Path(path).is_file()), None)
    return (fontpkg.path("Source Serif 4"), *([wide] if wide else []))
