"""The frame of the pages that are not the chat: quotes, answers, sources, the library. Plain HTML of our own."""

from fastapi.responses import HTMLResponse

from ui.rendering.answer_html import text
from ui.web.page_texts import PageTexts

_STYLES = ("tones", "cards", "reader", "plain")
_SCRIPTS = ("cards", "reader")
CURRENT = ' aria-current="page"'
_DARK = "if(matchMedia('(prefers-color-scheme: dark)').matches)document.body.classList.add('dark')"


def document(title: str, body: str, page: PageTexts, *, scripts: tuple[str, ...] = (), here: str = "") -> str:
    """Return a whole HTML document around a body composed by code; `here` is the address of the place it belongs to."""
    styles = "".join(f'<link rel="stylesheet" href="/look/{name}.css">' for name in _STYLES)
    loaded = "".join(f'<script src="/look/{name}.js" defer></script>' for name in (*_SCRIPTS, *scripts))
    return (
        f'<!doctype html><html lang="{page.code}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{text(title)}</title>{styles}{loaded}</head>"
        f'<body class="plain"><script>{_DARK}</script>{_navigation(page, here)}<main>{body}</main></body></html>'
    )


def missing(page: PageTexts) -> HTMLResponse:
    """Return the answer to an address with nothing behind it."""
    body = f"<h1>{text(page.missing_title)}</h1><p>{text(page.missing)}</p>"
    return HTMLResponse(document(page.missing_title, body, page), status_code=404)


def _navigation(page: PageTexts, here: str) -> str:
    places = {"/": page.nav_ask, "/check": page.nav_check, "/library": page.nav_library}
    links = "".join(
        f'<a href="{address}"{CURRENT if address == here else ""}>{text(name)}</a>' for address, name in places.items()
    )
    return f'<nav class="site"><a class="home" href="/">ask-ilya</a>{links}</nav>'
