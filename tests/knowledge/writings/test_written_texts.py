"""What the subject wrote becomes quotable as written where the text says so, and in no other case."""

import json
from pathlib import Path

import pytest

from knowledge.library.importer import FileReport, import_paths
from knowledge.library.store import Library
from knowledge.model.errors import SourceRefused
from knowledge.model.provenance import LETTER, POST, Provenance
from knowledge.model.source import Source
from knowledge.readers import raw_text, read
from knowledge.writings.post_bundles import posts_of
from knowledge.writings.post_heads import post_head
from tests.invented import MIRA

VANE = MIRA.model_copy(update={"handles": ("miravane",), "languages": ("en",)})
WORDS = "I have watched bees for a decade. They are patient, and we are not. I would not wish to be one of them."
MORE = "The hive does not hurry. What looks like hurry is many small decisions, none of which is mine to judge."


def _read(text: str) -> Source:
    return read(text.encode(), origin="note.md", source_id="note", subject=VANE)


def _quotable(source: Source) -> str:
    return " ".join(source.text[turn.start : turn.end] for turn in source.turns if turn.quotable())


AUTHORED = "---\ntitle: On patience\nauthor: Mira Vane\ndate: 2022-05-01\n---\n\n# On patience\n\n{}\n\n{}\n"
LETTER_TEXT = f"Dear keepers,\n\n{WORDS}\n\n{MORE}\n\nSincerely,\nMira Vane\n\n4 June 2021\n"
MAIL = f"From: Mira Vane <mira@hive.example>\nTo: Tom Reed\nDate: Mon, 4 May 2020 10:00\nSubject: Bees\n\n{WORDS}\n"
POSTED = "Mira Vane (@miravane), 9 February 2022: it may be that bees are slightly bored\n"


@pytest.mark.parametrize(
    ("text", "medium", "date", "words"),
    [
        (AUTHORED.format(WORDS, MORE), None, "2022-05-01", f"{WORDS} {MORE}"),
        (AUTHORED.replace("title:", "type: letter\ntitle:").format(WORDS, MORE), LETTER, "2022-05-01", WORDS),
        (AUTHORED.format(WORDS, "> Bees are stupid, says everyone.\n\n" + MORE), None, "2022-05-01", MORE),
        (POSTED, POST, "2022-02-09", "it may be that bees are slightly bored"),
        ("@miravane · Feb 9, 2022\nbees are bored\nso am I\n\n12 replies\n", POST, "2022-02-09", "bored so am I"),
        ("### @miravane · 2022-02-09T15:12:29Z\n\n> bees are bored\n\nLikes: 4\n", POST, "2022-02-09", "bees are"),
        ("**Mira Vane** (@miravane) on X, February 9, 2022 — bees are bored\n", POST, "2022-02-09", "bees are bored"),
        ("Mira Vane\n@miravane\n·\nFeb 9, 2022\nbees are bored\nso am I\n\n12 likes\n", POST, "2022-02-09", "so am I"),
        ("Mira Vane\n\n@miravane\n\n9 February 2022\n\nbees are bored\n", POST, "2022-02-09", "bees are bored"),
        ("@miravane\nFeb 9, 2022\nbees are bored\n", POST, "2022-02-09", "bees are bored"),
        (LETTER_TEXT, LETTER, "2021-06-04", f"{WORDS} {MORE}"),
        (f"# Statement\n\n{WORDS}\n\n{MORE}\n\n— Mira Vane\n", None, None, f"{WORDS} {MORE}"),
        (MAIL, LETTER, "2020-05-04", WORDS),
        (MAIL + "\nOn 3 May 2020, Tom Reed wrote:\n> What of the ants?\n", LETTER, "2020-05-04", WORDS),
    ],
)  # fmt: skip
def test_what_says_that_she_wrote_it_is_hers(text: str, medium: str | None, date: str | None, words: str) -> None:
    source = _read(text)
    assert source.provenance is Provenance.WRITTEN
    assert (source.medium, source.date, source.reader.partition("/")[0]) == (medium, date, "written")
    assert " ".join(words.split()) in " ".join(_quotable(source).split())
    for other in ("stupid", "ants", "replies", "Likes", "Sincerely", "@miravane", "Subject"):
        assert other not in _quotable(source)


@pytest.mark.parametrize(
    "text",
    [
        AUTHORED.replace("Mira Vane", "Tom Reed").format(WORDS, MORE),
        AUTHORED.replace("Mira Vane", "Mira Vane and Tom Reed").format(WORDS, MORE),
        AUTHORED.replace("author: Mira Vane", "author: [Mira Vane, Tom Reed]").format(WORDS, MORE),
        AUTHORED.replace("title:", "type: interview\ntitle:").format(WORDS, MORE),
        AUTHORED.replace("title:", "youtube_url: https://youtu.be/abcdefghijk\ntitle:").format(WORDS, MORE),
        AUTHORED.format("Mira Vane thinks that bees wait.", "Mira Vane says so often. " + MORE),
        POSTED.replace("@miravane", "@somebody"),
        "Tom Reed\n@tomreed\nFeb 9, 2022\nbees are bored, says @miravane\n",
        "Mira Vane\n@miravane\nbees are bored\nFeb 9, 2022\n",
        POSTED.replace("Mira Vane", "Tom Reed"),
        POSTED.replace("9 February 2022", "yesterday"),
        LETTER_TEXT.replace("Mira Vane", "Mira Vane\nTom Reed"),
        LETTER_TEXT.replace("Mira Vane", "Tom Reed\nMira Vane"),
        LETTER_TEXT.replace("Mira Vane", "Tom Reed"),
        LETTER_TEXT + "\nThe letter was found in the hive last year, and nobody knows to whom she had sent it.\n",
        f"{WORDS}\n\n{MORE}\n\nMira Vane\n",
        MAIL.replace("From: Mira Vane", "From: Tom Reed").replace("To: Tom Reed", "To: Mira Vane"),
        f"Tom Reed wrote to her.\n\n{MAIL}",
    ],
)  # fmt: skip
def test_what_does_not_is_not_quotable(text: str) -> None:
    assert _quotable(_read(text)) == ""


def test_in_another_language_it_is_a_translation() -> None:
    spanish = "Las abejas bailan para decir dónde están las flores, y nadie sabe por qué lo hacen así en el campo."
    assert _read(AUTHORED.format(spanish, spanish)).provenance is Provenance.TRANSLATION


def _archive(*texts: str, day: str = "Wed Feb 09 23:27:41 +0000 2022", number: int = 1491554478243258368) -> str:
    tweets = [
        {"tweet": {"id_str": str(number + at), "created_at": day, "full_text": text, "lang": "en"}}
        for at, text in enumerate(texts)
    ]
    return "window.YTD.tweets.part0 = " + json.dumps(tweets, indent=2)


ACCOUNT = 'window.YTD.account.part0 = [{"account": {"email": "m@x.example", "username": "miravane"}}]'


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(f"sqlite:///{tmp_path / 'library.db'}")


def _add(path: Path, library: Library) -> FileReport:
    return next(import_paths([path], library, VANE))


def test_an_archive_of_x_gives_one_source_for_each_of_her_posts(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "tweets.js"
    path.write_text(_archive("bees &amp; “ants”\nare bored", "RT @tom: ants!", "so am I"))
    assert "account.js" in (_add(path, library).reason or "")
    (tmp_path / "account.js").write_text(ACCOUNT)
    report = _add(path, library)
    assert (report.outcome, report.kind) == ("new", "posts")
    assert "1 posts of others" in report.notes[1]
    sources = [library.source(one.id) for one in library.summaries()]
    assert [" ".join(_quotable(one).split()) for one in sources] == ["bees & “ants” are bored", "so am I"]
    first = sources[0]
    assert (first.date, first.venue, first.medium) == ("2022-02-09", "X", POST)
    assert first.url == "https://x.com/miravane/status/1491554478243258368"
    raw = library.raw(first)
    assert b"m@x.example" not in raw
    assert raw_text(raw, first.raw_map.encoding)[slice(*first.raw_map.raw_span(0, len(first.text)))].startswith(
        "bees &amp;"
    )
    assert _add(path, library).outcome == "unchanged"
    assert len(library.summaries()) == 2


def test_an_archive_of_somebody_else_or_of_other_things_is_refused(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "tweets.js"
    path.write_text(_archive("ants are loud"))
    (tmp_path / "account.js").write_text(ACCOUNT.replace("miravane", "tomreed"))
    assert "no account of Mira Vane" in (_add(path, library).reason or "")
    assert "holds no posts" in (_add(tmp_path / "account.js", library).reason or "")
    assert library.summaries() == []


def test_a_post_whose_number_holds_another_day_is_not_quoted(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "tweets.js"
    path.write_text(_archive("bees are bored", day="Wed Feb 09 23:27:41 +0000 2020"))
    (tmp_path / "account.js").write_text(ACCOUNT)
    _add(path, library)
    assert library.summaries() == []


EXPORTED = [
    {"date": "2022-02-09T23:27:41Z", "rawContent": "bees are bored", "user": {"username": "miravane"}},
    {"date": "2022-02-10", "rawContent": "ants are loud", "user": {"username": "tomreed"}},
]


@pytest.mark.parametrize(
    "text", [json.dumps(EXPORTED), "\n".join(map(json.dumps, EXPORTED)), json.dumps({"tweets": EXPORTED})]
)
def test_exported_posts_are_hers_by_their_handle(text: str, tmp_path: Path, library: Library) -> None:
    path = tmp_path / "posts.json"
    path.write_text(text)
    assert _add(path, library).words == 3
    assert [one.date for one in library.summaries()] == ["2022-02-09"]


def test_a_text_with_several_posts_is_cut_up(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "posts.txt"
    path.write_text(POSTED + "\nTom Reed (@tomreed), 10 February 2022: ants are loud\n\n" + POSTED.replace("9", "11"))
    assert _add(path, library).outcome == "new"
    assert [(one.date, one.quotable_words) for one in library.summaries()] == [("2022-02-09", 8), ("2022-02-11", 8)]


def test_a_page_of_posts_copied_line_by_line_is_cut_up(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "posts.txt"
    post = "{}\n{}\n·\n{} February 2022\n{}\n\n"
    path.write_text(
        post.format("Mira Vane", "@miravane", 9, "bees are bored")
        + post.format("Tom Reed", "@tomreed", 10, "ants are loud")
        + post.format("Mira Vane", "@miravane", 11, "so am I")
    )
    assert _add(path, library).outcome == "new"
    assert [(one.date, one.quotable_words) for one in library.summaries()] == [("2022-02-09", 3), ("2022-02-11", 3)]


@pytest.mark.parametrize("rows", [
    [{"text": "Bees dance.", "timestamp": "2022-02-09T10:00:00", "username": "Mira Vane"}] * 3,
    [{"text": "Bees dance.", "start": 1.0, "speaker": "Mira Vane"}, {"text": "Why?", "start": 2.0, "speaker": "Tom"}],
])  # fmt: skip
def test_rows_of_a_chat_or_transcript_are_no_posts(rows: list[dict[str, object]]) -> None:
    assert posts_of(json.dumps(rows).encode(), origin="x", account=None, subject=VANE) is None


@pytest.mark.parametrize(
    "line", ["write to mira@hive.example by 9 February 2022: soon", "@miravane", "9 February 2022: a day"]
)
def test_lines_that_are_no_heads_of_posts(line: str) -> None:
    assert post_head(line) is None


def test_damaged_json_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused):
        read(b'{"text": "bees", "date": ', origin="x.json", source_id="x", subject=VANE)
