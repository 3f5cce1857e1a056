"""Coming in and going out. A link is mailed to who may come in; its page shows a button, and only the button spends it.

Scanners open links in mails before their readers do, so that opening one must change nothing. Whoever asks is told the same in
the same time, whether the address is known or not: the letter is written afterwards, by a worker of its own.
"""

import secrets
from concurrent.futures import Executor
from dataclasses import dataclass

import structlog
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.desk import Desk, Person
from bot.desk.look import Look, Page
from bot.desk.render import laid_out
from bot.office.decision import Decision
from bot.office.letters.sign_in import PATH, sign_in_letter
from bot.office.model.sign_in import IDLE, LINK_LASTS, LINKS_AT_ONCE, SESSION_LASTS, SignInLink, digest_of
from bot.service.record_decision import record
from bot.store.sign_ins import Spending

log = structlog.get_logger()

SESSION, BROWSER = "session", "browser"  # cookies
_LONGEST = 254  # letters of an address
_NOTED = IDLE / 12  # so often that somebody is still there is written down


@dataclass(frozen=True)
class SignIn:
    """The door of one desk. ``letters``: what is to be written is written there, one after another."""

    desk: Desk
    letters: Executor

    def person(self, request: Request) -> Person | None:
        """Who is signed in, by the browser's cookie."""
        desk, now = self.desk, self.desk.clock()
        token = desk.unsealed(SESSION, request.cookies.get(desk.cookie(SESSION), ""))
        session = desk.house.books.session(digest_of(token)) if token else None
        if session is None or not session.holds(now):
            return None
        if now - session.seen >= _NOTED:
            desk.house.books.seen(digest_of(token), now)
        return desk.person(session.address)

    def door(self, request: Request) -> Response:
        """Where one types one's address."""
        return self._with_mark(request, self._page("sign_in", "เข้าระบบ", asked=False))

    def ask(self, request: Request, address: str) -> Response:
        """Somebody wants a link. What he is told does not depend on who he is."""
        answer = self._with_mark(request, self._page("sign_in", "เข้าระบบ", asked=True))
        mark = self._mark(request)
        if mark and len(address) <= _LONGEST:
            self.letters.submit(self._send, address.strip().lower(), digest_of(mark))
        return answer

    def _send(self, address: str, browser: str) -> None:
        """Queue the letter, where the address is of one who may come in and has not asked too often."""
        desk, now = self.desk, self.desk.clock()
        try:
            if desk.person(address) is None or desk.house.books.open_links(address, now) >= LINKS_AT_ONCE:
                return
            token = secrets.token_urlsafe(32)
            link = SignInLink(digest_of(token), address, browser, now)
            letter = sign_in_letter(desk.house.bureau, link, token)
            record(desk.house, Decision(outcome="sign-in", letters=(letter,), links=(link,)), None, now)
        except Exception:  # nobody waits for it; he asks again
            log.exception("sign-in failed", action="desk", next_step="asked for again by who wants in")

    def button(self, token: str) -> Response:
        """The page of a link: a button, whatever the link holds. Nothing is looked up and nothing changed."""
        return self._page("sign_in_button", "เข้าระบบ", path=f"/sign-in/{token}" if _is_token(token) else "/sign-in/-")

    def spend(self, request: Request, token: str) -> Response:
        """The button was pressed: the session begins, or the same words for every reason why not."""
        desk, now = self.desk, self.desk.clock()
        session, mark = secrets.token_urlsafe(32), self._mark(request)
        given = Spending(digest_of(token), digest_of(mark) if mark else "-", digest_of(session))
        address = desk.house.books.spend(given, now)
        if not address or desk.person(address) is None:
            return self._page("sign_in_refused", "เข้าระบบไม่ได้", status=403)
        log.info("signed in", action="desk")
        answer = RedirectResponse("/", 303)
        self._give(answer, SESSION, session, SESSION_LASTS.total_seconds())
        return answer

    def leave(self, request: Request) -> Response:
        """The session ends for good, here and in the books."""
        desk = self.desk
        if token := desk.unsealed(SESSION, request.cookies.get(desk.cookie(SESSION), "")):
            desk.house.books.end_session(digest_of(token), desk.clock())
        answer = RedirectResponse("/sign-in", 303)
        answer.delete_cookie(desk.cookie(SESSION), secure=desk.is_secret, httponly=True, samesite="lax")
        return answer

    def _mark(self, request: Request) -> str:
        """By what the browser is known again that asks for a link and that spends it; "" where it has none yet."""
        return self.desk.unsealed(BROWSER, request.cookies.get(self.desk.cookie(BROWSER), ""))

    def _with_mark(self, request: Request, answer: Response) -> Response:
        if not self._mark(request):
            self._give(answer, BROWSER, secrets.token_urlsafe(32), 2 * LINK_LASTS.total_seconds())
        return answer

    def _give(self, answer: Response, what: str, value: str, seconds: float) -> None:
        """A cookie that no script reads. Only a deed needs the mark; a page may be opened from a link in a mail."""
        sealed, secret = self.desk.sealed(what, value), self.desk.is_secret
        answer.set_cookie(
            self.desk.cookie(what),
            sealed,
            max_age=int(seconds),
            secure=secret,
            httponly=True,
            samesite="strict" if what == BROWSER else "lax",
        )

    def _page(self, template: str, title: str, *, status: int = 200, **view: object) -> HTMLResponse:
        look = Look(self.desk, self.desk.house, self.desk.clock())
        return HTMLResponse(laid_out(look, Page(template, title, view)), status)


def link_at_hand(desk: Desk, address: str) -> str:
    """A link for whoever sits at the machine, good in any browser; "" for an address that may not come in."""
    if desk.person(address) is None:
        return ""
    token, now = secrets.token_urlsafe(32), desk.clock()
    link = SignInLink(digest_of(token), address, "", now)
    record(desk.house, Decision(outcome="sign-in", links=(link,)), None, now)
    return f"{desk.origin}{PATH}{token}"


def _is_token(token: str) -> bool:
    return token.isascii() and token.replace("-", "").replace("_", "").isalnum()
