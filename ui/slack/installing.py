"""Many workspaces: each installs the bot by OAuth, and its token is kept in the library's database."""

from slack_bolt.authorization.authorize import InstallationStoreAuthorize
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore

from knowledge.library.store import Library
from ui.slack.manifest import wanted
from ui.slack.slack_logs import bolt_logger
from ui.slack.slack_settings import SlackSettings

_STATE_SECONDS = 600


def oauth_settings(library: Library, settings: SlackSettings) -> OAuthSettings | None:
    """Return how workspaces install the bot; None where it serves one workspace by its token."""
    if not settings.client_id or not settings.client_secret:
        return None
    logger = bolt_logger()
    installations = SQLAlchemyInstallationStore(settings.client_id, library.engine, logger=logger)
    states = SQLAlchemyOAuthStateStore(_STATE_SECONDS, library.engine, logger=logger)
    for store in (installations, states):
        store.metadata.create_all(library.engine)
    found = OAuthSettings(
        client_id=settings.client_id,
        client_secret=settings.client_secret.get_secret_value(),
        scopes=sorted(wanted().scopes),
        redirect_uri=settings.redirect_url,
        installation_store=installations,
        installation_store_bot_only=True,
        state_store=states,
        logger=logger,
    )
    if isinstance(found.authorize, InstallationStoreAuthorize):
        found.authorize.cache_enabled = True  # else every event waits for a call of auth.test
    return found
