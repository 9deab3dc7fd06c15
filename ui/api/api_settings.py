"""What an operator can set about the API: `ILYA_API_*` variables."""

from typing import Annotated

from pydantic import Field

from assistant.settings import FiledSettings


class ApiSettings(FiledSettings):
    """The settings of the HTTP API."""

    api_public: bool = False
    """Let everybody read through the API without a key: ask, search, check, quotes, sources."""
    api_public_per_minute: Annotated[int, Field(ge=1)] = 30
    """How many requests a minute an address without a key may send to a public API."""
    page_url: str | None = None
    """Where people open the page, such as `https://ilya.example`: links in feeds, cards and Slack begin with it."""
    api_cors: str = ""
    """Origins whose pages may call the API from a browser, parted by white space; `*` for all."""
