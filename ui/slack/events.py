"""What arrives from Slack: which messages are somebody's words to us, and what they typed, without Slack's mark-up."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

from ui.slack.state.conversations import Thread

_WRITTEN = (None, "thread_broadcast", "file_share")
"""Subtypes of messages that a person wrote; all others are edits, deletions, joins, bots …"""
_MARKUP = re.compile(r"<([^<>]*)>")
_ESCAPES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


class Heard(BaseModel):
    """A message of a person; `thread` is the one it stands in, or the one that an answer to it begins."""

    model_config = ConfigDict(frozen=True)

    workspace: str
    channel: str
    user: str
    ts: str
    thread: Thread
    text: str
    """As typed, without mentions."""
    direct: bool
    """Whether it was written to the bot alone."""
    in_thread: bool
    """Whether it follows other messages of a thread."""
    addressed: bool
    """Whether the bot is mentioned."""
    to_others: bool
    """Whether only others are mentioned."""


def heard(event: Mapping[str, Any], *, workspace: str, bot: str | None) -> Heard | None:
    """Return a person's message; None for bots (ourselves too), edits, deletions and whatever else is no message.

    `bot` is the user id of the bot.
    """
    user, channel, ts = event.get("user"), event.get("channel"), event.get("ts")
    if not (user and channel and ts) or event.get("subtype") not in _WRITTEN:
        return None
    if event.get("bot_id") or event.get("bot_profile") or event.get("hidden") or user in (bot, "USLACKBOT"):
        return None
    typed = event.get("text") or ""
    mentioned = set(re.findall(r"<@([A-Z0-9]+)", typed))
    first = event.get("thread_ts") or ts
    addressed = event.get("type") == "app_mention" or bot in mentioned
    return Heard(
        workspace=workspace,
        channel=channel,
        user=user,
        ts=ts,
        thread=Thread(workspace, channel, first),
        text=as_typed(typed),
        direct=event.get("channel_type") == "im",
        in_thread=first != ts,
        addressed=addressed,
        to_others=bool(mentioned) and not addressed,
    )


def as_typed(text: str) -> str:
    """Return what a person typed: mentions are left out, links and channels read as they are shown.

    >>> as_typed("<@U1> what is R&amp;D in <#C1|lab>, see <https://a.example|this> &amp;lt;")
    'what is R&D in #lab, see this &lt;'
    """
    shown = _MARKUP.sub(_shown, text)
    for escape, char in _ESCAPES:
        shown = shown.replace(escape, char)
    return re.sub(r"[ \t]{2,}", " ", shown).strip()


def _shown(found: re.Match[str]) -> str:
    target, _, label = found[1].partition("|")
    if target.startswith(("@", "!")):
        return " "
    if target.startswith("#"):
        return f"#{label}" if label else " "
    return label or target


def workspace_of(context: Mapping[str, Any]) -> str:
    """Return the id of the workspace a request comes from, or of the organisation the bot is installed in."""
    return str(context.get("team_id") or context.get("enterprise_id") or "")
