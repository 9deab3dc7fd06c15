"""The sign-in page."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from ui.rendering.page_texts import PageTexts
from ui.web.access.access_control import COOKIE, address_of, is_secure
from ui.web.access.current_visit import current_visit
from ui.web.access.passwords import Passwords, TooManyTries
from ui.web.access.sessions import LASTS, SignIns
from ui.web.access.visitors import same_origin, texts_for
from ui.web.templates.page_frame import whole_page


def login_routes(passwords: Passwords, sign_ins: SignIns) -> APIRouter:
    """Return the routes to sign in and out."""
    routes = APIRouter()

    @routes.get("/login")
    def login(request: Request) -> HTMLResponse:
        page = texts_for(request)
        return _form(page, request.query_params.get("next") or current_visit().at("/"))

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
            return _form(page, place, name=name, trouble=page.too_many_tries, status=429)
        if not fits:
            return _form(page, place, name=name, trouble=page.wrong_password, status=401)
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
        response = RedirectResponse(current_visit().at("/login"), 303)
        response.delete_cookie(COOKIE)
        return response

    return routes


def _form(page: PageTexts, place: str, *, name: str = "", trouble: str = "", status: int = 200) -> HTMLResponse:
    shown = whole_page("sign_in.html", page.sign_in, page, place=place, name=name, trouble=trouble)
    shown.status_code = status
    return shown


def _own(place: str) -> str:
    """Return the address to go on to: only ever one of ours."""
    return place if place.startswith("/") and not place.startswith(("//", "/\\")) else "/"
