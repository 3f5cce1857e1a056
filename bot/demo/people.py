"""Who plays in the demo: every declared reporter of Phrae, one organisation on its own, a stranger, staff, the department."""

import datetime
import random
from collections.abc import Mapping

from openpyxl.worksheet.worksheet import Worksheet

from bot.demo.filled_forms import Fill, careless, counts, diligent, unanswered
from bot.demo.reactions import (
    ABSENT,
    after,
    at_work,
    either,
    filled,
    mended,
    on,
    on_day,
    out_of_office,
    photograph,
    reading,
    says,
    since,
)
from bot.demo.robots import Incoming, Planned, Reaction, Robot
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.model.roster import Roster
from parsers.reading import Organisation

SLUG, MONTHLY = "w5827", "wetbin-2567-11"
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
# Any number will do: the same one gives the same play.
SEED = 2567
SHARE_OPEN = 0.26  # about as in the whole country
STRANGER = "somchai@freemail.example"
ALONE = "6540703"  # อบต.วังชิ้น: its district is late, so it answers for itself

NUMBER = "เลขที่ พร ๐๐๒๓.๑/ว ๔๗๗๘ ลงวันที่ ๑๙ พฤศจิกายน ๒๕๖๗"  # of the letter to the districts
EXEMPTION = "ยกเว้น อบจ.แพร่ เรื่อง ว ๙๙๙ เพราะไม่มีครัวเรือนในความรับผิดชอบ"
MORE_TIME = "เรียน เจ้าหน้าที่\nขอขยายเวลาส่งรายงานถึงวันที่ ๓ ธันวาคม ๒๕๖๗ ครับ"
LATE = "ขออภัยที่ส่งช้าครับ เจ้าหน้าที่ผู้รับผิดชอบเพิ่งกลับจากการช่วยเหลือผู้ประสบอุทกภัย"
WISH = "ได้รับรายงานแล้ว ขอให้จังหวัดติดตามข้อมูลของอำเภอวังชิ้นที่ยังไม่รายงาน และส่งเพิ่มเติมภายในวันที่ ๖ ธันวาคม ๒๕๖๗"
GRANTED, CONFIRMED, APPROVED, DONE = "ให้ครับ", "ยืนยันครับ", "อนุมัติครับ", "เสร็จครับ"
THANKS, THANKS_AGAIN = "ได้รับแล้วครับ ขอบคุณครับ", "ได้รับรายงานแก้ไขเพิ่มเติมแล้ว ขอบคุณครับ"
# What people write, in English for the story.
IN_ENGLISH: Mapping[str, str] = {
    NUMBER: "number and day of the letter to the districts",
    EXEMPTION: "the Provincial Organisation need not answer W 999, as it has no households of its own",
    MORE_TIME: "may we send our report by 3 December?",
    LATE: "sorry that we are late: whoever is in charge has just come back from helping after the flood",
    WISH: "we have the report; please follow up Wang Chin District and send what is missing by 6 December",
    GRANTED: "granted",
    CONFIRMED: "confirmed",
    APPROVED: "approved",
    DONE: "done",
    THANKS: "we have it, thank you",
    THANKS_AGAIN: "we have the amended report, thank you",
    ABSENT: "nobody is in the office (the mail program says so)",
}


def _at(month: int, day: int, hour: int, minute: int = 0) -> datetime.datetime:
    return datetime.datetime(2024, month, day, hour, minute, tzinfo=BANGKOK)


# For each circular and reporter what it reacts to; a kind it does not name leaves it cold.
MANNERS: Mapping[str, Mapping[str, Mapping[str, Reaction]]] = {
    SLUG: {
        "pao": {"request": filled(diligent, after(2 * HOUR))},
        "town": {"request": filled(diligent, after(DAY + HOUR))},
        "mueang-phrae": {"request": filled(diligent, after(DAY + 3 * HOUR))},
        "rong-kwang": {"request": photograph(after(3 * HOUR)), "correction": filled(diligent, after(20 * HOUR))},
        "long": {
            "request": filled(careless, after(5 * HOUR)),
            "correction": filled(diligent, after(19 * HOUR), "แก้ไขตามที่แจ้งแล้วค่ะ"),
        },
        "sung-men": {"reminder": filled(diligent, after(4 * HOUR), "ขออภัยที่ส่งล่าช้าครับ")},
        "den-chai": {"request": filled(diligent, after(2 * DAY))},
        "song": {
            "request": out_of_office(after(HOUR / 60)),
            "reminder": says(MORE_TIME, after(HOUR)),
            "extension": filled(diligent, on(_at(12, 3, 10))),
        },
        "wang-chin": {"reminder": since(datetime.date(2024, 12, 4), filled(unanswered(diligent), on(_at(12, 6, 10, 40)), LATE))},
        "nong-muang-khai": {
            "request": filled(careless, after(6 * DAY)),
            "correction": mended(after(3 * HOUR), "แก้ช่องสีแดงแล้วครับ"),
        },
    },
    MONTHLY: {
        "town": {"request": filled(counts, after(3 * HOUR))},
        "mueang-phrae": {"request": filled(counts, after(DAY + 2 * HOUR))},
        "rong-kwang": {"request": filled(counts, after(5 * HOUR))},
        "long": {"request": filled(counts, after(2 * DAY + HOUR))},
        "sung-men": {"request": filled(counts, after(DAY + 4 * HOUR))},
        "den-chai": {"request": filled(counts, after(4 * HOUR))},
        "song": {"reminder": since(datetime.date(2024, 12, 2), filled(counts, after(4 * HOUR)))},
        "wang-chin": {"reminder": filled(counts, after(DAY + HOUR))},
        "nong-muang-khai": {"request": filled(counts, after(2 * DAY + 4 * HOUR))},
    },
}  # fmt: skip

STAFF: Mapping[tuple[str, str], Reaction] = {
    ("", "signing"): says(NUMBER, at_work(2 * HOUR)),
    ("", "draft"): says(APPROVED, at_work(HOUR)),
    (MONTHLY, "digest"): on_day(datetime.date(2024, 11, 25), says(EXEMPTION, after(HOUR))),
    ("", "notice"): either(
        reading("ขอขยายเวลา", says(GRANTED, at_work(2 * HOUR))),
        reading("ยืนยัน", says(CONFIRMED, at_work(HOUR / 12))),
        reading("ขอให้จังหวัด", says(DONE, on(_at(12, 6, 13, 30)))),
    ),
}
DEPARTMENTS: Mapping[tuple[str, str], Reaction] = {
    (SLUG, "report"): either(
        reading("แก้ไขเพิ่มเติม", says(THANKS_AGAIN, at_work(HOUR))),
        says(WISH, at_work(HOUR)),
    ),
    (MONTHLY, "report"): says(THANKS, at_work(HOUR)),
}


def cast(bureau: Bureau) -> list[Robot]:
    """All robots, each with its own seeded chance."""
    chance = random.Random(SEED)
    robots = [
        Robot(
            contact.reporter.addresses[0],
            contact.reporter.name,
            random.Random(chance.random()),
            _wants(contact.reporter.key),
        )
        for contact in bureau.roster.contacts
    ]
    robots.append(Robot(bureau.office.staff[0], "เจ้าหน้าที่", random.Random(chance.random()), STAFF, often=True))
    robots += [
        Robot(
            circular.department.to[0], circular.department.name, random.Random(chance.random()), DEPARTMENTS, often=True
        )
        for circular in bureau.circulars.values()
    ]
    return robots


def _wants(reporter: str) -> dict[tuple[str, str], Reaction]:
    return {
        (slug, kind): reaction
        for slug, manners in MANNERS.items()
        for kind, reaction in manners.get(reporter, {}).items()
    }


def had_not(roster: Roster) -> bytes:
    """The department's list of who had not posted it on 29 October, as a CSV of the province: made up by chance."""
    chance = random.Random(SEED)
    rows = ["ข้อมูล ณ วันที่ ๒๙ ตุลาคม ๒๕๖๗", "ลำดับ,อำเภอ,ชื่อหน่วยงาน,มาตรา"]
    for organisation in roster.organisations:
        sections = [name for name in ("ม.10", "ม.16") if chance.random() < SHARE_OPEN]
        if sections:
            rows.append(
                f"{len(rows) - 1},{organisation.district},{organisation.official_name},{' และ '.join(sections)}"
            )
    return "\r\n".join(rows).encode("utf-8-sig")


def stranger(form: bytes, office: str) -> Planned:
    """Somebody with a private address sends the district's form, which he got forwarded."""
    at = _at(11, 26, 10, 15)
    robot = Robot(STRANGER, "สมชาย", random.Random(SEED), {})
    return _by_itself(robot, form, at, office, diligent)


def lonely(form: bytes, organisation: Organisation, address: str, office: str) -> Planned:
    """One organisation of a silent district answers for itself, on the district's form."""

    def only_mine(sheet: Worksheet, rows: list[list[tuple[int, int]]], chance: random.Random) -> None:
        names = (organisation.printed_name, organisation.printed_short)
        diligent(sheet, [cells for cells in rows if sheet.cell(cells[0][0], 2).value in names], chance)

    at = _at(12, 2, 13, 40)
    robot = Robot(address, organisation.printed_short, random.Random(SEED), {})
    return _by_itself(robot, form, at, office, only_mine)


def _by_itself(robot: Robot, form: bytes, at: datetime.datetime, office: str, fill: Fill) -> Planned:
    """A new mail that answers no letter: only the form says what it is about."""
    letter = Incoming("", SLUG, "ส่งแบบรายงาน พ.ร.บ. การปฏิบัติราชการทางอิเล็กทรอนิกส์", "", office, "", form)
    robot.forms[SLUG] = form
    (planned,) = filled(fill, on(at))(robot, letter, at)
    return planned
