"""What may stand beside a word that lets something happen, and says nothing: politeness, a greeting, who signs.

A line that is not known as one of these is a further sentence, whatever it says; then the word alone lets nothing happen, and
its writer is asked. A paragraph below is a signature only where it looks as one: it begins with a name, a close or a rule.
"""

import re
from collections.abc import Collection, Iterable

from bot.office.wishes.thai_words import words_of
from parsers.mail.words.nil_return import courtesy, idle
from parsers.mail.words.thanks import says_thanks, signs, tells_how_to_reach
from parsers.thai.dictionary import first_names
from parsers.thai.months import MONTHS, SHORT_MONTHS
from parsers.thai.text import comparison_key, normalise

LOOKED_AT = 40  # lines of a mail; in a longer one nobody knows what stands below
_LONGEST = 120  # characters of a line that only signs or greets
_SHORTEST_NAME = 4  # letters of a first name that stands without title: ส่ง and รอ are names too
# "คุณ", "พี่", "นาย", "นางสาว", "น.ส.", "ว่าที่ร้อยตรี", "(": a name follows.
_TITLE = re.compile(r"\(?\s?(?:นาย(?!อำเภอ|ก)|นางสาว|นาง|น\.\s?ส\.|ว่าที่|คุณ|พี่|น้อง|ดร\.|จ่าเอก|ส\.ต\.)\s?")
# "ขอแสดงความนับถือ", "ด้วยความเคารพ", "--", "regards": a signature follows.
_CLOSE = re.compile(
    r"(?:ขอแสดงความนับถือ|ด้วยความเคารพ|ด้วยความนับถือ|จึงเรียนมาเพื่อ(?:โปรด)?(?:ทราบ|พิจารณา)|(?:best |kind )?regards,?|[-–—_=*~. ]{2,40})",
    re.IGNORECASE,
)
# "ส่งจาก iPhone ของฉัน", "Sent from my Galaxy": what a mail program puts below.
_SENT_FROM = re.compile(
    r"(?:ส่งจาก|sent from|get outlook for)\s?(?:my |a |the )?(?:โทรศัพท์|มือถือ|อุปกรณ์|แอป)?[a-z0-9 .]{0,40}(?:ของฉัน|ของผม)?",
    re.IGNORECASE,
)
# "somsri@phrae.example", "อีเมล somsri@phrae.example": where the writer is reached.
_MAILED = re.compile(r"(?:e-?mail|อีเมล์?|เมล)?[\s:.]{0,3}[a-z0-9._%+-]{1,64}@[a-z0-9.-]{1,80}", re.IGNORECASE)
# "ครับ", "ค่ะ": politeness behind a name that signs, วิชัย ครับ.
_POLITE = re.compile(r"\s?(?:ครับผม|ครับ|คับ|ค่ะ|คะ|ค่า|นะ|จ้า)$")
# "ใจดี", "หมื่นโฮ้ง", "(สมศรี ใจดี)": one to three words of Thai letters.
_NAME = re.compile(r"\(?[ก-๎.]{2,25}(?: {1,3}[ก-๎.]{2,25}){0,2}\)?")
# "หากมีข้อสงสัยติดต่อ 054-534119", "สอบถามเพิ่มเติมโทร 08 1234 5678": whom to ring, and nothing else.
_RING = re.compile(
    r"(?:หาก|ถ้า)?(?:มี)?(?:ข้อสงสัย)?(?:กรุณา|โปรด)?(?:สอบถาม(?:เพิ่มเติม)?)?(?:ได้)?(?:ที่)?(?:ติดต่อ(?:ได้)?(?:ที่)?|โทร(?:ศัพท์)?)?[\d๐-๙\s.:+()/-]{6,40}"
)
# "เรียน ผู้ดูแลระบบ", "ถึง ทีมงาน", "Dear team": whom a mail is written to, in few words.
_GREETS = re.compile(r"(?:(?:กราบ)?เรียน|ถึง|สวัสดี|ขออนุญาต|dear|hello|hi|to)\S{0,80}(?:\s\S{1,40}){0,4}", re.IGNORECASE)
# "เลขที่ พร 0023.3/21456 ลงวันที่ 4 ธ.ค. 67", "ที่ พร …": the number of the letter that goes.
_NUMBERED = re.compile(r"(?:ใช้\s?)?(?:หนังสือเลขที่|เลขที่หนังสือ|เลขหนังสือ|หนังสือที่|เลขที่|ที่|ลงวันที่|ลว\.?|วันที่)\s?(.*)")
# "ครับ", "ลงวันที่", "พ.ศ.": words within such a number; then only its letters are left.
_IN_NUMBER = re.compile(
    "|".join(map(re.escape, ("ลงวันที่", "วันที่", "ลว", "พ.ศ.", "ครับ", "ค่ะ", "คะ", "นะ", *MONTHS, *SHORT_MONTHS)))
)
# "สถ.จ.แพร่", "ธุรการ", "รองปลัด อบต.": posts and offices that no other list has.
_OFFICE = re.compile(
    r"(?:สถ\.|ผอ\.|ผู้อำนวยการ|ผู้ช่วย|รอง|ธุรการ|ท้องถิ่น|นายอำเภอ|นายก|เลขานุการ|นิติกร|พนักงาน|ลูกจ้าง|ทต\.|ทม\.|อปท|ส่วน|แผนก|หน่วย|โรงเรียน|ที่ว่าการ)[^\d๐-๙]*"
)
# "โทร. 0 5453 4119", "มือถือ 08-1234-5678 ต่อ 12": a telephone number behind an office.
_TELEPHONE = re.compile(
    r"\s(?:โทรศัพท์|โทรสาร|โทร|มือถือ|tel|fax)[\s.:]{0,3}[\d๐-๙][\d๐-๙\s().+/-]{2,40}(?:ต่อ\s?[\d๐-๙]{1,5})?$"
)
_THAI = re.compile("[ก-๎]")  # a letter, vowel or mark
_LETTERS = 5  # of an office's code in a number: พร, มท, ว
_PROMISES = ("เดี๋ยว", "จะ", "ก่อน")  # with these thanks say what is still to be done
# Words of the dictionary that no signature has: with one of them a line of post and place tells or asks something.
_SAID = """
รอ เดี๋ยว เดี๋ยวก่อน ก่อน ก่อนที่ ดู ขอ ส่ง อย่า อย่าเพิ่ง ไม่ ยัง อีก อีกที อีกครั้ง อีกรอบ ใหม่ ห้าม งด หยุด
พัก ระงับ ชะลอ ทบทวน ทักท้วง ถอน คืน ค้าง ผิด ลืม คิด ค่อย เพิ่ง พึ่ง มา ไป แล้ว จะ ต้อง ให้ ว่า แต่ ถ้า หาก
หรือ เมื่อ ทำไม ไหม เหรอ แจ้ง บอก โทรมา ถาม เช็ค เช็ก สงสัย หรือยัง หรือเปล่า รึเปล่า หรือไม่ เข้ามา นับ
เปลี่ยนเป็น สถานะ หลักฐาน ยอด ตัวเลข แปลก สรุป พรุ่งนี้ วันนี้ เมื่อกี้ ตอนนี้ ทีหลัง ภายหลัง เลื่อน ยกเลิก
เปลี่ยน แก้ แก้ไข ตัด เพิ่ม ลบ ลด เป็น มี ได้ ถึงไหน ใคร อะไร ไหน กี่ ปิด เปิด เตือน ทวง ตาม ขาด ครบ เสร็จ เห็น
เห็นว่า ทำ ใช้ เอา นำ เก็บ รับ คุย พูด ดีกว่า ไว้ก่อน ทีเดียว ท่าน เรา ผม ฉัน หนู เขา เค้า มัน นี้ นั้น นี่
โอเค มายัง ล่ะ เงียบ จี้ หน่อย พ้น ข่าย ยุบ เหตุ ขอรับ เพิ่มเติม บอก กว่า เด้ง ตัดทิ้ง ตลอด ยืนยัน ระหว่าง รวบรวม ตอบ พอ
แจกจ่าย เถอะ เอง ด้วย ทิ้ง ย้าย เลิก หมด ยกเว้น ขยาย ทุก ช่วย รบกวน คืน submit new keep send stop wait please
"""
_SAYS = frozenset(_SAID.split())
# Some of them wherever they stand, since a line without blanks may be parted wrongly: ปลัดบอกรอฤกษ์เซ็น; not รอง, รอบ, แต่ง.
_SAYS_ANYWHERE = re.compile("บอก|อย่า|ก่อน|ไม่|แต่(?!ง)|รอ(?![งบยดา])")


def says_nothing_more(lines: Iterable[str], names: Collection[str] = ()) -> bool:
    """Whether no line of a mail says a thing of its own; the line with the word that counts is left out by the caller.

    ``names``: what the sender may be called.
    """
    left = [said for line in lines if (said := normalise(line).strip())]
    if len(left) > LOOKED_AT:
        return False
    known = frozenset(map(comparison_key, names)) - {""}
    for at, line in enumerate(left):
        if _begins_signature(line, known):
            return all(_signs(each, known) for each in left[at + 1 :])
        if not _is_idle(line):
            return False
    return True


def _is_idle(line: str) -> bool:
    """Politeness, thanks, a line of address, a number, whom to ring; a post or place where it says nothing else."""
    if len(line) > _LONGEST:
        return False
    key = comparison_key(line)
    thanks = says_thanks(line) and not any(word in line for word in _PROMISES)
    polite = courtesy(key) or thanks or not re.search(r"\w", line)
    greets = bool(_GREETS.fullmatch(line)) and _is_silent(line)
    return (
        polite
        or greets
        or bool(_SENT_FROM.fullmatch(line))
        or bool(_RING.fullmatch(line))
        or _is_number(line)
        or (signs(line) and _is_silent(line))
    )


def _begins_signature(line: str, names: Collection[str]) -> bool:
    """Whether a signature begins with a line: a close, a rule, the sender's name, another's with title or first name."""
    return bool(_CLOSE.fullmatch(line)) or _is_name(line, names)


def _signs(line: str, names: Collection[str]) -> bool:
    """Whether a line of a signature is one: name, post, office, place, telephone; nothing that tells or asks."""
    return _is_idle(line) or _begins_signature(line, names) or tells_how_to_reach(line) or _is_post(line)


def _is_post(line: str) -> bool:
    """Whether a line below a name is a post, an office or an address, and says nothing else."""
    said = _TELEPHONE.sub("", line)
    short = len(line) <= _LONGEST and (idle(said) or bool(_OFFICE.fullmatch(said)) or bool(_MAILED.fullmatch(said)))
    return short and _is_silent(said)


def _is_name(line: str, names: Collection[str]) -> bool:
    """Whether a line is a name alone: the sender's, one behind a title, or one that begins with a first name."""
    said = _POLITE.sub("", line)
    if comparison_key(said) in names:
        return True
    if not _NAME.fullmatch(said) or not _is_silent(said):
        return False
    first, *others = _TITLE.sub("", said, count=1).strip("() ").split() or [""]
    titled = bool(_TITLE.match(said))
    return (len(first) >= _SHORTEST_NAME or (titled and bool(others))) and (titled or first in first_names())


def _is_silent(line: str) -> bool:
    """Whether no word of a line tells or asks anything."""
    if "?" in line or _SAYS_ANYWHERE.search(line):
        return False
    return not any(words_of(part) & _SAYS for part in (line, line.replace(" ", "")))


def _is_number(line: str) -> bool:
    """Whether a line gives the number and day of the letter, however ill written, and nothing else."""
    found = _NUMBERED.fullmatch(line)
    if found is None or len(line) > _LONGEST:
        return False
    letters = _THAI.findall(_IN_NUMBER.sub("", found[1]))
    return len(letters) <= _LETTERS
