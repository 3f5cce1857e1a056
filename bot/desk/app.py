"""The application: which address leads to which page, who gets in, what is said when there is no such page."""

from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.desk.desk import Desk
from bot.desk.doing import done, shown
from bot.desk.files import FILES, FileMade
from bot.desk.look import PATHS, Look, NotThere, Page
from bot.desk.pages.table import PAGES
from bot.desk.render import laid_out
from bot.desk.safety import Safety
from bot.desk.sign_in import SignIn
from bot.shipped import TEMPLATES
from bot.store.database_errors import BooksAwayError

# What anybody may load: how pages look. By name, so that no path leads elsewhere.
STATIC: Mapping[str, tuple[str, str]] = {
    "desk.css": ("desk/desk.css", "text/css"),
    "desk.js": ("desk/desk.js", "text/javascript"),
    "Sarabun-Regular.ttf": ("documents/fonts/Sarabun-Regular.ttf", "font/ttf"),
    "Sarabun-Bold.ttf": ("documents/fonts/Sarabun-Bold.ttf", "font/ttf"),
}
_KEPT = {"Cache-Control": "public, max-age=3600"}

Endpoint = Callable[[Request], Awaitable[Response]]


def desk_app(desk: Desk, letters: Executor | None = None) -> ASGIApp:
    """The page of one office behind its safety layer. ``letters`` writes the letters with links; else a thread does."""
    door = SignIn(desk, letters or ThreadPoolExecutor(1, "desk-letters"))
    routes = [
        Route("/static/{name}", _static),
        Route("/sign-in", _reading(door.door), methods=["GET"]),
        Route("/sign-in", _asking(door), methods=["POST"]),
        Route("/sign-in/{token}", _reading(lambda request: door.button(request.path_params["token"])), methods=["GET"]),
        Route("/sign-in/{token}", _reading(lambda r: door.spend(r, r.path_params["token"])), methods=["POST"]),
        Route("/sign-out", _reading(door.leave), methods=["POST"]),
        *(Route(PATHS[name], _reading(_page(door, name)), methods=["GET"]) for name in PAGES),
        *(Route(PATHS[name], _reading(_file(door, name)), methods=["GET"]) for name in FILES),
        Route(PATHS["do"], _deed(door, shown), methods=["POST"]),
        Route(PATHS["done"], _deed(door, done), methods=["POST"]),
        Route("/{rest:path}", _reading(_nowhere(door)), methods=["GET", "POST"]),
    ]
    return Safety(Starlette(routes=routes, exception_handlers={BooksAwayError: _away}), desk.origin, desk.clock)


async def _away(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse("ฐานข้อมูลไม่ตอบ โปรดลองใหม่อีกครั้งในไม่กี่นาที", 503)


def _reading(answer: Callable[[Request], Response]) -> Endpoint:
    """An endpoint that asks the books, in a thread of its own."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(answer, request)

    return endpoint


def _asking(door: SignIn) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        async with request.form(max_files=0, max_fields=4) as form:
            address = str(form.get("address", ""))
        return await run_in_threadpool(door.ask, request, address)

    return endpoint


def _deed(door: SignIn, step: Callable[[Look, Mapping[str, str]], Page]) -> Endpoint:
    """A step of a deed: of staff alone."""

    def made(look: Look, form: Mapping[str, str]) -> Response:
        if look.person is None or not look.person.may_act:
            return HTMLResponse(laid_out(look, Page("not_yours", "ดูได้อย่างเดียว")), 403)
        return HTMLResponse(laid_out(look, step(look, form)))

    async def endpoint(request: Request) -> Response:
        async with request.form(max_files=0, max_fields=8) as form:
            given = {name: str(value) for name, value in form.items()}
        return await run_in_threadpool(_looked, door, request, lambda look, _asked: made(look, given))

    return endpoint


def _looked(door: SignIn, request: Request, made: Callable[[Look, Mapping[str, str]], Response]) -> Response:
    """What whoever is signed in gets to see. Nobody else gets any sign of what there is."""
    desk, now = door.desk, door.desk.clock()
    person = door.person(request)
    if person is None:
        return RedirectResponse(PATHS["sign_in"], 303)
    look = Look(desk, desk.current(now), now, person)
    try:
        return made(look, {**request.query_params, **request.path_params})
    except NotThere:
        return HTMLResponse(laid_out(look, Page("not_there", "ไม่พบหน้านี้")), 404)


def _page(door: SignIn, name: str) -> Callable[[Request], Response]:
    def made(look: Look, asked: Mapping[str, str]) -> Response:
        return HTMLResponse(laid_out(look, PAGES[name](look, asked)))

    return lambda request: _looked(door, request, made)


def _file(door: SignIn, name: str) -> Callable[[Request], Response]:
    def made(look: Look, asked: Mapping[str, str]) -> Response:
        file: FileMade = FILES[name](look, asked)
        return Response(file.content, headers=dict(file.headers), media_type=file.kind)

    return lambda request: _looked(door, request, made)


def _nowhere(door: SignIn) -> Callable[[Request], Response]:
    def made(_look: Look, _asked: Mapping[str, str]) -> Response:
        raise NotThere

    return lambda request: _looked(door, request, made)


async def _static(request: Request) -> Response:
    if found := STATIC.get(request.path_params["name"]):
        return FileResponse(TEMPLATES / found[0], media_type=found[1], headers=_KEPT)
    return Response(status_code=404)
