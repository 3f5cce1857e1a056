"""The province's own letter to those who report: what it says, and how the request carries it. Values only.

Staff number and sign it; see ``bot.office.plan.district_letter_draft``. Nothing here claims a signature: what was not signed is said to be so.
"""

from collections.abc import Mapping

from bot.office.letters.enclosures import DistrictLetter, Enclosure, SignedScan
from bot.office.model.circular import Circular, LetterToDistricts
from bot.office.model.letter_number import numbered
from bot.office.model.office import Office
from bot.office.model.official_letter import DISTRICTS, Registered
from bot.office.model.roster import Contact, Roster
from parsers.thai.dates import thai_date, thai_moment

DISTRICT_HEAD = "นายอำเภอ"
ALL_DISTRICTS = "นายอำเภอ ทุกอำเภอ"
ONE_COPY = "จำนวน 1 ฉบับ"
_OPENINGS = ("ด้วย", "ตามที่", "เนื่องจาก", "อนุสนธิ")


def letter_of(circular: Circular) -> LetterToDistricts:
    """What the circular says of its letter. Raises LookupError where it has none."""
    if circular.letter is None:
        raise LookupError(f"{circular.slug} has no letter to the districts")
    return circular.letter


def addressees(circular: Circular, roster: Roster) -> str:
    """Whom it is to, in one line: every district in one word, then the others by name."""
    named = list(letter_of(circular).addressees)
    if not named:
        heads = [contact.salutation for contact in roster.contacts]
        districts = [head for head in heads if head.startswith(DISTRICT_HEAD)]
        others = [head for head in heads if head not in districts]
        named = [*(districts if len(districts) == 1 else [ALL_DISTRICTS] if districts else []), *others]
    return " และ".join((" ".join(named[:-1]), named[-1])) if len(named) > 1 else named[0]


def paragraphs(circular: Circular, office: Office) -> tuple[str, ...]:
    """Its text, the closing last, with what is for the districts to pass on."""
    letter = letter_of(circular)
    closing = " ".join(filter(None, (letter.closing, letter.for_districts)))
    return (*(letter.body or _made(circular, office)), closing)


def _made(circular: Circular, office: Office) -> tuple[str, str]:
    """The text where the circular has none of its own."""
    wording = circular.wording
    opening = wording.opening if wording.opening.startswith(_OPENINGS) else f"ด้วย{wording.opening}"
    last = thai_date(circular.deadlines.reporters, office.digits)
    asked = f"{office.area}ขอความร่วมมือ{circular.form.naming.called}ในพื้นที่ดำเนินการและรายงาน{wording.subject}"
    return opening, f"ในการนี้ {asked} ตามแบบรายงานที่กำหนด ภายในวันที่ {last} รายละเอียดปรากฏตามสิ่งที่ส่งมาด้วย"


def goes_with_it(circular: Circular, office: Office) -> tuple[tuple[str, str], ...]:
    """สิ่งที่ส่งมาด้วย: each with its number of copies."""
    dated = thai_date(circular.dated, office.digits)
    return ((f"สำเนาหนังสือ{circular.department.name} ที่ {circular.number} ลงวันที่ {dated}", ONE_COPY),)


def is_complete(registered: Mapping[str, Registered]) -> bool:
    """Whether the letter has its number and day, or came back signed."""
    found = registered.get(DISTRICTS)
    return found is not None and (found.numbered or bool(found.scan))


def waits(circular: Circular, registered: Mapping[str, Registered]) -> bool:
    """Whether the circular's requests have to wait for the letter."""
    return circular.letter is not None and circular.letter.wait and not is_complete(registered)


def carried(circular: Circular, registered: Mapping[str, Registered]) -> tuple[Enclosure, ...]:
    """The letter as the request carries it: the scan, else the numbered PDF; a draft without number never."""
    found = registered.get(DISTRICTS)
    if circular.letter is None or found is None:
        return ()
    if found.scan:
        return (SignedScan(circular.slug, DISTRICTS),)
    return (DistrictLetter(circular, editable=False, number=found.number, dated=found.dated),) if found.numbered else ()


def letter_line(circular: Circular, office: Office, registered: Mapping[str, Registered]) -> str:
    """What the request says of the letter it carries; "" when it carries none."""
    found = registered.get(DISTRICTS)
    if found is None or not carried(circular, registered):
        return ""
    named = f"หนังสือ{office.area}" + (f" {numbered(office, found.number, found.dated)}" if found.dated else "")
    return f"{named} ({'สำเนาที่ลงนามแล้ว' if found.scan else 'ไฟล์ก่อนลงนาม'})"


def pass_on(circular: Circular, office: Office, contact: Contact) -> str:
    """The paragraph that a district may hand on to its organisations as it stands; "" for who reports for himself."""
    if circular.letter is None or not circular.letter.for_districts or len(contact.reporter.organisations) == 1:
        return ""
    last, naming = thai_moment(circular.deadlines.reporters, office.digits), circular.form.naming
    whom = naming.called if naming.types else "เทศบาลตำบลและองค์การบริหารส่วนตำบล"
    return (
        f"{contact.reporter.name}ขอแจ้ง{whom}ในพื้นที่ ให้ดำเนินการและรายงาน"
        f"{circular.wording.subject} ต่ออำเภอ เพื่อรวบรวมส่ง{office.area}ภายในวันที่ {last} โดยต้องรายงาน ดังนี้"
    )
