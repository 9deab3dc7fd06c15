"""The library behind the browser tests: interviews with Mira Vane, ordinary ones and hostile ones."""

import hashlib

from knowledge.model.provenance import Provenance
from knowledge.model.source import RawMap, Segment, Source, TimeMark
from knowledge.model.turns import Certainty, Role, Turn
from tests.invented import BEES, MIRA, TIDES, labelled_source

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


# what the readers would take out, had it come through one: the renderer must hold on its own
ODD = (
    "The archivist keeps \u202esdrawkcab\u202c labels,  double  spaces,\ta tab, an \x85 old control, "
    "e\u0301 combined, a \u200bhidden space, \u00a0a hard one, an owl \U0001f989 and 数据 in the archive."
)

QUESTIONS = (
    "Why do bees dance?",
    "Do ants dance?",
    "Is honey eternal?",
    "What moves the tides in the harbour?",
    "Would you build a tide mill?",
    "When did the orchard start?",
    "Is an orchard a clock?",
    "What do you do in winter with the orchard?",
    "What were bees in those days?",
    "What were the tides in the radio programme?",
    "What did the lighthouse keeper write?",
    "What did a painter frame?",
    "What did the glacier answer?",
    "What is the longest river name?",
    "What does an accountant owe?",
    "What did the baker say about bread?",
    "What does the librarian cite?",
    "What did the tailor measure?",
    "What does the archivist keep?",
)
FORMS = ("{}", "Tell me more: {}", "请问：{}")


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
    found.append((_odd(), ODD))
    return [(source, raw.encode()) for source, raw in found]


def _odd() -> Source:
    return Source(
        id="odd",
        title="Odd characters",
        date="2020-02-29",
        venue="Field Notes",
        language="en",
        provenance=Provenance.TRANSCRIPT,
        sha256=hashlib.sha256(ODD.encode()).hexdigest(),
        reader="invented/1",
        text=ODD,
        turns=(
            Turn(
                start=0,
                end=len(ODD),
                role=Role.SUBJECT,
                speaker=MIRA.name,
                certainty=Certainty.REVIEWED,
                provenance=Provenance.TRANSCRIPT,
                language="en",
            ),
        ),
        raw_map=RawMap(encoding="utf-8", segments=(Segment(0, len(ODD), 0, len(ODD)),)),
    )
