"""His own words in a Slack bot of yours: `add_to` gives any Bolt app a command that answers with cited quotes."""

import os

from slack_bolt import Ack, App, Respond
from slack_bolt.adapter.socket_mode import SocketModeHandler

from assistant import Assistant
from knowledge.model.errors import AskIlyaError
from ui.rendering import frame, slack_blocks, slack_messages, slack_text


def add_to(app: App, assistant: Assistant) -> None:
    """Let the app answer `/quote QUESTION`."""

    @app.command("/quote")
    def quote(ack: Ack, command: dict[str, str], respond: Respond) -> None:
        ack()
        try:
            shown = frame(assistant.ask(command["text"]), subject=assistant.subject.name)
        except AskIlyaError as error:
            respond(str(error))
            return
        for blocks in slack_messages(slack_blocks(shown)):
            respond(text=slack_text(shown), blocks=blocks)


if __name__ == "__main__":
    your_bot = App(token=os.environ["SLACK_BOT_TOKEN"])
    add_to(your_bot, Assistant.open())
    SocketModeHandler(your_bot, os.environ["SLACK_APP_TOKEN"]).start()  # type: ignore[no-untyped-call]
