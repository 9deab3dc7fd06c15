"""Everything an operator can set: environment variables `ILYA_*`, or `settings.env` in the data folder."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from platformdirs import user_data_path
from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from knowledge.model.subject_folder import VARIABLE

if TYPE_CHECKING:
    from sqlalchemy import URL

FILE = "settings.env"
DATABASE = "library.db"


def data_folder() -> Path:
    """Return the folder that holds everything this program writes: `ILYA_HOME`, else the user's data folder.

    Another person's words are kept apart: without `ILYA_HOME` they go into `data` of the folder about that person.
    """
    named = os.environ.get("ILYA_HOME")
    if not named and os.environ.get(VARIABLE):
        return Path(os.environ[VARIABLE]).expanduser() / "data"
    return Path(named) if named else user_data_path("ask-ilya", appauthor=False)


class FiledSettings(BaseSettings):
    """Settings given in code, else in the environment, else in `settings.env` of the data folder."""

    model_config = SettingsConfigDict(env_prefix="ILYA_", frozen=True, populate_by_name=True, extra="ignore")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return where settings come from, first the one that wins."""
        given = init_settings.init_kwargs if isinstance(init_settings, InitSettingsSource) else {}
        folder = Path(given.get("home") or data_folder())
        return init_settings, env_settings, DotEnvSettingsSource(settings_cls, env_file=folder / FILE)


class Settings(FiledSettings):
    """The settings; see `docs/settings.md` for each with its default."""

    home: Path = Field(default_factory=data_folder)
    """The folder that holds everything this program writes."""
    database_url: SecretStr | None = None
    """SQLAlchemy URL of the library; a SQLite file in `home` when not set."""
    chroma_url: str | None = None
    """URL of a Chroma server that finds the nearest passages; all vectors are compared when not set."""
    chroma_token: SecretStr | None = None
    """What the Chroma server or a proxy before it wants, sent as `Authorization: Bearer` and `X-Chroma-Token`."""
    chroma_tenant: str = "default_tenant"
    chroma_database: str = "default_database"
    embeddings: str | None = None
    """Name of an embedding model of an OpenAI-compatible endpoint; the offline embedder when not set."""
    embeddings_url: str | None = None
    """URL of the endpoint that embeds; `OPENAI_BASE_URL` when not set."""
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 7860
    starter: bool = True
    """Put the shipped quotation book into the library."""
    allow_private_addresses: bool = False
    """Fetch pages from the own machine and network too, such as a wiki of the house."""
    admit_inferred: bool = False
    """Quote turns whose speaker is only inferred; each such quote says so."""
    max_quotes: Annotated[int, Field(ge=1, le=10)] = 3
    openai_api_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("openai_api_key", "OPENAI_API_KEY")
    )
    openai_base_url: str | None = Field(
        default=None, validation_alias=AliasChoices("openai_base_url", "OPENAI_BASE_URL")
    )
    model: str | None = None
    """Name of the model that selects quotes; the extractive selector works when not set."""
    model_provider: str = "openai"
    """Who serves the model: `openai` for any OpenAI-compatible endpoint, else a provider of `init_chat_model`."""
    model_seconds: Annotated[float, Field(gt=0, le=600)] = 30
    """What a model may take for one answer, retries included; afterwards the extractive selector answers."""
    model_retries: Annotated[int, Field(ge=0, le=10)] = 2
    """How often a request that met 429, 5xx or a broken connection is sent again."""
    model_rest_seconds: Annotated[float, Field(ge=0, le=3600)] = 30
    """How long a model that failed twice in a row is left alone; the extractive selector answers meanwhile."""
    model_passage_tokens: Annotated[int, Field(ge=100)] = 6_000
    """How many tokens of passages a model is shown, about; beyond it passages are cut between sentences or left out."""
    model_usd_per_million_in: Annotated[float, Field(ge=0)] | None = None
    """Price of a million tokens read, to tell what an answer cost."""
    model_usd_per_million_out: Annotated[float, Field(ge=0)] | None = None
    """Price of a million tokens written."""
    answer_cache: bool = True
    """Remember which sentences a model picked, so that the same question over the same passages is not asked twice."""

    @property
    def library_url(self) -> "str | URL":
        """Return the database URL in force."""
        from sqlalchemy import URL  # what only reads settings does not load it

        if self.database_url:
            return self.database_url.get_secret_value()
        return URL.create("sqlite", database=str(self.home / DATABASE))  # any character may stand in a path

    @property
    def index_folder(self) -> Path:
        """Return the folder of the embedded index."""
        return self.home / "index"
