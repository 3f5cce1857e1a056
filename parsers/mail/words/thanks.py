"""Replies that only thank or say that something was received, and ask for no answer.

Owns the words. It is a small grammar and not a search for words: every line must be known through and through, for a line
that says anything else is somebody's word to the office.
"""

import re
from collections.abc import Iterable

from parsers.mail.words.known_words import is_made_of, reached
from parsers.mail.words.nil_return import courtesy, idle
from parsers.thai.text import comparison_key

LONGEST = 600  # characters; a longer text says more than thanks
# Characters; a longer line says more than thanks.
LINE_CAP = 200

_CORES = (
    *("ขอบคุณ", "ขอบพระคุณ", "ขอขอบคุณ", "ขอขอบพระคุณ", "กราบขอบพระคุณ", "ขอบใจ", "ขอบคุน", "ยินดี", "ด้วยความยินดี"),
    *(
        "ครับผม",  # alone: that it was read
        "รับทราบ",
        "รับทราบแล้ว",
        "ทราบแล้ว",
        "ทราบ",
        "รับแล้ว",
        "ได้รับแล้ว",
        "ได้รับทราบแล้ว",
        "รับเรื่องแล้ว",
        "เรียบร้อย",
        "เรียบร้อยแล้ว",
    ),
    *("ได้รับไฟล์แล้ว", "ได้รับแบบแล้ว", "ได้รับแบบฟอร์มแล้ว", "ได้รับไฟล์เรียบร้อยแล้ว"),
    *("ได้รับเรียบร้อย", "ได้รับเรียบร้อยแล้ว", "ได้รับเมลแล้ว", "ได้รับอีเมลแล้ว", "ได้รับอีเมล์แล้ว", "ได้รับจดหมายแล้ว", "ได้รับหนังสือแล้ว"),
    *("ได้รับรายงานแล้ว", "ได้รับรายงานเรียบร้อยแล้ว", "ได้รับรายงานครบถ้วนแล้ว", "ได้รับรายงานแก้ไขเพิ่มเติมแล้ว"),
    *(
        "โอเค",
        "ตกลง",
        "ok",
        "okay",
        "noted",
        "wellnoted",
        "received",
        "wellreceived",
        "acknowledged",
        "gotit",
        "understood",
    ),
    *("thankyou", "thanks", "thx", "manythanks", "รับทราบตามที่แจ้ง", "รับทราบตามแจ้ง", "รับทราบผล", "รับทราบผลการตรวจสอบ"),
)
_AROUND = (
    *(
        "ที่แจ้งเตือน",
        "ที่เตือน",
        "สำหรับการแจ้งเตือน",
        "กระจ่าง",
        "กระจ่างเลย",
        "ชัดเจน",
        "ชัดเจนเลย",
        "คับ",
        "ค้าบ",
        "จ้า",
        "จ้ะ",
        "น้า",
    ),
    *(
        "ที่ช่วยเตือน",
        "ที่ให้เวลา",
        "ที่ให้เวลาเพิ่ม",
        "ที่ขยายเวลาให้",
        "ที่เลื่อนให้",
        "ที่กรุณา",
        "ไม่งั้นลืม",
        "ไปแล้ว",
        "ให้ทัน",
        "เดี๋ยวส่งให้",
        "เดี๋ยวจะส่งให้",
        "จะส่งให้",
        "บ่ายนี้",
        "เย็นนี้",
        "วันนี้",
        "ภายในวันนี้",
        "จะรีบดำเนินการ",
        "จะรีบดำเนินการให้",
        "จะรีบดำเนินการส่งให้",
        "จะรีบส่งให้",
        "จะดำเนินการ",
        "จะดำเนินการให้",
        "ภายในกำหนด",
        "ตามกำหนด",
    ),
    *(
        "ตัวเลขตรงกันแล้ว",
        "ข้อมูลตรงกันแล้ว",
        "ไม่มีแก้ไข",
        "ไม่มีข้อแก้ไข",
        "ไม่มีอะไรแก้ไข",
        "ระบบนี้ช่วยได้เยอะ",
        "ช่วยได้เยอะ",
        "ช่วยได้มาก",
    ),
    *(
        "ครับผม",
        "ครับ",
        "คับ",
        "ค่ะ",
        "คะ",
        "ค่า",
        "จ้า",
        "จ้ะ",
        "นะ",
        "มาก",
        "มากมาย",
        "เช่นกัน",
        "ล่วงหน้า",
        "อย่างสูง",
        "เป็นอย่างสูง",
    ),
    *(
        "อย่างยิ่ง",
        "เป็นอย่างยิ่ง",
        "แล้ว",
        "ด้วย",
        "ทุกท่าน",
        "ท่าน",
        "พี่",
        "น้อง",
        "พี่ๆ",
        "น้องๆ",
        "จังหวัด",
        "ทางจังหวัด",
        "เจ้าหน้าที่",
        "แอดมิน",
        "ทีมงาน",
        "ผู้ดูแลระบบ",
        "สวัสดี",
    ),
    *(
        "สำหรับข้อมูล",
        "สำหรับการแจ้ง",
        "สำหรับความอนุเคราะห์",
        "ในความอนุเคราะห์",
        "ที่แจ้ง",
        "ที่แจ้งให้ทราบ",
        "ที่แจ้งมา",
        "ที่ตอบกลับ",
        "ที่ช่วยเหลือ",
    ),
    *("krub", "krap", "krab", "khrap", "kub", "kap", "kha", "kah", "ka", "na", "naka", "with", "many", "indeed"),
    *("a lot", "again", "for the update", "for your information", "for your help", "มากๆ", "เลย", "อีเมล", "email"),
    *("และ", "very", "much", "so", "sir", "madam", "and", "all", "bestregards", "kindregards", "regards"),
)

# Names, posts and lines of address are free text; a line with one of these asks or tells something.
_TELLS = re.compile(
    r"ขอ(?!ง)|แก้|ยกเลิก|เปลี่ยน|ไม่|ผิด|แจ้ง|ส่ง(?!เสริม|จาก)|ต้อง|ให้|จะ|(?<!ราย)ได้|ยัง|ถาม|รบกวน|(?<!ผู้)ช่วย|เพิ่ม|ลด|ตัด|ถอน|เรียกคืน|แต่(?!ง)|เป็น|มี|อย่า|หยุด|ใหม่|ที่แนบ"
    r"|recall|please|change|wrong|cancel",
    re.IGNORECASE,
)
# "👍", "🙏🙏": hands and faces alone.
_THUMB = re.compile(
    "[\\s\U0001f44d\U0001f44c\U0001f64f\U0001f60a\U0001f600-\U0001f607\U0001f3fb-\U0001f3ff\u2764\ufe0f\u263a]{1,20}"
)
# "ปรีชา  หมื่นโฮ้ง": two or three words of letters alone.
_NAME = re.compile(r"[ก-๎.]{2,20}(?: {1,3}[ก-๎.]{2,20}){0,2}|\([ก-๎. ]{2,40}\)")
# "\"แพร่เมืองน่าอยู่ บริการด้วยใจ\"": an office's motto stands in quotes under its name.
_MOTTO = re.compile(r"[\"“][^\"“”?]{4,80}[\"”]")
# "โทรศัพท์ 0 5453 2321 โทรสาร 0 5453 2322", "054-541-xxx ต่อ 12 / ไลน์ rattana.sm": how the writer is reached.
_REACHED = re.compile(
    r"(?:(?:โทรศัพท์|โทรสาร|โทร|แฟกซ์|มือถือ|ต่อ|tel|fax|mobile)|(?:ไลน์|line)\s?(?:id)?\s?[:@]?\s?[a-z0-9._-]{2,40}|[\d๐-๙xX\s()+/.:|-]++)*+",
    re.IGNORECASE,
)
# "ที่ขยายเวลาให้ถึง 12 ธันวาคม 2567", "ที่อนุโลมให้ถึงวันที่ ๙ ธ.ค.": the time that is thanked for, to the end of the line or ค่ะ.
_TIME_GRANTED = re.compile(
    r"ที่(?:ได้|ช่วย|กรุณา)?(?:ขยายเวลา|ขยาย|เลื่อน|อนุโลม|ผ่อนผัน|ยืดเวลา|ต่อเวลา|เพิ่มเวลา|ให้เวลา|ให้)(?:ออก|ส่ง)?(?:ให้)?"
    r"(?:(?:จน)?ถึง|เป็น)(?:วันที่)?\s?[\d๐-๙]{1,2}\s?[ก-ฮ][ก-๙.]{1,12}?\s?(?:[\d๐-๙]{2,4})?(?=\s*(?:นะ)?(?:ครับ|คับ|ค่ะ|คะ|ค่า|$))"
)
_SUBJECT = ("เรื่อง", "อ้างถึง", "ตามที่")


def says_thanks(text: str, names: Iterable[str] = ()) -> bool:
    """Whether a mail's own text thanks or acknowledges, and says nothing else. ``names`` may stand under it: the sender's."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(text) > LONGEST or "?" in text or any(len(line) > LINE_CAP for line in lines):
        return False
    cores, known = _keys(_CORES), _keys(names)
    around = _keys((*_AROUND, *names))
    said = bool(_THUMB.fullmatch(text))
    for at, line in enumerate(lines):
        key = comparison_key(line)
        if is_made_of(comparison_key(_TIME_GRANTED.sub("", line)), around, cores):
            said = True
        elif said and (_is_name(line, lines[at + 1 :]) or tells_how_to_reach(line)):
            continue
        elif key and key not in known and not _says_nothing(line, key, around):
            return False
    return said


def signs(line: str) -> bool:
    """Whether a line is a name, a post, a greeting or a courtesy, in which no word asks or tells anything."""
    return idle(line) and not _TELLS.search(comparison_key(line))


def tells_how_to_reach(line: str) -> bool:
    """A line of telephone numbers, each named as one: bare figures may be an answer."""
    named = any(word in line.casefold() for word in ("โทร", "ต่อ", "มือถือ", "ไลน์", "tel", "fax", "line"))
    return named and bool(_REACHED.fullmatch(line.strip()))


def _is_name(line: str, below: list[str]) -> bool:
    """Whether a line under the thanks may be a name without a title: no word in it tells anything, a post or telephone is below."""
    if _MOTTO.fullmatch(line.strip()):
        return True
    signed = not below or idle(below[0]) or bool(_NAME.fullmatch(below[0].strip()))
    return bool(_NAME.fullmatch(line.strip())) and not _TELLS.search(comparison_key(line)) and signed


def _says_nothing(line: str, key: str, around: frozenset[str]) -> bool:
    """A courtesy, a name, a post, a telephone number, a line of address: without a word that asks or tells."""
    if len(key) in reached(key, {0}, around) or courtesy(key):
        return True
    return idle(line) and not _TELLS.search(key) and not key.startswith(_SUBJECT)


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(comparison_key(word) for word in words) - {""}
