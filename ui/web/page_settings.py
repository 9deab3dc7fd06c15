"""What an operator can set about the page: who may use it and who may add to the library. `ILYA_*` variables."""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, SecretStr

from assistant.settings import FiledSettings


class Uploads(StrEnum):
    """When visitors may add files to the library and take sources out."""

    LOOPBACK = "loopback"
    """When only this machine can reach the page."""
    ALWAYS = "always"
    NEVER = "never"


def _path(value: str) -> str:
    found = "/" + value.strip("/") if value.strip("/") else ""
    if not re.fullmatch(r"(/[A-Za-z0-9._~-]+)*", found):
        raise ValueError("write a path of letters, digits and - . _ ~ only, such as /ilya")
    return found


class WebSettings(FiledSettings):
    """The settings of the web page."""

    auth: SecretStr | None = None
    """Who may sign in: `name:hash` pairs parted by white space, made by `ilya password NAME`."""
    proxy_user_header: str | None = None
    """The header in which a trusted proxy names the visitor, such as `X-Forwarded-User`."""
    trusted_proxies: str = "127.0.0.1 ::1"
    """Addresses whose `proxy_user_header` is believed, parted by white space."""
    open_to_all: bool = False
    """Serve an address that others can reach without any sign-in."""
    root_path: Annotated[str, AfterValidator(_path)] = ""
    """The path under which a proxy serves the page, such as `/ilya`."""
    uploads: Uploads = Uploads.LOOPBACK
