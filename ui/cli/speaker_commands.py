"""`ilya speakers show|set|export`: who is speaking in a source, decided by a person."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.console import open_assistant, write, write_json

if TYPE_CHECKING:
    from assistant import Assistant
    from knowledge.model.source import Source
    from knowledge.speakers.review import Decision


def register(app: typer.Typer) -> None:
    """Add the group of commands to the command line."""
    group = typer.Typer(help="See and decide who is speaking in a source.", no_args_is_help=True)
    for command in (show, set_, export):
        group.command(name=command.__name__.rstrip("_"))(command)
    app.add_typer(group, name="speakers")


def show(
    source_id: Annotated[str, typer.Argument(help="An id from `ilya sources`.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the proposals as JSON.")] = False,
) -> None:
    """List the stretches whose speaker is not known, with a proposal for each. Nothing proposed is quotable."""
    from knowledge.speakers.review import propose

    source = open_assistant().library.source(source_id)
    proposals = propose(source)
    if as_json:
        write_json([proposal.model_dump(mode="json") for proposal in proposals])
        return
    for found in proposals:
        why = ", ".join(cue.value for cue in found.why)
        write(
            f"[{found.start}, {found.end})  {found.role.value}?  ({why})\n  {source.text[found.start : found.end]}\n\n"
        )
    if not proposals:
        write("Every speaker of this source is known.\n")


def set_(
    source_id: Annotated[str, typer.Argument(help="An id from `ilya sources`.")],
    start: Annotated[int | None, typer.Option(help="First character of the stretch.")] = None,
    end: Annotated[int | None, typer.Option(help="Character after the stretch.")] = None,
    role: Annotated[str | None, typer.Option(help="subject, other, or unknown to take a label back.")] = None,
    speaker: Annotated[str | None, typer.Option(help="The name, for somebody else's words.")] = None,
) -> None:
    """Say who speaks in a stretch; without options, go through the proposals one by one."""
    assistant = open_assistant()
    source = assistant.library.source(source_id)
    if start is None or end is None or role is None:
        _review(assistant, source)
        return
    _store(assistant, source, [_decision(assistant, start, end, role, speaker)])


def export(
    source_id: Annotated[str, typer.Argument(help="An id from `ilya sources`.")],
    to: Annotated[Path | None, typer.Option("--to", help="Write the map to this file.")] = None,
) -> None:
    """Make a speaker map of a reviewed source: fingerprints only, no text."""
    from knowledge.speakers.speaker_maps import make_map

    found = make_map(open_assistant().library.source(source_id)).to_json()
    if to is None:
        write(found)
    else:
        to.write_text(found, encoding="utf-8")
        write(f"Wrote {to}.\n")


def _review(assistant: "Assistant", source: "Source") -> None:
    from knowledge.speakers.review import propose

    decisions = []
    for found in propose(source):
        write(f"\n{source.text[found.start : found.end]}\n")
        answer = typer.prompt(
            f"{found.role.value}? [s]ubject, [o]ther, [k]eep unknown, [q]uit", default=found.role.value[0]
        )
        if answer.startswith("q"):
            break
        if answer.startswith(("s", "o")):
            role = "subject" if answer.startswith("s") else "other"
            decisions.append(_decision(assistant, found.start, found.end, role, None))
    _store(assistant, source, decisions)


def _decision(assistant: "Assistant", start: int, end: int, role: str, speaker: str | None) -> "Decision":
    from assistant.curation import decision
    from knowledge.model.turns import Role

    try:
        known = Role(role)
    except ValueError:
        raise typer.BadParameter(f"“{role}” is none of subject, other, unknown") from None
    return decision(assistant.subject, start, end, known, speaker)


def _store(assistant: "Assistant", source: "Source", decisions: "list[Decision]") -> None:
    if not decisions:
        write("Nothing was decided; nothing changed.\n")
        return
    reviewed = assistant.review(source, decisions)
    write(f"{len(decisions)} stretches decided; {reviewed.quotable_words()} words of {source.id} may be quoted.\n")
