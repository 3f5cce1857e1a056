"""A roster that declares its own types: read from its folder, used to read a form, and named in what goes out."""

import io
from pathlib import Path

import openpyxl
import pytest

from bot.config.load import ConfigError, load_circular, load_roster
from bot.office.letters.district_letter import pass_on
from bot.office.model.bureau import Bureau
from bot.office.model.calendar import Calendar
from bot.office.model.office import Office
from parsers.read import read_file
from parsers.reading import FileRequest, Outcome

ROOT = Path(__file__).parents[3]
SCHOOLS = """
province = "แพร่"
district_label = "ตำบล"

[[type]]
short = "รร."
words = "โรงเรียน"
head = "ผู้อำนวยการ"

[[type]]
short = "ศพด."
words = "ศูนย์พัฒนาเด็กเล็ก"

[[reporter]]
key = "office"
name = "สำนักงานเขต"
salutation = "ผู้อำนวยการเขต"
district = "หัวทุ่ง"
addresses = ["a@office.example"]
"""
NAMED = ("รร.,โรงเรียนบ้านต้นผึ้ง,รร.บ้านต้นผึ้ง", "รร.,โรงเรียนวัดศรีดอน,รร.วัดศรีดอน", "ศพด.,ศูนย์พัฒนาเด็กเล็กวัดศรีดอน,ศพด.วัดศรีดอน")
ROWS = "\n".join(f"หัวทุ่ง,{names},{code}," for code, names in enumerate(NAMED, 101))
PROVINCES = """
province = "แพร่"

[[type]]
short = "จังหวัด"

[[reporter]]
key = "all"
name = "ทุกจังหวัด"
salutation = "ผู้ว่าราชการจังหวัด"
district = "เหนือ"
addresses = ["a@office.example"]
"""


def roster(tmp_path, declared=SCHOOLS, rows=ROWS):
    (tmp_path / "roster.toml").write_text(declared, "utf-8")
    (tmp_path / "organisations.csv").write_text(
        f"district,type,official_name,short_name,code,addresses\n{rows}\n", "utf-8"
    )
    return load_roster(tmp_path)


def bureau(own):
    waste = load_circular(ROOT / "tests" / "circulars" / "waste2568")
    waste = waste.model_copy(update={"form": waste.form.asked_by(own.naming)})
    office = Office("phrae", "สำนักงาน", "แพร่", "ruam@office.example", ())
    return Bureau(office, own, {waste.slug: waste}, Calendar())


def read(own, names, heading="โรงเรียน"):
    """A workbook with one row a name: every question that is asked gets its row's number."""
    desk = bureau(own)
    (form,) = desk.catalogue().forms.values()
    asked = [question for question in form.asked if not question.choices]
    book = openpyxl.Workbook()
    book.active.append(["ที่", heading, *(question.label for question in asked)])
    for at, name in enumerate(names, 1):
        book.active.append([at, name, *(at for _ in asked)])
    data = io.BytesIO()
    book.save(data)
    reading = read_file("แบบ.xlsx", data.getvalue(), FileRequest(desk.catalogue(), "waste2568"))
    return {a.organisation: a.value for a in reading.answers if a.question == asked[0].key}, reading


def problems(tmp_path, **given):
    with pytest.raises(ConfigError) as caught:
        roster(tmp_path, **given)
    return str(caught.value)


def test_a_form_of_schools_is_read_by_the_names_of_schools(tmp_path):
    given, reading = read(roster(tmp_path), ["โรงเรียนบ้านต้นผึ้ง", "ร.ร. วัดศรีดอน", "ศพด.วัดศรีดอน"])
    assert given == {"101": "1", "102": "2", "103": "3"}
    assert reading.outcome is Outcome.PARTLY  # choices are left out


def test_names_without_a_heading_are_found_by_their_words(tmp_path):
    given, _ = read(roster(tmp_path), ["โรงเรียนบ้านต้นผึ้ง", "โรงเรียนวัดศรีดอน", "ศพด.วัดศรีดอน"], "")
    assert given == {"101": "1", "102": "2", "103": "3"}


def test_a_bare_name_of_two_is_asked_and_a_misspelt_one_suggested(tmp_path):
    given, reading = read(roster(tmp_path), ["บ้านต้นผึ้ง", "วัดศรีดอน", "โรงเรียนวัดศรีดอนชัย"])
    assert given == {"101": "1"}
    said = [(str(finding.code), finding.message) for finding in reading.findings]
    assert any(code == "organisation-ambiguous" and "โรงเรียนวัดศรีดอน" in text for code, text in said)
    assert any(code == "organisation-unknown" and "โรงเรียนวัดศรีดอน)" in text for code, text in said)


def test_provinces_have_bare_names(tmp_path):
    names = ("แพร่", "น่าน", "จันทบุรี")
    rows = "\n".join(f"เหนือ,จังหวัด,{name},{name},{at}," for at, name in enumerate(names, 1))
    given, _ = read(roster(tmp_path, PROVINCES, rows), ["จังหวัดแพร่", "น่าน", "จ.จันทบุรี"], "")
    assert given == {"1": "1", "2": "2", "3": "3"}


def test_letters_say_what_the_organisations_are(tmp_path):
    own = roster(tmp_path)
    assert own.contact_for("101").salutation == "ผู้อำนวยการโรงเรียนบ้านต้นผึ้ง"
    assert own.contact_for("103").salutation == "ศูนย์พัฒนาเด็กเล็กวัดศรีดอน"
    w5827 = load_circular(ROOT / "templates" / "circulars" / "w5827")
    named = w5827.model_copy(update={"form": w5827.form.asked_by(own.naming)})
    assert "ขอแจ้งโรงเรียนและศูนย์พัฒนาเด็กเล็กในพื้นที่" in pass_on(named, bureau(own).office, own.contacts[0])
    assert named.form.organisation_label == "โรงเรียนและศูนย์พัฒนาเด็กเล็ก"


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"rows": ROWS.replace("ศพด.,", "อบต.,")}, "row 4, column type: \"อบต.\": write one of 'รร.', 'ศพด.'"),
        ({"rows": ROWS.replace(",โรงเรียนบ้าน", ",บ้าน")}, "an official_name of type รร. begins with โรงเรียน"),
        ({"declared": SCHOOLS.replace('"ศูนย์พัฒนาเด็กเล็ก"', '"โรงเรียน"')}, 'two types are written "โรงเรียน"'),
        ({"declared": SCHOOLS.replace("words", "word")}, 'type[1].word: is not known here; did you mean "words"?'),
    ],
)  # fmt: skip
def test_mistakes_in_types_are_said(tmp_path, given, problem):
    assert problem in problems(tmp_path, **given)


def test_while_the_types_are_wrong_the_rows_are_not_blamed(tmp_path):
    assert "organisations.csv" not in problems(tmp_path, declared=SCHOOLS.replace("words", "word"))
