"""A new folder about another person: the files, each with what belongs into it, to be filled by hand; and its check."""

from pathlib import Path

import yaml

from knowledge.metadata.catalogue import events, known_appearances, other_people
from knowledge.model.errors import LibraryUnavailable
from knowledge.model.subject import Subject, default_subject
from knowledge.speakers.speaker_maps import read_maps
from knowledge.starter.book import book_files, check_book, read_book_file
from knowledge.starter.topics import topic_names

_SUBJECT = """\
# The person whose words are quoted. Every way a transcript, a label or a caption may write the name belongs here.
{name}
aliases: []          # other names that labels use: the first name, other scripts
misspellings: []     # what speech recognition makes of the name
titles: [Dr, Prof, Professor, Mr, Ms, Mrs]
languages: []        # codes of the languages the person speaks in public, as [en]; words in others are translations
handles: []          # the person's own accounts on X, without the @
first_topics: []     # topics of the quotation book whose questions are offered as examples
"""
_FILES = {
    "appearances.yaml": """\
# Known appearances, facts only: the addresses that `ilya add --catalogue` fetches. `pages` are tried before `url`.
# - id: hive-2021
#   title: "On bees"
#   date: "2021-05-03"        # 2021-05 or 2021 where the day is not known
#   venue: "Field Notes"
#   hosts: [Tom Reed]
#   url: "https://www.youtube.com/watch?v=…"
#   pages: ["https://fieldnotes.example/hive"]
#   medium: podcast
[]
""",
    "others.yaml": """\
# Other people whom questions name beside the person: what they said is not looked for.
# - names: [Tom Reed, Reed]
[]
""",
    "events.yaml": """\
# Dated events that questions name: “what did she say before the flood?”
# - {names: [the flood], date: "2021-07-14"}
[]
""",
    "glossary.yaml": """\
# Words of one language and what they are called in another, so that a question in Chinese finds words in English.
# 蜜蜂: bee
{}
""",
    "quotations/README.md": """\
Short quotations that answer on a fresh machine: one YAML file for each appearance, in the format that the shipped
book shows. `ilya subject check` says what is wrong, with the line.
""",
    "speaker-maps/README.md": """\
Reviewed maps that tell who speaks in a transcript without labels: they hold fingerprints and no text.
""",
}


def write_subject_folder(folder: Path, name: str) -> list[Path]:
    """Write the files of a new folder; return them.

    Raises:
        LibraryUnavailable: there is a person's folder already, or it cannot be written.
    """
    if (folder / "subject.yaml").exists():
        raise LibraryUnavailable(f"{folder} holds a subject.yaml already: edit that, or name another folder.")
    named = yaml.safe_dump({"name": name}, allow_unicode=True).strip()
    written = []
    try:
        for place, text in {"subject.yaml": _SUBJECT.format(name=named), **_FILES}.items():
            path = folder / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            written.append(path)
    except OSError as error:
        raise LibraryUnavailable(f"The folder {folder} cannot be written ({error.strerror}): name another.") from error
    return written


def check_subject_folder() -> tuple[Subject, dict[str, int]]:
    """Read everything about the person; return the person, and how much there is of each kind.

    Raises:
        BookError: a file breaks its format; names the line.
        LibraryUnavailable: `ILYA_SUBJECT` names no folder about a person.
    """
    subject = default_subject()
    check_book()
    sources = [read_book_file(path, subject) for path in book_files()]
    return subject, {
        "appearances": len(known_appearances()),
        "quotations": sum(len(source.turns) for source in sources),
        "topics": len(topic_names()),
        "speaker maps": len(read_maps()),
        "other people": len(other_people()),
        "events": len(events()),
    }
