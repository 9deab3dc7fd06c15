"""What keeps the bot from starting."""

from knowledge.errors import AskIlyaError


class SlackNotReady(AskIlyaError):
    """A token is missing or refused, or Slack cannot be reached."""
