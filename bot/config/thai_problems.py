"""What is wrong in what the office wrote, in Thai: for those whose configuration says ``lang = "th"``.

The English sentences are made where the mistakes are found; here stands what each says in Thai. One that has no Thai stays
as it is.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.config.problems import INSTEAD, ConfigError, Problem

# Of sentences whose fields are pydantic's, in the order of ``INSTEAD``.
THAI_INSTEAD: Mapping[str, str] = {
    "string_type": 'เขียนข้อความในเครื่องหมายคำพูด เช่น "..."',
    "string_too_short": "เขียนอย่างน้อย {min_length} ตัวอักษร",
    "string_too_long": "เขียนไม่เกิน {max_length} ตัวอักษร",
    "too_short": "เขียนอย่างน้อย {min_length} รายการ",
    "int_type": "เขียนจำนวนเต็ม โดยไม่ใส่เครื่องหมายคำพูด",
    "int_parsing": "เขียนจำนวนเต็ม",
    "int_from_float": "เขียนจำนวนเต็ม",
    "float_type": "เขียนตัวเลข โดยไม่ใส่เครื่องหมายคำพูด",
    "float_parsing": "เขียนตัวเลข",
    "bool_type": "เขียน true หรือ false โดยไม่ใส่เครื่องหมายคำพูด",
    "bool_parsing": "เขียน true หรือ false",
    "greater_than": "เขียนตัวเลขที่มากกว่า {gt}",
    "greater_than_equal": "เขียนตัวเลขตั้งแต่ {ge} ขึ้นไป",
    "less_than": "เขียนตัวเลขที่น้อยกว่า {lt}",
    "less_than_equal": "เขียนตัวเลขไม่เกิน {le}",
    "literal_error": "เขียนคำใดคำหนึ่งใน {expected}",
    "enum": "เขียนคำใดคำหนึ่งใน {expected}",
    "tuple_type": 'เขียนเป็นรายการ เช่น ["..."]',
    "frozen_set_type": "เขียนเป็นรายการ เช่น [2567-12-31]",
    "model_type": "เขียนเป็นหมวดที่มีคีย์ของตน",
    "model_attributes_type": "เขียนเป็นหมวดที่มีคีย์ของตน",
    "date_type": "เขียนวันที่เช่น 2567-11-29 โดยไม่ใส่เครื่องหมายคำพูด",
    "date_parsing": "เขียนวันที่เช่น 2567-11-29",
    "date_from_datetime_parsing": "เขียนวันที่เช่น 2567-11-29",
    "date_from_datetime_inexact": "เขียนวันที่โดยไม่มีเวลา เช่น 2567-11-29",
    "datetime_type": "เขียนวันและเวลาเช่น 2567-11-29T16:30:00 โดยไม่ใส่เครื่องหมายคำพูด",
    "datetime_parsing": "เขียนวันและเวลาเช่น 2567-11-29T16:30:00",
    "datetime_from_date_parsing": "เขียนวันและเวลาเช่น 2567-11-29T16:30:00",
    "time_type": "เขียนเวลาเช่น 09:00:00 โดยไม่ใส่เครื่องหมายคำพูด",
    "time_parsing": "เขียนเวลาเช่น 09:00:00",
}
# Of others: how the English one goes, {} for what stands in it, and the Thai one with the same in the same order.
THAI_OTHERS: tuple[tuple[str, str], ...] = (
    ("is missing; write {}", "ยังไม่ได้เขียน กรุณาเขียน {}"),
    ('is not known here; did you mean "{}"?', "ไม่มีคีย์นี้ หมายถึง “{}” หรือไม่"),
    ("is not known here; write one of: {}", "ไม่มีคีย์นี้ เขียนคีย์ใดคีย์หนึ่งใน {}"),
    ('"{}" is no mail address; write it like {}', "“{}” ไม่ใช่ที่อยู่อีเมล เขียนเช่น {}"),
    ("write the time of day too, such as {}", "ใส่เวลาด้วย เช่น {}"),
    ("cannot be read ({}); give the path of a file that is there", "เปิดไม่ได้ ({}) กรุณาระบุไฟล์ที่มีอยู่"),
    ('is not UTF-8 (byte {}); save it as UTF-8 (in Excel: "CSV UTF-8")', "ไม่ใช่ UTF-8 (ไบต์ที่ {}) กรุณาบันทึกเป็น UTF-8 (ใน Excel: “CSV UTF-8”)"),
    ("line {}: write the digits 0-9, not Thai ones", "บรรทัดที่ {}: ใช้เลขอารบิก 0-9 ไม่ใช่เลขไทย"),
    ('line {}: write straight quotes, such as "..."', 'บรรทัดที่ {}: ใช้เครื่องหมายคำพูดตรง เช่น "..."'),
    ("line {}: an invisible character stands in this line; type the line anew", "บรรทัดที่ {}: มีอักขระที่มองไม่เห็น กรุณาพิมพ์บรรทัดนี้ใหม่"),
    ("line {}: write = between the key and its value, not a colon", "บรรทัดที่ {}: ใช้ = ระหว่างคีย์กับค่า ไม่ใช่ :"),
    ("line {}: write = between the key and its value", "บรรทัดที่ {}: ใส่ = ระหว่างคีย์กับค่า"),
    ("line {}: write the seconds of a time too, such as {}", "บรรทัดที่ {}: ใส่วินาทีของเวลาด้วย เช่น {}"),
    ("line {}: write true or false, in small letters", "บรรทัดที่ {}: เขียน true หรือ false ด้วยตัวพิมพ์เล็ก"),
    ("line {}: write / for \\ in a path, or the path in single quotes", "บรรทัดที่ {}: ใช้ / แทน \\ ในชื่อโฟลเดอร์ หรือใส่ในเครื่องหมาย '...'"),
    ("line {}: a line begins with a key in Latin letters, such as {}", "บรรทัดที่ {}: ต้นบรรทัดต้องเป็นคีย์ตัวอักษรอังกฤษ เช่น {}"),
    ("line {}: close the name of the section by a bracket, such as {}", "บรรทัดที่ {}: ปิดชื่อหมวดด้วยวงเล็บ เช่น {}"),
    ('line {}: write text in quotes, such as "..."', 'บรรทัดที่ {}: เขียนข้อความในเครื่องหมายคำพูด เช่น "..."'),
    ("line {}: part the entries of a list by commas and close it, such as {}", "บรรทัดที่ {}: คั่นรายการด้วยจุลภาคและปิดวงเล็บ เช่น {}"),
    ("line {}: a quote is opened and not closed", "บรรทัดที่ {}: เปิดเครื่องหมายคำพูดแล้วไม่ได้ปิด"),
    ("line {}: there is no such day; write one like {}", "บรรทัดที่ {}: ไม่มีวันที่นี้ เขียนเช่น {}"),
    ("line {}: this key or section stands twice; leave one", "บรรทัดที่ {}: คีย์หรือหมวดนี้มีสองครั้ง ให้เหลือครั้งเดียว"),
    ('line {}: write a 29 February of a Buddhist year in quotes, such as "{}"', 'บรรทัดที่ {}: เขียน 29 กุมภาพันธ์ของปีพุทธศักราชในเครื่องหมายคำพูด เช่น "{}"'),
    (
        "line {}: one key with one value stands in a line: text in quotes, a figure without commas and without zeros before it",
        "บรรทัดที่ {}: หนึ่งบรรทัดมีหนึ่งคีย์กับหนึ่งค่า ข้อความอยู่ในเครื่องหมายคำพูด ตัวเลขไม่มีจุลภาคและไม่มี 0 นำหน้า",
    ),
    (
        "the moments must follow one another: opens, reporters, cutoff, department; mend the earlier one",
        "วันและเวลาต้องเรียงตามลำดับ opens, reporters, cutoff, department กรุณาแก้ตัวที่มาก่อน",
    ),
    ('there is no folder "{}"; write a path relative to this file, or the name of a province', "ไม่มีโฟลเดอร์ “{}” เขียนที่ตั้งนับจากไฟล์นี้ หรือชื่อจังหวัด"),
    (
        'there is no folder "{}"; write a path relative to this file, or the name of a shipped one: {}',
        "ไม่มีโฟลเดอร์ “{}” เขียนที่ตั้งนับจากไฟล์นี้ หรือชื่อที่มีมากับระบบ: {}",
    ),
    ('no organisation lies in "{}"; did you mean "{}"?', "ไม่มี อปท. ในอำเภอ “{}” หมายถึง “{}” หรือไม่"),
    ('no organisation lies in "{}"; write one of: {}', "ไม่มี อปท. ในอำเภอ “{}” เขียนอำเภอใดอำเภอหนึ่งใน {}"),
    ("staff holds the bot's own address {}; write the addresses of people", "staff มีที่อยู่ของระบบเอง {} กรุณาใส่ที่อยู่ของบุคคล"),
    (
        'kind = "{}" in [{}] needs [oauth2] with provider = "{}"; write both',
        'kind = "{}" ใน [{}] ต้องมีหมวด [oauth2] ที่มี provider = "{}" กรุณาเขียนทั้งสองอย่าง',
    ),
    (
        "service_account_file and subject are used with Google alone; leave both out",
        "service_account_file และ subject ใช้กับ Google เท่านั้น กรุณาลบทั้งสองบรรทัด",
    ),
    (
        "service_account_file and subject belong together; write the key's file and the mailbox",
        "service_account_file และ subject ต้องมีคู่กัน กรุณาระบุไฟล์กุญแจและที่อยู่ตู้จดหมาย",
    ),
    (
        "a service account needs no client_id and client_secret; leave both out",
        "บัญชีบริการ (service account) ไม่ใช้ client_id และ client_secret กรุณาลบทั้งสองบรรทัด",
    ),
    (
        "client_id is missing; write that of the application which your office registered",
        "ยังไม่ได้เขียน client_id กรุณาใส่ของแอปพลิเคชันที่หน่วยงานลงทะเบียนไว้",
    ),
    ("is used twice; give each reporter a key of its own, and none that is a code", "ใช้ซ้ำ ให้แต่ละผู้รายงานมี key ของตน และไม่ซ้ำกับรหัส อปท."),
)  # fmt: skip
# "port = 70000: write a number ...": a value that stands before a sentence.
_VALUE = re.compile(r'("[^"]{0,60}"|[-+0-9.A-Za-z]{1,60}): (.+)', re.DOTALL)
# "lang = "th"" of a file that may be no TOML.
_LANG = re.compile(r"^\s{0,9}lang\s{0,9}=\s{0,9}[\"'“]th", re.MULTILINE)


def is_thai(file: Path) -> bool:
    """Whether a configuration asks for Thai, even one that cannot be read as such."""
    try:
        return bool(_LANG.search(file.read_text(encoding="utf-8", errors="replace")))
    except OSError:
        return False


def in_thai(error: ConfigError) -> ConfigError:
    """The same problems, said in Thai as far as there is any."""
    return ConfigError(Problem(each.file, each.key, thai_hint(each.hint)) for each in error.problems)


def thai_hint(hint: str) -> str:
    """A hint in Thai, or itself."""
    if whole := _translated(hint):
        return whole
    value = _VALUE.fullmatch(hint)
    rest = _translated(value[2]) if value else ""
    return f"{value[1]}: {rest}" if value and rest else hint


def _translated(sentence: str) -> str:
    for parts, thai in _SENTENCES:
        fields = _fields(sentence, parts)
        if fields is not None:
            return thai.format(*fields)
    return ""


def _fields(sentence: str, parts: Sequence[str]) -> list[str] | None:
    """What stands between the parts of an English sentence; None for another sentence."""
    first, *others = parts
    if not others:
        return [] if sentence == first else None
    if not sentence.startswith(first) or not sentence.endswith(others[-1]):
        return None
    rest = sentence[len(first) : len(sentence) - len(others[-1])]
    found = []
    for part in others[:-1]:
        field, there, rest = rest.partition(part)
        if not there:
            return None
        found.append(field)
    return [*found, rest]


def _parts(sentence: str) -> list[str]:
    """A sentence parted at its fields."""
    # "{min_length}", "{}": a field.
    return re.split(r"\{[a-z_]*\}", sentence)


def _plain(thai: str) -> str:
    """Thai with its named fields as ``{}``: an English sentence has them in the same order."""
    return "{}".join(_parts(thai))


_SENTENCES = tuple(
    (_parts(english), _plain(thai))
    for english, thai in (*((INSTEAD[kind], thai) for kind, thai in THAI_INSTEAD.items()), *THAI_OTHERS)
)
