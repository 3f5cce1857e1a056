"""Everything that a browser asks of the desk, each time about something else, for ``tests.bench.desk``; this is no test."""

import datetime
import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.desk.look import PATHS, served
from bot.desk.pages.table import PAGES
from bot.desk.sign_in import link_at_hand
from bot.office.model.sent_letter import LetterState
from bot.store.desk_pages import Which
from tests.bench.desk_books import CIRCULARS, MAILS, WHOLE
from tests.bot.desk.conftest import OURS, DeskOffice
from tests.field.office_of_paper import STAFF

Request = Callable[[], Any]
FAILED = Which(state=LetterState.FAILED.value)
# Of a deed that was shown: <input … name="deed" value="…">.
_DEED = re.compile(r'name="deed" value="([^"]+)"')


@dataclass(frozen=True)
class Visit:
    """One page: what is asked for at each turn, made ready before the clock runs; ``of_many``: it tells of all circulars."""

    request: Callable[[DeskOffice, Any, int], Request]
    of_many: bool = False
    answers: tuple[int, ...] = (200,)


def _values(office: DeskOffice, turn: int) -> dict[str, object]:
    contacts, form = office.bureau.roster.contacts, office.bureau.circulars["w5827"].form
    reporter = contacts[turn % len(contacts)].reporter
    return {
        "slug": f"c{1 + turn * 7 % (CIRCULARS - 1)}",
        "key": reporter.key,
        "number": 1 + turn % WHOLE,
        "organisation": office.bureau.roster.organisations[turn].code,
        "question": form.question[turn % len(form.question)].key,
        "at": 0,
        "version": 1,
    }


def _page(name: str, *, of_many: bool = False, **more: Callable[[int], object] | str | int) -> Visit:
    """A page by its name; ``more`` of its parameters, some by the turn."""

    def request(office: DeskOffice, browser: Any, turn: int) -> Request:
        own = {key: value for key, value in _values(office, turn).items() if f"{{{key}}}" in PATHS[name]}
        own |= {key: value(turn) if callable(value) else value for key, value in more.items()}
        return lambda: browser.get(served(name, **own))

    return Visit(request, of_many)


def _shown(form: Callable[[DeskOffice, int], dict[str, str]]) -> Visit:
    return Visit(lambda office, browser, turn: lambda: browser.post("/do", data=form(office, turn), headers=OURS))


def _done(form: Callable[[DeskOffice, int], dict[str, str]]) -> Visit:
    """What was shown before is done."""

    def request(office: DeskOffice, browser: Any, turn: int) -> Request:
        page = browser.post("/do", data=form(office, turn), headers=OURS).text
        deed = html.unescape(_DEED.search(page)[1])  # a bench that cannot do it says so
        return lambda: browser.post("/done", data={"deed": deed}, headers=OURS)

    return Visit(request)


def _extended(office: DeskOffice, turn: int) -> dict[str, str]:
    values, day = _values(office, turn), office.now + datetime.timedelta(days=4)
    name = office.bureau.roster.contact_for(str(values["key"])).reporter.name
    return {"kind": "words", "slug": str(values["slug"]), "words": f"เลื่อนกำหนดของ{name}ถึงวันที่ {day.day} ธันวาคม 2567"}


def _reminded(office: DeskOffice, turn: int) -> dict[str, str]:
    values = _values(office, turn)
    name = office.bureau.roster.contact_for(str(values["key"])).reporter.name
    return {"kind": "words", "slug": str(values["slug"]), "words": f"เตือน{name}ตอนนี้"}


def _settled(_office: DeskOffice, turn: int) -> dict[str, str]:
    return {"kind": "settle", "number": str(WHOLE + 1 + 2_000 * turn), "words": "ไม่รับ"}


def _answered(_office: DeskOffice, turn: int) -> dict[str, str]:
    return {"kind": "answer", "number": str(WHOLE + 2 + 2_000 * turn), "words": "หมายถึงคำสั่งกำหนดระบบค่ะ"}


def _resent(office: DeskOffice, turn: int) -> dict[str, str]:
    failed = [row.id for row in office.house.books.letter_rows(FAILED, 2 * WHOLE)]
    return {"kind": "resend", "number": str(failed[turn])}


def _sign_in(_office: DeskOffice, _browser: Any, turn: int) -> Request:
    fresh = _office.browser()
    return lambda: fresh.get("/sign-in")


def _asks(office: DeskOffice, _browser: Any, _turn: int) -> Request:
    fresh = office.browser()
    fresh.get("/sign-in")
    return lambda: fresh.post("/sign-in", data={"address": STAFF}, headers=OURS)


def link(office: DeskOffice) -> str:
    """The path of a new link by which somebody of the staff comes in."""
    return link_at_hand(office.desk, STAFF).removeprefix(office.desk.origin)


def _button(office: DeskOffice, _browser: Any, _turn: int) -> Request:
    path, fresh = link(office), office.browser()
    return lambda: fresh.get(path)


def _comes_in(office: DeskOffice, _browser: Any, _turn: int) -> Request:
    path, fresh = link(office), office.browser()
    return lambda: fresh.post(path, headers=OURS)


def _goes_out(office: DeskOffice, _browser: Any, _turn: int) -> Request:
    path, fresh = link(office), office.browser()
    fresh.post(path, headers=OURS)
    return lambda: fresh.post("/sign-out", headers=OURS)


def _at(path: str) -> Callable[[DeskOffice, Any, int], Request]:
    return lambda _office, browser, _turn: lambda: browser.get(path)


_OF_MANY = ("today", "circulars", "calls", "reporter")
_BEHIND: Mapping[str, Any] = {"before": lambda turn: MAILS - 2_000 * turn}
VISITS: Mapping[str, Visit] = {
    **{name: _page(name, of_many=name in _OF_MANY) for name in PAGES if name != "search"},
    "circulars, behind the first": _page("circulars", of_many=True, after=lambda turn: f"c{CIRCULARS - 60 - turn}"),
    "reporters, behind the first": _page("reporters", after="den-chai"),
    "reporter, another circular": _page("reporter", of_many=True, circular=lambda turn: f"c{100 + turn}"),
    "reporter, mails behind": _page("reporter", of_many=True, **_BEHIND),
    "mails, behind the first": _page("mails", **_BEHIND),
    "mails, held": _page("mails", state="held"),
    "mails, held, behind": _page("mails", state="held", **_BEHIND),
    "letters, behind the first": _page("letters", **_BEHIND),
    "letters, failed": _page("letters", state="failed"),
    "letters, failed, behind": _page("letters", state="failed", **_BEHIND),
    "search, a name": _page("search", q=lambda turn: ("เด่นชัย", "สอง", "ลอง", "วังชิ้น")[turn % 4]),
    "search, a subject": _page("search", q=lambda turn: f"ครั้งที่ {99_000 + turn}"),
    "search, nothing": _page("search", q=lambda turn: f"ไม่มีคำนี้ {turn}"),
    "mail's frame (mail_html)": _page("mail_html"),
    "mail's file (mail_file)": _page("mail_file"),
    "draft as xlsx (report_file)": _page("report_file", slug="w5827"),
    "report as pdf (report_pdf)": _page("report_pdf"),
    "counts": _page("counts", of_many=True),
    "deed shown: deadline": _shown(_extended),
    "deed shown: reminder": _shown(_reminded),
    "deed shown: held mail": _shown(_settled),
    "deed shown: answer": _shown(_answered),
    "deed shown: letter again": _shown(_resent),  # whose bytes were cleared: it cannot go
    "deed shown: approval": _shown(lambda _office, _turn: {"kind": "approve", "slug": "w5827", "number": "1"}),
    "deed done: deadline": _done(_extended),
    "deed done: reminder": _done(_reminded),
    "deed done: held mail": _done(_settled),
    "deed done: answer": _done(_answered),
    "sign-in": Visit(_sign_in),
    "sign-in, asked for": Visit(_asks),
    "sign-in, the link": Visit(_button),
    "sign-in, the button": Visit(_comes_in, answers=(303,)),
    "sign-out": Visit(_goes_out, answers=(303,)),
    "no such page": Visit(_at("/nothing"), answers=(404,)),
    "static: style": Visit(_at("/static/desk.css")),
}
