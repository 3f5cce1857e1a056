"""Replies that say in plain words that there is nothing to report, and what they answer where a circular takes them.

Owns the words. Every line of such a reply must be known: one line that says anything else makes it no nil reply, for then
somebody must look at it.
"""

import re
from collections.abc import Iterable, Sequence

from parsers.findings import Code, Finding, Place, finding
from parsers.form.form import Form
from parsers.form.question import NUMERIC, Kind, Question
from parsers.mail.words.known_words import reached
from parsers.reading import Answer, Organisation, Reporter, Value
from parsers.thai.text import comparison_key

IN_BODY = Place(sheet="เนื้อหาอีเมล")
NOT_ENOUGH = "ในอีเมลฉบับนี้ และการตอบด้วยข้อความว่าไม่มีข้อมูลยังบันทึกเป็นรายงานไม่ได้ แม้ไม่มีข้อมูลก็ต้องกรอกแบบรายงานให้ครบทุกช่อง"
LONGEST = 1_500  # characters; a longer text says more than that there is nothing
# Characters; a longer line says more than a courtesy.
LINE_CAP = 250

_CORES = (
    *("ไม่มีข้อมูล", "ไม่มีข้อมูลที่จะรายงาน", "ไม่มีข้อมูลจะรายงาน", "ไม่มีข้อมูลที่ต้องรายงาน", "ไม่มีข้อมูลต้องรายงาน"),
    *("ไม่มีข้อมูลรายงาน", "ไม่มีข้อมูลตามแบบรายงาน", "ไม่มีข้อมูลตามแบบ"),
    *("ไม่มีรายการ", "ไม่มีรายการที่จะรายงาน", "ไม่มีรายการที่ต้องรายงาน", "ไม่มี", "รายงานผลเป็นศูนย์", "ผลเป็นศูนย์"),
    *("nil report", "nil", "nothing to report", "no data to report"),
)
_BEFORE = (
    *(
        "ขอเรียนว่า",
        "เรียนว่า",
        "ขอแจ้งว่า",
        "แจ้งว่า",
        "ขอรายงานว่า",
        "รายงานว่า",
        "ขอรายงานผลว่า",
        "ขอรายงาน",
        "ขอแจ้ง",
        "ขอ",
        "รายงาน",
    ),
    *("ตรวจสอบแล้ว", "ได้ตรวจสอบแล้ว", "ดำเนินการตรวจสอบแล้ว", "ตรวจสอบข้อมูลแล้ว", "พบว่า"),
    *("ขอเรียนแจ้งว่า", "ปรากฏว่า", "ในพื้นที่", "ทุกแห่ง", "ทุก อปท.", "อปท. ทุกแห่ง", "อปท. ในพื้นที่"),
)
_POLITE = (
    *("ครับผม", "ครับ", "ค่ะ", "คะ", "ค่า", "นะ", "ขอบคุณ", "ขอบพระคุณ", "มาก", "ในพื้นที่", "ทุกแห่ง", "สวัสดี"),
    *(
        "จึงเรียนมาเพื่อทราบ",
        "จึงเรียนมาเพื่อโปรดทราบ",
        "จึงเรียนมาเพื่อโปรดพิจารณา",
        "ขอแสดงความนับถือ",
        "ด้วยความเคารพ",
        "ด้วยความนับถือ",
    ),
    *("จึงแจ้งมาเพื่อทราบ", "จึงรายงานมาเพื่อทราบ", "จึงรายงานมาเพื่อโปรดทราบ", "thank you", "thanks", "best regards", "regards"),
)
# "เรียน นายอำเภอ…", "เรื่อง …", "อ้างถึง …", "dear sir": above what is said, and nothing of it.
_GREETING = re.compile(r"(?:เรียน|เรื่อง|อ้างถึง|ถึง|สวัสดี|dear|ที่แนบมา)")
_REGARDING = "ตามที่"
_SERVICE = "(?:facebook|fb|line|youtube|instagram|tiktok|website)"
# A name, a post, a telephone number: they stand under what is said, and hold no figure of a report. A label counts only with
# a value of its own kind behind it: "Telephone is out of order" tells something.
_SIGNED = re.compile(
    r"(?:นาย|นาง|น\.?\s?ส\.|ว่าที่|ตำแหน่ง|ปลัด|นัก|เจ้าพนักงาน|เจ้าหน้าที่|ท้องถิ่นอำเภอ|สำนักงาน|อำเภอ|ที่ว่าการ|เทศบาล|องค์การบริหาร|อบต|กอง|งาน|ฝ่าย|\()[^\d๐-๙]*"
    r"|(?:ที่ทำการปกครอง|ศาลากลาง|ศูนย์ราชการ|จังหวัด|กลุ่มงาน|กรม|กระทรวง|สนง\.?|ปค\.|อ\.|หัวหน้า|ผู้ประสานงาน)[^\d๐-๙]*"
    r"|(?:โทรศัพท์|โทรสาร|โทร|แฟกซ์|มือถือ|tel(?:ephone)?|phone|fax|mobile)[\s.:]*[\d๐-๙][\d๐-๙\s().+/,-]*(?:(?:ต่อ|ext)[\s.]*[\d๐-๙]+)?"
    r"|sent from (?:my|mail|outlook|yahoo|gmail|samsung|a|the)\b[^?!]{0,60}|get outlook for [^?!]{0,60}"
    r"|ส่งจาก\s?(?:โทรศัพท์|มือถือ|สมาร์ทโฟน|แท็บเล็ต|อุปกรณ์|แอป|[a-z])[^?!]{0,60}"
    rf"|(?:https?://|www\.)\S+|{_SERVICE}(?:[\s|/•·,&]+{_SERVICE})*"
    r"|(?:facebook|fb|line(?: ?id)?|ไลน์|เฟซบุ๊ก)\s*:\s*@?\S+"
    r"|(?:เลขที่|ถนน|หมู่|ตำบล|ต\.).{0,120}(?:จังหวัด|จ\.)[^\d๐-๙]{1,30}[\d๐-๙]{5}",
    re.IGNORECASE,
)
# "-----", "* * *".
_RULE = re.compile(r"[\s\-–—_=*.~…]+")
# "ไม่มีข้อมูล ยกเว้น อบต.…", "ไม่มีข้อมูลใช่ไหม?": an exception or a question is no nil reply.
_BUT = re.compile(r"แต่|ยกเว้น|นอกจาก|เฉพาะ|บางแห่ง|ยังไม่|ขาด|ไม่ใช่|[?✓✔☑]")


def says_nil(text: str, form: Form | None = None, names: Iterable[str] = ()) -> bool:
    """Whether a mail's own text says that there is nothing to report, and nothing else. ``names`` are the reporter's."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(text) > LONGEST or _BUT.search(text) or any(len(line) > LINE_CAP for line in lines):
        return False
    cores = _keys((*_CORES, *(form.nil_words if form else ())))
    before = _keys((*_BEFORE, *names))
    said = False
    for line in lines:
        key = comparison_key(line)
        if _nothing(key, cores, before):
            said = True
        elif not (_RULE.fullmatch(line) or courtesy(key) or _aside(line, key) or (said and _signature(line))):
            return False
    return said


def idle(line: str) -> bool:
    """Whether a line says nothing of its own: a rule, a courtesy, a line of address, a name, post or telephone number."""
    key = comparison_key(line)
    return bool(_RULE.fullmatch(line)) or courtesy(key) or _aside(line, key) or _signature(line)


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(comparison_key(word) for word in words) - {""}


def _nothing(key: str, cores: Iterable[str], before: Iterable[str]) -> bool:
    """Whether a line is words of reporting, one of the nil words, and courtesies."""
    starts = {0}
    if key.startswith(_REGARDING):
        # "ตามที่ … นั้น ไม่มีข้อมูล": officialese ends what it refers to with นั้น.
        starts |= {match.end() for match in re.finditer("นั้น", key)}
    spots = reached(key, starts, before)
    after = {at + len(core) for at in spots for core in cores if key.startswith(core, at)}
    return len(key) in reached(key, after, _keys(_POLITE))


def courtesy(key: str) -> bool:
    """Whether a line, as its comparison key, is words of politeness alone."""
    return bool(key) and len(key) in reached(key, {0}, _keys(_POLITE))


def _aside(line: str, key: str) -> bool:
    """A line of address or reference: whom, what about, on what ground."""
    return bool(_GREETING.match(line) and "มี" not in key.replace("ไม่มี", "")) or bool(
        key.startswith(_REGARDING) and key.endswith("นั้น")
    )


def _signature(line: str) -> bool:
    return bool(_SIGNED.fullmatch(line.strip())) and "มี" not in line


def nil_value(question: Question) -> Value | None:
    """What "nothing" answers to a question: no, or zero; None where it answers nothing."""
    if question.kind is Kind.TICK:
        return False
    if question.kind not in NUMERIC:
        return None
    too_small = question.minimum is not None and question.minimum > 0
    too_large = question.maximum is not None and question.maximum < 0
    return None if too_small or too_large else "0"


def nil_answers(form: Form, organisations: Iterable[Organisation]) -> tuple[Answer, ...]:
    """Nothing, for every asked question of these organisations; empty where the form cannot be answered so."""
    values = {question.key: nil_value(question) for question in form.asked}
    asked = [(each.code, question.key) for each in organisations for question in form.asked_of(each.type, values)]
    known = tuple(Answer(code, key, value, IN_BODY) for code, key in asked if (value := values[key]) is not None)
    return known if form.nil == "allowed" and len(known) == len(asked) else ()


def nil_finding(text: str, reporter: Reporter, codes: Sequence[str]) -> Finding:
    """What was recorded, for the receipt."""
    said = " ".join(text.split())[:80]
    return finding(Code.NIL_REPLY, IN_BODY, said, reporter=reporter.name, count=str(len(codes)))
