"""The dialogue in which admins set up a channel."""

from typing import Any

from pydantic import BaseModel, ConfigDict
from slack_sdk import WebClient

from knowledge.model.provenance import Provenance
from ui.rendering.answer_texts import texts
from ui.slack.bot import Bot
from ui.slack.slack_client import ReplyTo
from ui.slack.slack_logs import LOG, SLACK_FAILED, told
from ui.slack.slack_texts import slack_texts
from ui.slack.state.preferences import ChannelRules
from ui.slack.work.block_kit import notice, option, plain, value_of
from ui.slack.work.private_replies import Asker
from ui.slack.work.question_answers import language_for

RULES = "channel_rules"
WHEN, KINDS, LANGUAGE, COUNT, DAILY = "when", "kinds", "language", "count", "daily"
_DIRECT = "D"


class Place(BaseModel):
    """Which channel is set up, and where to say that it is done."""

    model_config = ConfigDict(frozen=True)

    channel: str
    url: str
    language: str


def open_rules(bot: Bot, client: WebClient, asker: Asker, trigger_id: str) -> None:
    """Open the dialogue for an admin; tell anybody else who may."""
    rules = asker.rules(bot)
    language = language_for("", rules)
    own = slack_texts(language)
    if asker.channel.startswith(_DIRECT):
        asker.reply_to.send(notice(own.not_a_channel))
    elif not is_admin(bot, client, asker.user):
        asker.reply_to.send(notice(own.admins_only))
    else:
        place = Place(channel=asker.channel, url=asker.reply_to.url, language=language)
        view = rules_view(rules, place, most=bot.assistant.settings.max_quotes)
        client.views_open(trigger_id=trigger_id, view=view)


def set_rules(bot: Bot, client: WebClient, workspace: str, user: str, place: Place, rules: ChannelRules) -> None:
    """Set the rules an admin sent."""
    own = slack_texts(place.language)
    reply_to = ReplyTo(place.url)
    if is_admin(bot, client, user):
        zone = _zone(client, user) if rules.daily_at else None
        bot.channels.set(workspace, place.channel, rules.model_copy(update={"daily_zone": zone}))
        reply_to.send(notice(own.rules_saved))
    else:
        reply_to.send(notice(own.admins_only))


def is_admin(bot: Bot, client: WebClient, user: str) -> bool:
    """Whether somebody administers the workspace, or the operator named them."""
    if bot.is_listed_admin(user):
        return True
    try:
        known = client.users_info(user=user).get("user") or {}
    except SLACK_FAILED as error:
        LOG.warning("it is not known who is an admin: %s", told(error))
        return False
    return bool(known.get("is_admin") or known.get("is_owner"))


def _zone(client: WebClient, user: str) -> str | None:
    """Return somebody's time zone as Slack knows it; None where it does not tell."""
    try:
        found = (client.users_info(user=user).get("user") or {}).get("tz")
    except SLACK_FAILED as error:
        LOG.warning("somebody's time zone is not known: %s", told(error))
        return None
    return str(found) if found else None


def rules_view(rules: ChannelRules, place: Place, *, most: int) -> dict[str, Any]:
    """Return the dialogue; `most` is how many quotes an answer has everywhere."""
    own, around = slack_texts(place.language), texts(place.language)
    flags = {"allowed": own.allowed, "mention_only": own.mention_only}
    kinds = {kind.value: around.provenance[kind] for kind in Provenance if kind.quotable}
    chosen = [kind.value for kind in rules.provenances] or list(kinds)
    hours = {"": own.never, **{f"{hour:02}:00": f"{hour:02}:00" for hour in range(24)}}
    counts = {"": own.as_everywhere, **{str(count): str(count) for count in range(1, most + 1)}}
    return {
        "type": "modal",
        "callback_id": RULES,
        "private_metadata": place.model_dump_json(),
        "title": plain(own.rules_title),
        "submit": plain(own.save),
        "close": plain(own.cancel),
        "blocks": [
            _checkboxes(WHEN, own.rules_title, flags, [name for name in flags if getattr(rules, name)]),
            _checkboxes(KINDS, own.kinds, kinds, chosen),
            _select(LANGUAGE, own.framing_language, own.languages, rules.language or ""),
            _select(COUNT, own.max_quotes, counts, str(rules.max_quotes or "")),
            _select(DAILY, own.daily_at, hours, rules.daily_at or ""),
        ],
    }


def read_rules(values: dict[str, Any]) -> ChannelRules:
    """Return the rules in what the dialogue sends."""
    flags, kinds = _checked(values, WHEN), _checked(values, KINDS)
    everything = [kind.value for kind in Provenance if kind.quotable]
    count = _selected(values, COUNT)
    return ChannelRules(
        allowed="allowed" in flags,
        mention_only="mention_only" in flags,
        provenances=() if kinds in ([], everything) else tuple(Provenance(kind) for kind in kinds),
        language=_selected(values, LANGUAGE) or None,
        max_quotes=int(count) if count else None,
        daily_at=(_selected(values, DAILY) or None) if DAILY in values else None,
    )


def _checkboxes(name: str, label: str, options: dict[str, str], chosen: list[str]) -> dict[str, Any]:
    element: dict[str, Any] = {"type": "checkboxes", "action_id": name, "options": _options(options)}
    if chosen:  # Slack refuses an empty list
        element["initial_options"] = [option(value, options[value]) for value in chosen]
    return {"type": "input", "block_id": name, "optional": True, "label": plain(label), "element": element}


def _select(name: str, label: str, options: dict[str, str], chosen: str) -> dict[str, Any]:
    initial = option(chosen, options.get(chosen, chosen))
    element = {
        "type": "static_select",
        "action_id": name,
        "options": _options(options | {chosen: options.get(chosen, chosen)}),
        "initial_option": initial,
    }
    return {"type": "input", "block_id": name, "label": plain(label), "element": element}


def _options(options: dict[str, str]) -> list[dict[str, Any]]:
    return [option(value, label) for value, label in options.items()]


def _checked(values: dict[str, Any], name: str) -> list[str]:
    return [str(one["value"]) for one in values[name][name].get("selected_options") or ()]


def _selected(values: dict[str, Any], name: str) -> str:
    return value_of(values[name][name]["selected_option"])
