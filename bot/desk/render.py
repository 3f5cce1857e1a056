"""Pages laid out as HTML, from ``templates/desk``. Everything that people wrote is escaped by the template engine."""

import datetime
import functools
import re
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.desk.ledger_words import action_words, change_words, ground_words, step_words
from bot.desk.look import Look, Page, served
from bot.documents.mail.templates import one_line, share, trouble
from bot.documents.typography.digits import digits_of_page
from bot.documents.typography.line_breaks import TORN
from bot.office.letters.letter import as_written
from bot.office.model.bangkok_time import BANGKOK
from bot.shipped import TEMPLATES
from parsers.thai.dates import Digits, thai_date, thai_moment, thai_short_date, thai_short_moment
from parsers.thai.text import ascii_digits, thai_digits

# "<td class=…>", and "<option>มาตรา ๑๐": tags stay as they are, and what may hold none.
_TAG = re.compile("(<(?:option|textarea)[^<>]*+>[^<]*+|<[^<>]*+>)")


def laid_out(look: Look, page: Page) -> str:
    """The whole page. Raises jinja2.UndefinedError when the view lacks a name."""
    office = look.bureau.office
    shared: dict[str, Any] = {
        "copy": look.link is not served,
        "office": office,
        "person": look.person,
        "now": look.now,
        "title": page.title,
        "link": look.link,
    }
    environment = _environment(thai=office.thai_digits)
    whole = environment.get_template(f"{page.template}.html.j2").render({**shared, **page.view})
    return _held(digits_of_page(whole, thai=office.thai_digits))


def _held(page: str) -> str:
    """The page with words kept whole that browsers tear: of what is read alone."""
    head, body, rest = page.partition("<body")
    return f"{head}{body}{''.join(part if part.startswith('<') else _whole(part) for part in _TAG.split(rest))}"


def _whole(text: str) -> str:
    return TORN.sub(r'<span class="whole">\g<0></span>', text)


@functools.cache
def _environment(*, thai: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES / "desk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    digits: Digits = "thai" if thai else "arabic"

    def number(value: object) -> str:
        return thai_digits(str(value)) if thai else ascii_digits(str(value))

    def day(value: datetime.date) -> str:
        return thai_short_date(value, digits)

    def long_day(value: datetime.date) -> str:
        return thai_date(value, digits)

    def moment(value: datetime.datetime) -> str:
        return thai_short_moment(value.astimezone(BANGKOK), digits)

    def long_moment(value: datetime.datetime) -> str:
        return thai_moment(value.astimezone(BANGKOK), digits)

    filters: dict[str, Any] = {"n": number, "day": day, "long_day": long_day, "moment": moment}
    filters |= {"long_moment": long_moment, "share": share, "line": one_line, "trouble": trouble}
    filters |= {"as_written": as_written}
    filters |= {"step": step_words, "taken": action_words, "ground": ground_words, "changed": change_words}
    environment.filters.update(filters)
    return environment
