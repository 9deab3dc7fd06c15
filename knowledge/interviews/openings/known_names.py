"""Names that the file knows where a label may stand: whether one stands there as a label would."""

import re

from knowledge.formats.timed.timestamps import stamp_at
from knowledge.interviews.openings.cast import Cast, Form, Known
from knowledge.interviews.openings.label_marks import BESIDE, HARD_MARK, ROW_MARK, SOME_MARK
from knowledge.interviews.openings.name_shapes import NameShapes
from knowledge.interviews.openings.places import Place
from knowledge.metadata.label_names import is_role


class KnownNames:
    """What finds them in one file.

    Args:
        cast: the names the file uses.
        shapes: what its words say of being names.
        recorded: its lines are captions, in which capitals mean little.
    """

    def __init__(self, cast: Cast, shapes: NameShapes, *, recorded: bool) -> None:
        self._cast = cast
        self._shapes = shapes
        self._recorded = recorded

    def at(self, text: str, marks: re.Match[str] | None, start: int, place: Place) -> Known | None:
        """Return the known name that stands as a label at `start`, behind bullets and times; None for none."""
        begins = marks.end() if marks else start
        stamp = stamp_at(text, start) or stamp_at(text, begins)
        begins = stamp.end + (len(text[stamp.end :]) - len(text[stamp.end :].lstrip(" -–—·|"))) if stamp else begins
        known = self._cast.find(text[begins : begins + 80])
        if known is None:
            return None
        rest = text[begins + known.end : begins + known.end + 40]
        wrapped = bool(marks and marks.group().strip()) or stamp is not None
        believed = self._believed(text[begins : begins + known.end], known, rest, place, set_off=wrapped)
        return known._replace(end=begins + known.end) if believed else None

    def _believed(self, name: str, known: Known, rest: str, place: Place, *, set_off: bool) -> bool:
        """Whether a known name stands here as a label would, by what follows it."""
        if re.match(r"['’]\w", rest):
            return False
        beside = BESIDE.match(rest)
        timed = beside is not None and any(char.isdecimal() for char in beside.group())
        rest = rest[beside.end() if beside else 0 :]
        hard, mark = HARD_MARK.match(rest), SOME_MARK.match(rest)
        several = len(re.findall(r"[^\W_]+", name)) > 1
        whole = known.form in (Form.WHOLE, Form.GLUED) or several
        if place is Place.ANYWHERE:
            return ROW_MARK.match(rest) is not None and known.form in (Form.WHOLE, Form.GLUED)
        if known.form is Form.ALIKE and self._shapes.is_plain(name.split()[0]):
            return False
        if hard or known.form is Form.GLUED:
            return True
        if place is Place.LABELLED:
            ended = mark or set_off or re.match(r"[.,]? +[A-ZÀ-Þ—–-]", rest)
            role = known.form is Form.WHOLE and is_role(name) and bool(ended)
            return role or (ended is not None and bool(ended) and several and not known.is_subject)
        capital = re.match(r"\s*[\"“]?[A-ZÀ-Þ\u3400-\u9fff]", rest) is not None
        upper = name[:1].isupper()
        if mark or set_off or timed:
            return place is Place.LINE or whole or ((upper or set_off) and (capital or rest[:1] in '.!?"”])'))
        if rest[:1] in {".", "!", "?", '"', "”", "]", ")", "*", "_", "}", "\n"} or not rest.strip():
            return whole or upper
        if name.isupper() and len(name) > 2 and not self._recorded:
            return True
        if rest[:1] == "," and is_role(name) and known.form is Form.WHOLE:
            return True
        if rest[:1] == ",":
            return (
                several
                and known.form is not Form.ALIKE
                and (place is Place.LINE or re.match(r",\s+[A-ZÀ-Þ—–-]", rest) is not None)
            )
        if place is Place.SENTENCE:
            return several and (capital or not upper)
        return (whole and (capital or not self._recorded)) or (upper and capital)


def labels_anywhere(cast: Cast) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """Return what finds the labels before a mark in mid-sentence, and whole names glued to the words before them."""
    known = sorted((label for label in cast.labels if len(label) > 2), key=len, reverse=True)
    whole = [re.escape(label) for label in known if " " in label]
    names = "|".join(re.escape(label) for label in known)
    marked = re.compile(rf"(?<!\w)(?:{names})(?={ROW_MARK.pattern})", re.IGNORECASE) if known else None
    return marked, re.compile(rf"(?<=[^\s\"“(\[/@])(?:{'|'.join(whole)})(?!\w)") if whole else None
