"""What a mail tells outright, where the grammar found no wish that stands by itself: a cell and its value, more time, how to word a wish, whether a thing was done."""

import re
from collections.abc import Collection, Sequence

from bot.office.wishes.cells_wished import correction_told, without_others
from bot.office.wishes.conditions import is_conditional, is_denied
from bot.office.wishes.grammar import Understood, about
from bot.office.wishes.names import people_in
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.spelling import loosened, plain
from bot.office.wishes.told_by_reporters import told_by_reporter
from bot.office.wishes.told_by_staff import told_by_staff
from bot.office.wishes.wish import Verb, Wish

# "ทำแล้วจริง แต่ยังไม่ได้ลง …": what is conceded before what is so; "แต่เขาติ๊กถูกมา": how it stands now; "ที่อื่นถูกแล้ว": the other cells.
_NOT_THE_CELL = re.compile(
    r"(?:(?:จัด)?ทำ|ออก|เสร็จ|มี){0,3}(?:แล้ว|จริง|นะ|ๆ){1,4}\s?แต่(?:ว่า)?(?=\s?ยัง)|แต่\S{0,20}?ติ๊ก(?:ถูก)?มา\S{0,6}"
    r"|(?:อันอื่น|ช่องอื่น|ที่อื่น|แห่งอื่น|(?:ส่วน)?ที่เหลือ|นอกนั้น)\S{0,30}(?:\s(?:ยัง|ถูก|เหมือน|คง|ครบ|ไม่)\S{0,20})?"
)
# "ช่องเผยแพร่ของ ม.16 เป็นกากบาท": the column and its value in one breath, within a story.
_IN_ONE_BREATH = re.compile(r"ช่อง(?!นี้|นั้น|อื่น).{1,60}?(?:เป็น|=)\s?\S{1,30}")
_CELL_WITHIN = 250  # characters of a mail that tells of one cell; a longer one tells a story
# "เราปิดเรื่องนมไปหรือยังครับ": whether it was done is asked, which the status tells.
_WHETHER_DONE = re.compile("หรือยัง|รึยัง|แล้วยัง|แล้วใช่|ไปแล้วหรือ|ใช่ไหม|ใช่มั้ย")
# "ต้องพิมพ์ว่ายังไง", "สั่งอย่างไร": how a wish is worded is asked.
_ASKS_HOW = re.compile(
    r"(?:พิมพ์|สั่ง|ใช้คำ|เขียน|ตอบกลับ|บอกระบบ)(?:ว่า|ระบบ|คำ|ใน|ไป|มา|\s){0,3}(?:ยังไง|อย่างไร|อะไร|ว่าไง|แบบไหน|คำไหน|ไหน)"
)
# "ไหม", "หรือ", "ทำไง": something is asked; not หรือไม่ of a column's name.
_ASKS = re.compile(r"ไหม(?!่)|มั้ย|มั๊ย|ทำไม|ยังไง|อย่างไร|หรือ(?!ไม่)|รึเปล่า|ใช่มะ")


def told_plainly(
    found: Understood, lines: Sequence[str], speaker: Speaker, expected: Collection[Verb]
) -> Understood | None:
    """What the lines tell outright, as likely as what they are like; None where they tell nothing of the kind.

    ``found``: by the grammar; ``expected``: the meanings that such a mail may have.
    """
    if (told := _correction(found, lines, speaker, expected)) is not None:
        return told
    wish = told_by_staff(lines, speaker) if speaker.staff else told_by_reporter(lines, speaker)
    if wish is not None and wish.verb in expected and not found.several:
        return _outright(found, wish, lines, speaker)
    if speaker.staff and Verb.HELP in expected and _ASKS_HOW.search(plain(" ".join(lines))):
        return Understood(Wish(Verb.HELP), verbs=(Verb.HELP,), likely=True)
    if Verb.STATUS in expected and _asks_whether_done(found, lines):
        return about(Understood(Wish(Verb.STATUS), verbs=(Verb.STATUS,), likely=True), lines, speaker)
    return None


def _outright(found: Understood, wish: Wish, lines: Sequence[str], speaker: Speaker) -> Understood | None:
    """A wish of a story, where the grammar found none or the same, not plain; what it found, where that is the same and plain."""
    same = found.wish is not None and found.wish.verb is wish.verb
    if same and found.plain:
        return found
    if found.wish is None or same or (wish.verb is Verb.REMOVE_ADDRESS and not found.plain):
        return about(Understood(wish, verbs=(wish.verb,), likely=True), lines, speaker)
    return None


def _asks_whether_done(found: Understood, lines: Sequence[str]) -> bool:
    """Whether a mail asks if a round was closed or opened."""
    verb = found.wish.verb if found.wish and not found.plain and not found.several else None
    return verb in {Verb.CLOSE, Verb.REOPEN} and bool(_WHETHER_DONE.search(plain(" ".join(lines))))


def _correction(
    found: Understood, lines: Sequence[str], speaker: Speaker, expected: Collection[Verb]
) -> Understood | None:
    """One cell and its value, told in plain words; None where another wish is meant, or something is asked or set as condition."""
    verb = found.wish.verb if found.wish else None
    whole = verb is Verb.CORRECT and found.wish is not None and not found.wish.lacks and (found.plain or found.several)
    asks = "?" in "".join(lines) or any(is_denied(line, Verb.CORRECT, 0) or _ASKS.search(line) for line in lines)
    if {*expected} <= {Verb.CANCEL} or whole or verb not in {None, Verb.CORRECT, Verb.STATUS, Verb.FORM} or asks:
        return None
    told = [_NOT_THE_CELL.sub(" ", plain(line)) for line in lines]
    if is_conditional(told, Verb.CORRECT):
        return None
    short = sum(map(len, told)) <= _CELL_WITHIN
    wish = (correction_told(told, speaker) if short else None) or _in_one_breath(told, speaker)
    return about(Understood(wish, verbs=(Verb.CORRECT,), likely=True), lines, speaker) if wish else None


def _in_one_breath(lines: Sequence[str], speaker: Speaker) -> Wish | None:
    """The one cell that a story names with its value, of the one organisation that it names."""
    said = " ".join(lines)
    found = _IN_ONE_BREATH.findall(said)
    if len(found) != 1:
        return None
    people = people_in(loosened(without_others(said)), speaker.bureau.roster)
    named = people_in(loosened(found[0]), speaker.bureau.roster)
    codes = {*people.organisations} | {code for code in people.places if code in speaker.own}
    whole = named.organisations or len(codes) != 1
    name = "" if whole else f"{speaker.bureau.roster.by_code[codes.pop()].short_name} "
    return correction_told([f"{name}{found[0]}"], speaker)
