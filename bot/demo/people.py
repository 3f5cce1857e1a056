"""Who plays in the demo: every declared reporter of Phrae, one organisation on its own, a stranger, and staff."""

import datetime
import random
from collections.abc import Callable
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from bot.demo.filled_forms import Fill, careless, diligent
from bot.demo.robots import Incoming, Planned, Robot, filled, mended, out_of_office, photograph, says
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.roster import Roster
from parsers.reading import Organisation

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
# Any number will do: the same one gives the same play.
SEED = 2567
SHARE_OPEN = 0.26  # about as in the whole country
STRANGER = "somchai@freemail.example"
NUMBER = "เลขที่ พร ๐๐๒๓.๑/ว ๔๗๗๘ ลงวันที่ ๑๙ พฤศจิกายน ๒๕๖๗"  # of the letter to the districts
ALONE = "6540703"  # อบต.วังชิ้น: its district never answers, so it answers for itself

# For each reporter what it reacts to; a kind it does not name leaves it cold.
MANNERS: dict[str, dict[str, Callable[..., Any]]] = {
    "pao": {"request": filled(diligent, 2 * HOUR)},
    "town": {"request": filled(diligent, DAY + HOUR)},
    "mueang-phrae": {"request": filled(diligent, DAY + 3 * HOUR)},
    "rong-kwang": {"request": photograph(3 * HOUR), "correction": filled(diligent, 20 * HOUR)},
    "long": {"request": filled(careless, 5 * HOUR), "correction": filled(diligent, 19 * HOUR, "แก้ไขตามที่แจ้งแล้วค่ะ")},
    "sung-men": {"reminder": filled(diligent, 4 * HOUR, "ขออภัยที่ส่งล่าช้าครับ")},
    "den-chai": {"request": filled(diligent, 2 * DAY)},
    "song": {"request": out_of_office(HOUR / 60), "reminder": filled(diligent, 8 * DAY)},
    "wang-chin": {},
    "nong-muang-khai": {"request": filled(careless, 6 * DAY), "correction": mended(3 * HOUR, "แก้ช่องสีแดงแล้วครับ")},
}


def cast(roster: Roster, staff: str) -> list[Robot]:
    """All robots, each with its own seeded chance."""
    chance = random.Random(SEED)
    robots = [
        Robot(
            contact.reporter.addresses[0],
            contact.reporter.name,
            random.Random(chance.random()),
            dict(MANNERS[contact.reporter.key]),
        )
        for contact in roster.contacts
    ]
    staff_wants = {"signing": says(NUMBER, 2 * HOUR), "draft": says("อนุมัติครับ", 2 * HOUR)}
    robots.append(Robot(staff, "เจ้าหน้าที่", random.Random(chance.random()), staff_wants))
    return robots


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
    at = datetime.datetime(2024, 11, 26, 10, 15, tzinfo=BANGKOK)
    robot = Robot(STRANGER, "สมชาย", random.Random(SEED), {})
    return _by_itself(robot, form, at, office, diligent)


def lonely(form: bytes, organisation: Organisation, address: str, office: str) -> Planned:
    """One organisation of a silent district answers for itself, on the district's form."""

    def only_mine(sheet: Worksheet, rows: list[list[tuple[int, int]]], chance: random.Random) -> None:
        names = (organisation.printed_name, organisation.printed_short)
        diligent(sheet, [cells for cells in rows if sheet.cell(cells[0][0], 2).value in names], chance)

    at = datetime.datetime(2024, 12, 2, 13, 40, tzinfo=BANGKOK)
    robot = Robot(address, organisation.printed_short, random.Random(SEED), {})
    return _by_itself(robot, form, at, office, only_mine)


def _by_itself(robot: Robot, form: bytes, at: datetime.datetime, office: str, fill: Fill) -> Planned:
    """A new mail that answers no letter: only the form says what it is about."""
    letter = Incoming("", "ส่งแบบรายงาน พ.ร.บ. การปฏิบัติราชการทางอิเล็กทรอนิกส์", "", office, "", form)
    robot.last_form = form
    (planned,) = filled(fill, datetime.timedelta(0))(robot, letter, at)
    return planned
