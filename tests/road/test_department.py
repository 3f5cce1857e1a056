"""A department that is served by Ruam itself: its reporters are provinces, whose own Ruams report to it. By mail alone, on real servers."""

import csv
import datetime
import re
from io import BytesIO

import openpyxl
import pytest

from tests.road.conftest import BANGKOK, ROOT, Clerk, OfficeFolder, parse

pytestmark = [pytest.mark.servers, pytest.mark.timeout(240)]

DEPARTMENT, MINISTER, STAFF = "dla0810@dla.example", "minister@dla.example", "somsri@phrae.example"
# Three provinces, each with one district of the shipped roster for its own; the third has no Ruam.
PROVINCES = {"phrae": ("แพร่", "long"), "nan": ("น่าน", "song"), "lampang": ("ลำปาง", "den-chai")}
CHIEF = "chief-{}@phrae.example"  # who writes for a province by hand
OPEN = datetime.datetime(2026, 3, 9, 8, 0, tzinfo=BANGKOK)  # a Monday of a week without a holiday
DAY = datetime.timedelta(days=1)


def servers(real_mail, user):
    tls = f'host = "127.0.0.1"\nca_file = "{real_mail.certificates.ca}"'
    imap = f'{tls}\nport = {real_mail.imaps_port}\nsecurity = "tls"\nuser = "{user}"\npassword = "{real_mail.password}"'
    return imap, f'{tls}\nport = {real_mail.smtp_port}\nsecurity = "starttls"'


@pytest.fixture
def make(tmp_path, real_mail):
    """An office with a mailbox of its own; ``words`` replace some of its configuration."""

    def made(slug, address, **words):
        folder = tmp_path / slug
        folder.mkdir()
        office = OfficeFolder(folder, *servers(real_mail, address))
        text = office.config.read_text(encoding="utf-8").replace("office@phrae.example", address)
        for key, value in {"slug": slug, **words}.items():
            text, count = re.subn(rf'(?m)^{key} = ".*"$', f'{key} = "{value}"', text)
            assert count == 1, key
        office.config.write_text(text, encoding="utf-8")
        return office

    return made


def open_circular(office, to, *, first, last):
    """The shipped circular, sent on by itself when all is in."""
    moments = {
        "opens": OPEN,
        "reporters": OPEN + first * DAY,
        "cutoff": OPEN + first * DAY,
        "department": OPEN + last * DAY,
    }
    office.add_circular(ROOT / "templates" / "circulars" / "w5827", moments)
    file = office.folder / "circulars" / "w5827" / "circular.toml"
    text = file.read_text(encoding="utf-8").replace("dla0810@dla.example", to)
    text = text.replace('dispatch = "approve"', 'dispatch = "auto"')
    file.write_text(re.sub(r"(?m)^dated = .*$", "dated = 2026-02-27", text), encoding="utf-8")


@pytest.fixture
def country(real_mail, make):
    """The three provinces' offices and the department's, with their mailboxes empty."""
    offices = {}
    for slug, (name, district) in PROVINCES.items():
        offices[slug] = make(slug, f"{slug}@phrae.example", province=name, name=f"สำนักงานท้องถิ่นจังหวัด{name}")
        roster = offices[slug].folder / "roster" / "roster.toml"
        roster.write_text(roster.read_text(encoding="utf-8").replace('"แพร่"', f'"{name}"'), encoding="utf-8")
        offices[slug].keep_only(district)
        open_circular(offices[slug], DEPARTMENT, first=7, last=14)
    offices["dla"] = make("dla", DEPARTMENT, province="ทั่วประเทศ", name="กรมส่งเสริมการปกครองท้องถิ่น")
    config = offices["dla"].config
    config.write_text(
        config.read_text(encoding="utf-8").replace("\nroster =", '\ncalled = "กรมส่งเสริมการปกครองท้องถิ่น"\nroster ='),
        encoding="utf-8",
    )
    write_roster(offices)
    open_circular(offices["dla"], MINISTER, first=14, last=21)
    districts = [f"{district}@amphoe.example" for _, district in PROVINCES.values()]
    chiefs = [CHIEF.format(slug) for slug in PROVINCES]
    for address in (DEPARTMENT, MINISTER, STAFF, *districts, *chiefs, *(f"{slug}@phrae.example" for slug in PROVINCES)):
        real_mail.add_user(address)
        real_mail.empty(address)
    return offices


def write_roster(offices):
    """The department's roster: every organisation of the three, with its province in the place of a district."""
    head, rows = "", []
    for slug, (name, _) in PROVINCES.items():
        with (offices[slug].folder / "roster" / "organisations.csv").open(encoding="utf-8", newline="") as table:
            rows += [{**row, "district": name, "addresses": ""} for row in csv.DictReader(table)]
        addresses = f'["{slug}@phrae.example", "{CHIEF.format(slug)}"]'
        head += f'[[reporter]]\nkey = "{slug}"\nname = "จังหวัด{name}"\nsalutation = "ท้องถิ่นจังหวัด{name}"\n'
        head += f'district = "{name}"\naddresses = {addresses}\n\n'
    folder = offices["dla"].folder / "roster"
    text = f'province = "ทั่วประเทศ"\ndistrict_label = "จังหวัด"\n\n{head}'
    (folder / "roster.toml").write_text(text, encoding="utf-8")
    with (folder / "organisations.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def once(office, day, hour=9):
    office.ruam("once", "--at", f"{OPEN + day * DAY:%Y-%m-%d}T{hour:02}:00")


def ticks(report: bytes) -> dict[str, list[str]]:
    """What the first sheet of a report says, by organisation."""
    sheet = openpyxl.load_workbook(BytesIO(report)).worksheets[0]
    return {
        str(row[1]): [str(value) for value in row[2:6]]
        for row in sheet.iter_rows(min_col=1, max_col=6, values_only=True)
        if isinstance(row[0], int)
    }


def answer(real_mail, letters, office, district, mark):
    """A district fills in the form it was sent."""
    address = f"{district}@amphoe.example"
    request = next(raw for raw in real_mail.mails_of(address) if letters.kinds([raw]) == ["request"])
    clerk = Clerk(address)
    clerk.count = len(real_mail.mails_of(address))
    reply = clerk.reply(request, "ขอส่งแบบรายงาน", clerk.filled(letters.enclosure(request), mark))
    real_mail.submit(address, f"{office}@phrae.example", reply)
    real_mail.wait_for(f"{office}@phrae.example", 1)


def test_three_provinces_report_to_the_department_and_one_corrects_afterwards(real_mail, country, letters):
    for slug in PROVINCES:
        once(country[slug], 0)
    for district in ("long", "song", "den-chai"):
        real_mail.wait_for(f"{district}@amphoe.example", 1)
    once(country["dla"], 0)  # the department asks the provinces

    for slug, mark in (("phrae", "✓"), ("nan", "X")):
        answer(real_mail, letters, slug, PROVINCES[slug][1], mark)
        once(country[slug], 1)
    reports = [raw for raw in real_mail.wait_for(DEPARTMENT, 2) if letters.kinds([raw]) == ["report"]]
    assert len(reports) == 2
    told = [str(parse(raw)["Subject"]) for raw in real_mail.mails_of(STAFF)]
    assert sum("มีอีเมลจากส่วนกลาง" in subject for subject in told) == 2  # what the department's desk asked, told to staff

    asked = next(raw for raw in real_mail.wait_for(CHIEF.format("lampang"), 1) if letters.kinds([raw]) == ["request"])
    by_hand = Clerk(CHIEF.format("lampang"))
    form = by_hand.filled(letters.enclosure(asked), "✓")
    real_mail.submit(by_hand.address, DEPARTMENT, by_hand.reply(asked, "ขอส่งรายงาน", form))
    real_mail.wait_for(DEPARTMENT, 3)
    once(country["dla"], 2)
    sent = real_mail.wait_for(MINISTER, 1)
    assert letters.kinds(sent) == ["report"]
    assert "กรมส่งเสริมการปกครองท้องถิ่น รายงาน" in str(parse(sent[0])["Subject"])
    added_up = ticks(letters.enclosure(sent[0]))
    of_provinces = {slug: ticks(letters.enclosure(raw)) for slug, raw in zip(("phrae", "nan"), reports, strict=True)}
    assert added_up == added_up | of_provinces["phrae"] | of_provinces["nan"]
    assert {tuple(marks) for marks in of_provinces["phrae"].values()} == {("✓",) * 4}
    assert len(added_up) == sum(len(each) for each in of_provinces.values()) + len(own_of(country, "lampang"))

    # Nan's district mends its form; its office draws the table anew, and its chief sends it.
    answer(real_mail, letters, "nan", "song", "✓")
    once(country["nan"], 3)
    table = country["nan"].folder / "mended.xlsx"
    country["nan"].ruam("rollup", "w5827", "-o", str(table))
    chief = Clerk(CHIEF.format("nan"))
    asked = next(raw for raw in real_mail.mails_of(chief.address) if letters.kinds([raw]) == ["request"])
    real_mail.submit(chief.address, DEPARTMENT, chief.reply(asked, "ขอแก้ไขรายงาน", table.read_bytes()))
    real_mail.wait_for(chief.address, len(real_mail.mails_of(chief.address)))
    once(country["dla"], 4)
    assert letters.kinds(real_mail.wait_for(chief.address, 2))[-1] in {"receipt", "correction"}
    final = country["dla"].folder / "final.xlsx"
    country["dla"].ruam("rollup", "w5827", "-o", str(final))
    assert {tuple(marks) for marks in ticks(final.read_bytes()).values()} == {("✓",) * 4}
    for slug in PROVINCES:  # no desk answers another's letters
        once(country[slug], 5)
    once(country["dla"], 5)
    assert len([raw for raw in real_mail.mails_of(DEPARTMENT) if letters.kinds([raw]) == ["None"]]) == 0


def own_of(country, slug):
    """The organisations of a province."""
    with (country[slug].folder / "roster" / "organisations.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))
