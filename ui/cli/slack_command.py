"""`ilya slack`: the Slack bot."""

from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.console import open_serving, write

if TYPE_CHECKING:
    from ui.slack.slack_settings import SlackSettings


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(slack)


def slack(
    http: Annotated[
        bool, typer.Option("--http", help="Take Slack's requests at /slack/events, beside the page.")
    ] = False,
    check: Annotated[bool, typer.Option("--check", help="Say which tokens, scopes and events are missing.")] = False,
    manifest: Annotated[bool, typer.Option("--manifest", help="Print the manifest to make the app from.")] = False,
    host: Annotated[str | None, typer.Option(help="With --http: address to listen on; ILYA_HOST.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="With --http: port; ILYA_PORT.")] = None,
) -> None:
    """Answer in Slack. Starts with Socket Mode, which needs no public address; see docs/slack.md."""
    _need_packages()
    from ui.slack.manifest import manifest_text
    from ui.slack.slack_settings import SlackNotReady, SlackSettings

    if manifest:
        write(manifest_text())
        return
    settings = SlackSettings()
    if check:
        _check(settings, http=http)
        return
    if name := settings.lacks(http=http):
        raise SlackNotReady.without(name)
    if http:
        _serve_http(settings, host, port)
    else:
        _serve_socket(settings)


def _check(settings: "SlackSettings", *, http: bool) -> None:
    from ui.slack.doctor import diagnose

    well = True
    for finding in diagnose(settings, http=http):
        well = well and finding.well
        state = "wrong" if not finding.well else "open" if finding.remedy else "well"
        write(f"{state:<5}  {finding.part:<8}  {finding.found}\n")
        if finding.remedy:
            write(f"{'':17}→ {finding.remedy}\n")
    if not well:
        raise typer.Exit(1)


def _serve_socket(settings: "SlackSettings") -> None:
    from ui.operations.operation_settings import OperationSettings
    from ui.operations.personal_records import keep_forgetting
    from ui.slack.app import build_app
    from ui.slack.bot import Bot
    from ui.slack.transports import run_socket_mode
    from ui.slack.work.daily_posts import DailyPosts, clients_of
    from ui.slack.work.owed_answers import OwedAnswers

    _log()
    bot = Bot.over(open_serving(), settings)
    app = build_app(bot)
    daily = DailyPosts(bot, clients_of(app, bot))
    daily.start()
    owed = OwedAnswers(bot, clients_of(app, bot))
    owed.start()
    enough = keep_forgetting(bot.assistant.library, OperationSettings().keep_days)
    try:
        run_socket_mode(app, bot, ready=lambda: typer.echo("The bot is connected to Slack (Ctrl+C to stop)"))
    finally:
        enough()
        daily.close()
        owed.close()


def _serve_http(settings: "SlackSettings", host: str | None, port: int | None) -> None:
    from ui.slack.app import build_app
    from ui.slack.bot import Bot
    from ui.slack.transports import WithSlack, slack_routes
    from ui.slack.work.daily_posts import DailyPosts, clients_of
    from ui.slack.work.owed_answers import OwedAnswers
    from ui.web import serve

    _log()
    assistant = open_serving()
    bot = Bot.over(assistant, settings)
    app = build_app(bot)
    routes = slack_routes(app, settings)
    daily = DailyPosts(bot, clients_of(app, bot))
    daily.start()
    owed = OwedAnswers(bot, clients_of(app, bot))
    owed.start()
    own = assistant.settings
    try:
        serve(
            assistant,
            host=host or own.host,
            port=own.port if port is None else port,
            around=lambda page: WithSlack(page, routes),
        )
    finally:
        daily.close()
        owed.close()
        bot.crew.close()


def _need_packages() -> None:
    from importlib.util import find_spec

    if find_spec("slack_bolt") is None:
        typer.echo("The Slack bot needs packages that are not installed: pip install 'ask-ilya[slack]'.", err=True)
        raise typer.Exit(1)


def _log() -> None:
    import logging

    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("ui.slack").setLevel(logging.INFO)
