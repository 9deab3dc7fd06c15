"""Diagnosis (`ilya doctor`): each part that an answer needs is tried; what is wrong is told with what helps."""

import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict

from assistant.models.calls import Call, EndpointFailed, Trouble
from assistant.models.endpoint import Endpoint, Mode
from assistant.selection.picks import PICKS, PickReader
from assistant.settings import Settings
from knowledge.model.errors import AskIlyaError
from knowledge.search import Progress
from prompts import load

_QUESTION = "What did he say about scaling?"


class Finding(BaseModel):
    """What became of one part; `remedy` says what to do when it is not well."""

    model_config = ConfigDict(frozen=True)

    part: str
    well: bool
    found: str
    remedy: str | None = None


def diagnose(settings: Settings, progress: Progress | None = None, *, deep: bool = False) -> Iterator[Finding]:
    """Yield a finding on the library, the embedder, the index and the model, as each has been tried.

    `deep` also reads every raw file again and compares what it says with the text that is quoted.
    """
    library = _tried("library", "check ILYA_HOME and ILYA_DATABASE_URL", lambda: _library(settings))
    yield library
    if library.well:
        yield _stored(settings, deep=deep)
    embedder = _tried("embedder", "install the project again: `make chat`", lambda: _embedder(settings))
    yield embedder
    if library.well and embedder.well:
        yield _tried("index", "`ilya doctor --mend` builds it anew", lambda: _index(settings, progress))
    yield _model(settings)


def mend_index(settings: Settings, progress: Progress | None = None) -> Finding:
    """Put the index folder aside and build the index anew from the library."""
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient.clear_system_cache()  # Chroma keeps what it once opened at this path, broken or not
    folder = settings.index_folder
    if folder.exists():
        folder.rename(folder.with_name(f"{folder.name}.broken-{time.time_ns()}"))
    return _tried("index", "check that the data folder has room", lambda: _index(settings, progress))


def mend_library(settings: Settings) -> Finding:
    """Read every damaged source anew from its raw file, and say what is still damaged."""
    from knowledge.library.integrity import mend
    from knowledge.library.store import Library
    from knowledge.model.subject import default_subject

    mended = mend(Library(settings.library_url), default_subject())
    found = _stored(settings, deep=True)
    told = f"Read anew: {', '.join(mended)}. {found.found}" if mended else found.found
    return found.model_copy(update={"found": told})


def _stored(settings: Settings, *, deep: bool) -> Finding:
    """Go through every edition, and name what is damaged and what of it can be saved."""
    from knowledge.library.integrity import broken_file, damaged
    from knowledge.library.store import Library
    from knowledge.model.subject import default_subject

    try:
        library = Library(settings.library_url)
        file = broken_file(library)
        wrong = list(damaged(library, default_subject(), derive=deep))
    except AskIlyaError as error:
        return Finding(part="stored", well=False, found=str(error), remedy="`ilya restore FILE` brings back a backup")
    if not file and not wrong:
        told = "agrees with its raw file" if deep else "is what was stored"
        return Finding(part="stored", well=True, found=f"Every text {told}.")
    named = [f"{one.source_id} ({one.what})" for one in wrong]
    saved = [one.source_id for one in wrong if one.raw_is_whole]
    return Finding(
        part="stored",
        well=False,
        found="; ".join([*([f"The library's file: {file}"] if file else []), *named]) + ".",
        remedy=f"`ilya doctor --mend` reads anew from their files: {', '.join(saved)}"
        if saved and not file
        else "`ilya restore FILE` brings back a backup; adding a source's file again replaces a damaged one",
    )


def _tried(part: str, remedy: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(part=part, well=True, found=check())
    except AskIlyaError as error:
        return Finding(part=part, well=False, found=str(error), remedy=remedy)
    # the point is to survive whatever is broken, a damaged file in a library of C included
    except Exception as error:  # noqa: BLE001
        return Finding(part=part, well=False, found=f"It failed with {type(error).__name__}.", remedy=remedy)


def _library(settings: Settings) -> str:
    from knowledge.library.reader_updates import Reread, reread_outdated
    from knowledge.library.store import Library
    from knowledge.model.subject import default_subject
    from knowledge.starter.book import add_starter, make_folder

    make_folder(settings.home)
    library = Library(settings.library_url)
    if settings.starter:
        add_starter(library, default_subject())
    became = [outcome for _, outcome in reread_outdated(library, default_subject())]
    summaries = library.summaries()
    quotable = sum(summary.quotable_words for summary in summaries)
    found = f"{len(summaries)} sources, {quotable:,} words that may be quoted, in {settings.home}."
    if renewed := became.count(Reread.RENEWED):
        found += f" Read anew by better readers: {renewed}."
    if kept := became.count(Reread.KEPT):
        found += f" Left as an older reader read them, since a person reviewed who speaks there: {kept}."
    return found


def _embedder(settings: Settings) -> str:
    from assistant.models.embedder import chosen_embedder
    from knowledge.search.embedding import fingerprint

    embeddings = chosen_embedder(settings)
    started = time.perf_counter()
    size = len(embeddings.embed_query(_QUESTION))
    return f"{fingerprint(embeddings)}: {size} dimensions in {time.perf_counter() - started:.1f} s."


def _index(settings: Settings, progress: Progress | None) -> str:
    from assistant.facade import Assistant

    assistant = Assistant.open(settings, progress=progress)
    found = assistant.search(_QUESTION, 1)
    if not found and any(summary.quotable_words for summary in assistant.library.summaries()):
        raise AskIlyaError("It finds nothing although there are words that may be quoted.")
    if trouble := assistant.index.trouble:
        raise AskIlyaError(trouble)
    return "In step with the library; a search works."


def _model(settings: Settings) -> Finding:
    endpoint = Endpoint.from_settings(settings)
    if endpoint is None:
        return Finding(part="model", well=True, found=_not_set(settings))
    host = urlsplit(endpoint.url).hostname if endpoint.url else endpoint.provider
    started = time.perf_counter()
    try:
        valid = _asked(endpoint, settings)
    except EndpointFailed as failed:
        found, remedy = _EXPLAINED.get(failed.trouble, (f"{{host}}: {failed.trouble.value}.", "try again later"))
        filled = (text.format(host=host, model=settings.model) for text in (found, remedy))
        return Finding(part="model", well=False, found=next(filled), remedy=next(filled))
    seconds = time.perf_counter() - started
    if not valid:
        return Finding(
            part="model",
            well=False,
            found=f"{settings.model} at {host} replies, but not in the form asked for ({endpoint.mode.value}).",
            remedy="set ILYA_MODEL to a larger model; until then the extractive selector answers",
        )
    known = "no structured output; its plain text is read" if endpoint.mode is Mode.TEXT else endpoint.mode.value
    return Finding(part="model", well=True, found=f"{settings.model} at {host}: {known}; a reply in {seconds:.1f} s.")


def _not_set(settings: Settings) -> str:
    if settings.openai_api_key and not settings.model:
        return "A key is set but no model, so the extractive selector answers; ILYA_MODEL names one."
    if settings.model:
        return "A model is named, but neither OPENAI_API_KEY nor OPENAI_BASE_URL; the extractive selector answers."
    return "None is set; the extractive selector answers."


def _asked(endpoint: Endpoint, settings: Settings) -> bool:
    """Ask the first worked example of the selection prompt; return whether the reply is a whole and valid one."""
    prompt = load("select", {"subject", "passages", "history", "question", "max_quotes"})
    messages = prompt.messages({**prompt.examples[0].values, "subject": "the speaker"})
    reader = PickReader()
    endpoint.prepare()
    with Call(settings.model_seconds) as call:
        picks = [pick for piece in endpoint.call(messages, PICKS, call) for pick in reader.feed(piece)]
    return bool((picks or reader.reason) and None not in picks)


_EXPLAINED = {
    Trouble.NO_ROUTE: ("No route to {host}.", "check OPENAI_BASE_URL, the network and the proxy"),
    Trouble.BAD_KEY: ("{host} refuses the key.", "check OPENAI_API_KEY"),
    Trouble.UNKNOWN_MODEL: (
        "{host} knows no model “{model}”, or OPENAI_BASE_URL is not its address (most end in /v1).",
        "check ILYA_MODEL and OPENAI_BASE_URL",
    ),
    Trouble.REFUSED: (
        "{host} refuses the request in every form we know.",
        "check ILYA_MODEL: often it is unknown there",
    ),
    Trouble.RATE_LIMITED: ("{host} is over its rate limit or out of credit.", "wait, or check the account"),
    Trouble.TIMED_OUT: ("{host} did not finish in time.", "try again, or raise ILYA_MODEL_SECONDS"),
    Trouble.UNREADABLE: (
        "What {host} sends is not what an OpenAI-compatible endpoint sends.",
        "check OPENAI_BASE_URL (most end in /v1)",
    ),
    Trouble.MISSING_PACKAGE: ("The LangChain package of {host} is not installed.", "install `langchain-{host}`"),
    Trouble.MISCONFIGURED: ("LangChain cannot set up {host}.", "check ILYA_MODEL_PROVIDER and the provider's key"),
}
