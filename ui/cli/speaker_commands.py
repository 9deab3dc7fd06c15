"""`ilya speakers show|set|export`: who is speaking in a source, decided by a person."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.console import open_assistant, write, write_json

if TYPE_CHECKING:
    from assistant import Assistant
    from knowledge.model.source import Source
    from knowledge.model.turns import Role
    from knowledge.speakers.review import Decision, Labeller


def register(app: typer.Typer) -> None:
    """Add the group of commands to the command line."""
    group = typer.Typer(help="See and decide who is speaking in a source.", no_args_is_help=True)
    for command in (show, set_, export):
        group.command(name=command.__name__.rstrip("_"))(command)
    app.add_typer(group, name="speakers")


def show(
    source_id: Annotated[str, typer.Argument(help="An id from `ilya sources`.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the proposals as JSON.")] = False,
    by_sentence: Annotated[
        bool, typer.Option("--sentences", help="Number every sentence and say whose it is.")
    ] = False,
    by_model: Annotated[bool, typer.Option("--propose", help="Let the model that is set propose who speaks.")] = False,
) -> None:
    """List the stretches whose speaker is not known, with a proposal for each. Nothing proposed is quotable."""
    from knowledge.speakers.review import propose

    assistant = open_assistant()
    source = assistant.library.source(source_id)
    if by_sentence:
        _show_sentences(source, as_json=as_json)
        return
    proposals = propose(source, _labeller(assistant) if by_model else None)
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


def _labeller(assistant: "Assistant") -> "Labeller":
    from assistant.models import Endpoint
    from assistant.selection.speaker_proposals import ModelLabeller

    endpoint = Endpoint.from_settings(assistant.settings)
    if endpoint is None:
        raise typer.BadParameter("no model is set: give ILYA_MODEL, and OPENAI_API_KEY or OPENAI_BASE_URL")
    return ModelLabeller(endpoint, subject=assistant.subject.name)


def _show_sentences(source: "Source", *, as_json: bool) -> None:
    from knowledge.speakers.sentence_runs import numbered_sentences

    each = [(one, source.turns[one.turn].role.value) for one in numbered_sentences(source)]
    if as_json:
        write_json(
            [{"number": one.number, "start": one.span[0], "end": one.span[1], "role": role} for one, role in each]
        )
        return
    for one, role in each:
        write(f"{one.number:5}  {role:8} {source.text[one.span.start : one.span.end]}\n")


def set_(  # noqa: PLR0913  # the command line is its parameters
    source_id: Annotated[str, typer.Argument(help="An id from `ilya sources`.")],
    start: Annotated[int | None, typer.Option(help="First character of the stretch.")] = None,
    end: Annotated[int | None, typer.Option(help="Character after the stretch.")] = None,
    by_number: Annotated[
        str | None, typer.Option("--sentences", help="Sentences by number, such as 3-9,12; with --role.")
    ] = None,
    role: Annotated[str | None, typer.Option(help="subject, other, or unknown to take a label back.")] = None,
    speaker: Annotated[str | None, typer.Option(help="The name, for somebody else's words.")] = None,
    whole: Annotated[bool, typer.Option("--all", help="A solo talk: everything not known is the subject's.")] = False,
    leaving: Annotated[
        str | None, typer.Option("--except", help="With --all: sentences that are not, such as 1-4.")
    ] = None,
    runs: Annotated[Path | None, typer.Option("--from", help="Take a whole review from a JSON file of runs.")] = None,
    reset: Annotated[bool, typer.Option("--reset", help="Forget every decision: as the file says who speaks.")] = False,
) -> None:
    """Say who speaks in a stretch; without options, go through the proposals one by one.

    --all leaves stage directions, a named introduction, sentences that name the subject, and everything from the first
    question of the floor unknown. Sentence numbers are those of `ilya speakers show ID --sentences`.
    """
    from knowledge.speakers.sentence_runs import Run, decisions_on, numbers_of, runs_of_file

    ways = sum((whole, runs is not None, reset, by_number is not None, start is not None or end is not None))
    if ways > 1:
        raise typer.BadParameter("use one of --all, --from, --reset, --sentences, or --start with --end")
    assistant = open_assistant()
    source = assistant.library.source(source_id)
    if whole or reset:
        _change_whole(assistant, source, role=role, leaving=leaving, reset=reset)
    elif leaving is not None:
        raise typer.BadParameter("--except goes with --all")
    elif runs is not None:
        _store(assistant, source, decisions_on(source, runs_of_file(_text_of(runs)), assistant.subject))
    elif by_number is not None:
        known = _role(role)
        chosen = [Run(first=a, last=b, role=known, speaker=speaker) for a, b in numbers_of(by_number)]
        _store(assistant, source, decisions_on(source, chosen, assistant.subject))
    elif start is not None and end is not None and role is not None:
        _store(assistant, source, [_decision(assistant, start, end, role, speaker)])
    elif (start, end, role, speaker) == (None, None, None, None):
        _review(assistant, source)
    else:
        raise typer.BadParameter(
            "say where: --sentences 3-9,12 or --start N --end M with --role, or --all for a solo talk"
        )


def _change_whole(
    assistant: "Assistant", source: "Source", *, role: str | None, leaving: str | None, reset: bool
) -> None:
    from knowledge.library.corrections import forget_review, give_talk
    from knowledge.speakers.sentence_runs import numbers_of

    if role not in (None, "subject"):
        raise typer.BadParameter("--all and --reset go with no --role but subject; use --sentences for somebody else's")
    if reset:
        changed = forget_review(assistant.library, source.id, assistant.subject)
    else:
        numbers = {at for first, last in numbers_of(leaving) for at in range(first, last + 1)} if leaving else set()
        changed = give_talk(assistant.library, source.id, assistant.subject, leaving=numbers)
    assistant.index.sync()
    unknown = changed.turn_counts()["unknown"]
    write(f"{changed.quotable_words():,} words of {source.id} may be quoted; {unknown} stretches stay unknown.\n")


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{path} cannot be read as text; name a JSON file of runs") from error


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
    from knowledge.text.sentences import sentences

    decisions: list[Decision] = []
    for found in propose(source):
        write(f"\n{source.text[found.start : found.end]}\n")
        answer = typer.prompt(
            f"{found.role.value}? [s]ubject, [o]ther, [e]ach sentence, [k]eep unknown, [q]uit",
            default=found.role.value[0],
        )
        if answer.startswith("q"):
            break
        spans = [(found.start, found.end)]
        if answer.startswith("e"):
            spans = [(span.start, span.end) for span in sentences(source.text, found.start, found.end)]
        for start, end in spans:
            if answer.startswith("e"):
                each = typer.prompt(f"  {source.text[start:end]}\n  [s]ubject, [o]ther, [k]eep unknown", default="k")
            else:
                each = answer
            if each.startswith(("s", "o")):
                role = "subject" if each.startswith("s") else "other"
                decisions.append(_decision(assistant, start, end, role, None))
    _store(assistant, source, decisions)


def _decision(assistant: "Assistant", start: int, end: int, role: str, speaker: str | None) -> "Decision":
    from assistant.curation import decision

    return decision(assistant.subject, start, end, _role(role), speaker)


def _role(typed: str | None) -> "Role":
    from knowledge.model.turns import Role

    try:
        return Role(typed or "")
    except ValueError:
        raise typer.BadParameter(f"“{typed or 'no --role'}” is none of subject, other, unknown") from None


def _store(assistant: "Assistant", source: "Source", decisions: "list[Decision]") -> None:
    if not decisions:
        write("Nothing was decided; nothing changed.\n")
        return
    reviewed = assistant.review(source, decisions)
    write(f"{len(decisions)} stretches decided; {reviewed.quotable_words()} words of {source.id} may be quoted.\n")
