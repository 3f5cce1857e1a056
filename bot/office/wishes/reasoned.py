"""Answers that tell more than their word: เห็นใจเขา น้ำท่วม ให้ถึงวันศุกร์ละกัน, ยืนยันค่ะ หัวหน้าเซ็นแล้ว.

One stretch of the mail must be words of one answer, every letter of it, and say plainly what happens; what stands around it must be
no more than its reason: no condition, no other wish, no other day, nothing denied or left open.
"""

import datetime
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.calendar import LAST_MINUTE
from bot.office.wishes.awaited import PROMISE
from bot.office.wishes.awaited_words import AROUND, CLEAR_DENIALS, CORES, DONE_SO, NOT_SO, POLITE, UNTIL
from bot.office.wishes.days import days_named
from bot.office.wishes.lines import own_lines
from bot.office.wishes.names import people_in
from bot.office.wishes.nothing_more import says_nothing_more
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.spelling import loose, loose_words, loosened, plain
from bot.office.wishes.spoken_days import is_another_weekday
from bot.office.wishes.wish import Verb, Wish
from parsers.mail.words.known_words import is_made_of
from parsers.thai.months import WEEKDAYS

LONGEST = 260  # characters of an answer with its reason; a longer one tells a story
_LETTING = frozenset({Verb.GRANT, Verb.CONFIRM})
_WORDS = 12  # of one answer
# Stand in the words for a day, for the day of the wish, for somebody else's name, for what is known as a reason.
_DAY, _ASKED_DAY, _NAME, _WHY = "☼", "☀", "◆", "◇"
_LINE = "‖"  # stands between lines: words of two make no answer together
_BETWEEN = re.compile(rf"\s?{_LINE}\s?")
_ANY_DAY = re.compile(f"[{_DAY}{_ASKED_DAY}]")
_WEEKDAY = re.compile(
    rf"(?:วัน)?(?:{'|'.join(day.removeprefix('วัน') for day in WEEKDAYS)})?(?:ที่)?\s*([{_DAY}{_ASKED_DAY}])"
)
# "ขอเลื่อนถึง", "จะส่งภายใน": a reporter's words, each of which could grant.
_WISHES = re.compile("(?<!ที่)(?<!เค้า)(?<!เขา)ขอ(?![บง]|มา|นั่น|โทษ|อภัย|ตามเดิม|ไว้)(?=\\S)|จะส่ง")
_ALREADY, _RIGHT = loose("แล้ว"), loose("ถูกต้อง")
_DRAWN_OUT = re.compile(r"([าๆะ])\1{1,20}|ๆ|5{3,20}")
_SIGNS = re.compile(r"[().,!…~:;]+")
# Words that say by themselves what happens; โอเค, ได้ and ใช่ do not, of which a reason may be of another thing.
_PLAINLY: Mapping[Verb, tuple[str, ...]] = {
    Verb.GRANT: loose_words(
        "ให้ อนุญาต อนุญาติ อนุโลม ผ่อนผันให้ ขยายได้ เลื่อนได้ ต่อให้ ต่อเวลาให้ ไม่ขัดข้อง อนุมัติ เปลี่ยนได้ เปลี่ยนตามที่ขอ ใช้ได้ เพิ่มได้"
    ),
    Verb.CONFIRM: loose_words("ยืนยัน ถูกต้อง ถูกแล้ว ตามนั้น ตามนี้ ทำไป ทำเลย ทำได้ จัดไป จัดการได้ ดำเนินการได้ ดำเนินการเลย ลุยเลย"),
    Verb.DENY: (*CLEAR_DENIALS, *loose_words("ไม่ให้ กำหนดเดิม ส่งตามเดิม ใช้อันเดิม ไม่ให้เปลี่ยน")),
    Verb.CANCEL: loose_words("ยกเลิก ไม่ยืนยัน ไม่เอาแล้ว ไม่ทำแล้ว ไม่ต้องแล้ว ไม่แก้แล้ว ไม่ถอนแล้ว"),
}
_MORE: Mapping[Verb, tuple[str, ...]] = {
    Verb.GRANT: loose_words("เปลี่ยนได้ เปลี่ยนตามที่ขอ เปลี่ยนให้ได้"),
    Verb.CONFIRM: loose_words("ยืนยัน ทำไป ทำไปเลย"),
    Verb.DENY: loose_words("ไม่ได้จริงๆ ไม่ได้จริง ใช้อันเดิม ใช้อันเดิมต่อไป ไม่ให้เปลี่ยน อย่าเพิ่งให้เปลี่ยน ขอตามเดิม เอาตามกำหนดเดิม"),
    Verb.CANCEL: loose_words("ไม่เอา งั้นไม่เอา งั้นยกเลิก ไม่ต้องขยายให้แล้ว ไม่ต้องเลื่อนให้แล้ว"),
}
# "บอกเขาด้วยว่าช่วยเร่งหน่อย", "แต่ครั้งสุดท้ายแล้วนะ": said to the asker beside what he is granted; no condition.
_TO_ASKER = re.compile(
    r"(?:แต่\s?)?(?:ฝาก)?(?:บอก|แจ้ง|กำชับ|ดุ|เตือน)(?:น้อง)?(?:เขา|เค้า|ท่าน|น้อง|อำเภอ|เบา)(?:ๆ|ไป|\s){0,2}(?:ด้วย|ว่า|หน่อย|ที)(?:(?!ไม่|ถ้า|หาก|ก่อน|รอ|อย่า|วัน|\d).){0,60}$"
    r"|(?:แต่\s?)?(?:เป็น|แค่)?ครั้ง(?:นี้)?(?:เป็นครั้ง)?สุดท้าย(?:แล้ว|ละ|จริง|นะ|ครับ|ค่ะ|\s){0,6}"
)
# "☼ ช้าไปนิด", "☼ นานไป", "พี่ต้องไล่ตรวจอีก": a day that is not kept, and why.
_TOO_LATE = re.compile(
    rf"(?:พี่|เรา|ทางเรา)?ต้อง\S{{0,10}}(?:ตรวจ|รวม|สรุป)(?:อีก|ต่อ)?|[{_DAY}{_ASKED_DAY}]\s?(?:มัน|ก็|น่ะ|นี่)?(?:ช้า|นาน|กระชั้น|เลย)(?:เกิน)?(?:ไป)?(?:นิด|หน่อย|หนึ่ง|นึง)?"
)
# What no reason for a thing that happens has in it: conditions, denials, doubts, questions, other wishes, other days and names.
_OPEN = re.compile(
    "ไม่|มิ(?!ถุนา|ชอบ)|บ่(?!าย)|ยัง|อย่า|ห้าม|งด|หยุด|เลิก|(?<!เ)ช้า|เร่ง|ย้าย|แต่(?!ง|ละ)|ถ้า|หาก|ก่อ|ค่อย|(?<!ห)รอ(?![งบดยม])|เว้น|เฉพาะ|นอกจาก|เดี๋ยว|กำลัง|อาจ(?!าร)|คง|น่าจะ|มั้ง|สงสัย"
    "|(?<!ที่)(?<!เค้า)(?<!เขา)(?<!ใบ)ขอ(?![บง])|ช่วย|รบกวน|ฝาก|แก้|เปลี่ยน|เพิ่ม|ลบ|ตัด|ส่ง|เลื่อน|ขยาย|เตือน|ทวง|ตาม|ปิด|เปิด|คืน|ถอน|ดึง|เอา|ลืม|รับ(?!งาน|ทราบ|ผิดชอบ|ตำแหน่ง)|กลับ"
    "|ใคร|อะไร|ไหน|ไหม|ไหว|ม่าย|มั้ย|มั๊ย|หรือ|เหรอ|รึ|ทำไม|ยังไง|อย่างไร|เท่าไ|กี่|เมื่อไ|ผิด|พลาด|เล่น|เอ้ย|เอ๊ย|เหลือ|พรุ่งนี้|มะรืน|แทน|ชะลอ|ระงับ|อยาก|จะ(?!ได้)"
    '|อีก(?!รอบแล้ว|ทีแล้ว|ครั้งแล้ว)|ด้วย(?!ตัวเอง)|หน่อย|ค้าง|ขาด(?!คน)|ราย|สถานะ|หลักฐาน|ลิงก์|แบบ|ไฟล์|ตาราง|ร่าง|เวียน|ปฏิทิน|ทำการ|ให้(?!เรียบร้อย|หมด|แล้ว)|(?<!ซะ)ที(?=\\s|$)|[a-z@?\\d☼◆"“”]'
)
# What a reason has in it: who asks has it hard, it was looked into, or somebody decided so.
_REASON = re.compile(
    "เห็นใจ|สงสาร|เข้าใจ|น้ำท่วม|น้ำป่า|ไฟดับ|ป่วย|ลาคลอด|ลาออก|คนใหม่|เด็กใหม่|น้องใหม่|มือใหม่|(?<!ใบ)งานใหม่|คนเดียว|คนน้อย|งานเยอะ|อุบัติเหตุ|เหนื่อย|ครั้งแรก"
    "|(?:โทร|ถาม|เช็ค|เช็ก|คุย|ดู|ประสาน|ปรึกษา|เคลียร์|หารือ|แจ้ง|ย้ำ|ยืนยัน|รับรอง).{0,40}?แล้ว|ของ(?:เขา|เค้า)?จริง|◇"
    "|(?:ท่าน|หัวหน้า|นาย|ปลัด|ผอ|ผู้ว่า|รอง|กรม|เทศบาล|อบต|กำนัน|ผู้บริหาร).{0,30}?(?:เซ็น|ลงนาม|เห็นชอบ|อนุมัติ|อนุญาต|ย้ำ|โทร|เคลียร์|ทราบ|โอเค|ตกลง|สั่ง|พูด|บอก)"
)
# "แล้วก็ขอบคุณที่ทวนให้นะคะ", "ขอโทษที่ทำให้วุ่นวาย": thanks and apologies.
_COURTESY = re.compile(r"(?:แล้วก็|และ)?ขอ(?:บคุณ|บใจ|บพระคุณ|โทษ|อภัย)(?!\S{0,40}ช้า)\S{0,40}")
# "ยังไม่ได้ลง": a reason why a cell is to say that a thing is not done.
_NOT_DONE = re.compile(r"ยังไม่(?:ได้)?(?:ลง|ทำ|จัดทำ|เผยแพร่|ขึ้น|นำ|มี|ออก|เอา)")
_DONE = re.compile(r"(?<!ไม่ได้)(?<!ไม่)(?:ลง|ทำ|เผยแพร่|ขึ้น|ออก)\S{0,12}แล้ว")
# What no reason for dropping a wish has in it: another one, or half of it.
_OTHERWISE = re.compile(
    "แต่(?!ง|ละ)|ถ้า|หาก|หมายถึง|ต้องเป็น|ที่ถูก|แทน|(?<!ไม่)เอา(?!ไว้|ตาม)|(?<!ไม่ได้)(?<!ใคร)(?<!ที่)ขอ(?!บ|ง|โทษ|อภัย)|ช่วย|เปลี่ยน(?!ใจ)|เป็น(?=[☼\\d])|ถึง(?=\\s?☼)|ให้ได้|ให้ถึง"
    "|ไหม(?!่)|มั้ย(?!ล่ะ)|หรือ|[@?\\d☼]|ค่อย|ยืนยัน(?!ว่า)"
)
_KEEPS = re.compile(r"(?:ให้)?\S{0,12}ส่งตาม(?:กำหนด)?เดิม\S{0,12}")
# What no reason for a denial has in it: half of what is denied, a condition, a question.
_HALF_GRANTED = re.compile(
    "แต่(?!ง|ละ)|ถ้า|หาก|ให้ถึง|ได้ถึง|ได้แค่|เห็นใจ|อนุโลม|ผ่อนผัน|ไหม(?!่)|[@?]|หรือ|(?:เป็น|เอา|ให้|ถึง|ได้)\\s?[☼☀]|[☼☀]\\s?(?:ก็)?(?:พอ|ได้|ละกัน|แล้วกัน)"
)


@dataclass(frozen=True)
class _Said:
    """The words of an answer, names and days set apart, with the wish that it is about."""

    words: Sequence[str]
    days: Sequence[datetime.date]  # in the order of their signs
    wish: Wish | None

    def cores(self, verb: Verb) -> tuple[str, ...]:
        """Words that answer beside the general ones: those of the wish itself."""
        about = self.wish.verb if self.wish else None
        own = {Verb.CONFIRM: DONE_SO, Verb.CANCEL: NOT_SO}.get(verb, {}).get(about, ()) if about else ()
        return (*_MORE[verb], *own)

    def answers(self, verb: Verb) -> list[tuple[int, int]]:
        """The stretches of words that are words of one answer, the longest at each place."""
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(self.words):
            ends = range(min(at + _WORDS, len(self.words)), at, -1)
            end = next((end for end in ends if self._is_made_of(" ".join(self.words[at:end]), verb)), 0)
            found += [(at, end)] if end else []
            at = end or at + 1
        return found

    def _is_made_of(self, said: str, verb: Verb) -> bool:
        """Whether words are those of one answer, every letter of them; a day stands only in one that grants."""
        days = said.count(_DAY) + (said.count(_ASKED_DAY) if verb is Verb.GRANT else 0)
        if days > (verb is Verb.GRANT) or _LINE in said or _NAME in said or _WISHES.search(said):
            return False
        key = loosened(said).key
        around, cores = (*AROUND.get(verb, ()), *POLITE), (*CORES[verb], *self.cores(verb), *(UNTIL if days else ()))
        already = any(f"{word}{_ALREADY}" in key for word in self.cores(verb) if verb is Verb.CONFIRM)
        return not already and is_made_of(key, around, cores)

    def is_plain(self, said: str, verb: Verb) -> bool:
        """Whether such words say by themselves what happens."""
        key = loosened(said).key
        if self.wish and self.wish.verb is Verb.WITHDRAW:  # ถูกต้อง may be said of what was reported
            key = key.replace(_RIGHT, "")
        dated = verb is Verb.GRANT and (_DAY in said or _ASKED_DAY in said)
        return dated or any(word in key for word in (*_PLAINLY[verb], *self.cores(verb)))

    def until(self, spans: Sequence[tuple[int, int]]) -> datetime.date | None:
        """The day that stands in the answer."""
        counted = [sum(word.count(_DAY) + word.count(_ASKED_DAY) for word in self.words[:at]) for at, _ in spans]
        return self.days[counted[0]] if counted else None


def reasoned(text: str, verbs: Collection[Verb], speaker: Speaker, wish: Wish | None = None) -> Wish | None:
    """What a mail's own text answers among the ``verbs``, beside its reason; None where that is not clearly one of them.

    ``wish``: the one that was said back or put before staff.
    """
    line = _one_line(text, speaker.names)
    if not line or len(line) > LONGEST or "?" in line:
        return None
    found = _answer(PROMISE.sub(" ", line) if Verb.CONFIRM in verbs else line, verbs, speaker, wish)
    if found is not None or Verb.GRANT not in verbs:
        return found
    found = _answer(_TO_ASKER.sub(" ", line), verbs, speaker, wish)
    return found if found and found.verb is Verb.GRANT else None


def _answer(line: str, verbs: Collection[Verb], speaker: Speaker, wish: Wish | None) -> Wish | None:
    """What a line answers; None where it says two things, or more than one and its reason."""
    said = _set_apart(line, speaker, wish)
    found = {verb: spans for verb in verbs if verb in _PLAINLY and said and (spans := said.answers(verb))}
    if said is None or len(found) != 1:
        return None
    verb, spans = found.popitem()
    answers = [" ".join(said.words[start:end]) for start, end in spans]
    taken = {at for start, end in spans for at in range(start, end)}
    reason = " ".join(word for at, word in enumerate(said.words) if at not in taken)
    dated = [span for span, each in zip(spans, answers, strict=True) if verb is Verb.GRANT and _ANY_DAY.search(each)]
    if not any(said.is_plain(each, verb) for each in answers) or _says_more(reason, verb, wish) or len(dated) > 1:
        return None
    day = said.until(dated)
    until = datetime.datetime.combine(day, LAST_MINUTE, BANGKOK) if day else None
    return Wish(verb, until=until, why=_BETWEEN.sub(" ", line) if verb is Verb.DENY else "")


def _one_line(text: str, names: Collection[str]) -> str:
    """The lines that say something as one, each letter that is drawn out written once: ค่าาา, ไม่เอาๆ; "" where one below says more."""
    lines = own_lines(text)
    own = [each for each in lines if not says_nothing_more([each], names)]
    others = [each for each in text.splitlines() if plain(each) and plain(each) not in map(plain, lines)]
    joined = f" {_LINE} ".join(map(plain, own))
    return _DRAWN_OUT.sub(r"\1", joined).strip() if says_nothing_more(others, names) else ""


def _set_apart(line: str, speaker: Speaker, wish: Wish | None) -> _Said | None:
    """The words with a sign in the place of each day, another for the day of the wish; its own names left out, others signs too."""
    loosely = loosened(line)
    line, named = loosely.text, people_in(loosely, speaker.bureau.roster)
    own = wish is not None and {*named.reporters} <= {*wish.reporters} and {*named.organisations} <= {wish.organisation}
    found = days_named(line, speaker.today)
    if any(is_another_weekday(line[: span[0]], day) for day, span in found):
        return None
    asked = wish.until.date() if wish and wish.until else None
    signs = [(span, _ASKED_DAY if day == asked else _DAY) for day, span in found]
    signs += [(span, " " if own else _NAME) for span in named.spans]
    for (start, end), sign in sorted(signs, reverse=True):
        line = f"{line[:start]} {sign} {line[end:]}"
    return _Said(_SIGNS.sub(" ", _WEEKDAY.sub(r" \1 ", line)).split(), [day for day, _ in found], wish)


def _says_more(reason: str, verb: Verb, wish: Wish | None) -> bool:
    """Whether what stands around an answer is more than its reason."""
    if verb in _LETTING:
        said = _TOO_LATE.sub(_WHY, reason).replace(_ASKED_DAY, " ")
        denied = wish is not None and wish.verb is Verb.CORRECT and wish.value is False
        if denied and _DONE.search(said):
            return True
        said = _BETWEEN.sub(" ", _NOT_DONE.sub(_WHY, said) if denied else said)
        said = _COURTESY.sub(" ", said)
        return bool(_OPEN.search(said)) or bool(said.strip() and not _REASON.search(said))
    if verb is Verb.CANCEL:
        return bool(_OTHERWISE.search(_KEEPS.sub(" ", reason.replace(_ASKED_DAY, " ").replace(_NAME, " "))))
    return bool(_HALF_GRANTED.search(reason))
