"""Every page by its name."""

from collections.abc import Callable, Mapping

from bot.desk.look import Asked, Look, Page
from bot.desk.pages.cell import cell
from bot.desk.pages.circular import circular, owing, plan, queries
from bot.desk.pages.health import health, search
from bot.desk.pages.mails import letter, letters, mail, mails, waiting
from bot.desk.pages.overview import circulars, today
from bot.desk.pages.report import report
from bot.desk.pages.reporters import calls, reporter, reporters

PAGES: Mapping[str, Callable[[Look, Asked], Page]] = {
    "today": today,
    "circulars": circulars,
    "circular": circular,
    "owing": owing,
    "report": report,
    "queries": queries,
    "plan": plan,
    "cell": cell,
    "reporters": reporters,
    "reporter": reporter,
    "calls": calls,
    "waiting": waiting,
    "mails": mails,
    "mail": mail,
    "letters": letters,
    "letter": letter,
    "health": health,
    "search": search,
}
