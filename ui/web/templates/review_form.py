"""The speaker review as a form: a row for each stretch, its words, and who speaks."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from knowledge import Source, Turn
from knowledge.model.turns import Role
from knowledge.speakers.review import Proposal
from ui.rendering.answer_html import text
from ui.rendering.page_texts import PageTexts
from ui.web.templates.review_texts import ReviewTexts, review_texts


class Row(BaseModel):
    """Characters [start, end) of a source, whole sentences inside its turn number `number`."""

    model_config = ConfigDict(frozen=True)

    start: int
    end: int
    number: int
    turn: Turn
    guess: Proposal | None

    @property
    def field(self) -> str:
        """Return the name of the form's field that holds the decision."""
        return f"r{self.start}-{self.end}"


def review_html(source: Source, found: Sequence[Row], page: PageTexts, *, subject: str, by_sentence: bool) -> str:
    """Return the form. No guess is chosen beforehand: saving it untouched changes nothing."""
    said = review_texts(page.code)
    address = f"/s/{source.id}/speakers"
    ways = ((address, said.by_stretch, not by_sentence), (f"{address}?by=sentence", said.by_sentence, by_sentence))
    links = "".join(
        f'<a href="{text(place)}"{" aria-current=page" if here else ""}>{text(name)}</a>' for place, name, here in ways
    )
    listed = "".join(_row(source, row, number, page, said, subject) for number, row in enumerate(found, start=1))
    sentence = "?by=sentence" if by_sentence else ""
    return (
        f'<h1><a href="/s/{text(source.id)}" dir="auto">{text(source.title)}</a></h1>'
        f'<p class="promise">{text(said.promise.format(subject=subject))}</p><p class="ways">{links}</p>'
        f'<form class="review" method="post" action="{text(address + sentence)}">'
        f"{_tools(source, len(found), page, said, subject)}<ol>{listed}</ol></form>"
    )


def _tools(source: Source, count: int, page: PageTexts, said: ReviewTexts, subject: str) -> str:
    other = next((turn.speaker for turn in source.turns if turn.role is Role.OTHER and turn.speaker), None)
    name = other or (source.interviewers[0] if source.interviewers else "")
    roles = "".join(
        f'<option value="{role.value}">{text(page.role[role].format(subject=subject))}</option>' for role in Role
    )
    numbers = "".join(
        f'<label>{text(title)} <input class="{kind}" type="number" min="1" max="{count}" value="1"></label>'
        for kind, title in (("first", said.range_from), ("last", said.range_to))
    )
    return (
        f'<div class="review-tools"><label>{text(said.others_name)} <input name="other" value="{text(name)}"></label>'
        f'<span class="range">{numbers}<label>{text(said.range_role)} '
        f'<select class="range-role">{roles}</select></label>'
        f'<button type="button" class="set-range">{text(said.set_range)}</button></span>'
        f'<button type="submit" class="primary">{text(said.save)}</button></div>'
    )


def _row(source: Source, row: Row, number: int, page: PageTexts, said: ReviewTexts, subject: str) -> str:
    names = {role: page.role[role].format(subject=subject) for role in Role}
    if row.turn.role is Role.OTHER and row.turn.speaker:
        names[Role.OTHER] = row.turn.speaker
    choices = "".join(
        f'<label><input type="radio" name="{row.field}" value="{role.value}"'
        f"{' checked' if role is row.turn.role else ''}> {text(names[role])}</label>"
        for role in Role
    )
    hint = ""
    if row.guess:
        why = ", ".join(said.cues[cue] for cue in row.guess.why)
        hint = said.perhaps.format(role=names[row.guess.role], why=why)
    elif row.turn.certainty:
        hint = said.known[row.turn.certainty]
    label = text(said.stretch.format(number=number))
    return (
        f'<li class="turn {row.turn.role.value}"><fieldset><legend><span class="stretch">{label}</span> '
        f'<span class="hint">{text(hint)}</span></legend>'
        f'<p class="said" dir="auto">{text(source.text[row.start : row.end])}</p>'
        f'<div class="choices">{choices}</div></fieldset></li>'
    )
