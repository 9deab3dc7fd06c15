"""Who may call the API: a key with the scope, somebody signed in to the page, or everybody where it is public."""

from collections.abc import Callable

from fastapi import Depends, HTTPException, Request
from fastapi.params import Depends as Dependency
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Scope as AsgiScope

from ui.api.api_settings import ApiSettings
from ui.api.keys import Key, Keys, Scope, TooManyRequests

_KEY = "ilya.api_key"
_PUBLIC = "ilya.api_public"

Guard = Callable[[HTTPConnection], "str | Response | None"]
"""Returns the visitor's name, None for a visitor without one, or the response that turns them away."""


def with_keys(guard: Guard, keys: Keys, settings: ApiSettings, *, api: str, others: tuple[str, ...]) -> Guard:
    """Return a guard that lets callers with a key through to the paths under `api` and `others`.

    Where the API is public everybody reaches the paths under `api`.

    A browser's question whether it may ask (CORS) carries no credentials and is let through too; what a caller may do
    there is for `may` to say.
    """

    def guarded(request: HTTPConnection) -> str | Response | None:
        path = request.scope["path"]
        in_api = _under(path, api)
        if not in_api and not any(_under(path, other) for other in others):
            return guard(request)
        token = bearer(request)
        key = keys.find(token) if token else None
        if key:
            request.scope[_KEY] = key
            return f"key:{key.name}"
        if in_api and request.scope.get("method") == "OPTIONS":
            return None
        found = guard(request)
        if isinstance(found, Response) and in_api and settings.api_public and not token:
            request.scope[_PUBLIC] = True
            return None
        return found

    return guarded


def may(scope: Scope, keys: Keys, settings: ApiSettings) -> Dependency:
    """Return the dependency of a route that only callers with `scope` may use, as often as they may; see `allow`."""

    def check(request: Request) -> None:
        allow(request, scope, keys, settings)

    dependency: Dependency = Depends(check)
    return dependency


def allow(request: Request, scope: Scope, keys: Keys, settings: ApiSettings) -> None:
    """Count a request of a caller who may make it.

    Raises:
        HTTPException: 401 for an unknown key, 403 for a key without the scope, 429 with `Retry-After`.
    """
    key = key_of(request.scope)
    if key is None and bearer(request):
        raise HTTPException(401, "This key is not known here, or was revoked.", {"WWW-Authenticate": "Bearer"})
    try:
        if key:
            if scope not in key.scopes:
                raise HTTPException(403, f"This key has no scope “{scope}”; it has {', '.join(key.scopes)}.")
            keys.use(key)
        elif request.scope.get(_PUBLIC):
            caller = request.client.host if request.client else ""
            keys.count(f"address:{caller}", per_minute=settings.api_public_per_minute)
    except TooManyRequests as error:
        raise HTTPException(429, str(error), {"Retry-After": str(error.retry_after)}) from error


def key_of(scope: AsgiScope) -> Key | None:
    """Return the key that a request came with."""
    found = scope.get(_KEY)
    return found if isinstance(found, Key) else None


def is_public(scope: AsgiScope) -> bool:
    """Whether a request came without any sign-in to a public API."""
    return bool(scope.get(_PUBLIC))


def bearer(request: HTTPConnection) -> str | None:
    """Return the token of the `Authorization: Bearer` header."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" and token.strip() else None


def _under(path: str, start: str) -> bool:
    return path == start or path.startswith(f"{start}/")
