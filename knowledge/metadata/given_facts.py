"""Facts that a person gives about a source: they stand above what the file says, are shown as given, can be taken back.

The text and its turns' places stay as they are, so that quotes already cited keep resolving.
"""

import re
from collections.abc import Collection, Mapping

from pydantic import TypeAdapter

from knowledge.formats.document import as_translation
from knowledge.metadata.printed_facts import partial_date
from knowledge.model.dates import PartialDate
from knowledge.model.errors import FactRefused
from knowledge.model.source import FactName, FactValue, GivenFact, Source
from knowledge.model.subject import Subject
from knowledge.text.language import KNOWN_LANGUAGES

_SAYS = "Given by a person: "
_DATE = TypeAdapter(PartialDate)
_ISO = re.compile(r"\d{4}(?:-\d+)*")


def fact_value(name: FactName, typed: str) -> FactValue:
    """Return a fact as it is kept: dates as ISO 8601, hosts parted by commas, languages as codes.

    Raises:
        FactRefused: it is empty, no date, no web address, or no language we know.
    """
    text = " ".join(typed.split())
    if not text:
        raise FactRefused(name.value, typed, "it is empty; `--undo` takes a given fact back")
    if name is FactName.DATE:
        return _date(text, typed)
    if name is FactName.HOSTS:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if name is FactName.URL and not text.startswith(("http://", "https://")):
        raise FactRefused(name.value, typed, "give an address that starts with http:// or https://")
    if name is FactName.LANGUAGE:
        code = text.split("-")[0].lower()
        if code not in KNOWN_LANGUAGES:
            raise FactRefused(name.value, typed, "give a code of two letters such as en, zh or es")
        return code
    return text


def with_given(source: Source, facts: Mapping[FactName, FactValue], subject: Subject) -> Source:
    """Return the source with facts a person gave in place of its own."""
    given = {one.name: one for one in source.given}
    for name, value in facts.items():
        before = given[name].instead_of if name in given else getattr(source, name.value)
        given[name] = GivenFact(name=name, value=value, instead_of=before)
    return _stating(_in_language(source, facts.get(FactName.LANGUAGE), subject), tuple(given.values()))


def given_to(source: Source) -> dict[FactName, FactValue]:
    """Return the facts that a person gave about a source."""
    return {one.name: one.value for one in source.given}


def without_given(source: Source, names: Collection[FactName]) -> Source:
    """Return the source with what stood there before in place of given facts; words once a translation stay one."""
    kept = tuple(one for one in source.given if one.name not in names)
    back = {one.name.value: one.instead_of for one in source.given if one.name in names}
    return _stating(source.model_copy(update=back), kept)


def _stating(source: Source, given: tuple[GivenFact, ...]) -> Source:
    """Return the source with these facts, and the note that says they were given."""
    notes = [note for note in source.notes if not note.startswith(_SAYS)]
    if given:
        told = "; ".join(
            f"{_shown(one.name.value)} {_shown(one.value)} (before: {_shown(one.instead_of)})" for one in given
        )
        notes.append(f"{_SAYS}{told}.")
    values = {one.name.value: one.value for one in given}
    return source.model_copy(update={**values, "given": given, "notes": tuple(notes)})


def _in_language(source: Source, language: FactValue, subject: Subject) -> Source:
    """Return the source with its main language named otherwise; words in a language not the subject's are rendered."""
    if not isinstance(language, str) or language == source.language:
        return source
    turns = tuple(
        turn.model_copy(update={"language": language}) if turn.language == source.language else turn
        for turn in source.turns
    )
    renamed = source.model_copy(update={"language": language, "turns": turns})
    return as_translation(renamed) if subject.never_speaks(language) else renamed


def _date(text: str, typed: str) -> str:
    """Return a date as exactly as it was typed; a part that is no month or day is an error, not left out."""
    found = None if _ISO.fullmatch(text) else partial_date(text)
    parts = len(re.findall(r"\d+", text)) + bool(re.search(r"[A-Za-z]{3,}", text))
    try:
        if found is not None and found.count("-") + 1 < parts:
            raise ValueError(f"{found} leaves a part out")
        return _DATE.validate_python(found or text)
    except ValueError as error:
        raise FactRefused("date", typed, "give a date such as 2023, 2023-03 or 2023-03-27") from error


def _shown(value: FactValue) -> str:
    if value is None or value == ():
        return "nothing"
    return value if isinstance(value, str) else ", ".join(value)
