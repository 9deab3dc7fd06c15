"""A source as HTML: who speaks is coloured, a quote's words are marked; alone, or in the reader beside the chat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assistant.deep_links import deep_link
from knowledge.model.provenance import Provenance
from knowledge.model.source import Source, count_words
from knowledge.model.turns import Role, Turn
from knowledge.starter.book import READER as BOOK
from ui.rendering.answer_texts import texts
from ui.rendering.filter_form import LANGUAGE_NAMES
from ui.rendering.framing import clock, spoken_date
from ui.rendering.page_texts import PageTexts
from ui.web.templates.chat_texts import chat_texts
from ui.web.templates.page_frame import rendered
from ui.web.templates.reader_sentences import sentence_in
from ui.web.templates.source_map import Placed, source_map


@dataclass(frozen=True)
class TurnView:
    """One turn as it is shown.

    `beside` is text of no turn that stands before it, `pieces` its words in order with the quote that they are part
    of, `play` an address that plays from its `time`, `folded` the title under which a rendering is folded.
    """

    kind: str
    name: str
    pieces: tuple[tuple[str, Placed | None], ...]
    beside: str = ""
    gap: bool = False
    time: str = ""
    play: str = ""
    asked: str = ""
    folded: str = ""
    opened: bool = False


def source_html(source: Source, page: PageTexts, *, subject: str, placed: Sequence[Placed] = ()) -> str:
    """Return the source with its facts above; the characters of quotes are marked."""
    words = texts(page.code)
    known = [source.venue, spoken_date(source.date, words) if source.date else words.unknown_date]
    known.append(", ".join(source.interviewers))
    counted = page.words_counted.format(words=f"{count_words(source.text):,}", quotable=f"{source.quotable_words():,}")
    last = source.turns[-1].end if source.turns else 0
    return rendered(
        "source.html",
        page,
        said=chat_texts(page.code),
        source=source,
        facts=words.separator.join(part for part in known if part),
        counted=counted,
        notes=[sentence_in(page.code, note) for note in source.notes],
        turns=list(_turns(source, page, subject, _apart(placed))),
        rest=source.text[last:].strip(),
    )


def reader_html(source: Source, page: PageTexts, *, subject: str, placed: Sequence[Placed], address: str) -> str:
    """Return what the panel beside the chat shows: tools, where the quotes stand, then the source."""
    return rendered(
        "reader.html",
        page,
        tools=Markup(tools_html(page, address=address)),
        said=chat_texts(page.code),
        map=source_map(source, placed),
        source=Markup(source_html(source, page, subject=subject, placed=placed)),
    )


def tools_html(page: PageTexts, *, address: str | None = None) -> str:
    """Return the search within a source; with an `address`, also the panel's close button and its link."""
    return rendered("source_tools.html", page, address=address)


def _turns(source: Source, page: PageTexts, subject: str, placed: Sequence[Placed]) -> Iterator[TurnView]:
    position = 0
    for number, turn in enumerate(source.turns):
        report = turn.provenance is Provenance.REPORT
        at = source.said_at(turn.start)
        folded = ""
        if turn.renders is not None:
            language = LANGUAGE_NAMES.get(turn.language, turn.language)
            folded = f"{chat_texts(page.code).renderings}: {language}"
        yield TurnView(
            kind="report" if report else turn.role.value,
            name=page.not_his if report else turn.speaker or page.role[turn.role].format(subject=subject),
            pieces=tuple(_pieces(source.text, turn, placed)),
            beside=source.text[position : turn.start].strip(),
            gap=source.reader == BOOK and number > 0 and turn.renders is None,
            time=clock(at) if at is not None else "",
            play=_player(source, at) if at is not None else "",
            asked=turn.question if turn.question and turn.role is Role.SUBJECT else "",
            folded=folded,
            opened=any(one.main and one.start < turn.end and one.end > turn.start for one in placed),
        )
        position = turn.end


def _player(source: Source, at: float) -> str:
    """Return an address that plays from a moment, where the source's site can; empty where it cannot."""
    address = deep_link(source.url, seconds=at, words="") or ""
    plays = address != source.url and address.startswith(("https://", "http://")) and "t=" in address
    return address if plays else ""


def _apart(placed: Sequence[Placed]) -> list[Placed]:
    """Return quotes that share no character, in the order of the source; the one that was opened before others."""
    kept: list[Placed] = []
    for one in sorted(placed, key=lambda one: not one.main):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _pieces(whole: str, turn: Turn, placed: Sequence[Placed]) -> Iterator[tuple[str, Placed | None]]:
    at = turn.start
    for one in placed:
        first, last = max(one.start, at), min(one.end, turn.end)
        if first < last:
            yield whole[at:first], None
            yield whole[first:last], one
            at = last
    yield whole[at : turn.end], None
