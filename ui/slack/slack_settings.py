"""Settings of the Slack bot (`SLACK_*` for what Slack gives, else `ILYA_*`), and what keeps it from starting."""

from typing import Annotated

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from assistant.settings import FiledSettings
from knowledge.model.errors import AskIlyaError


# What keeps the bot from starting.
class SlackNotReady(AskIlyaError):
    """A token is missing or refused, or Slack cannot be reached."""

    @classmethod
    def without(cls, name: str) -> "SlackNotReady":
        """Return the error for a variable that is not set."""
        return cls(f"{name} is not set: `ilya slack --check` says where to find it.")


class SlackSettings(FiledSettings):
    """The settings of the Slack bot; see `docs/slack.md`."""

    model_config = SettingsConfigDict(env_prefix="", frozen=True, populate_by_name=True, extra="ignore")

    bot_token: SecretStr | None = Field(default=None, validation_alias="SLACK_BOT_TOKEN")
    """`xoxb-…`: the bot in one workspace."""
    app_token: SecretStr | None = Field(default=None, validation_alias="SLACK_APP_TOKEN")
    """`xapp-…`: opens the connection of Socket Mode."""
    signing_secret: SecretStr | None = Field(default=None, validation_alias="SLACK_SIGNING_SECRET")
    """Proves over HTTP that a request comes from Slack."""
    client_id: str | None = Field(default=None, validation_alias="SLACK_CLIENT_ID")
    """With `client_secret`: many workspaces install the bot by OAuth, and `bot_token` is not used."""
    client_secret: SecretStr | None = Field(default=None, validation_alias="SLACK_CLIENT_SECRET")
    redirect_url: str | None = Field(default=None, validation_alias="SLACK_REDIRECT_URL")
    """Where Slack sends those who install, `https://…/slack/oauth_redirect`; needed with several redirect addresses."""
    config_token: SecretStr | None = Field(default=None, validation_alias="SLACK_CONFIG_TOKEN")
    """`xoxe…`: lets `ilya slack --check` read how the app is configured."""
    api_url: str = Field(default="https://slack.com/api/", validation_alias="SLACK_API_URL")
    """Where Slack's Web API is."""
    admins: str = Field(default="", validation_alias="ILYA_SLACK_ADMINS")
    """Ids of people who may set up channels although they do not administer the workspace, parted by white space."""
    page_url: str | None = Field(default=None, validation_alias="ILYA_PAGE_URL")
    """Where people open the web page; quotes then link to their permanent address there."""
    workers: Annotated[int, Field(ge=1, le=64)] = Field(default=4, validation_alias="ILYA_SLACK_WORKERS")
    """How many questions are answered at the same time."""

    @property
    def many_workspaces(self) -> bool:
        """Whether workspaces install the bot by OAuth."""
        return bool(self.client_id and self.client_secret)

    def lacks(self, *, http: bool) -> str | None:
        """Return the first variable without which the bot cannot start, over HTTP or with Socket Mode."""
        if not self.many_workspaces and self.bot_token is None:
            return "SLACK_BOT_TOKEN"
        if http:
            return None if self.signing_secret else "SLACK_SIGNING_SECRET"
        return None if self.app_token else "SLACK_APP_TOKEN"
