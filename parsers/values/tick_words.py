"""What a sentence in a tick cell says: whether the doing that the column asks is finished, is not, or cannot be told.

A sentence is taken for verbs of doing, a tense and the rest. Owns the verbs that finish something, those that only prepare
or pass it on, and the words of doubt. Done is only a finished doing of what is asked: a verb of the question's own label, or
one that always finishes; whatever else was done is asked.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from parsers.form.question import Question
from parsers.thai.text import ascii_digits, comparison_key
from parsers.values.evidence import is_around
from parsers.values.not_reported import is_not_reported
from parsers.values.tick_particulars import answer_in_kind, to_come, without_particulars


class Tick(Enum):
    """What stands in a tick cell."""

    YES = auto()
    NO = auto()
    GUESSED_YES = auto()
    GUESSED_NO = auto()
    UNCLEAR = auto()
    BLANK = auto()


class Doing(Enum):
    """The two doings that circulars ask of one thing: to make it, and then to make it known."""

    MAKE = auto()
    POST = auto()


# Verbs that make an order or announcement, "จัดทำ", "ลงนาม"; and nouns that stand for having made it, "มีคำสั่ง".
_MAKE = re.compile("จัดทำ|^ทำ|ออก(?!แบบ|ไป)|ประกาศ(?!ลง|บน|ใน)|คำสั่ง|กำหนด|จัดตั้ง|แต่งตั้ง|ตรา|ลงนาม")
# Verbs that put it where all can see it, "ลงข้อมูลในระบบ", "เผยแพร่"; not "ลงรับ", "ลงมติ", "ลงนาม".
_POST = re.compile(
    "ลง(?:$|ข้อมูล|ระบบ|ใน|บน|เว็บ|ประกาศ|คำสั่ง|info)|กรอก|บันทึก(?!ข้อความ)|เผยแพร่|นำเข้า|นำข้อมูล|อั[ปพ]โหลด|upload|โพสต์|คีย์|ขึ้น(?:เว็บ|ระบบ)"
)
# The words that a finished doing of these is said with; nothing else may stand in a sentence that is believed at once.
_KNOWN = re.compile(
    "(?:ดำเนินการ|ทำการ|จัดทำ|ปฏิบัติ|จัดตั้ง|แต่งตั้ง|กำหนด|ลงข้อมูล|ลง|กรอก|บันทึก|ประกาศใช้|ประกาศ|ออก|เผยแพร่|นำเข้าสู่|นำเข้า|นำข้อมูล|อัปโหลด|อัพโหลด|upload|โพสต์"
    "|คีย์|คำสั่ง|ข้อมูล|ระบบ|เว็บไซต์|เว็บ|wwwinfogoth|infogoth|เข้าสู่|เข้า|สู่|บน|ใน|และ|ทำ|มี|ขึ้น|ได้)*+"
)
# What only comes before a doing, passes it on or takes it in: "ร่าง", "เสนอผู้บริหาร", "แจ้ง", "ส่งเรื่อง", "รับทราบ".
_OTHER = re.compile(
    "ร่าง|เสนอ|แจ้ง|(?<!ขน)ส่ง(?!เสริม)|รายงาน|ประชุม|(?<!สำห)รับ|ทราบ|มอบ|สั่งการ|เตรียม|แผน(?!ก(?!าร)|ที่)|หารือ|ประสาน|ขอ(?!ง)|ตรวจ|พิจารณา|ศึกษา"
    "|รวบรวม|ติดตาม|เวียน|นำเรียน|ชี้แจง|อบรม|สำรวจ|ออกแบบ|เรื่อง|หนังสือ|พิมพ์|เขียน|นัด|เริ่ม|ขั้นตอน|จ้าง|จัดซื้อ|คณะกรรมการ|ประชาสัมพันธ์|ตั้งงบ|อนุมัติ|พร้อม"
)
# A doing that is not at its end: "เกือบเสร็จ", "ใกล้แล้วเสร็จ", "ร่าง", "เสนอนายกแล้ว", "เสร็จครึ่งหนึ่ง".
UNFINISHED = re.compile("ร่าง|เสนอ|เกือบ|ใกล้|จวน|เตรียม|พร้อม(?!กัน|ทั้ง|แนบ)|ครึ่ง|ขั้นตอน|กำลัง|ระหว่าง")
# Passed on by other verbs, which are no doing of their own: "ตามหนังสือสั่งการ", "ตามมาตรา 10".
_ACCORDING = re.compile(r"ตาม(?:หนังสือ(?:สั่งการ)?|ข้อสั่งการ|ระเบียบ|กฎหมาย|แบบ|แนวทาง|ที่กำหนด|พรบ|มาตรา\d*|ม\d+)+|มาตรา\d+")
# "แล้ว", "เสร็จเรียบร้อยแล้ว", "ครบถ้วน", "ไปแล้ว", "แล้วเสร็จ 100": the end of a finished doing; then courtesies.
_FINISH = re.compile(
    "(?:แล้วเสร็จ|เสร็จเรียบร้อย|เสร็จสมบูรณ์|เสร็จสิ้น|เสร็จ|เรียบร้อย|สำเร็จ|ครบถ้วน|ครบ|สมบูรณ์|ทั้งหมด|ทุก(?:แห่ง|คัน|คน|ราย|หลัง|สาย|ตัว|ชุด|โครงการ|หมู่บ้าน|ชุมชน|ครัวเรือน)|ไป|หมด|อยู่|แล้ว)++(?:100)?$"
)
_POLITE = re.compile("(?:ครับ|คับ|ค่ะ|คะ|จ้า|นะ)+$")  # "แล้วครับ"
# "ตามเอกสารแนบ", "ดูรายละเอียดใน": words that only lead to what is elsewhere; "ตาม" also stands in labels (ตามมาตรา 10).
_POINTS = re.compile("ตาม|รายละเอียด|ปรากฏ|เอกสาร|ไฟล์|แนบ|ดู|อ้างอิง|อ้างถึง|ที่|ใน|ของ|ณ")
# The last word of finishing in a key, behind which evidence may stand: "จัดทำแล้ว|เมื่อ".
_FINISHED = re.compile("แล้ว(?!เสร็จ)|เรียบร้อย|เสร็จ(?:สิ้น)?")

# Whole keys: what stands in a tick cell instead of a mark.
_WHOLE = {
    **dict.fromkeys(
        ("มี", "ใช่", "ถูก", "ถูกต้อง", "yes", "y", "true", "ok", "okay", "done", "complete", "completed", "จริง"), Tick.YES
    ),
    **dict.fromkeys(
        ("ไม่มี", "ยัง", "ไม่", "ยังเลย", "ไม่ใช่", "no", "n", "false", "none", "ไม่จริง", "เท็จ", "notyet", "notdone"), Tick.NO
    ),
}
# With which a label begins, and which alone answer it.
_OWN_VERBS = frozenset({"เคย", "ได้รับ", "เข้าร่วม", "ผ่าน"})
# "0", "0.0", "1", "1.0", "01": as a spreadsheet shows a number.
_COUNT = re.compile(r"0+(?:\.0+)?|0*1(?:\.0+)?")
# "ยังไม่ได้จัดทำ", "ไม่ได้ดำเนินการ", "ยังมิได้ดำเนินการ", "ยังไม่แล้วเสร็จ"; not "ไม่มีปัญหา", which is about
# something else.
_NOT_DONE = re.compile("(?:ยัง(?:คง)?)?(?:ไม่|มิ)ได้|ยัง(?:คง)?ไม่|ไม่มีการ|ไม่ดำเนินการ|ไม่จัดทำ|ไม่รายงาน|ไม่ตอบ|ยังมิ")
# "อยู่ระหว่างดำเนินการ", "กำลังดำเนินการ", "รอประกาศ", "ใกล้แล้วเสร็จ": not done yet, and said as a guess. Not "รอบ" (a round).
_UNDER_WAY = re.compile(
    "อยู่(?:ใน)?(?:ระหว่าง|ขั้นตอน)|(?:ใน)?ระหว่าง|กำลัง|รอ(?!บ)|จะ(?:ดำเนินการ|จัดทำ|ลง)|เตรียม|คาดว่าจะ|ขอดำเนินการ|เกือบ|ใกล้|จวน"
)
# "ได้ดำเนินการ", "มีการจัดทำ", "ขณะนี้ได้ทำ": before the verb; and a denial.
_BEFORE = re.compile(f"^(?:ขณะนี้|ปัจจุบัน)?(?:{_NOT_DONE.pattern}|{_UNDER_WAY.pattern})?(?:ได้|มีการ|การ)*+")
# "ยังไม่ได้จัดทำ แต่ลงข้อมูลแล้ว", "✓ (บางส่วน)", "ยกเลิกแล้ว", "✓ (เฉพาะปี 2566)": the second half takes the first back.
TURN = re.compile(
    "แต่(?!ง)|ยกเว้น|ยกเลิก|บางส่วน|บาง|ครึ่ง|ส่วนใหญ่|เหลือ|เฉพาะ(?!กิจ|กาล|ทาง|เรื่อง|ด้าน|ตัว|ถิ่น)|(?:มี|ทำ|แล้ว|^)(?:แค่|เพียง(?!พอ))"
)
# "✓ 50%": half done; "✓ 100%" is done.
SHARE = re.compile(r"(?<!\d)(?!100\s*%)\d+(?:\.\d+)?\s*%")
# "จะแล้ว", "ยังไม่เรียบร้อย": ends like "done" and says it is not. Not "รอบ", "รอง", "กรอก", "อิเล็กทรอนิกส์", "อัตรากำลัง".
_STILL = re.compile("ไม่|ยัง|มิได้|(?<![กคทพ])รอ(?![บง])|ระหว่าง|(?<!ตรา)กำลัง|จะ|เกือบ|ใกล้|จวน")
# "แล้ว?", "(ไม่แน่ใจ)", "น่าจะแล้ว", "คงทำแล้ว", "เข้าใจว่าทำแล้ว", "ใช่หรือไม่", "รอตรวจสอบ": whoever writes so does not know.
_UNSURE = re.compile(
    "แน่ใจ|น่าจะ|ไม่ทราบ|ไม่รู้|อาจ(?!ารย์)|(?<!ยัง)คง(?:จะ|ทำ|แล้ว|มี|ได้|เสร็จ|ดำเนิน)|เข้าใจว่า|คิดว่า|มั้ง|หรือไม่|หรือยัง|ไหม$|คาดว่า(?!จะ)|รอ(?:การ)?(?:ตรวจสอบ|ยืนยัน)"
)
# Before "ยังไม่", "รอ" and their like, or at "แต่": a sentence about two doings is two.
_CLAUSES = re.compile("แต่(?:ว่า)?(?!ง)|ทว่า|(?<=แล้ว|ร้อย|สร็จ)(?=ยัง(?:ไม่|มิ)|ไม่ได้|รอ(?!บ)|กำลัง|อยู่ระหว่าง)")
_BARE = frozenset({"", "ดำเนินการ", "ปฏิบัติ", "ทำ", "มี"})  # stems that name no doing of their own
_SURE_LENGTH = 40  # of a key; a longer sentence may say more than its beginning
_SAME_BEGINNING = 5  # letters, two syllables: a sentence that shares them with a label is about what it asks
SURE = {Tick.YES: True, Tick.GUESSED_YES: True, Tick.NO: False, Tick.GUESSED_NO: False}

_GUESS = {tick: Tick.GUESSED_YES if sure else Tick.GUESSED_NO for tick, sure in SURE.items()}


@dataclass(frozen=True)
class Asked:
    """What a column asks: the keys of its label's wordings, and which of the two doings it is. Empty: nobody knows."""

    labels: tuple[str, ...] = ()
    doing: Doing | None = None

    def owns(self, stem: str) -> bool:
        """Whether the label itself says a stem of words."""
        return len(stem) > 1 and any(stem in label for label in self.labels)

    def begins_alike(self, stem: str) -> bool:
        """Whether a longer sentence begins as the label goes on somewhere."""
        return len(stem) > _SAME_BEGINNING and self.owns(stem[:_SAME_BEGINNING])


UNKNOWN = Asked()


@lru_cache(maxsize=1 << 10)
def asked_by(question: Question) -> Asked:
    """What a question asks, by its label and its other wordings; by its group where the label is only "ดำเนินการแล้ว"."""
    labels = [comparison_key(label) for label in (question.label, *question.aliases)]
    if _stem(labels[0]) in _BARE and question.group:
        labels = [comparison_key(group) for group in (question.group, *question.group_aliases)] + labels
    return Asked(tuple(labels), _doing(labels[0]))


def _doing(said: str) -> Doing | None:
    """Which of the two doings words name; of both the later."""
    return Doing.POST if _POST.search(said) else Doing.MAKE if _MAKE.search(said) else None


def is_unsure(said: str) -> bool:
    """Whether a text, links left out, says that its writer does not know."""
    return "?" in said or bool(_UNSURE.search(comparison_key(said)))


def words(said: str, asked: Asked = UNKNOWN, *, proved: bool = False) -> Tick:
    """A word or short sentence, without its evidence; ``proved`` says that there was some."""
    key = _POLITE.sub("", comparison_key(said))
    key = _before_evidence(key) if proved else key
    if is_unsure(said):
        return Tick.UNCLEAR
    at_once = _at_once(said, key, asked)
    if at_once:
        return at_once
    # "มี/ไม่มี": the printed choice was left as it stood.
    if SHARE.search(ascii_digits(said)) or re.search(r"[^\s/]\s*/\s*[^\s/]", said):
        return Tick.UNCLEAR
    if proved and _names_it(key, asked):
        return Tick.GUESSED_YES
    clauses = [clause for clause in _CLAUSES.split(key) if clause]
    if len(clauses) == 2 and not any(TURN.search(clause) for clause in clauses):  # noqa: PLR2004
        return _of_two(clauses, asked)
    return Tick.UNCLEAR if TURN.search(key) or len(clauses) != 1 else _clause(clauses[0], asked)


def _at_once(said: str, key: str, asked: Asked) -> Tick | None:
    """A whole word for yes or no, an answer in the label's own words, or a day to come; None for other words."""
    coming = to_come(key)
    if coming and not asked.owns(coming):
        return Tick.UNCLEAR if _FINISHED.search(key.partition(coming)[0]) else Tick.GUESSED_NO
    plainly = answer_in_kind(said, key, asked.labels)
    if plainly is not None:
        return Tick.YES if plainly else Tick.NO
    verb = key.removeprefix("ไม่")
    own = verb in _OWN_VERBS and bool(asked.labels) and asked.labels[0].startswith(verb)  # "ไม่เคย" of เคยยกฐานะ
    if own or key in _WHOLE or _COUNT.fullmatch(key):
        return _WHOLE.get(key) or (Tick.YES if "1" in key or (own and key == verb) else Tick.NO)
    short = without_particulars(said)
    return _GUESS.get(words(short, asked), Tick.UNCLEAR) if short else None


def _names_it(key: str, asked: Asked) -> bool:
    """Whether words with evidence name what is asked, in no tense: "ประกาศเมื่อ 5 พ.ย. 67", "คำสั่งที่ 88/2567"."""
    key = _POINTS.sub("", key)
    tense = _FINISH.search(key) or _STILL.search(key) or TURN.search(key) or _OTHER.search(key)
    return not tense and bool(_about(key, asked))


def about_another(said: str, asked: Asked) -> bool:
    """Whether a sentence beside a mark is about what comes after: "✓ (ยังไม่ได้ลงระบบ)" where the making is asked."""
    return asked.doing is Doing.MAKE and bool(_POST.search(_stem(comparison_key(said))))


def passed_on(stem: str, asked: Asked) -> bool:
    """Whether words name a doing that only comes before what is asked, or passes it on: "เสนอผู้บริหาร", "ส่งเรื่อง"."""
    return any(not asked.owns(found[0]) for found in _OTHER.finditer(stem))


def _before_evidence(key: str) -> str:
    """A key without the words that led to its evidence: "จัดทำแล้ว" of "จัดทำแล้วเมื่อ"."""
    end = max((found.end() for found in _FINISHED.finditer(key)), default=0)
    return key[:end] if end and is_around(key[end:]) else key


def _of_two(clauses: list[str], asked: Asked) -> Tick:
    """A sentence about two doings: what it says of the one that is asked."""
    about = [_about(clause, asked) for clause in clauses]
    if about.count(True) == 1:
        mine = about.index(True)
    elif asked.doing and about.count(None) == 1:
        mine = about.index(None)  # "ดำเนินการแล้ว แต่ยังไม่ได้ลงระบบ", where the making is asked
    else:
        return Tick.UNCLEAR
    said, other = _clause(clauses[mine], asked), clauses[1 - mine]
    undone = bool(_NOT_DONE.match(other) or _UNDER_WAY.match(other))
    # "ทำแล้ว แต่หาย"; "ลงข้อมูลแล้ว แต่ยังไม่เสร็จ"; "ลงข้อมูลแล้ว แต่ยังไม่ได้จัดทำ": what was posted must have been made.
    takes_back = not _is_done(other) and (not undone or about[1 - mine] is None or asked.doing is Doing.POST)
    return Tick.UNCLEAR if takes_back and SURE.get(said) is not False else said


def _is_done(clause: str) -> bool:
    return bool(_FINISH.search(clause)) and not _STILL.search(clause)


def _stem(clause: str) -> str:
    """The doing that a clause names, without tense and denial."""
    kept = _FINISH.sub("", _ACCORDING.sub("", clause))
    return _BEFORE.sub("", kept, count=1)


def _about(clause: str, asked: Asked) -> bool | None:
    """Whether a clause is about what is asked; None where it names nothing of its own ("ดำเนินการแล้ว")."""
    stem = _stem(clause)
    if stem in _BARE:
        return None
    doing = _doing(stem)
    return asked.owns(stem) or asked.begins_alike(stem) or (doing is not None and doing is asked.doing)


def _clause(key: str, asked: Asked) -> Tick:
    """One clause, as its comparison key."""
    if is_not_reported(key):
        return Tick.BLANK
    if _NOT_DONE.match(key):
        sure = len(key) <= _SURE_LENGTH and not (asked.doing is Doing.MAKE and _POST.search(key))
        return Tick.NO if sure else Tick.GUESSED_NO
    if _UNDER_WAY.match(key):
        return Tick.GUESSED_NO
    if key == "ดำเนินการ":
        return Tick.GUESSED_YES
    return _finished(_stem(key), asked) if _is_done(key) else Tick.UNCLEAR


def _finished(stem: str, asked: Asked) -> Tick:
    """A doing that is said to be finished: whether it is the one that is asked."""
    if not stem or asked.owns(stem):
        return Tick.YES
    if _KNOWN.fullmatch(stem):
        return Tick.YES
    made, posted = _MAKE.search(stem), _POST.search(stem)
    if asked.doing is Doing.POST and made and not posted:
        return Tick.UNCLEAR  # "ลงนามแล้ว": of posting it says nothing
    if not asked.labels and stem in ("แจ้ง", "ส่ง", "รายงาน"):
        return Tick.YES  # of a heading or a column that nobody knows
    finishing = made or posted or asked.begins_alike(stem) or stem.startswith("ดำเนินการ")
    return Tick.GUESSED_YES if finishing and not passed_on(stem, asked) else Tick.UNCLEAR
