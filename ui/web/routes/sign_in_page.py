"""The sign-in page."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from ui.rendering.answer_html import text
from ui.rendering.page_texts import PageTexts
from ui.web.access.access_control import COOKIE, address_of, is_secure
from ui.web.access.passwords import Passwords, TooManyTries
from ui.web.access.sessions import LASTS, SignIns
from ui.web.access.visitors import same_origin, texts_for
from ui.web.templates.answer_tools import notice
from ui.web.templates.page_frame import document


def login_routes(passwords: Passwords, sign_ins: SignIns) -> APIRouter:
    """Return the routes to sign in and out."""
    routes = APIRouter()

    @routes.get("/login")
    def login(request: Request) -> HTMLResponse:
        page = texts_for(request)
        return HTMLResponse(_form(page, request.query_params.get("next", "/")))

    @routes.post("/login", dependencies=[Depends(same_origin)])
    def sign_in(
        request: Request,
        name: Annotated[str, Form(max_length=200)],
        password: Annotated[str, Form(max_length=1000)],
        place: Annotated[str, Form(alias="next")] = "/",
    ) -> Response:
        page = texts_for(request)
        try:
            fits = passwords.fit(name, password, address=address_of(request))
        except TooManyTries:
            return HTMLResponse(_form(page, place, page.too_many_tries), status_code=429)
        if not fits:
            return HTMLResponse(_form(page, place, page.wrong_password), status_code=401)
        response = RedirectResponse(_own(place), 303)
        response.set_cookie(
            COOKIE,
            sign_ins.begin(name),
            max_age=int(LASTS.total_seconds()),
            httponly=True,
            samesite="lax",
            secure=is_secure(request),
        )
        return response

    @routes.post("/logout", dependencies=[Depends(same_origin)])
    def sign_out(request: Request) -> Response:
        sign_ins.end(request.cookies.get(COOKIE, ""))
        response = RedirectResponse("/login", 303)
        response.delete_cookie(COOKIE)
        return response

    return routes


def _form(page: PageTexts, place: str, trouble: str | None = None) -> str:
    body = (
        f"<h1>{text(page.sign_in)}</h1>{notice(trouble) if trouble else ''}"
        f'<form class="login" method="post" action="/login"><input type="hidden" name="next" value="{text(place)}">'
        f'<label>{text(page.name)} <input name="name" autocomplete="username" required autofocus></label>'
        f'<label>{text(page.password)} <input name="password" type="password" autocomplete="current-password" '
        f'required></label><button type="submit" class="primary">{text(page.sign_in)}</button></form>'
    )
    return document(page.sign_in, body, page)


def _own(place: str) -> str:
    """Return the address to go on to: only ever one of ours."""
    return place if place.startswith("/") and not place.startswith(("//", "/\\")) else "/"
