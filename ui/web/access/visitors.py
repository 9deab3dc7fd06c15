"""Who is asking, in which language, and whether a request that changes something comes from our own page."""

from urllib.parse import urlsplit

from fastapi import HTTPException, Request

from ui.languages import preferred_language
from ui.rendering.page_texts import PageTexts, page_texts

USER = "ilya.user"
"""Key of the request's scope under which the sign-in leaves the visitor's name."""

LOCAL = "local"
"""The visitor's name where only this machine can reach the page."""

LANGUAGE_COOKIE = "ilya_language"
"""Keeps the language that an address chose (`?lang=zh`)."""


def owner_of(request: Request) -> str | None:
    """Return the name of the signed-in visitor, if there is one."""
    found = request.scope.get(USER)
    return str(found) if found else None


def same_origin(request: Request) -> None:
    """Refuse a change that another site's page asks the visitor's browser for.

    Raises:
        HTTPException: 403, the request comes from elsewhere.
    """
    origin = request.headers.get("origin")
    elsewhere = origin and urlsplit(origin).netloc != request.headers.get("host")
    if elsewhere or request.headers.get("sec-fetch-site") == "cross-site":
        raise HTTPException(403, "This request comes from another site.")


def texts_for(request: Request) -> PageTexts:
    """Return the texts in the visitor's language: the one chosen in the address, once chosen, or the browser's."""
    chosen = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    return page_texts(preferred_language(request.headers.get("accept-language", ""), chosen))
