"""Where in a turn a label may stand: what each place admits differs."""

from enum import IntEnum


class Place(IntEnum):
    """Where in a turn a label may stand, the likeliest first."""

    LINE = 1
    """At the start of a line, paragraph, cue or cell."""
    LABELLED = 2
    """Directly behind a label: the nearer one would win."""
    SENTENCE = 3
    """Behind the end of a sentence, a dash, a bracket."""
    INSIDE = 4
    """Between two words of one sentence."""
    ANYWHERE = 5
    """Where a label of the file stands before a mark, whatever stands before it."""
