"""Kinds of slip: each writes one label of somebody else's otherwise, as typists, converters and machines do.

Marks change what stands between name and words, names change how the name is written, places move the label, and
strangers put somebody unheard of in its stead.
"""

import re
import unicodedata
from collections.abc import Callable

from evals.benchmarks.slips.written import Written

Rewrite = Callable[[str, str], str]
"""From a label as it is written, with its marks, and the name in it, to the damaged label."""

_CLOCK = re.compile(r"\s*[\[(]*(?:\d+:)?\d+:\d\d[\])]*(?:\([^)\s]*\))?")
_MARKS = {
    "semicolon": ";", "full stop": ".", "comma": ",", "bar": " |", "hyphen": " -", "en dash": " –", "em dash": "—",
    "two colons": "::", "tab": "\t", "nothing": "", "exclamation mark": "!", "question mark": "?", "ellipsis": "…",
    "slash": "/", "greater than": ">", "equals": " =", "tilde": " ~", "arrow": " →", "wide colon": "：",
    "space before the colon": " :", "colon and dash": ":-", "quotation mark": "\"", "backslash": "\\",
}  # fmt: skip
_LIKE_LATIN = str.maketrans("aeocpxyTHMOAE", "аеосрхуТНМОАЕ")


def _marked(mark: str) -> Rewrite:
    def rewrite(label: str, name: str) -> str:
        if ":" in label.replace(name, "") and not _CLOCK.search(label):
            before, _, after = label.rpartition(":")
            return before + mark + after
        return label.replace(name, name + mark, 1)

    return rewrite


def _named(change: Callable[[str], str]) -> Rewrite:
    return lambda label, name: label.replace(name, change(name), 1)


def _typo(name: str) -> str:
    first, *rest = name.split()
    return " ".join([first, *rest[:-1], rest[-1][:1] + rest[-1][2:]]) if rest else name[:1] + name[2:]


def _swapped(name: str) -> str:
    return name[:1] + name[2:3] + name[1:2] + name[3:]


def _stranger(label: str) -> Rewrite:
    return lambda _, __: label


SLIPS: dict[str, Rewrite] = {
    **{mark: _marked(sign) for mark, sign in _MARKS.items()},
    "glued": lambda label, _: label.rstrip(),
    "glued without marks": lambda _, name: name,
    "mark-up lost": lambda label, _: re.sub(r"[*_#]+\s?", "", label),
    "mark-up half closed": lambda label, _: re.sub(r"(?<=[\w:])(?:\*\*|__)", "", label),
    "mark-up and colon lost": lambda label, _: re.sub(r"[*_#:]+", "", label),
    "italics for bold": lambda label, _: label.replace("**", "*"),
    "bold": lambda label, name: label.replace(name, f"**{name}**", 1) if "**" not in label else label.replace(":", ""),
    "brackets": lambda label, name: label.replace(name, f"[{name}]", 1),
    "round brackets": lambda _, name: f"({name}) ",
    "angle brackets": lambda _, name: f"<{name}> ",
    "bracket half open": lambda label, name: label.replace(name, f"[{name}", 1),
    "quotation marks": lambda label, name: label.replace(name, f"“{name}”", 1),
    "time lost": lambda label, _: _CLOCK.sub("", label),
    "time put in": lambda _, name: f"{name} 12:34 ",
    "lower case": _named(str.lower),
    "capitals": _named(str.upper),
    "capitals without a colon": lambda _, name: f"{name.upper()} ",
    "lower case without a colon": lambda _, name: f"{name.lower()} ",
    "letter lost": _named(_typo),
    "letters swapped": _named(_swapped),
    "letter doubled": _named(lambda name: name[:2] + name[1:]),
    "digit for a letter": _named(lambda name: name.replace("o", "0", 1).replace("i", "1", 1).replace("e", "3", 1)),
    "first name": _named(lambda name: name.split()[0]),
    "first name and full stop": lambda _, name: f"{name.split()[0]}. ",
    "surname": _named(lambda name: name.split()[-1]),
    "surname first": _named(lambda name: ", ".join(reversed(name.split()))),
    "initials": _named(lambda name: "".join(part[0] for part in name.split())),
    "initials and semicolon": lambda _, name: "".join(part[0] for part in name.split()) + "; ",
    "initials, glued": lambda _, name: "".join(part[0] for part in name.split()) + ":",
    "initial and surname": _named(lambda name: f"{name[0]}. {name.split()[-1]}"),
    "title": _named(lambda name: f"Mr. {name.split()[-1]}"),
    "run together": _named(lambda name: name.replace(" ", "")),
    "underscore": _named(lambda name: name.replace(" ", "_")),
    "hard space": _named(lambda name: name.replace(" ", "\u00a0")),
    "unseen character": _named(lambda name: name[:2] + "\u200b" + name[2:]),
    "accents apart": _named(lambda name: unicodedata.normalize("NFD", name.replace("e", "é", 1))),
    "letters of another script": _named(lambda name: name.translate(_LIKE_LATIN)),
    "laughing": _named(lambda name: f"{name} (laughing)"),
    "office": _named(lambda name: f"{name}, host"),
    "asks": lambda _, name: f"{name} asks: ",
    "at sign": _named(lambda name: f"@{name}"),
    "dash before": _named(lambda name: f"- {name}"),
    "dash before, no colon": lambda _, name: f"- {name} ",
    "arrows before": lambda _, name: f">> {name}: ",
    "bullet before": lambda _, name: f"• {name}: ",
    "number before": lambda _, name: f"12. {name}: ",
    "written twice": lambda _, name: f"{name}: {name}: ",
    "Q with a colon": _stranger("Q: "),
    "Q with a full stop": _stranger("Q. "),
    "numbered speaker": _stranger("Speaker 2: "),
    "unknown speaker": _stranger("Unknown speaker: "),
    "audience": _stranger("Audience: "),
    "audience in brackets": _stranger("[Audience] "),
    "audience member, no colon": _stranger("AUDIENCE MEMBER "),
    "narrator in brackets": _stranger("(Narrator) "),
    "interviewer": _stranger("Interviewer: "),
    "a stranger": _stranger("Juthica Rao: "),
    "a stranger’s first name, semicolon": _stranger("Juthica; "),
    "a stranger’s initials, glued": _stranger("JR:"),
    "a stranger in bold": _stranger("**Juthica Rao** "),
    "a stranger, full stop": _stranger("Juthica. "),
    "a stranger, lower case": _stranger("juthica: "),
    "a stranger and a dash": _stranger("Juthica – "),
    "arrows alone": _stranger(">> "),
    "a dash alone": _stranger("- "),
    "lost": lambda _, __: "",
}  # fmt: skip
"""What is done to a label where it stands."""

PLACES: dict[str, str | None] = {
    "where it stood": None,
    "on the line before": " ",
    "glued to the line before": "",
    "below without an empty line": "\n",
    "after an empty line": "\n\n",
}
"""What parts the label from the words before it; None leaves that as it was."""


def damaged(written: Written, number: int, slip: str, place: str) -> Written:
    """Return a transcript whose turn `number` has its label slipped."""
    turn = written.turns[number]
    start = turn.label
    label = SLIPS[slip](written.label_of(number), turn.speaker)
    joint = PLACES[place]
    if joint is not None and number:
        start = written.turns[number - 1].words[1]
        label = joint + label.lstrip("\n")
    return written.replaced(start, turn.words[0], label)
