"""What staff ask for outright within a story: time for somebody, an address out, a reminder, who owes. What changes something is only said back."""

import re
from collections.abc import Mapping, Sequence

from bot.office.wishes.cues import set_aside
from bot.office.wishes.slots import addresses_in, with_slots
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.spelling import plain
from bot.office.wishes.wish import Verb, Wish

_TOLD: Mapping[Verb, re.Pattern[str]] = {
    # "เอาเป็นว่าให้วังชิ้นถึงวันที่ 3 ธ.ค.", "ท่านให้เลื่อนได้ถึงวันอังคารที่ 3".
    Verb.EXTEND: re.compile(
        r"(?<!ไม่)ให้(?:เลื่อน|ขยาย|เวลา)?(?:ได้|ออกไป|ไป)?(?:อำเภอ|อบต\.?|ทต\.?|อบจ\.?)?[ก-๎]{0,20}?(?:ได้)?ถึง\s?(?:วัน|\d)"
    ),
    # "a@b … เอาออกให้ที", "เอา a@b ออกจากระบบ".
    Verb.REMOVE_ADDRESS: re.compile(
        r"@[^\n]{0,160}?(?:เอา|ตัด|ลบ|ถอด)(?:เมล|อีเมล|ที่อยู่|อันนี้|เขา|เค้า)?(?:ออก|ทิ้ง)|(?:เอา|ตัด|ลบ|ถอด)\s?(?:เมล|อีเมล|ที่อยู่)?\s?[a-z0-9._%+-]{1,64}@[^\s]{1,80}\s?(?:ออก|ทิ้ง)"
    ),
    # "ช่วยส่งเมลสะกิดพวกที่ยังไม่ส่ง", "ช่วยเตือนร้องกวางแห่งเดียวพอ".
    Verb.REMIND: re.compile(
        r"(?:ช่วย|ฝาก|รบกวน)(?:ส่ง)?(?:เมล|จดหมาย)?(?:ไป)?(?:เตือน|ทวง|สะกิด|จี้)(?!ความจำ)|(?:^|\s)ตาม(?:ให้(?:หน่อย|ที)|ทุก(?:ที่|แห่ง|อำเภอ|ราย)ที่ยัง)"
    ),
    # "ขอรายชื่ออำเภอที่ยังค้างอยู่".
    Verb.WHO_OWES: re.compile(r"(?:ขอ|อยากได้|ไล่)(?:ดู)?(?:ราย)?ชื่อ[^\n]{0,24}?(?:ค้าง|ยังไม่(?:ได้)?ส่ง|ยังขาด)"),
}
# Whom these mean stands beside their own words; the story names others: อบจ. ไม่เคยช้า ช่วยเตือนร้องกวางแห่งเดียวพอ.
_OF_ITS_CLAUSE = frozenset({Verb.EXTEND, Verb.REMIND})
_CLAUSE = 25  # letters behind those words
# Questions, conditions, what others said or somebody did, what is left to a later day.
_OPEN = re.compile(
    r"\?|ไหม(?!่)|มั้ย|หรือเปล่า|ถ้า|หาก|เดี๋ยว(?!นี้|เขา|เค้า)|ค่อย|อย่าเพิ่ง|(?<!เป็น)ว่าให้|บอกให้|ขอให้|[\"“”]|รอ(?:ท่าน|หนังสือ|ก่อน)|ไม่ได้ให้|ไม่ให้|ไม่ต้อง(?!ยาว|ละเอียด|รีบ)|ยังไม่ได้ตกลง"
)


def told_by_staff(lines: Sequence[str], speaker: Speaker) -> Wish | None:
    """The one thing that the lines ask for outright, whole; None where they ask for nothing of the kind, or for two."""
    text = plain(" ".join(lines))
    if _OPEN.search(text) or len({*addresses_in(text)}) > 1:
        return None
    barred = frozenset[Verb]().union(*(set_aside(line, speaker) for line in lines))
    found = [verb for verb, told in _TOLD.items() if verb not in barred and told.search(text)]
    if len(found) != 1:
        return None
    if found[0] is Verb.REMOVE_ADDRESS:
        return Wish(found[0], address=addresses_in(text)[0])
    said = _TOLD[found[0]].search(text)
    clause = (
        text[said.start() : said.end() + _CLAUSE].rsplit(" ", 1)[0] if said and found[0] in _OF_ITS_CLAUSE else text
    )
    wish = with_slots(found[0], (clause,), speaker)
    return None if wish.lacks else wish
