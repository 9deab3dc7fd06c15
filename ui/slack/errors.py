"""What keeps the bot from starting."""

from knowledge.model.errors import AskIlyaError


class SlackNotReady(AskIlyaError):
    """A token is missing or refused, or Slack cannot be reached."""

    @classmethod
    def without(cls, name: str) -> "SlackNotReady":
        """Return the error for a variable that is not set."""
        return cls(f"{name} is not set: `ilya slack --check` says where to find it.")
