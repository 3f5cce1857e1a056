"""Every document of a circular, filled as in life, and LibreOffice to set them in our own fonts; for tests and by hand."""

import csv
import dataclasses
import datetime
import io
import struct
import subprocess
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import openpyxl

from bot.config.load import load_circular, load_roster
from bot.documents.form.excel_form import blank_form
from bot.documents.form.word_form import blank_form_docx
from bot.documents.mail.district_letter import district_letter
from bot.documents.marked_copy.marked_workbook import mark_up
from bot.documents.report.columns_and_headings import first_column
from bot.documents.report.cover_letter import cover_docx, cover_of, cover_pdf
from bot.documents.report.pdf import report_pdf
from bot.documents.report.workbook import report_workbook
from bot.office.model.circular import Circular, LetterToDistricts
from bot.office.model.office import Office
from bot.office.model.recorded_answer import Recorded, RecordedRemark
from bot.office.model.rollup import Rollup, roll_up
from bot.office.model.roster import Roster
from parsers.findings import Place
from parsers.form.question import Kind, Question
from parsers.read import read_file
from parsers.reading import Catalogue, FileRequest, Organisation, Value

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "templates" / "documents" / "fonts"
NATION = ROOT / "tests" / "parsers" / "data" / "national_names.csv"
CIRCULARS = {
    "ticks": ROOT / "templates" / "circulars" / "w5827", "figures": ROOT / "tests" / "circulars" / "waste2568",
    "rows": ROOT / "tests" / "circulars" / "streams2569", "rules": ROOT / "tests" / "circulars" / "rules2569",
    "every": ROOT / "tests" / "circulars" / "every2569",
}  # fmt: skip
OFFICE = Office(
    slug="phrae",
    name="สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดแพร่",
    province="แพร่",
    address="ruam@phrae.example",
    staff=("somsri@phrae.example",),
    unit="ฝ่ายบริหารทั่วไป",
    phone="0 5400 0000 ต่อ 104",
    signer=(
        "(นางสาวตัวอย่าง ใจดี)",
        "ผู้อำนวยการกลุ่มงานการเงินบัญชีและการตรวจสอบ รักษาราชการแทน",
        "ท้องถิ่นจังหวัดแพร่ ปฏิบัติราชการแทน",
        "ผู้ว่าราชการจังหวัดแพร่",
    ),
    letter_number="พร ๐๐๒๓.๑/",
    letterhead=("ศาลากลางจังหวัดแพร่", "ถนนไชยบูรณ์ แพร่ ๕๔๐๐๐"),
)
# TH SarabunPSK against Sarabun, measured: an em holds 14.69/22.26 of the text; lines reach 0.85 em up and 0.477 em down.
UNITS, ASCENT, DESCENT = 1515, 1288, 723
CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir>
{renamed}</fontconfig>
"""
RENAMED = """<match target="scan"><test name="family"><string>{own}</string></test>
<edit name="family" mode="assign"><string>{wanted}</string></edit></match>
"""
TLWG = Path("/usr/share/fonts/truetype/tlwg")
FALLBACKS = {  # what stands in where TH SarabunPSK is missing: regular and bold
    "Sarabun": (FONTS / "Sarabun-Regular.ttf", FONTS / "Sarabun-Bold.ttf"),
    "Noto Sans Thai": tuple((Path(__file__).parent / "fonts").glob("NotoSansThai-*.ttf")),
    "Loma": (TLWG / "Loma.ttf", TLWG / "Loma-Bold.ttf"),
}
# The font whose digits measure columns: Calibri, in Excel 7 pixels or 5.25 points a unit. DejaVu's take 1303/2048 em.
DIGITS = 2722


def circular_named(name: str) -> tuple[Circular, Roster]:
    """The shipped circular (``ticks``) or an invented one (``figures``, ``rows``, ``rules``, ``every``), with the shipped roster."""
    return load_circular(CIRCULARS[name]), load_roster(ROOT / "templates" / "rosters" / "phrae")


def nation(roster: Roster, most: int | None = None) -> Roster:
    """``roster`` with all 7,852 organisations of the country, or the first ``most``."""
    with NATION.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))[:most]
    every = (Organisation(r["code"], r["type"], r["official_name"], r["short_name"], r["district"]) for r in rows)
    return dataclasses.replace(roster, organisations=tuple(every))


def _value(question: Question, number: int, place: int) -> Value:
    values: dict[Kind, Value] = {
        Kind.TICK: bool((number + place) % 5),
        Kind.INTEGER: str(1200 + 731 * number),
        Kind.MONEY: str(Decimal("1234567.50") * (number % 9 + 1)),
        Kind.CHOICE: question.choices[number % len(question.choices)] if question.choices else "",
        Kind.CHOICES: "; ".join(question.choices[number % 3 :]) or "",
        Kind.PROGRESS: question.choices[number % 3] if question.choices else "",
        Kind.DATE: f"2025-06-{number % 28 + 1:02}",
        Kind.TEXT: f"บ่อฝังกลบขยะมูลฝอยบ้านหนองใหม่ หมู่ที่ {number % 12 + 1}" if number % 3 else "=1+1",
    }
    return values.get(question.kind, str(Decimal(number % 100) + Decimal("0.25")))


def recorded(circular: Circular, roster: Roster, *, owing: int = 0) -> list[Recorded]:
    """An answer to every question that an organisation is asked, but for each ``owing``-th organisation."""
    form = circular.form
    values = [
        {q.key: _value(q, number, place) for place, q in enumerate(form.question) if q.kind is not Kind.COMPUTED}
        for number in range(len(roster.organisations))
    ]
    when = circular.deadlines.reporters
    subject = f"Re: [{circular.slug}] ขอให้รายงาน{circular.wording.subject}"
    return [
        Recorded(
            organisation.code, key, value, number // 10 + 7,
            "saraban@amphoe-mueang-phrae.example", when, subject,
            Place(f"{circular.slug}-mueang-phrae.xlsx", circular.form.sheet, f"C{number + 9}"), "mueang-phrae",
        )
        for number, organisation in enumerate(roster.organisations)
        for key, value in values[number].items()
        if form.is_asked(form.find(key), organisation.type, values[number]) is not False and not (owing and number % owing == 0)
    ]  # fmt: skip


def rollup_of(circular: Circular, roster: Roster) -> Rollup:
    """A table with gaps, remarks, and a former table that differs."""
    when = circular.deadlines.reporters
    key = circular.form.remark[0].key
    remarks = [
        RecordedRemark(key, text, "long", 7, when, Place("a.xlsx", circular.form.sheet, "C30"))
        for text in ("ระบบอินเทอร์เน็ตในพื้นที่ห่างไกลไม่เสถียร ทำให้การนำข้อมูลเข้าสู่ระบบล่าช้ากว่ากำหนด และบุคลากรมีไม่เพียงพอ",)
    ]
    answers = recorded(circular, roster, owing=11)
    now = roll_up(circular, roster, answers, remarks, when.date())
    before = roll_up(circular, roster, answers[:-60], (), when.date() - datetime.timedelta(days=2))
    return type(now)(**{**vars(now), "before": before})


def marked_copy(circular: Circular, roster: Roster) -> bytes:
    """What goes back when a form comes with one organisation left blank and a cell that says nothing."""
    key = "mueang-phrae"
    book = openpyxl.load_workbook(io.BytesIO(blank_form(circular, roster, key, recorded(circular, roster, owing=9))))
    sheet = book.worksheets[0]
    first = next(row for row in range(1, 30) if sheet.cell(row, 1).value == 1)
    form = circular.form
    sheet.cell(first, first_column(form)).value = "รอ"
    sheet.cell(first + len(form.rows), 2).value = "เทศบาลตำบลทุ่งโฮ่ง (ใหม่)"
    filled = io.BytesIO()
    book.save(filled)
    catalogue = Catalogue({circular.slug: circular.form}, roster.organisations, roster.reporters, circular.dated)
    reading = read_file("form.xlsx", filled.getvalue(), FileRequest(catalogue, reporter=key))
    names = {organisation.code: organisation.short_name for organisation in roster.organisations}
    return mark_up(filled.getvalue(), reading.findings, names)


def documents(name: str) -> dict[str, bytes]:
    """File name to content of the documents of this circular."""
    circular, roster = circular_named(name)
    rollup = rollup_of(circular, roster)
    reporter = "mueang-phrae"  # the one with most organisations
    known = recorded(circular, roster, owing=4)
    letter = circular if circular.letter else circular.model_copy(update={"letter": LetterToDistricts()})
    districts = district_letter(letter, OFFICE, roster, "พร 0023.1/ว 4778", circular.dated)
    return {
        f"{name}-districts.docx": cover_docx(districts, circular.deadlines.opens, OFFICE.name),
        f"{name}-districts.pdf": cover_pdf(districts, circular.deadlines.opens, roster),
        f"{name}-form.xlsx": blank_form(circular, roster, reporter, known),
        f"{name}-word.docx": blank_form_docx(circular, roster, reporter, known),
        f"{name}-marked.xlsx": marked_copy(circular, roster),
        f"{name}-report.xlsx": report_workbook(circular, rollup, OFFICE, roster),
        f"{name}-only-form.xlsx": report_workbook(circular, rollup, OFFICE, roster, only_form=True),
        f"{name}-letter.docx": cover_docx(
            cover_of(circular, rollup, OFFICE), circular.deadlines.department, OFFICE.name
        ),
        f"{name}-cover.pdf": cover_pdf(cover_of(circular, rollup, OFFICE), circular.deadlines.department, roster),
        f"{name}-report.pdf": report_pdf(circular, rollup, OFFICE, roster),
    }


def font_set_up(folder: Path) -> Path:
    """A fontconfig file under which nothing but our own fonts is known, Sarabun as TH SarabunPSK in that font's measures.

    The documents name TH SarabunPSK, which every Thai office has and which nobody may pass on without its own licence;
    Sarabun is its offspring, drawn larger. With its measures in place lines end and rows fill as in an office.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for file in FONTS.glob("*.ttf"):
        content = file.read_bytes()
        (folder / file.name).write_bytes(_in_measure(content) if file.name.startswith("Sarabun") else content)
    return _conf(folder, {"Sarabun": "TH SarabunPSK"})


def fallback_set_up(folder: Path, family: str) -> Path:
    """A fontconfig file for a computer without TH SarabunPSK, on which ``family`` steps in, with columns as wide as Excel's."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in FALLBACKS[family]:
        (folder / file.name).write_bytes(file.read_bytes())
    marks = (FONTS / "DejaVuSans.ttf").read_bytes()
    (folder / "DejaVuSans.ttf").write_bytes(marks)
    name, other = "DejaVu Sans", "Narrow Unit"
    for code in ("ascii", "utf-16-be"):
        marks = marks.replace(name.encode(code), other.encode(code))
        marks = marks.replace("DejaVuSans".encode(code), "NarrowUnit".encode(code))
    data = bytearray(marks)
    struct.pack_into(">H", data, _tables(data)[b"head"] + 18, DIGITS)
    (folder / "NarrowUnit.ttf").write_bytes(data)
    return _conf(folder, {family: "TH SarabunPSK", other: "Calibri"})


def _conf(folder: Path, renamed: dict[str, str]) -> Path:
    conf = folder / "fonts.conf"
    rules = "".join(RENAMED.format(own=own, wanted=wanted) for own, wanted in renamed.items())
    conf.write_text(CONF.format(folder=folder, renamed=rules), encoding="utf-8")
    return conf


def _in_measure(font: bytes) -> bytes:
    """The font with another em and height of line (tables head, hhea and OS/2 of the OpenType specification)."""
    data = bytearray(font)
    tables = _tables(data)
    struct.pack_into(">H", data, tables[b"head"] + 18, UNITS)
    struct.pack_into(">hhh", data, tables[b"hhea"] + 4, ASCENT, -DESCENT, 0)
    struct.pack_into(">hhhHH", data, tables[b"OS/2"] + 68, ASCENT, -DESCENT, 0, ASCENT, DESCENT)
    return bytes(data)


def _tables(data: bytearray) -> dict[bytes, int]:
    """Where each table of a font begins."""
    return {
        bytes(data[at : at + 4]): struct.unpack_from(">I", data, at + 8)[0]
        for at in range(12, 12 + 16 * struct.unpack_from(">H", data, 4)[0], 16)
    }


def to_pdfs(program: str, files: Iterable[Path], out: Path, conf: Path) -> None:
    """Sets the files as PDFs of the same names in ``out``, all by one LibreOffice."""
    profile = f"-env:UserInstallation=file://{out}/profile"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(out), *map(str, files)]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(out), "FONTCONFIG_FILE": str(conf)}
    subprocess.run(command, check=True, capture_output=True, timeout=240, env=environment)
