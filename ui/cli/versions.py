"""What `ilya show` tells beside a quote: whether its source still stands, and how other versions have it."""

from typing import TYPE_CHECKING

from ui.cli.console import write

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.quotes import Quote

_STANDING = {
    "replaced": "The file was replaced by a newer edition since; these words stand in the edition that was cited.",
    "removed": "The source was removed from the library since; these words stand in the edition that was cited.",
}


def write_versions(assistant: "Assistant", quote: "Quote") -> None:
    """Print whether a quote is stale, and its variants with the words that only they have in [brackets]."""
    from assistant.records.citation_history import variants_of
    from assistant.records.citing import standing_of

    told = _STANDING.get(standing_of(assistant.library, quote).value)
    if told:
        write(f"\n{told}\n")
    for variant in variants_of(assistant.library, quote):
        other, parts, at = variant.quote, [], variant.quote.start
        for span in variant.differing:
            parts += [other.source.text[at : span.start], "[", other.source.text[span.start : span.end], "]"]
            at = span.end
        words = "".join(parts) + other.source.text[at : other.end]
        lacking = [quote.source.text[span.start : span.end] for span in variant.missing]
        write(f"\nIn {other.source.id} ({other.id}): “{words}”\n")
        if lacking:
            write(f"  not there: {' / '.join(lacking)}\n")
