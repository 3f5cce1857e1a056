"""Templates to words: a letter's view laid out as plain text and as HTML, both from ``templates/mail``.

The HTML leaves with its styles inline, because mail programs drop style sheets; only the rules for dark screens stay in
one. Everything that people wrote is escaped by the template engine.
"""

import datetime
import functools
import re
from collections.abc import Mapping
from typing import Any

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.documents.typography.digits import digits_of_page, digits_of_text
from bot.documents.typography.line_breaks import TORN, for_programs
from bot.office.letters.letter import as_written
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.circular_standing import Trouble
from bot.office.model.report_draft import Change
from bot.shipped import TEMPLATES
from parsers.findings import Finding
from parsers.thai.dates import thai_date, thai_moment, thai_short_moment
from parsers.thai.text import ascii_digits, thai_digits

# "<td style=…>": tags stay as they are, only the words between them are set.
_TAG = re.compile("(<[^<>]*+>)")
BAR = 20  # blocks of a bar in plain text
TROUBLES = {
    "held": "รอเจ้าหน้าที่ตรวจสอบ",
    "unreadable": "อ่านไม่ได้",
    "failed": "ส่งไม่สำเร็จ",
    "unknown": "ไม่ทราบผลการส่ง",
    "bounced": "ถูกตีกลับ",
    "sent": "ส่งไม่ถึงผู้รับบางราย",
    "deferred": "รอส่งใหม่",
    "put-off": "เลื่อนการส่ง",
    "words": "ข้อความถึงเจ้าหน้าที่",
    "disputed": "ผู้รายงานบอกว่าไม่ใช่ของตน",
    "task": "ส่วนกลางขอให้ดำเนินการ",
    "withheld": "เครื่องแม่ข่ายไม่ส่งให้ระบบ",
}


def words(template: str, view: Mapping[str, Any], *, thai: bool) -> tuple[str, str]:
    """A letter as (plain text, HTML). ``thai`` sets the digits. Raises jinja2.UndefinedError when the view lacks a name."""
    environment = _environment(thai=thai)
    text = digits_of_text(environment.get_template(f"{template}.txt.j2").render(view), thai=thai)
    page = digits_of_page(environment.get_template(f"{template}.html.j2").render(view), thai=thai)
    lines = (line.rstrip() for line in text.strip().splitlines())
    return "\n".join(lines) + "\n", _inliner().inline(_glued(page))


def _glued(page: str) -> str:
    """The page with spaces and words kept where no line may end: of what is read, not in tags, whose styles would break."""
    head, body, rest = page.partition("<body")
    return (
        head + body + "".join(part if part.startswith("<") else _held(for_programs(part)) for part in _TAG.split(rest))
    )


def _held(text: str) -> str:
    return TORN.sub(r'<span style="white-space:nowrap">\g<0></span>', text)


@functools.cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


@functools.cache
def _environment(*, thai: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES / "mail"),
        autoescape=select_autoescape(("html.j2",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def digits(value: object) -> str:
        return thai_digits(str(value)) if thai else ascii_digits(str(value))

    def day(value: datetime.date) -> str:
        return thai_date(value, "thai" if thai else "arabic")

    def moment(value: datetime.datetime) -> str:
        return thai_moment(value.astimezone(BANGKOK), "thai" if thai else "arabic")

    def short_moment(value: datetime.datetime) -> str:
        return thai_short_moment(value.astimezone(BANGKOK), "thai" if thai else "arabic")

    def within(deadline: datetime.datetime, now: datetime.datetime) -> str:
        late = now > deadline
        return f"โดยด่วน (เลยกำหนดวันที่ {moment(deadline)} แล้ว)" if late else f"ภายในวันที่ {moment(deadline)}"

    environment.filters.update(
        digits=digits, thai_date=day, thai_moment=moment, short_moment=short_moment, within=within
    )
    environment.filters.update(
        share=share, bar=bar, line=one_line, trouble=trouble, as_written=kept, found=found, kept_if=kept_if
    )
    environment.filters.update(change_head=change_head)
    return environment


def one_line(text: object) -> str:
    """Text of others within a line of ours: it cannot begin a line of its own."""
    return " ".join(str(text).split())


def kept(text: object) -> str:
    """Text that keeps its digits."""
    return as_written(str(text))


def kept_if(text: object, own: bool) -> str:  # noqa: FBT001  # templates give it by place
    """Text that keeps its digits where it is somebody's ``own`` words."""
    return kept(text) if own else str(text)


def found(finding: Finding) -> str:
    """A finding's sentence, in which what stood in the sender's cell keeps its digits."""
    quoted = f"“{finding.value}”"
    return finding.message.replace(quoted, as_written(quoted)) if finding.value else finding.message


def change_head(change: Change, traced: bool) -> tuple[object, ...]:  # noqa: FBT001 - as templates call it
    """What stands once above neighbouring changes that share it: whose they are, and where traced the mail and its reason."""
    said = change.said
    origin = (said.message, said.place.file) if said else ()
    return (change.organisation, *origin, change.why) if traced else (change.organisation,)


def trouble(met: Trouble) -> str:
    """What sort of trouble it is, in Thai."""
    return TROUBLES.get(met.kind, met.kind)


def share(done: int, total: int) -> int:
    """Whole percent of ``total`` that is ``done``; 100 only when nothing is left, 0 of nothing."""
    return 100 * done // total if total else 0


def bar(done: int, total: int) -> str:
    """A bar of block characters for plain text."""
    full = share(done, total) * BAR // 100
    return "█" * full + "░" * (BAR - full)
