"""What stands between the network and every page: who may be asked by what address, from where a deed may come, how much is taken in.

And what browsers are told: nothing of others is loaded, nothing is framed, kept or passed on. A plain ASGI layer, so that no page
can forget it. A deed must come from one of our own pages by the browser's own word: ``Sec-Fetch-Site`` or, where an old one
sends none, ``Origin``; a request that has neither comes from no browser that we know.
"""

import datetime
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.desk.rate_limits import DEEDS, PAGES, SIGN_INS, Limiter
from bot.office.letters.sign_in import PATH

LARGEST = 64 << 10  # bytes of a form that somebody sends
POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",  # with no-referrer browsers would not say from where a deed comes
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
}
SECURE = {"Strict-Transport-Security": "max-age=31536000"}
_READING = ("GET", "HEAD")


class Safety:
    """The layer around the application. ``clock`` gives the time."""

    def __init__(self, app: ASGIApp, origin: str, clock: Callable[[], datetime.datetime]) -> None:
        self._app, self._origin, self._clock = app, origin, clock
        self._host = urlsplit(origin).netloc
        self._limiter = Limiter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        sending = self._with_headers(send)
        if refusal := self._refusal(scope):
            await refusal(scope, receive, sending)
            return
        await self._app(scope, _limited(receive), sending)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        """Why the request is not answered; None when it is."""
        headers, method = Headers(scope=scope), scope["method"]
        if headers.get("host", "").lower() != self._host:
            return _refused("ที่อยู่ของหน้าเว็บไม่ถูกต้อง", 421)
        if method not in (*_READING, "POST"):
            return _refused("ไม่รองรับคำขอนี้", 405)
        caller = scope["client"][0] if scope.get("client") else ""
        reading = method in _READING
        rate = PAGES if reading else SIGN_INS if scope["path"].startswith(PATH.rstrip("/")) else DEEDS
        if not self._limiter.allows(caller, rate, self._clock()):
            return _refused("มีคำขอมากเกินไป โปรดรอสักครู่แล้วลองใหม่", 429)
        if not reading and not self._from_our_page(headers):
            return _refused("ไม่รับคำสั่งที่มาจากหน้าเว็บอื่น", 403)
        return None

    def _from_our_page(self, headers: Headers) -> bool:
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is None and origin is None:
            return False
        return site in {None, "same-origin"} and origin in {None, self._origin}

    def _with_headers(self, send: Send) -> Send:
        more = HEADERS if self._origin.startswith("http:") else {**HEADERS, **SECURE}

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in more.items():
                    headers.setdefault(name, value)
            await send(message)

        return sending


def _refused(sentence: str, status: int) -> PlainTextResponse:
    return PlainTextResponse(sentence, status)


def _limited(receive: Receive) -> Receive:
    """What is received, up to the largest form. Raises HTTPException, which the application answers."""
    taken = 0

    async def some() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST:
            raise HTTPException(413, "ข้อมูลที่ส่งมามีขนาดใหญ่เกินไป")
        return message

    return some
