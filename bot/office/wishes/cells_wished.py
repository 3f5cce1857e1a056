"""The cell that a wish to correct is about: whose, which column, to what value; said with ช่อง … เป็น … or told in plain words."""

import dataclasses
import re
from collections.abc import Sequence

from bot.office.model.circular import Circular
from bot.office.wishes.cells import cell_in, questions_meant
from bot.office.wishes.cells_told import told_question, told_value
from bot.office.wishes.circulars import circulars_in
from bot.office.wishes.names import People, people_in
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.spelling import loosened, plain
from bot.office.wishes.wish import Verb, Wish

# "ไม่ใช่ ทต.เด่นชัยนะคะ", "(อบต. ไม่ใช่เทศบาล)": whose cell it is not.
_NOT_WHOSE = re.compile(
    r"(?:ไม่ใช่|มิใช่)\s?(?:ของ)?\s?(?:อบต|ทต|ทม|อบจ|เทศบาล|องค์การ)\.?\s?[ก-๙]{0,30}?(?=นะ|ครับ|ค่ะ|คะ|[\s,)]|$)"
)


def without_others(text: str) -> str:
    """A text without the organisations that it says are not meant."""
    return _NOT_WHOSE.sub(" ", text)


def about_one(wish: Wish, people: People, speaker: Speaker) -> Wish:
    """The wish with the one organisation that is named, by its name without its type too; of reporters one of their own."""
    codes = people.organisations or tuple(key for key in people.reporters if key in speaker.bureau.roster.by_code)
    codes = codes or (speaker.own if len(speaker.own) == 1 and not people.reporters else ())
    codes = codes or tuple(code for code in people.places if speaker.staff or code in speaker.own)
    one = len(codes) == 1 and not people.unknown and not _of_another(codes[0], people, speaker)
    return dataclasses.replace(wish, organisation=codes[0]) if one else wish


def _of_another(code: str, people: People, speaker: Speaker) -> bool:
    """Whether the districts beside an organisation are all others than its own: อบต.บ้านกลาง อำเภอสูงเม่น."""
    roster = speaker.bureau.roster
    beside = [roster.by_key[key].organisations for key in people.reporters if key in roster.by_key and key != code]
    districts = [codes for codes in beside if len(codes) > 1]
    return bool(districts) and not any(code in codes for codes in districts)


def cell_wished(wish: Wish, text: str, people: People, speaker: Speaker) -> Wish:
    """The cell and its value, of the circular that is named or answered; else of the one whose form alone has it."""
    asked = _asked(wish, speaker)
    found = [(one, cell) for one in asked if (cell := cell_in(text, people.spans, one))]
    if len(found) != 1:
        told = _cell_told(wish, text, people, speaker)
        may = [circular.slug for circular, kind in asked if questions_meant(text, people.spans, (circular, kind))]
        return told or (dataclasses.replace(wish, circular=may[0]) if len(may) == 1 else wish)
    (((circular, _), cell),) = found
    value = cell.value(circular, speaker.today)
    return dataclasses.replace(wish, circular=circular.slug, question=cell.question.key, value=value)


def _cell_told(wish: Wish, text: str, people: People, speaker: Speaker) -> Wish | None:
    """The cell told in plain words, of the circular that is named or answered, else of the one whose form alone has it."""
    asked = _asked(wish, speaker)
    found = [(circular, q) for circular, kind in asked if (q := told_question(text, people.spans, (circular, kind)))]
    if len(found) != 1:
        return None
    ((circular, question),) = found
    value = told_value(text, people.spans, (circular, question), speaker.today)
    return dataclasses.replace(wish, circular=circular.slug, question=question.key, value=value)


def _asked(wish: Wish, speaker: Speaker) -> list[tuple[Circular, str]]:
    """The circular that is named or answered, else all; and of which type the organisation is, "" where none is named."""
    bureau = speaker.bureau
    kind = bureau.roster.by_code[wish.organisation].type if wish.organisation else ""
    known = bureau.circulars.get(wish.circular or speaker.circular)
    return [(circular, kind) for circular in ((known,) if known else bureau.circulars.values())]


def correction_told(lines: Sequence[str], speaker: Speaker) -> Wish | None:
    """The one cell of which a mail tells and nothing lacks: ทต.ห้วยหม้าย คำสั่ง ม.16 ใส่ผิด จริงๆ ทำแล้ว; of reporters one of their own."""
    text = without_others(plain(" ".join(lines)))
    people = people_in(loosened(text), speaker.bureau.roster)
    wish = about_one(Wish(Verb.CORRECT, circulars_in(text, speaker.bureau).only), people, speaker)
    ours = speaker.staff or wish.organisation in speaker.own
    told = _cell_told(wish, text, people, speaker) if wish.organisation and ours else None
    return told if told is not None and told.value is not None else None
