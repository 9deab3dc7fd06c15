"""The API as an application of its own: its errors are problem details, its description is `openapi.json`."""

from importlib.metadata import version

from fastapi import APIRouter, FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import RedirectResponse

from assistant import Assistant
from assistant.records.saved_answers import Records
from ui.api.api_settings import ApiSettings
from ui.api.keys import Keys
from ui.api.problems import add_problem_handlers, describe_problems
from ui.api.question_routes import question_routes
from ui.api.record_routes import record_routes
from ui.api.sharing_routes import sharing_routes
from ui.api.verification_routes import verification_routes

PREFIX = "/api/v1"
_OLD_PATHS = ("ask", "check", "search", "sources")


def build_api(assistant: Assistant, records: Records, keys: Keys, settings: ApiSettings) -> FastAPI:
    """Return the application, to be mounted at `PREFIX` behind the guard of the page."""
    app = FastAPI(
        title="ask-ilya",
        version=f"1 (ask-ilya {version('ask-ilya')})",
        summary=f"What {assistant.subject.name} said, in cited words.",
        servers=[{"url": PREFIX}],
        docs_url=None,  # its pages load scripts from a CDN
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,  # what a generated client calls its functions
    )
    add_problem_handlers(app)
    app.include_router(question_routes(assistant, records, keys, settings))
    app.include_router(record_routes(assistant, records, keys, settings))
    app.include_router(verification_routes(assistant.settings.home, keys, settings))
    app.include_router(sharing_routes(assistant, records, keys, settings))
    describe_problems(app)
    if settings.api_cors:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.api_cors.split(),
            allow_methods=["GET", "POST"],
            allow_headers=["authorization", "content-type", "accept", "if-none-match"],
            expose_headers=["etag", "link", "retry-after", "x-request-id"],
        )
    return app


def old_routes() -> APIRouter:
    """Return redirects from the addresses that the API had before it had a version; method and body are kept.

    Who asks for the API itself is led to its description.
    """
    routes = APIRouter(include_in_schema=False)

    @routes.get("/api")
    @routes.get(PREFIX)
    async def described() -> RedirectResponse:
        return RedirectResponse(f"{PREFIX}/openapi.json", 307)

    for name in _OLD_PATHS:

        @routes.api_route(f"/api/{name}", methods=["GET", "POST"])
        async def moved(request: Request) -> RedirectResponse:
            query = f"?{request.url.query}" if request.url.query else ""
            place = request.url.path.removeprefix("/api")
            return RedirectResponse(f"{PREFIX}{place}{query}", 308)

    return routes
