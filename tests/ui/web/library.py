"""The library behind the browser tests: interviews with Mira Vane, ordinary ones and hostile ones."""

import hashlib

from knowledge.source import Source, TimeMark
from tests.invented import BEES, TIDES, labelled_source

HOSTILE_LINES = {
    "scripts": "The lighthouse keeper wrote <script>window.hacked=1</script> on the lighthouse wall.",
    "handlers": 'A painter framed <img src=x onerror="window.hacked=1"> as the portrait of an error.',
    "links": "The glacier answered [click](javascript:window.hacked=1) and <a href='javascript:alert(1)'>moved</a> on.",
    "endless": f"The longest river name is {'w' * 5000} in the river atlas.",
    "maths": "An accountant owes $$x^2$$ and $5 and \\(y\\) to the accountant guild.",
    "markdown": "# The baker said **bread** is *not* `bread`; see _crumbs_ ~~here~~ - 1. ![x](y) | bread |",
    "citations": "The librarian cites [1] and [2] and {0} and {number} and [CITATION] in the library card.",
    "marks": "The tailor said “measure 'twice'” and \"cut\" once, ‘tailor’ said he – &amp; &lt;b&gt; %s \\n.",
}

ORCHARD = """\
Ana Sol: When did you start the orchard?
Mira Vane: The orchard began with one stolen apple. I have been paying it back ever since.
Ana Sol: Is an orchard a kind of clock?
Mira Vane: An orchard is a slow clock. The same sentence. It strikes in autumn. The same sentence.
Ana Sol: What do you do in winter there?
Mira Vane: In winter I prune. Pruning is cutting what you love. A tree forgives the saw before the gardener does.
"""

RADIO = """\
Tom Reed: You were younger in that radio programme; what did you think of bees then?
Mira Vane: In those days I thought bees were machines. Small golden machines with a timetable.
Tom Reed: And the tides?
Mira Vane: I thought the tides were breathing. I was not wrong about the rhythm, only about the lungs.
"""


def sources() -> list[tuple[Source, bytes]]:
    """Return every source with its raw file."""
    hostile = "\n".join(
        line
        for topic, words in HOSTILE_LINES.items()
        for line in (f"Tom <b>Reed</b>: What about the {topic} [2] & <i>theirs</i>?", f"Mira Vane: {words}")
    )
    timed = labelled_source(
        TIDES, "tides", title="On tides", date="2023-11-02", url="https://www.youtube.com/watch?v=t"
    )
    marks = tuple(TimeMark(turn.start, 60.0 * number) for number, turn in enumerate(timed.turns))
    found = [
        (labelled_source(BEES, "bees", title="On bees", date="2021-05"), BEES),
        (timed.model_copy(update={"times": marks}), TIDES),
        (labelled_source(ORCHARD, "orchard", title="On orchards", date="2024-10", venue="Slow Hours"), ORCHARD),
        (labelled_source(RADIO, "radio", title="Early radio", date="2009", venue="Radio Salt"), RADIO),
        (
            labelled_source(hostile, "hostile", title="<u>Titles</u> & [3] $$", date="2022-02", url="javascript:x"),
            hostile,
        ),
    ]
    twin = labelled_source(ORCHARD, "orchard-again", title="On orchards, again", date="2024-11", venue="Slow Hours")
    found.append((twin.model_copy(update={"sha256": hashlib.sha256(b"again").hexdigest()}), ORCHARD))
    return [(source, raw.encode()) for source, raw in found]
