"""The application: pages for people and the same operations under /api for programs.

Pages are made whole on the server and work without a script; the script only fetches the answer again when something
was changed. Answers are kept in memory for a while under what was understood, never under what was written.
"""

import asyncio
import json
import os
from collections.abc import Callable, Collection
from contextlib import asynccontextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from threadpoolctl import threadpool_limits

from decide.catalog import Catalog, load_catalog
from decide.errors import InputError, NothingFits
from decide.version import __version__
from decide.web.answers import Desk
from decide.web.api import router
from decide.web.asked import check_fields
from decide.web.guard import LOOPBACK, POLICY, Bounds, Guard
from decide.web.lanes import Lanes
from decide.web.operations import operations
from decide.web.pages import Pages, Shown

HERE = Path(__file__).parent
_TOLD = "DECIDE_SERVES"


def create_app(
    catalog: Catalog | None = None,
    bounds: Bounds | None = None,
    *,
    warm: bool = True,
    hosts: Collection[str] | None = LOOPBACK,
) -> FastAPI:
    """The application over a catalogue (the shipped one for None); `warm` reads all facts before the first question.

    It answers only where it is asked for by one of `hosts`, by any name for None.
    """
    facts = catalog or load_catalog()
    desk = Desk(facts)
    pages = Pages(facts, desk)
    lanes = Lanes()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> Any:
        task = None
        # the matrices are small: one thread each is several times faster than all threads on each in turn
        with threadpool_limits(limits=1, user_api="blas"):
            if warm:
                await asyncio.to_thread(desk.warm)
                task = asyncio.create_task(asyncio.to_thread(desk.warm_charts))
            yield
            lanes.close()
            if task is not None:
                await task

    app = FastAPI(
        title="decide",
        version=__version__,
        summary="Ranks skin and hair treatments by what a course costs, how much it helps and how sure that is.",
        description="It informs a talk with a clinician; it does not replace one. Nothing that is asked is kept.",
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        separate_input_output_schemas=False,
    )
    app.state.work, app.state.desk = lanes.work, desk
    app.include_router(router)

    async def page(request: Request, make: Callable[[Any], Shown]) -> Response:
        fields = request.query_params

        def shown() -> Shown:
            try:
                check_fields(facts, fields, request.url.path)
                return make(fields)
            except (InputError, NothingFits) as error:
                return pages.refused(fields, error, fragment=request.url.path == "/answer")

        result = await lanes.work(shown, request)
        return HTMLResponse(result.html, result.status, headers=result.headers)

    @app.get("/", include_in_schema=False)
    async def home(request: Request) -> Response:
        return await page(request, pages.home)

    @app.get("/answer", include_in_schema=False)
    async def answer(request: Request) -> Response:
        return await page(request, pages.answer)

    @app.get("/options/{identity:path}", include_in_schema=False)
    async def option(request: Request, identity: str) -> Response:
        return await page(request, lambda fields: pages.option(identity, fields))

    @app.get("/compare", include_in_schema=False)
    async def compare(request: Request) -> Response:
        return await page(request, pages.compare)

    @app.get("/instead", include_in_schema=False)
    async def instead(request: Request) -> Response:
        return await page(request, pages.instead)

    @app.get("/report", include_in_schema=False)
    async def report(request: Request) -> Response:
        return await page(request, lambda fields: _with_style(pages.report(fields)))

    @app.get("/about", include_in_schema=False)
    async def about(request: Request) -> Response:
        return await page(request, pages.about)

    @app.get("/openapi.json", include_in_schema=False)
    async def schema() -> Response:
        return Response(described(), media_type="application/json")

    @cache
    def described() -> bytes:
        return json.dumps(app.openapi(), ensure_ascii=False).encode()

    @app.get("/docs", include_in_schema=False)
    async def docs(request: Request) -> Response:
        return await page(request, lambda fields: pages.docs(operations(app.openapi())))

    @app.get("/charts/{name}.svg", include_in_schema=False)
    async def chart(request: Request, name: str) -> Response:
        def drawn() -> bytes:
            check_fields(facts, request.query_params, request.url.path)
            return pages.chart(name, request.query_params)

        try:
            picture = await lanes.work(drawn, request)
        except (InputError, NothingFits) as error:
            return JSONResponse({"error": error.message, "hint": error.hint}, 422)
        return Response(picture, media_type="image/svg+xml")

    app.mount("/static", _Static(directory=HERE / "static"), name="static")

    @app.exception_handler(InputError)
    async def bad_input(_: Request, error: InputError) -> Response:
        return JSONResponse({"error": error.message, "hint": error.hint}, 422)

    @app.exception_handler(NothingFits)
    async def nothing(_: Request, outcome: NothingFits) -> Response:
        return JSONResponse({"error": outcome.message, "hint": outcome.hint}, 422)

    @app.exception_handler(RequestValidationError)
    async def bad_body(_: Request, error: RequestValidationError) -> Response:
        item = error.errors()[0]
        where = ".".join(str(part) for part in item["loc"][1:] or item["loc"])
        says = str(item["msg"]).removeprefix("Value error, ").lower()
        return JSONResponse({"error": f"{where}: {says}", "hint": "/openapi.json has the fields"}, 422)

    @app.exception_handler(HTTPException)
    async def other(request: Request, error: HTTPException) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": str(error.detail).lower(), "hint": ""}, error.status_code, error.headers)
        shown = pages.lost(error.status_code, error.detail)
        return HTMLResponse(shown.html, shown.status, headers=error.headers)

    app.add_middleware(Guard, bounds=bounds, hosts=hosts)
    return app


def tell(folder: str | None, hosts: Collection[str]) -> None:
    """What the processes that this one starts are to serve."""
    os.environ[_TOLD] = json.dumps([folder, list(hosts)])


def served() -> FastAPI:
    """The application as `tell` told it."""
    folder, hosts = json.loads(os.environ[_TOLD])
    return create_app(load_catalog(folder), hosts=hosts)


class _Static(StaticFiles):
    """Files of the page; their addresses carry a mark of their contents, so that a browser may keep them."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["cache-control"] = "public, max-age=86400"
        return response


def _with_style(shown: Shown) -> Shown:
    """A report carries its style within; the policy names it by its hash, so that no other style is let in."""
    from base64 import b64encode

    from decide.report.html import STYLE

    mark = b64encode(sha256(STYLE.encode()).digest()).decode()
    return shown._replace(headers={"content-security-policy": POLICY.format(style=f"'sha256-{mark}'")})
