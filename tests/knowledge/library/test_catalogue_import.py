"""`ilya add --catalogue` against servers in the shapes of the sites it names: what is got, and every way nothing is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.fetching.polite_fetcher import PoliteFetcher
from knowledge.fetching.video_captions import spoken_track
from knowledge.library.catalogue_import import CatalogueRow, Fetched, import_catalogue
from knowledge.library.store import Library
from knowledge.metadata.catalogue import known_appearances
from knowledge.model.errors import SourceRefused
from knowledge.model.provenance import Provenance
from knowledge.model.source import Appearance
from knowledge.model.subject import Subject, default_subject
from knowledge.readers import read
from knowledge.speakers.map_application import with_known_speakers
from tests.invented import BEES, MIRA
from tests.knowledge.formats.docx_files import docx, paragraph
from tests.knowledge.library.public_sites import Reply, Sites, Video, lead_there, serving

SPEAKER = MIRA.model_copy(update={"languages": ("en",)})
PAGE = "<html><body><h1>On bees</h1>{}</body></html>"
LABELLED = PAGE.format("".join(f"<p>{line}</p>" for line in BEES.splitlines() if line.strip()))
LOGIN = PAGE.format('<form><input name="who"><input type="password" name="p"></form><p>Sign in to read the talk.</p>')
ESSAY = PAGE.format("<p>Bees are insects. They live in hives, and the hive has a queen.</p>" * 8)
SPANISH = "Las abejas bailan para decir dónde están las flores, y nadie sabe por qué lo hacen así. " * 40
SPOKEN = "So you know I think that the bees they kind of dance because you know they want to tell us. " * 40


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(f"sqlite:///{tmp_path / 'library.db'}")


@pytest.fixture
def waited() -> list[float]:
    return []


def run(
    appearances: list[Appearance], library: Library, waited: list[float], subject: Subject = SPEAKER
) -> dict[str, CatalogueRow]:
    now = [0.0]

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        now[0] += seconds

    fetcher = PoliteFetcher(languages=subject.languages, clock=lambda: now[0], sleep=sleep)
    return {row.appearance: row for row in import_catalogue(appearances, library, subject, fetcher.fetch)}


@pytest.fixture
def sites(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sites]:
    pages = {
        "hive.example/talk": Reply(LABELLED),
        "hive.example/robots.txt": Reply("User-agent: *\nDisallow: /private\n"),
        "hive.example/private/talk": Reply(LABELLED.replace("bees", "wasps")),
        "hive.example/moved": Reply("", 302, "http://hive.example/talk"),
        "hive.example/login": Reply(LOGIN),
        "hive.example/essay": Reply(ESSAY),
        "hive.example/es": Reply(
            PAGE.format(f"<p>Tom Reed: ¿Por qué bailan las abejas?</p><p>Mira Vane: {SPANISH}</p>" * 4)
        ),
        "hive.example/talk.docx": Reply(
            docx("".join(paragraph(line) for line in BEES.replace("hive", "comb").splitlines() if line.strip()))
        ),
        "other.example/talk": Reply(LABELLED.replace("Mira Vane", "Otto Reed").replace("MIRA VANE", "OTTO REED")),
        "slow.example/robots.txt": Reply("User-agent: ask-ilya\nCrawl-delay: 5\n"),
        "slow.example/essay": Reply(ESSAY),
        "broken.example/robots.txt": Reply("oops", 503),
        "www.youtube.com/robots.txt": Reply("User-agent: *\nDisallow: /api/\n"),
    }
    videos = {
        "aaaaaaaaaaa": Video({"es": (SPANISH, False), "en": (SPOKEN, True)}),
        "bbbbbbbbbbb": Video({"es": (SPANISH, True), "en": (SPOKEN, False)}),
    }
    with serving(pages, videos) as served:
        lead_there(served, monkeypatch)
        yield served


def at(name: str, *addresses: str) -> Appearance:
    *pages, url = addresses or (None,)
    return Appearance(id=name, title=f"On {name}", date="2021-05", url=url, pages=tuple(filter(None, pages)))


def test_every_appearance_has_its_line(sites: Sites, library: Library, waited: list[float]) -> None:
    pytest.importorskip("youtube_transcript_api")
    rows = run(
        [
            at("page", "http://hive.example/talk"),
            at("docx", "http://hive.example/talk.docx"),
            at("second", "http://hive.example/missing", "http://hive.example/talk.docx"),
            at("missing", "http://hive.example/missing"),
            at("login", "http://hive.example/login"),
            at("essay", "http://hive.example/essay"),
            at("spanish", "http://hive.example/es"),
            at("forbidden", "http://hive.example/private/talk"),
            at("stranger", "http://other.example/talk"),
            at("broken", "http://broken.example/talk"),
            at("video", "https://www.youtube.com/watch?v=aaaaaaaaaaa"),
            at("dubbed", "https://www.youtube.com/watch?v=bbbbbbbbbbb"),
            at("gone", "https://www.youtube.com/watch?v=ccccccccccc"),
            at("unknown"),
        ],
        library,
        waited,
    )
    whys = {
        "missing": "answered 404",
        "login": "asks to log in",
        "essay": "holds no transcript",
        "spanish": "a translation",
        "forbidden": "robots.txt",
        "stranger": "nobody who speaks in it is called Mira Vane",
        "broken": "robots.txt fails",
        "dubbed": "another language (es)",
        "gone": "no captions for this video",
        "unknown": "no public address",
    }
    for name, why in whys.items():
        assert rows[name].outcome is Fetched.NOTHING, rows[name]
        assert why in (rows[name].why or "")
        assert (rows[name].source_id, rows[name].words) == (None, 0)
    assert {name for name, row in rows.items() if row.quotable_words} == {"page", "docx", "second"}
    assert rows["video"].outcome is Fetched.GOT
    assert "who speaks in it is not known" in (rows["video"].why or "")
    held = {source.id for source in library.summaries()}
    assert held == {row.source_id for row in rows.values() if row.source_id}
    assert library.source(rows["video"].source_id or "").language == "en"
    assert "http" not in " ".join(path for path in sites.asked if "private" in path)


def test_one_request_a_second_and_as_seldom_as_a_server_asks(
    sites: Sites, library: Library, waited: list[float]
) -> None:
    run([at("one", "http://hive.example/essay"), at("two", "http://slow.example/essay")], library, waited)
    assert len(sites.asked) == 4  # two times robots.txt and a page
    assert waited == [1.0, 1.0, 5.0]


def test_a_run_that_was_stopped_goes_on(sites: Sites, library: Library, waited: list[float]) -> None:
    both = [at("page", "http://hive.example/talk"), at("docx", "http://hive.example/talk.docx")]
    assert run(both[:1], library, waited)["page"].outcome is Fetched.GOT
    sites.asked.clear()
    rows = run(both, library, waited)
    assert [row.outcome for row in rows.values()] == [Fetched.HELD, Fetched.GOT]
    assert not any(path.endswith("/talk") for path in sites.asked)
    assert rows["page"].quotable_words == run(both, library, waited)["page"].quotable_words > 0


class _Track:
    def __init__(self, language_code: str, *, is_generated: bool) -> None:
        self.language_code, self.is_generated = language_code, is_generated


@pytest.mark.parametrize(
    ("offered", "languages", "chosen"),
    [
        ([("en-GB", False), ("en", True), ("es", False)], ("en",), ("en-GB", False)),
        ([("es", False), ("en", True)], ("en",), ("en", True)),
        ([("iw", True), ("en", False)], ("en", "he"), ("iw", True)),
        ([("en", False)], (), ("en", False)),
        ([("es", True), ("en", False)], ("en",), None),
        ([("es", False), ("en", False)], ("en",), None),
        ([], ("en",), None),
    ],
)
def test_captions_are_taken_in_the_language_spoken(
    offered: list[tuple[str, bool]], languages: tuple[str, ...], chosen: tuple[str, bool] | None
) -> None:
    tracks = [_Track(code, is_generated=generated) for code, generated in offered]
    if chosen is None:
        with pytest.raises(SourceRefused):
            spoken_track(tracks, "https://youtu.be/x", languages)
    else:
        track = spoken_track(tracks, "https://youtu.be/x", languages)
        assert (track.language_code, track.is_generated) == chosen


SHARED = Path(__file__).parents[4] / "shared"
TRANSCRIPTS = SHARED / "corpus" / "transcripts"
REAL = {
    "dwarkesh-2023": SHARED / "corpus/seeds/dwarkesh-2023-transcript-unlabelled.txt",
    "dwarkesh-2025": TRANSCRIPTS / "dwarkesh-2025-captions-unlabelled.txt",
    "lex-fridman-2020": TRANSCRIPTS / "lex-094-2020-whisper-large.vtt",
    "neurips-2024": TRANSCRIPTS / "neurips-2024-talk-with-study-notes.md",
    "ted-ai-2023": TRANSCRIPTS / "ted-ai-2023-talk-with-study-notes.md",
}


@pytest.mark.skipif(not TRANSCRIPTS.exists(), reason="../shared/corpus is not here: real transcripts not fetched")
def test_maps_make_the_known_talks_quotable(
    monkeypatch: pytest.MonkeyPatch, library: Library, waited: list[float]
) -> None:
    pytest.importorskip("youtube_transcript_api")
    subject = default_subject()
    wanted = [one for one in known_appearances() if one.id in REAL]
    videos: dict[str, Video] = {}
    spoken: dict[str, int] = {}
    for one in wanted:
        path = REAL[one.id]
        source = read(path.read_bytes(), origin=str(path), source_id=one.id, subject=subject)
        said = [turn for turn in source.turns if turn.provenance is Provenance.TRANSCRIPT]
        text = " ".join(source.text[turn.start : turn.end] for turn in said)
        spoken[one.id] = with_known_speakers(source).quotable_words()
        videos[(one.url or "")[-11:]] = Video({"en": (text, True)})
    with serving({"www.youtube.com/robots.txt": Reply("")}, videos) as sites:
        lead_there(sites, monkeypatch)
        rows = run(wanted, library, waited, subject)
    for name, row in rows.items():
        assert row.outcome is Fetched.GOT
        assert row.quotable_words >= 0.95 * spoken[name] > 1_000, (row, spoken)  # as much as the file itself gives
        source = library.source(row.source_id or "")
        assert source.appearance == name
        assert source.date


def test_a_server_that_is_not_there_is_told_as_such_and_asked_once() -> None:
    fetcher = PoliteFetcher(allow_private=True, sleep=lambda _seconds: None)
    for page in ("a", "b"):
        with pytest.raises(SourceRefused, match="cannot be reached"):
            fetcher.fetch(f"http://127.0.0.1:9/{page}")
