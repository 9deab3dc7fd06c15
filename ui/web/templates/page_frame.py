"""The frame of every page: Jinja2 templates with autoescape, the one header, a whole document around a body.

Templates stand beside this module. In them `visit.at("/library")` is an address under whatever path the page is
mounted, and `value | words` writes words of a source so that a browser shows exactly them.
"""

from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ui.rendering.answer_html import text
from ui.rendering.page_texts import PageTexts
from ui.web.access.current_visit import Visit, current_visit
from ui.web.templates.header_texts import header_texts

STYLES = ("tones", "header", "cards", "reader", "plain", "print")
SCRIPTS = ("header", "cards", "reader")

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters["words"] = lambda value: Markup(text(value))  # every sign is an entity


def rendered(template: str, page: PageTexts, **values: Any) -> str:
    """Return a template filled in; it has the page's texts as `page` and the visit under way as `visit`.

    Strings are escaped; HTML of our own is handed over as `Markup`.

    Raises:
        UndefinedError: the template uses a value that was not given.
    """
    return _TEMPLATES.get_template(template).render({"page": page, "visit": current_visit()} | values)


def whole_page(
    template: str,
    title: str,
    page: PageTexts,
    *,
    here: str = "",
    scripts: tuple[str, ...] = (),
    head: str = "",
    **values: Any,
) -> HTMLResponse:
    """Return a page whose `<main>` is a template; `here` is the address of the place it belongs to.

    `head` is HTML composed by code that goes into `<head>`.
    """
    body = rendered(template, page, title=title, **values)
    return HTMLResponse(document(title, body, page, scripts=scripts, here=here, head=head))


def document(
    title: str, body: str, page: PageTexts, *, scripts: tuple[str, ...] = (), here: str = "", head: str = ""
) -> str:
    """Return a whole HTML document around a body, and what a page adds to its `<head>`: HTML composed by code."""
    return rendered(
        "base.html",
        page,
        title=title,
        body=Markup(body),
        head=Markup(head),
        header=Markup(header_html(page, current_visit(), here=here)),
        said=header_texts(page.code),
        styles=STYLES,
        scripts=(*SCRIPTS, *scripts),
    )


def header_html(page: PageTexts, visit: Visit, *, here: str = "") -> str:
    """Return the header that every page has, the chat too: name, places, language, theme, sign-out."""
    said = header_texts(page.code)
    places = {"/": page.nav_ask, "/topics": said.topics, "/check": page.nav_check, "/library": page.nav_library}
    return rendered("header.html", page, visit=visit, said=said, places=places, here=here)


def missing(page: PageTexts) -> HTMLResponse:
    """Return the answer to an address with nothing behind it."""
    return problem_page(page.missing_title, page.missing, page, status=404)


def problem_page(title: str, sentence: str, page: PageTexts, *, status: int) -> HTMLResponse:
    """Return a page that says in one sentence what went wrong, with ways on."""
    body = rendered("problem.html", page, title=title, sentence=sentence, said=header_texts(page.code))
    return HTMLResponse(document(title, body, page), status_code=status)
