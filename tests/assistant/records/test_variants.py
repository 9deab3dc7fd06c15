"""One utterance in several versions: the others are reachable, with the words by which they differ."""

from assistant import Assistant
from assistant.quotes import Quote
from assistant.records.citation_history import variants_of
from knowledge.model.provenance import TranscriptKind
from knowledge.model.turns import Role
from tests.invented import BEES, labelled_source


def quote_of(assistant: Assistant, source_id: str, words: str) -> Quote:
    source = assistant.library.source(source_id)
    start = source.text.index(words)
    return Quote(source=source, start=start, end=start + len(words))


def test_another_version_has_the_words_with_differences(assistant: Assistant) -> None:
    heard = BEES.replace(
        "The angle of the dance is the angle of the sun", "The angle of a dance is an angle of the sun"
    )
    source = labelled_source(heard, "bees-heard").model_copy(update={"how": TranscriptKind.ASR})
    assistant.library.add(source, heard.encode(), origin="heard")
    quote = quote_of(assistant, "bees", "The angle of the dance is the angle of the sun. Nobody taught them that.")
    (variant,) = variants_of(assistant.library, quote)
    assert variant.quote.text == "The angle of a dance is an angle of the sun. Nobody taught them that."
    assert [source.text[span.start : span.end] for span in variant.differing] == ["a", "an"]
    assert [quote.source.text[span.start : span.end] for span in variant.missing] == ["the", "the"]
    assert variants_of(assistant.library, variant.quote)[0].quote.text == quote.text


def test_a_version_whose_speakers_are_not_known_gives_no_variant(assistant: Assistant) -> None:
    heard = labelled_source(BEES, "bees-heard")
    unknown = tuple(turn.model_copy(update={"role": Role.UNKNOWN, "certainty": None}) for turn in heard.turns)
    assistant.library.add(heard.model_copy(update={"turns": unknown}), BEES.encode() + b" ", origin="heard")
    quote = quote_of(assistant, "bees", "Nobody taught them that.")
    assert variants_of(assistant.library, quote) == []


def test_other_interviews_have_no_variant(assistant: Assistant) -> None:
    quote = quote_of(assistant, "bees", "Ants follow a smell on the ground.")
    assert variants_of(assistant.library, quote) == []
